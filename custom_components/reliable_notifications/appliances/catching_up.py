"""Shows a detector what happened while we could not watch.

The recorder's rows are replayed where Home Assistant was up; a stretch in which it
was down is given as such, so that its length never counts as quiet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from homeassistant.core import HomeAssistant

from ..adapters.recorder_history import async_readings, recording_since
from ..engine.cycles.detector import Detector
from ..engine.cycles.replay import Replay
from ..engine.vocabulary import CycleEvent, Instant, Reading

# Found out so much later than it could have been, an event is marked as late: a reload
# takes seconds.
LATE_FROM = 60.0


async def async_catch_up(
    hass: HomeAssistant,
    detector: Detector,
    entity_id: str | None,
    *,
    watched_until: Instant,
    alive_until: Instant,
    now: Instant,
) -> list[CycleEvent]:
    """Bring a detector that was restored up to the present.

    `watched_until` is when the detector was written down, `alive_until` the last sign
    of life of Home Assistant before this run. Events carry the times of the past.
    """
    replay = Replay(detector)
    up_since = recording_since(hass)
    if entity_id is None or up_since is None:
        return list(replay.feed([_gap_after(alive_until)]))
    if up_since <= watched_until:  # only we were away
        return await _seen(hass, replay, entity_id, watched_until, now)
    events = await _seen(hass, replay, entity_id, watched_until, alive_until)
    events += replay.feed([_gap_after(alive_until)])
    return events + await _seen(hass, replay, entity_id, up_since, now)


def found_now(past: Iterable[CycleEvent], now: Instant) -> tuple[CycleEvent, ...]:
    """Give the events as found out now, whenever they happened."""
    return tuple(
        replace(event, at=now, late=now - event.at >= LATE_FROM) for event in past
    )


async def _seen(
    hass: HomeAssistant,
    replay: Replay,
    entity_id: str,
    since: Instant,
    until: Instant,
) -> list[CycleEvent]:
    events: list[CycleEvent] = []
    async for readings in async_readings(hass, entity_id, since, until):
        events += replay.feed(readings)
    return [*events, *replay.ring(until)]


def _gap_after(instant: Instant) -> Reading:
    """Say that nothing is known from here on (an instant has room for one reading)."""
    return Reading(instant + 0.001, None)
