"""How a message insists: when it comes to mind again, and when others are told.

By the row of its priority, by a rule that names further recipients, and by whether
somebody has to acknowledge it: then seeing it is not enough. Must not know recipients.
"""

from __future__ import annotations

from functools import lru_cache

from ..vocabulary import Cue, Event, Evidence, Priority
from .catalogue import Entry
from .policy import AGAIN_UNANSWERED, OTHERS_UNANSWERED
from .policy_row import Policies, Policy


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


# A few rows for all messages there are
@lru_cache(maxsize=64)
def _until_acknowledged(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    return tuple(Cue(Evidence.ACKNOWLEDGED, cue.after) for cue in cues)
