"""What a restored detector is shown of the time in which nobody watched."""

from __future__ import annotations

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.reliable_notifications.adapters.recorder_history import (
    recording_since,
)
from custom_components.reliable_notifications.appliances.catching_up import (
    async_catch_up,
)
from custom_components.reliable_notifications.engine.cycles.detector import Detector
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEventKind,
    Reading,
)

PLUG = "sensor.plug"


def _in_cycle(at: float) -> Detector:
    """A washing machine that has been heating for ten minutes at this instant."""
    detector = Detector(ApplianceKind.WASHING_MACHINE)
    detector.step(at - 700, Reading(at - 700, 0.0))
    for second in range(600, -1, -10):
        detector.step(at - second, Reading(at - second, 2000.0))
    assert detector.state is ApplianceState.RUNNING
    return detector


async def test_without_a_recorder_the_time_is_a_gap(hass: HomeAssistant) -> None:
    now = dt_util.utcnow().timestamp()
    detector = _in_cycle(now - 7200)
    events = await async_catch_up(
        hass,
        detector,
        PLUG,
        watched_until=now - 7200,
        alive_until=now - 7200,
        now=now,
    )
    assert events == []
    assert detector.watts is None
    assert detector.state is ApplianceState.RUNNING


async def test_the_time_in_which_home_assistant_was_down_is_no_quiet(
    recorder_mock: object, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    up_since = recording_since(hass)
    assert up_since is not None
    went_down = up_since - 7200
    detector = _in_cycle(went_down)
    cycle = detector.cycle_id
    detector.step(went_down + 5, Reading(went_down + 5, 0.0))  # a pause begins
    freezer.move_to(dt_util.utc_from_timestamp(up_since + 20))
    hass.states.async_set(PLUG, "0", {"unit_of_measurement": "W"})
    await async_wait_recording_done(hass)
    events = await async_catch_up(
        hass,
        detector,
        PLUG,
        watched_until=went_down + 5,
        alive_until=went_down + 60,
        now=up_since + 30,
    )
    # two hours at nothing, but nobody saw them: it may have gone on meanwhile
    assert events == []
    assert detector.cycle_id == cycle


async def test_where_home_assistant_was_up_the_recorder_tells_all(
    recorder_mock: object, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    start = dt_util.utcnow().timestamp() + 60
    detector = _in_cycle(start)
    for after, watts in ((30, "2000"), (60, "0")):
        freezer.move_to(dt_util.utc_from_timestamp(start + after))
        hass.states.async_set(PLUG, watts, {"unit_of_measurement": "W"})
        await hass.async_block_till_done()
    await async_wait_recording_done(hass)
    events = await async_catch_up(
        hass,
        detector,
        PLUG,
        watched_until=start,
        alive_until=start,
        now=start + 3600,
    )
    assert [event.kind for event in events] == [CycleEventKind.FINISHED]
    ended_at = events[0].ended_at
    assert ended_at is not None
    assert abs(ended_at - (start + 60)) <= 1
