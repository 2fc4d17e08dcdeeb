"""Asks the router who is told how, with everything that it has to know.

Gathers, and says the answers in words; must not decide, store or send.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
import logging

from homeassistant.util import dt as dt_util

from ..adapters.household import Household
from ..adapters.parcel import NOTHING_ASKED, Asked, Parcel, Settled, as_settled
from ..engine.delivery.holding import LONGEST_FOR_ARRIVAL
from ..engine.routing.audience import THE_HOUSE
from ..engine.routing.catalogue import Entry, entry_of, priority_of
from ..engine.routing.explain import Moment, sentences, summary, time_line
from ..engine.routing.putting_off import put_off
from ..engine.routing.router import NOTHING_LAID_DOWN, decide
from ..engine.routing.why import Why, because
from ..engine.vocabulary import (
    Decision,
    Event,
    Hold,
    HouseholdFacts,
    Instant,
    Outcome,
    Plan,
    Priority,
    Recipient,
    Shape,
)
from ..recipients.directory import Directory
from ..texts.wording import Wording
from .laid_down import LaidDown

# Begins the tag of every message; the rest is the incident that it is about
TAG = "rn-"

_LOGGER = logging.getLogger(__name__)


class Switchboard:
    """Asks for the decisions about an event."""

    def __init__(
        self,
        directory: Directory,
        household: Household,
        laid_down: LaidDown,
        wording: Wording,
    ) -> None:
        """Ask about these recipients and channels, under these rules."""
        self._directory = directory
        self._household = household
        self._wording = wording
        self.laid_down = laid_down
        # the error that kept an event from being decided as it should
        self.trouble: str | None = None

    def entry(self, event: Event) -> Entry:
        """What the catalogue of this installation says of an event."""
        catalogue = self.laid_down.rules.catalogue
        return entry_of(event.key, event.category, catalogue)

    def as_listed(self, event: Event) -> Event:
        """The event with the priority and the category that the catalogue gives it."""
        entry = self.entry(event)
        return replace(event, priority=entry.priority, category=entry.category)

    def priority(self, key: str, of_appliance: Priority | None) -> Priority:
        """How loudly an event is told, unless a rule or a call says otherwise."""
        entry = entry_of(key, "", self.laid_down.rules.catalogue)
        return priority_of(entry, appliance=of_appliance)

    def facts(self, at: datetime | None = None) -> HouseholdFacts:
        """How everything is now, with all that rules ask for.

        Conditions are answered for the local time `at`, as far as they can be.
        """
        conditions = self.laid_down.conditions
        answers = conditions.answers() if at is None else conditions.answers_at(at)
        return self._household.facts(self.laid_down.entity_ids, answers)

    def decisions(
        self,
        event: Event,
        recipients: Sequence[str] | None = None,
        asked: Asked = NOTHING_ASKED,
        facts: HouseholdFacts | None = None,
    ) -> tuple[Decision, ...]:
        """One decision per recipient; None leaves it to catalogue and rules whom.

        With other `facts` than those of now it is a simulation: nothing is changed by
        it either way.

        Whatever goes wrong in it, the event is not lost: then it is told by the usual
        tables, as if nothing were known or laid down.
        """
        directory = self._directory
        known: Iterable[Recipient] = directory.recipients.values()
        if asked.channels:
            known = (replace(each, channels=asked.channels) for each in known)
        ask = partial(
            decide,
            replace(event, wants_answer=event.wants_answer or asked.acknowledge),
            tuple(known),
            directory.traits,
            named=recipients,
        )
        try:
            decisions = ask(
                facts=self.facts() if facts is None else facts,
                laid_down=self.laid_down.rules,
            )
        except Exception as error:
            _LOGGER.exception("%s is told by the usual tables after this", event.key)
            self.trouble = f"{type(error).__name__}: {error}"
            unasked = self._household.unasked()
            decisions = tuple(
                replace(each, reasons=(because(Why.USUAL_TABLE), *each.reasons))
                for each in ask(facts=unasked, laid_down=NOTHING_LAID_DOWN)
            )
        return tuple(_as_asked(each, asked) for each in decisions)

    def settled(
        self,
        event: Event,
        recipients: Sequence[str] | None = None,
        asked: Asked = NOTHING_ASKED,
    ) -> tuple[Settled, ...]:
        """The decisions with everything that is stored beside them."""
        asked = replace(asked, named=recipients is not None)
        return tuple(
            self._settled(event, decision, asked)
            for decision in self.decisions(event, recipients, asked)
        )

    def planned(self, event: Event, plan: Plan) -> Settled:
        """A plan that was made without a decision, as a trial is."""
        recipient = self.recipient(plan.recipient_id)
        words = self._wording.words(event, recipient, self._shapes(plan))
        return as_settled(plan, words)

    def again(self, parcel: Parcel) -> Settled | None:
        """The decision about a held message, with what is known now.

        None where none is made for its recipient any more: then it goes by its plan.
        """
        decision = self._now_decided(parcel)
        if decision is None:
            return None
        decision = self._with_arrival(parcel, decision)
        until = parcel.put_off_until
        if until is not None and dt_util.utcnow().timestamp() < until:
            decision = self._put_off(parcel, decision, until)
        settled = self._settled(event_of(parcel), decision, parcel.asked)
        return replace(settled, words=None)

    def put_off(self, parcel: Parcel, until: Instant) -> Settled:
        """A message that its recipient wants to hear of again at that time.

        It is said in the same words, as the same call has asked for it. Where nobody
        would decide to tell them any more, it goes by the plan that it had.
        """
        decision = self._now_decided(parcel) or Decision(
            recipient_id=parcel.recipient_id,
            outcome=Outcome.HOLD,
            priority=parcel.priority,
            deadline=until,
            acknowledge=parcel.acknowledge,
        )
        if decision.plan is None and decision.outcome is not Outcome.DROP:
            before = Plan(
                recipient_id=parcel.recipient_id,
                recipient_name=parcel.recipient_name,
                steps=parcel.delivery.steps,
            )
            decision = replace(decision, plan=before)
        held = self._put_off(parcel, decision, until)
        settled = self._settled(event_of(parcel), held, parcel.asked)
        return replace(settled, words=parcel.words)

    def _put_off(self, parcel: Parcel, decision: Decision, until: Instant) -> Decision:
        """An end that the call has given stays."""
        held = put_off(decision, until, self.laid_down.rules.policies)
        return _as_asked(held, parcel.asked)

    def _now_decided(self, parcel: Parcel) -> Decision | None:
        """What is decided for its recipient with what is known now."""
        recipient_id = parcel.recipient_id
        named = [recipient_id] if parcel.asked.named else None
        decisions = self.decisions(event_of(parcel), named, parcel.asked)
        theirs = (each for each in decisions if each.recipient_id == recipient_id)
        return next(theirs, None)

    def _with_arrival(self, parcel: Parcel, decision: Decision) -> Decision:
        """Of what waits for the digest: it comes with its recipient, once it is due.

        Where nobody knows whether they are home it comes at its time.
        """
        due = parcel.digest_at
        if due is None or decision.outcome is not Outcome.DIGEST:
            return decision
        now = dt_util.utcnow().timestamp()
        person = self._household.facts().people.get(parcel.recipient_id)
        away = person is not None and person.home is False
        waits = now < due or (away and now < due + LONGEST_FOR_ARRIVAL)
        return replace(decision, hold=Hold(until=due, for_arrival=waits, why="digest"))

    def recipient(self, recipient_id: str) -> Recipient:
        """Who it is; the house stands for nobody in particular."""
        return self._directory.recipients.get(recipient_id, THE_HOUSE)

    def channel_name(self, channel_id: str) -> str:
        """What a channel is called; its id where it is gone."""
        return self._directory.names.get(channel_id, channel_id)

    def named(self, text: str) -> str:
        """The same with the channels' names in place of their ids."""
        return self._directory.named(text)

    def summary(self, decision: Decision) -> str:
        """What became of it, in a sentence."""
        name = self.recipient(decision.recipient_id).name
        return summary(decision, name, dt_util.get_default_time_zone())

    def changes(self, decision: Decision) -> tuple[str, ...]:
        """What would have made a difference, in words."""
        zone = dt_util.get_default_time_zone()
        return sentences(decision.changes, self._directory.traits, zone)

    def time_line(self, plan: Plan) -> tuple[Moment, ...]:
        """When which channel is asked, unless what is known."""
        return time_line(plan, self._directory.names)

    def reasons(self, decision: Decision) -> tuple[str, ...]:
        """Why it was decided so, in words."""
        zone = dt_util.get_default_time_zone()
        return sentences(decision.reasons, self._directory.traits, zone)

    def _settled(self, event: Event, decision: Decision, asked: Asked) -> Settled:
        recipient = self.recipient(decision.recipient_id)
        reasons, plan = self.reasons(decision), decision.plan
        dropped = decision.outcome is Outcome.DROP
        return Settled(
            recipient_id=decision.recipient_id,
            recipient_name=recipient.name,
            plan=plan,
            decision=decision,
            reasons=reasons,
            because="; ".join(reasons) if dropped else "",
            words=None
            if plan is None
            else self._wording.words(
                event, self._listened_to(recipient, plan), self._shapes(plan)
            ),
            asked=asked,
        )

    def _listened_to(self, recipient: Recipient, plan: Plan) -> Recipient:
        """A recipient to whom nothing personal is said aloud while guests are there."""
        wishes, traits = recipient.preferences, self._directory.traits
        overheard = any(
            step.private and traits[step.channel_id].shape is Shape.SPEECH
            for step in plan.steps
            if step.channel_id in traits
        )
        if not overheard or wishes.private_speakers:
            return recipient
        return replace(recipient, preferences=replace(wishes, private_speakers=True))

    def _shapes(self, plan: Plan) -> Iterable[Shape]:
        return self._directory.shapes(step.channel_id for step in plan.steps)


def event_of(parcel: Parcel) -> Event:
    """The event that a message was made of."""
    about = parcel.notification
    return Event(
        key=about.event,
        at=about.created_at,
        title=about.title,
        message=about.message,
        priority=about.priority,
        category=about.category,
        source=about.source,
        incident=about.tag.removeprefix(TAG),
        is_test=about.is_test,
        data=about.data,
    )


def _as_asked(decision: Decision, asked: Asked) -> Decision:
    """A call may want it to be over sooner."""
    if asked.expires is None:
        return decision
    return replace(decision, deadline=min(decision.deadline, asked.expires))
