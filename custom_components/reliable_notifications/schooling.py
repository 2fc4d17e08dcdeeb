"""Teaches the detector of a new appliance from the recorder's past.

Most plugs have been in use for a while: what the recorder kept of the last ten
days is replayed through the same detector, so that it knows the appliance before
its first cycle under our eyes. Nothing of the past is told to anybody.
"""

from __future__ import annotations

from collections.abc import Callable
import logging

from homeassistant.core import HomeAssistant, callback

from .adapters.recorder_history import async_readings, recording_since
from .engine.cycles.detector import Detector
from .engine.cycles.replay import Replay
from .engine.vocabulary import CycleEvent, CycleEventKind, Instant, Reading

_LOGGER = logging.getLogger(__name__)

# Home Assistant's recorder keeps ten days unless told otherwise, and an appliance that
# runs weekly shows one or two cycles in them; more would only be slower to read.
DAYS = 10


@callback
def has_past(hass: HomeAssistant) -> bool:
    """Whether there is a recorder to learn from."""
    return recording_since(hass) is not None


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
