"""What would have made a difference: from the reasons of a decision to what they lack.

Must not decide again: to see what another hour brings, decide with other facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..vocabulary import Outcome, Priority, Reason
from .calm import Case
from .policy_row import Respect
from .why import If, Why

UNDONE_BY: Mapping[str, If] = {
    Why.OPTED_OUT: If.OPTED_IN,
    Why.CATEGORY_OFF: If.CATEGORY_ON,
    Why.RULE_DROPS: If.WITHOUT_RULE,
    Why.RULE_HOLDS: If.WITHOUT_RULE,
    Why.RULE_KEEPS: If.WITHOUT_RULE,
    Why.PAUSED: If.NOT_PAUSED,
    Why.SNOOZED: If.NOT_SNOOZED,
    Why.QUIET: If.AFTER_QUIET,
    Why.ASLEEP: If.AWAKE,
    Why.DO_NOT_DISTURB: If.DISTURBABLE,
    Why.VACATION: If.NOT_ON_VACATION,
    Why.NOBODY_HOME: If.SOMEBODY_HOME,
    Why.DIGEST: If.NO_DIGEST,
    Why.ADULTS_ONLY: If.NO_GUESTS,
    Why.CHANNEL_OFF: If.CHANNEL_ON,
    Why.CHANNEL_MUTED: If.CHANNEL_ON,
    Why.BELOW_LEAST: If.LOUDER,
    Why.NOT_IN_TABLE: If.IN_TABLE,
    Why.NO_CONTACT: If.VERIFIED,
    Why.UNVERIFIED: If.VERIFIED,
    Why.NOT_HOME: If.THERE,
    Why.ROOM_EMPTY: If.THERE,
    Why.ROOM_UNKNOWN: If.THERE,
    Why.IN_ANOTHER_ROOM: If.THERE,
    Why.SILENT_NOW: If.BY_DAY,
    Why.CHANNEL_DND: If.DISTURBABLE,
    Why.CHANNEL_GONE: If.CHANNEL_BACK,
    Why.RULE_BROKEN: If.RULE_MENDED,
    Why.RULE_UNKNOWN: If.FACTS_KNOWN,
    Why.UNKNOWN_PRESENCE: If.FACTS_KNOWN,
}

# What urgency would have passed; an opt-out, or what is over, it would not
_STAYS = frozenset({Why.OPTED_OUT.value, Why.RESOLVED.value})


def what_would_change(
    case: Case, outcome: Outcome, reasons: Iterable[Reason]
) -> tuple[Reason, ...]:
    """What would have led to another decision, or another channel, each once."""
    found = dict.fromkeys(_of(case, outcome, tuple(reasons)))
    return tuple(
        Reason(key=key.value, channel_id=channel_id) for key, channel_id in found
    )


def _of(
    case: Case, outcome: Outcome, reasons: tuple[Reason, ...]
) -> Iterator[tuple[If, str | None]]:
    for reason in reasons:
        undone = UNDONE_BY.get(reason.key)
        if undone is not None:
            yield undone, reason.channel_id
    if outcome is not Outcome.DELIVER:
        if not any(reason.key in _STAYS for reason in reasons):
            yield If.URGENT, None
        return
    if case.priority is Priority.URGENT:
        return
    policy, wishes = case.policy, case.recipient.preferences
    if policy.quiet_hours is not Respect.PASS and (wishes.quiet or case.facts.quiet):
        yield If.IN_QUIET_HOURS, None
    if policy.away is Respect.HOLD and case.facts.people and not case.by_name:
        yield If.NOBODY_HOME, None
