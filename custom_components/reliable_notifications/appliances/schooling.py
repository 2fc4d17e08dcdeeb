"""Teaches the detector of a new appliance from the recorder's past.

Most plugs have been in use for a while: what the recorder kept of the last ten
days is replayed through the same detector, so that it knows the appliance before
its first cycle under our eyes. Nothing of the past is told to anybody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..adapters.recorder_history import async_readings, recording_since
from ..engine.cycles.detector import Detector
from ..engine.cycles.replay import Replay
from ..engine.vocabulary import CycleEvent, CycleEventKind, Instant, Reading

_LOGGER = logging.getLogger(__name__)

# Home Assistant's recorder keeps ten days unless told otherwise, and an appliance that
# runs weekly shows one or two cycles in them; more would only be slower to read.
DAYS = 10


class Lesson:
    """The past of one new appliance, gone through while its present waits."""

    def __init__(self) -> None:
        """Begin with nothing to learn."""
        # share of the past that was gone through, while that is going on
        self.share: float | None = None
        self._task: asyncio.Task[None] | None = None
        self._waiting: list[Callable[[], None]] | None = None

    @property
    def is_going_on(self) -> bool:
        """Whether the present has to wait."""
        return self._waiting is not None

    @callback
    def async_begin(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        detector: Detector,
        entity_id: str,
        *,
        progress: Callable[[], None],
        done: Callable[[Detector, CycleEvent | None], None],
    ) -> None:
        """Teach the detector, if there is a recorder to learn from.

        `done` is called before what waited is done, in order.
        """
        if recording_since(hass) is None:
            return
        self._waiting = []
        now = dt_util.utcnow().timestamp()

        def has_learned(share: float) -> None:
            self.share = share
            progress()

        async def learn() -> None:
            last = await async_learn(hass, detector, entity_id, now, has_learned)
            waiting, self._waiting = self._waiting or [], None
            self.share = None
            done(detector, last)
            for do in waiting:
                do()

        self._task = entry.async_create_background_task(
            hass, learn(), f"reliable_notifications learns from {entity_id}"
        )

    @callback
    def async_stop(self) -> None:
        """Leave it: what was learned is forgotten, the next run begins anew."""
        if self._task is not None:
            self._task.cancel()

    @callback
    def when_over(self, do: Callable[[], None]) -> None:
        """Do it when the past was gone through: now, if nothing is being learned."""
        if self._waiting is None:
            do()
        else:
            self._waiting.append(do)


async def async_learn(
    hass: HomeAssistant,
    detector: Detector,
    entity_id: str,
    now: Instant,
    progress: Callable[[float], None],
) -> CycleEvent | None:
    """Replay the past up to `now`; gives the last cycle that ended in it.

    `progress` hears how much of it is read, 0 to 1. The detector may be in a cycle
    afterwards: one that runs at this moment, with its true start.
    """
    begin = now - DAYS * 86_400.0
    replay = Replay(detector)
    last: CycleEvent | None = None
    cycles = 0

    def study(readings: list[Reading]) -> list[CycleEvent]:
        return list(replay.feed(readings))

    async for readings in async_readings(hass, entity_id, begin, now):
        # minutes of a 1 Hz plug are seconds of work: not in the event loop
        for event in await hass.async_add_executor_job(study, readings):
            if event.kind is CycleEventKind.FINISHED:
                last, cycles = event, cycles + 1
        progress((readings[-1].at - begin) / (now - begin))
    for event in replay.ring(now):
        if event.kind is CycleEventKind.FINISHED:
            last, cycles = event, cycles + 1
    progress(1.0)
    _LOGGER.info("Learned from the past of %s: %d cycles", entity_id, cycles)
    return last
