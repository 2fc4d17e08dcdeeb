"""What is to be done next for an intent: the answers of the lifecycle.

Records only; must not decide between them.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..vocabulary import Instant, IntentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Ask the channel of this step now."""

    step: int
    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing to do before this instant; None: before a channel has answered."""

    until: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """Nothing to do any more."""

    state: IntentState
    reason: str


@dataclass(frozen=True, slots=True)
class DecideAgain:
    """What it was held for may be over: ask anew what is to become of it."""


type Move = Send | Wait | Over | DecideAgain
