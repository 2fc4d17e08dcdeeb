"""What a person knows better than the sensors."""

from __future__ import annotations

from homeassistant.helpers import entity_registry as er

from custom_components.reliable_notifications.const import DOMAIN

from .home import Home

WASHER = "sensor.washer_plug_power"


async def press(home: Home, key: str) -> None:
    await home.hass.services.async_call(
        "button", "press", {"entity_id": home.entity("button", key)}, blocking=True
    )
    await home.settle()


def words(home: Home) -> list[str]:
    return [word for word, _ in home.happened if word.startswith("cycle")]


async def test_finished_now_ends_the_cycle_and_tells_it(home: Home) -> None:
    await press(home, "finished_now")  # nothing runs
    await home.watts(1800)
    await home.wait(180)
    await press(home, "finished_now")
    assert words(home) == ["cycle_started", "cycle_finished"]
    assert home.value("sensor", "state") == "finished"
    assert [call.data["title"] for call in home.received] == ["Kettle finished"]
    await press(home, "finished_now")
    await home.wait(60)
    assert words(home) == ["cycle_started", "cycle_finished"]


async def test_a_discarded_cycle_is_no_news_and_no_problem(home: Home) -> None:
    await home.watts(1800)
    await home.wait(180)
    await press(home, "discard")
    assert words(home) == ["cycle_started", "cycle_interrupted"]
    assert home.received == []
    assert home.value("binary_sensor", "problem") == "off"
    assert home.value("sensor", "cycle_count") == "0"
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    assert home.value("binary_sensor", "problem") == "off"


async def test_a_run_too_short_for_a_cycle_is_no_news_and_no_problem(
    home: Home,
) -> None:
    home._add("appliance", "Washer", kind="washing_machine", power_entity=WASHER)
    await home.settle()
    await _draw(home, 0)
    await home.wait(60)
    await _draw(home, 60)  # the pump empties itself, no programme follows
    await home.wait(70)
    await _draw(home, 0)
    await home.wait(900, 30)
    (data,) = [data for word, data in home.happened if word == "short_run"]
    assert data["appliance"] == "Washer"
    assert data["reason"] == "short_run"
    assert home.received == []
    registry = er.async_get(home.hass)
    problem = registry.async_get_entity_id(
        "binary_sensor", DOMAIN, f"{data['appliance_id']}_problem"
    )
    assert problem is not None
    state = home.hass.states.get(problem)
    assert state is not None
    assert state.state == "off"


async def _draw(home: Home, watts: float) -> None:
    home.hass.states.async_set(WASHER, str(watts), {"unit_of_measurement": "W"})
    await home.hass.async_block_till_done()
