"""Whether it is the right time for a message, and if not, when it will be.

Every wish that stands against it is looked at, so that what passes can say what it has
passed. What is urgent passes all of them. Must not choose channels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite

from ..vocabulary import (
    EVERY_CHANNEL,
    DigestWish,
    Event,
    Hold,
    HoldUntil,
    HouseholdFacts,
    Instant,
    Outcome,
    Priority,
    Reason,
    Recipient,
    Rule,
    Scalar,
)
from . import presence
from .catalogue import Entry, Later
from .policy_row import Policy, Respect
from .rules import Heard
from .wall_clock import end_of, next_digest
from .why import Why, because

# Where nobody knows when the wrong time ends (a sleeper, a phone in silence) it is
# asked again after this long, should the shell not have noticed the end: late by half
# of it on average, and four times an hour is nothing
ASK_AGAIN = 15 * 60.0

# What an opposing wish holds back for: other than this it is only the digest's
_UNTIL_SOMEBODY_COMES = frozenset({Why.NOBODY_HOME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One event for one recipient, with all that bears on it.

    `others_awake`: somebody else who is told is known to be awake. `by_name`: the call
    has named its recipients. `asked` is what the rules have asked for, by names.
    """

    event: Event
    entry: Entry
    priority: Priority
    policy: Policy
    recipient: Recipient
    facts: HouseholdFacts
    heard: Heard
    anybody_home: bool | None
    others_awake: bool = False
    by_name: bool = False
    asked: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Now, later, with the digest, or never, and why."""

    outcome: Outcome
    hold: Hold | None = None
    reasons: tuple[Reason, ...] = ()


_NOW = Timing(outcome=Outcome.DELIVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Against:
    """A wish that stands against a message now; `until` None: nobody knows the end."""

    why: Why
    respect: Respect
    until: Instant | None
    reason: Reason


def never(case: Case) -> Reason | None:
    """Why a message is not for this recipient at all, at no time."""
    event, facts = case.event, case.facts
    if event.incident is not None and event.incident in facts.resolved:
        return because(Why.RESOLVED)
    if (event.category, EVERY_CHANNEL) in case.recipient.preferences.muted:
        return because(Why.OPTED_OUT, category=event.category)
    rule = case.heard.dropped_by
    if rule is not None:
        return because(Why.RULE_DROPS, rule=rule.name)
    if event.category in facts.off_categories and case.priority is not Priority.URGENT:
        return because(Why.CATEGORY_OFF, category=event.category)
    return None


def timing(case: Case) -> Timing:
    """Whether a message that is for this recipient is told now."""
    against = tuple(_against(case))
    if not against and not case.policy.digest:
        return _NOW
    if case.priority is Priority.URGENT or case.event.is_test:
        # whoever tries a channel wants to see it work now
        return _passing(against)
    if case.entry.later is Later.CORRECTS:
        reasons = (because(Why.CORRECTS),) if against else ()
        return Timing(outcome=Outcome.DELIVER, reasons=reasons)
    spared = [each for each in against if _is_spared(case, each)]
    against = tuple(each for each in against if each not in spared)
    told = tuple(because(Why.NOBODY_AWAKE) for _ in spared)
    respected = tuple(each for each in against if each.respect is not Respect.PASS)
    if case.entry.later is Later.SPOILS:
        return _now_or_never(respected, told)
    if (wish := _digest_wish(case, respected)) is not None:
        return _digest(case, wish, respected)
    holding = tuple(each for each in respected if _holds(each))
    if holding:
        return Timing(
            outcome=Outcome.HOLD,
            hold=_hold(case, holding),
            reasons=tuple(each.reason for each in holding),
        )
    passed = tuple(_passed(each) for each in against if each.respect is Respect.PASS)
    return Timing(outcome=Outcome.DELIVER, reasons=(*told, *passed))


def _against(case: Case) -> Iterator[_Against]:
    """All that stands against it, whatever follows."""
    facts, policy, wishes = case.facts, case.policy, case.recipient.preferences
    at = facts.at
    if facts.paused_until is not None and facts.paused_until > at:
        yield _wish(Why.PAUSED, Respect.HOLD, _finite(facts.paused_until))
    for snooze in wishes.snoozes:
        fits = snooze.source is None or snooze.source == case.event.source
        if fits and (snooze.until is None or snooze.until > at):
            yield _wish(Why.SNOOZED, Respect.HOLD, snooze.until)
    if (rule := case.heard.held_by) is not None:
        yield from _held_by_rule(case, rule)
    if facts.vacation:
        yield _wish(Why.VACATION, policy.vacation, None)
    if not case.by_name and case.anybody_home is False:
        yield _wish(Why.NOBODY_HOME, policy.away, None)
    if presence.of(facts, case.recipient.id).do_not_disturb:
        yield _wish(Why.DO_NOT_DISTURB, policy.do_not_disturb, at + ASK_AGAIN)
    if presence.is_asleep(case.recipient, facts):
        wakes = end_of(wishes.sleep, at, facts.zone)
        yield _wish(Why.ASLEEP, policy.sleep, wakes or at + ASK_AGAIN)
    quiet = end_of((*wishes.quiet, *facts.quiet), at, facts.zone)
    if quiet is not None:
        yield _wish(Why.QUIET, policy.quiet_hours, quiet)


def _held_by_rule(case: Case, rule: Rule) -> Iterator[_Against]:
    """A rule holds back until what it names has come; not at all where it has."""
    facts = case.facts
    why = {"rule": rule.name}
    match case.heard.hold:
        case HoldUntil.ARRIVAL:
            if case.anybody_home is False:
                yield _wish(Why.NOBODY_HOME, Respect.HOLD, None, **why)
        case HoldUntil.SPAN_ENDS:
            end = end_of(rule.when.spans, facts.at, facts.zone)
            if end is not None:
                yield _wish(Why.RULE_HOLDS, Respect.HOLD, end, **why)
        case HoldUntil.RULE_ENDS:
            # a rule that does not apply any more is not heard
            end = end_of(rule.when.spans, facts.at, facts.zone)
            again = facts.at + ASK_AGAIN
            until = again if end is None else min(end, again)
            yield _wish(Why.RULE_KEEPS, Respect.HOLD, until, **why)
        case _:
            spans = (*case.recipient.preferences.quiet, *facts.quiet)
            end = end_of(spans, facts.at, facts.zone)
            if end is not None:
                yield _wish(Why.RULE_HOLDS, Respect.HOLD, end, **why)


def _wish(why: Why, respect: Respect, until: Instant | None, **data: str) -> _Against:
    about = because(why, None, until=until, **data)
    return _Against(why=why, respect=respect, until=until, reason=about)


def _finite(until: Instant) -> Instant | None:
    return until if isfinite(until) else None


def _is_spared(case: Case, against: _Against) -> bool:
    """Whom nobody can spare is woken."""
    return against.respect is Respect.SPARE_SLEEPERS and not case.others_awake


def _holds(against: _Against) -> bool:
    """Where nobody wants a digest, a wrong time of the day holds back instead.

    An empty house or a vacation does not: its end may be far, and a phone lies quiet.
    """
    if against.respect is Respect.DIGEST:
        return against.why not in (Why.NOBODY_HOME, Why.VACATION)
    return True


def _digest_wish(case: Case, respected: Iterable[_Against]) -> DigestWish | None:
    """The recipient's wish, where the message is one for the digest."""
    if case.entry.later is Later.WAITS:
        return None
    wanted = case.policy.digest or any(
        each.respect is Respect.DIGEST for each in respected
    )
    return case.recipient.preferences.digest if wanted else None


def _digest(case: Case, wish: DigestWish, respected: Iterable[_Against]) -> Timing:
    """It waits for the digest: due at a time, or with an arrival after it."""
    due = next_digest(wish, case.facts.at, case.facts.zone)
    against = [each.reason for each in respected if each.respect is Respect.DIGEST]
    return Timing(
        outcome=Outcome.DIGEST,
        hold=Hold(until=due, for_arrival=wish.on_arrival, why=Why.DIGEST.value),
        reasons=(because(Why.DIGEST, None, until=due), *against),
    )


def _hold(case: Case, holding: tuple[_Against, ...]) -> Hold:
    """Until the last of the known ends; for ever only as what may end at any time."""
    arrival = any(each.why in _UNTIL_SOMEBODY_COMES for each in holding)
    ends = [each.until for each in holding if each.why not in _UNTIL_SOMEBODY_COMES]
    known = [end for end in ends if end is not None]
    until = max(known) if known and len(known) == len(ends) else None
    why = ",".join(dict.fromkeys(each.why.value for each in holding))
    return Hold(until=None if arrival else until, for_arrival=arrival, why=why)


def _now_or_never(respected: tuple[_Against, ...], told: tuple[Reason, ...]) -> Timing:
    if not respected:
        return Timing(outcome=Outcome.DELIVER, reasons=told)
    reasons = (because(Why.STALE_LATER), *(each.reason for each in respected))
    return Timing(outcome=Outcome.DROP, reasons=reasons)


def _passing(against: tuple[_Against, ...]) -> Timing:
    return Timing(
        outcome=Outcome.DELIVER, reasons=tuple(_passed(each) for each in against)
    )


def _passed(against: _Against) -> Reason:
    return because(Why.PASSES, None, what=against.why.value)
