"""Looks a second time at what a decision holds back, and may now be told.

At its release, and when something changes that it may have waited for. Asks whoever
decides, and stores the answer. Must not decide, and does not know when to ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
import logging

from ..engine.delivery.holding import decided_again
from ..engine.vocabulary import Instant, IntentState
from .alarm_clock import StartupGrace
from .database import StorageFailed
from .fresh_parcel import as_decided
from .outbox import Outbox
from .parcel import Parcel, Settled

# Seconds until it is tried again while Home Assistant starts: people, phones and
# sensors come one after the other, and until then nobody knows who sleeps
UNREADY_PAUSE = 5.0

_LOGGER = logging.getLogger(__name__)

type Decide = Callable[[Parcel], Settled | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A parcel after another decision; without one it goes by the plan that it has."""

    parcel: Parcel
    settled: Settled | None


class SecondLook:
    """Asks anew about held parcels."""

    def __init__(self, outbox: Outbox, grace: StartupGrace, decide: Decide) -> None:
        """Ask `decide`, which answers None where it cannot tell."""
        self._outbox = outbox
        self._grace = grace
        self._decide = decide

    @property
    def is_ready(self) -> bool:
        """Whether the facts are there, as far as they ever are."""
        return not self._grace.is_on

    def at(self, parcel: Parcel, now: Instant) -> Changed | None:
        """What becomes of it; None: it is held for the same time as before."""
        before = parcel.delivery
        if not before.provisional or before.state is not IntentState.HELD:
            return None
        settled = self._decide(parcel)
        if settled is None or settled.decision is None:
            released = replace(before, provisional=False, wake_at=now)
            return Changed(parcel=replace(parcel, delivery=released), settled=None)
        after = decided_again(before, settled.decision, settled.because, now)
        if after.provisional and after.wake_at == before.wake_at:
            return None
        return Changed(parcel=as_decided(parcel, settled, after), settled=settled)

    async def keep(self, changed: Changed) -> None:
        """Store it. A failing disk must not hold a message back."""
        settled = changed.settled or Settled(
            recipient_id=changed.parcel.recipient_id,
            recipient_name=changed.parcel.recipient_name,
            plan=None,
            reasons=("It could not be decided again, and goes by its first plan",),
        )
        try:
            await self._outbox.save_decided(changed.parcel, settled)
        except StorageFailed as error:
            _LOGGER.error("What was held goes on without being stored: %s", error)
