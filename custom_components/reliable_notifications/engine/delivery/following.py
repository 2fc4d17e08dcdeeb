"""What becomes of messages that are told in one: they follow the one that leads.

Each keeps its own end and its own evidence, which are those of the leader. Where the
leader ends without having been told, the others go their own ways again. Must not know
how many follow, or where they are stored.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..vocabulary import IntentState
from .record import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The end that those get who have none yet."""

    state: IntentState
    reason: str


@dataclass(frozen=True, slots=True)
class SetFree:
    """They were not told: each of them is to be told by itself."""


# The end of a leader that says nothing about the others: its own matter is settled
_ITS_OWN_MATTER = frozenset({IntentState.RESOLVED, IntentState.CANCELLED})


def follow(leader: Delivery) -> Followed | SetFree | None:
    """What the leader's state means for the others; None: nothing yet."""
    if not leader.state.is_terminal:
        return None
    if leader.state not in _ITS_OWN_MATTER:
        return Followed(
            state=leader.state, reason=f"{leader.reason} (told with others)"
        )
    if leader.evidence is not None and leader.evidence.rung:
        reason = f"{leader.evidence} by {leader.channel_id} (told with others)"
        return Followed(state=IntentState.DONE, reason=reason)
    return SetFree()
