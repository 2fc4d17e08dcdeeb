"""What several messages in one tell, and on which paper.

A digest tells besides the messages in it what is still open, energy and cost. Gathers
facts and has them put into words. Must not decide what is told together, or when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from homeassistant.util import dt as dt_util

from ..adapters.cycle_log import CycleLog
from ..adapters.database import StorageFailed
from ..adapters.parcel import Parcel, are_digest
from ..appliances.appliance import ApplianceWatch
from ..engine.vocabulary import Instant, Message, Scalar, Shape
from ..texts.wording import Wording
from .switchboard import Switchboard, event_of

# A digest tells of a day at least, also where its first message is younger
_LEAST = 86_400.0


class Digests:
    """Makes the words of digests."""

    def __init__(
        self,
        wording: Wording,
        switchboard: Switchboard,
        cycle_log: CycleLog,
        watches: Mapping[str, ApplianceWatch],
    ) -> None:
        """Remember who knows what."""
        self._wording = wording
        self._switchboard = switchboard
        self._cycle_log = cycle_log
        self._watches = watches

    async def async_in_one(
        self, parcels: Sequence[Parcel], texts: Mapping[Shape, Message]
    ) -> Mapping[Shape, Message]:
        """Messages to one recipient, whose words in one are `texts`, as they get them.

        Those that waited for a digest are told in its words instead.
        """
        if are_digest(parcels):
            return await self._digest(parcels)
        priority = parcels[0].priority
        recipient = self._switchboard.recipient(parcels[0].recipient_id)
        letter = self._wording.on_paper(texts[Shape.EMAIL], priority, recipient)
        return {**texts, Shape.EMAIL: letter}

    async def _digest(self, parcels: Sequence[Parcel]) -> Mapping[Shape, Message]:
        since = min(
            *(parcel.created_at for parcel in parcels),
            dt_util.utcnow().timestamp() - _LEAST,
        )
        waited = [
            (event_of(parcel), parcel.bare)
            for parcel in sorted(parcels, key=lambda each: each.created_at)
        ]
        recipient = self._switchboard.recipient(parcels[0].recipient_id)
        facts = {**self._open(), **await self._used(since)}
        return self._wording.of_digest(waited, facts, recipient)

    def _open(self) -> Mapping[str, Scalar]:
        """What still waits to be emptied; nothing is no fact."""
        names = [
            watch.spec.name
            for watch in self._watches.values()
            if watch.consequences.unloading.waiting is not None
        ]
        return {"open": ", ".join(names)} if names else {}

    async def _used(self, since: Instant) -> Mapping[str, Scalar]:
        """What all cycles have used and cost; without them it is told as well."""
        try:
            cycles = await self._cycle_log.records_since(since)
        except StorageFailed:
            return {}
        costs = [cycle.cost for cycle in cycles if cycle.cost is not None]
        return {
            "energy_wh": sum(cycle.energy_wh for cycle in cycles),
            "cost": round(sum(costs), 2) if costs else None,
        }
