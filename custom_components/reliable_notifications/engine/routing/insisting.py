"""How a message insists: when it comes to mind again, and when others are told.

By the row of its priority, by a rule that names further recipients, and by whether
somebody has to acknowledge it: then seeing it is not enough. Must not know recipients.
"""

from __future__ import annotations

from functools import lru_cache

from ..vocabulary import Cue, Event, Evidence, Priority, Span
from .calm import Case
from .catalogue import Entry
from .policy import AGAIN_UNANSWERED, OTHERS_UNANSWERED
from .policy_row import Policies, Policy, Respect
from .wall_clock import end_of


def wants_answer(event: Event, entry: Entry, policy: Policy) -> bool:
    """Whether somebody has to acknowledge it: by the call, the event or the row."""
    return event.wants_answer or entry.acknowledge or policy.acknowledge


def repeats(
    policies: Policies, priority: Priority, *, acknowledge: bool
) -> tuple[Cue, ...]:
    """When the message is brought to mind again.

    A row that says nothing of it insists only where somebody has to acknowledge: then
    as what is high does.
    """
    cues = policies[priority].repeats
    if not acknowledge:
        return cues or ()
    if cues is None:
        cues = policies[Priority.HIGH].repeats or AGAIN_UNANSWERED
    return _until_acknowledged(cues)


def others(
    policies: Policies, priority: Priority, *, acknowledge: bool, by_rule: bool
) -> tuple[Cue, ...]:
    """When further people are told, in order; empty: never.

    `by_rule`: a rule names them, and is heard also where the row tells nobody.
    """
    cues = policies[priority].others
    if by_rule or (cues is None and acknowledge):
        cues = cues or policies[Priority.HIGH].others or OTHERS_UNANSWERED
    return _until_acknowledged(cues or ()) if acknowledge else cues or ()


def by_day(
    cues: tuple[Cue, ...], case: Case, begins: float = 0.0
) -> tuple[tuple[Cue, ...], float]:
    """The same, but what would come at a time that the row respects comes at its end.

    They count from `begins` seconds after now. Of those that meet there one is left.
    Also returns by how long they have moved: for so much longer it is news.
    """
    spans = _respected(case) if cues else ()
    if not spans:
        return cues, 0.0
    start, zone = case.facts.at + begins, case.facts.zone
    moved, longest = dict[float, Cue](), 0.0
    for cue in cues:
        before = cue.after or 0.0
        end = end_of(spans, start + before, zone)
        after = before if end is None else end - start
        moved.setdefault(after, Cue(cue.unless, after))
        longest = max(longest, after - before)
    return tuple(moved.values()), longest


def _respected(case: Case) -> tuple[Span, ...]:
    """The times of the day at which the recipient is not to be told."""
    policy, wishes = case.policy, case.recipient.preferences
    quiet = policy.quiet_hours is not Respect.PASS
    sleep = policy.sleep in (Respect.HOLD, Respect.DIGEST)
    return (
        *((*wishes.quiet, *case.facts.quiet) if quiet else ()),
        *(wishes.sleep if sleep else ()),
    )


# A few rows for all messages there are
@lru_cache(maxsize=64)
def _until_acknowledged(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    return tuple(Cue(Evidence.ACKNOWLEDGED, cue.after) for cue in cues)
