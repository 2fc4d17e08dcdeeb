"""Decides who is told of an event, through what, when and why.

Pure: the same event, recipients, channels and facts give the same decisions. It must
not look at the outside world, and what is urgent never ends without any way at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..vocabulary import (
    ChannelTraits,
    Cue,
    Decision,
    Event,
    Hold,
    HouseholdFacts,
    Instant,
    InterruptionLevel,
    Outcome,
    Priority,
    Reason,
    Recipient,
    Rule,
    Scalar,
)
from . import presence
from .audience import (
    THE_HOUSE,
    Addressed,
    Question,
    first_told,
    named_later,
    told_later,
)
from .calm import ASK_AGAIN, Case, Timing, never, timing
from .catalogue import CATALOGUE, Catalogue, Later, entry_of
from .changes import what_would_change
from .choice import Choice, Scene, choose, look
from .company import company
from .inputs import asked_by_rules, facts_used
from .insisting import by_day, others, repeats, wants_answer
from .planning import plan, said_at_once
from .policy import HOUSEHOLD
from .policy_row import Policies, Respect
from .rules import RANK, Heard, Hearing, candidates
from .why import Why, because


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRules:
    """What an installation has laid down: its rules and its two tables."""

    rules: tuple[Rule, ...] = ()
    policies: Policies = field(default_factory=lambda: HOUSEHOLD)
    catalogue: Catalogue = field(default_factory=lambda: CATALOGUE)


NOTHING_LAID_DOWN = HouseRules()


def decide(
    event: Event,
    recipients: Sequence[Recipient],
    channels: Mapping[str, ChannelTraits],
    facts: HouseholdFacts,
    laid_down: HouseRules = NOTHING_LAID_DOWN,
    named: Collection[str] | None = None,
) -> tuple[Decision, ...]:
    """One decision for each recipient that the event is for, in their order.

    `recipients` are all that there are; `named` the ids of those whom the call names,
    None: it names nobody, and the catalogue and the rules say for whom it is. Now is
    `facts.at`. Those who are told only where the first do not answer come after them;
    their plans have a `hold` until then.
    """
    question = Question(
        event=event,
        entry=entry_of(event.key, event.category, laid_down.catalogue),
        recipients=recipients or (THE_HOUSE,),
        facts=facts,
        hearing=Hearing(
            candidates(laid_down.rules, event, facts), event, channels.keys()
        ),
        named=named if recipients else None,
    )
    policies = laid_down.policies
    asked = asked_by_rules(laid_down.rules, event, facts)
    view = look(facts, channels, recipients, policies)
    desk = _Desk(question, view, policies, asked)
    first = first_told(question)
    decisions = list(desk.of_first(first))
    if desk.nobody_is_told(decisions):
        decisions.append(desk.of_nobody())
    return (*decisions, *desk.of_later(first))


class _Desk:
    """One event on its way through the questions: for whom, when, through what."""

    def __init__(
        self,
        question: Question,
        view: Scene,
        policies: Policies,
        asked: Mapping[str, Scalar],
    ) -> None:
        self._question = question
        self._asked = asked
        self._view = view
        self._policies = policies
        self._spoken: set[str] = set()

    def of_first(self, first: Sequence[Addressed]) -> Iterator[Decision]:
        """Those who are told now, unless something is against it."""
        facts = self._question.facts
        awake = {
            each.recipient.id
            for each in first
            if each.spared is None
            and presence.is_asleep(each.recipient, facts) is False
        }
        for each in first:
            others_awake = bool(awake - {each.recipient.id})
            case = self._case(each.recipient, each.heard, others_awake=others_awake)
            reasons = (*each.reasons, *_of_priority(self._question.event, case))
            if each.spared is not None:
                yield _dropped(case, (*reasons, each.spared))
            else:
                yield self._decision(case, reasons)

    def of_later(self, first: Sequence[Addressed]) -> Iterator[Decision]:
        """Those who are told where the first do not answer, if it is a time for it."""
        question, event = self._question, self._question.event
        loudest = min(
            (each.heard.priority or event.priority for each in first),
            key=RANK.__getitem__,
            default=event.priority,
        )
        policy = self._policies[loudest]
        named = named_later(question, first)
        cues = others(
            self._policies,
            loudest,
            acknowledge=wants_answer(event, question.entry, policy),
            by_rule=named is not None,
        )
        if not cues:
            return
        later = told_later(question, first, loudest, policy) if named is None else named
        for place, recipient in enumerate(later):
            heard = replace(question.heard_for(recipient), priority=loudest)
            case = self._case(recipient, heard)
            (cue,), _ = by_day((cues[min(place, len(cues) - 1)],), case)
            reason = because(Why.ESCALATION, None, after=cue.after)
            decision = self._decision(case, (*heard.reasons, reason), cue)
            if decision.outcome is Outcome.DELIVER:
                yield decision

    def nobody_is_told(self, decisions: Sequence[Decision]) -> bool:
        """Whether all for whom what is urgent would be have opted out of it."""
        event = self._question.event
        loud = event.priority is Priority.URGENT or any(
            each.priority is Priority.URGENT for each in decisions
        )
        told = any(each.outcome is Outcome.DELIVER for each in decisions)
        refused = any(
            reason.key == Why.OPTED_OUT for each in decisions for reason in each.reasons
        )
        return loud and refused and not told

    def of_nobody(self) -> Decision:
        """Nobody's own devices: it stands in Home Assistant's list at least."""
        case = self._case(THE_HOUSE, Heard(priority=Priority.URGENT))
        return self._decision(case, (because(Why.NOBODY_LEFT),))

    def _case(
        self, recipient: Recipient, heard: Heard, *, others_awake: bool = False
    ) -> Case:
        question = self._question
        priority = heard.priority or question.event.priority
        return Case(
            event=question.event,
            entry=question.entry,
            priority=priority,
            policy=self._policies[priority],
            recipient=recipient,
            facts=question.facts,
            anybody_home=self._view.anybody_home,
            heard=heard,
            others_awake=others_awake,
            by_name=question.named is not None,
            asked=self._asked,
        )

    def _decision(
        self, case: Case, reasons: Sequence[Reason], cue: Cue | None = None
    ) -> Decision:
        refusal = never(case)
        if refusal is not None:
            return _dropped(case, (*reasons, refusal))
        choice = choose(case, self._view, frozenset(self._spoken))
        when = _unless_unheard(case, choice, timing(case))
        wait, together = company(case) if cue is None else (0.0, ())
        why = (*reasons, *when.reasons, *together, *choice.reasons)
        if when.outcome is Outcome.DROP:
            return _dropped(case, why)
        acknowledge = wants_answer(case.event, case.entry, case.policy)
        again = repeats(self._policies, case.priority, acknowledge=acknowledge)
        if when.outcome is Outcome.DIGEST:
            again = ()  # it would be the whole digest that comes once more
        # it is news for as long after its hold as it would have been at first
        later = 0.0 if cue is None else cue.after or 0.0
        told, longer = when.outcome is Outcome.DELIVER, 0.0
        if told:
            again, longer = by_day(again, case, later)
        made = plan(case, choice, self._view, again, cue)
        if told and cue is None:
            self._spoken.update(said_at_once(made, self._view))
        return Decision(
            recipient_id=case.recipient.id,
            outcome=when.outcome,
            priority=case.priority,
            deadline=_deadline(case, when.hold) + later + longer,
            plan=made,
            hold=when.hold,
            level=_level(case),
            acknowledge=acknowledge,
            company=wait,
            rules=case.heard.rules,
            reasons=why,
            changes=what_would_change(case, when.outcome, why),
            facts=facts_used(case, self._view),
        )


def _of_priority(event: Event, case: Case) -> Iterator[Reason]:
    if case.priority is not event.priority:
        was = event.priority
        yield because(Why.PRIORITY_CHANGED, None, was=was, now=case.priority)


def _unless_unheard(case: Case, choice: Choice, when: Timing) -> Timing:
    """What can wait is kept for when one of the channels is of use again."""
    can_wait = case.policy.away is not Respect.PASS and not case.event.is_test
    if when.outcome is not Outcome.DELIVER or not (can_wait and choice.for_now):
        return when
    if case.entry.later is Later.CORRECTS:
        return when
    if case.entry.later is Later.SPOILS:
        return Timing(outcome=Outcome.DROP, reasons=(because(Why.STALE_LATER),))
    until = None if choice.for_arrival else case.facts.at + ASK_AGAIN
    return Timing(
        outcome=Outcome.HOLD,
        hold=Hold(
            until=until, for_arrival=choice.for_arrival, why=Why.NOTHING_HEARD.value
        ),
        reasons=(*when.reasons, because(Why.NOTHING_HEARD)),
    )


def _dropped(case: Case, reasons: Sequence[Reason]) -> Decision:
    return Decision(
        recipient_id=case.recipient.id,
        outcome=Outcome.DROP,
        priority=case.priority,
        deadline=_deadline(case, None),
        level=_level(case),
        rules=case.heard.rules,
        reasons=tuple(reasons),
        changes=what_would_change(case, Outcome.DROP, reasons),
        facts=facts_used(case),
    )


def _deadline(case: Case, hold: Hold | None) -> Instant:
    """From when it is told; what waits for somebody to come, from when it arose."""
    lasts = case.policy.time_to_live
    if hold is None:
        return case.facts.at + lasts
    return (case.event.at if hold.until is None else hold.until) + lasts


def _level(case: Case) -> InterruptionLevel:
    if case.entry.later is Later.CORRECTS and case.priority is not Priority.URGENT:
        return InterruptionLevel.PASSIVE
    return case.policy.level
