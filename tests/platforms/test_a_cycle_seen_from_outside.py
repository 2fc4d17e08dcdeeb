"""One boil of a kettle, as entities, events and messages show it."""

from __future__ import annotations

from homeassistant.util import dt as dt_util

from .home import Home


async def test_entities_tell_the_story_of_a_cycle(home: Home) -> None:
    assert home.value("sensor", "state") == "idle"
    assert home.value("binary_sensor", "running") == "off"
    assert home.value("sensor", "cycle_count") == "0"

    began = dt_util.utcnow()
    await home.watts(1800)
    await home.wait(60)
    assert home.value("sensor", "state") == "running"
    assert home.value("binary_sensor", "running") == "on"
    started = dt_util.parse_datetime(home.value("sensor", "started_at"))
    assert started is not None
    assert abs((started - began).total_seconds()) <= 1

    await home.wait(120)
    await home.watts(0)
    ended = dt_util.utcnow()
    await home.wait(150)
    assert home.value("sensor", "state") == "finished"
    assert home.value("binary_sensor", "running") == "off"
    assert home.value("sensor", "cycle_count") == "1"
    assert float(home.value("sensor", "last_duration")) == 3.0
    finished = dt_util.parse_datetime(home.value("sensor", "finished_at"))
    assert finished is not None
    assert abs((finished - ended).total_seconds()) <= 1
    # 1800 W for three minutes
    assert abs(float(home.value("sensor", "cycle_energy")) - 0.09) < 0.002


async def test_one_start_and_one_finish_on_the_bus(home: Home) -> None:
    await home.boil()
    words = [word for word, _ in home.happened if word.startswith("cycle")]
    assert words == ["cycle_started", "cycle_finished"]
    start, finish = (data for word, data in home.happened if word.startswith("cycle"))
    assert start["cycle_id"] == finish["cycle_id"]
    assert finish["appliance"] == "Kettle"
    assert finish["duration"] == 180
    event = home.hass.states.get(home.entity("event", "cycle"))
    assert event is not None
    assert event.attributes["event_type"] == "cycle_finished"
    assert event.attributes["cycle_id"] == finish["cycle_id"]


async def test_the_finish_is_told_and_what_is_proven_is_said(home: Home) -> None:
    await home.boil()
    assert [call.data["title"] for call in home.received] == ["Kettle finished"]
    assert home.received[0].data["message"].startswith("Ran 3 min and used 0.09 kWh.")
    last = home.hass.states.get(home.entity("sensor", "last_notification"))
    assert last is not None
    assert last.state == "Kettle finished"
    # the action returned, which proves nothing: *dispatched* is never success
    assert last.attributes["evidence"] == "dispatched"


async def test_a_unit_of_kilowatts_is_understood(home: Home) -> None:
    await home.watts(1.8, "kW")
    await home.wait(60)
    assert home.value("sensor", "state") == "running"


async def test_nonsense_and_absence_end_nothing(home: Home) -> None:
    await home.watts(1800)
    await home.wait(60)
    await home.watts("nan")
    await home.wait(30)
    assert home.value("sensor", "state") == "running"
    await home.watts("unavailable")
    await home.wait(600)
    assert [word for word, _ in home.happened] == ["cycle_started"]


async def test_a_reload_in_mid_cycle_changes_nothing(home: Home) -> None:
    await home.watts(1800)
    await home.wait(60)
    before = home.hass.states.get(home.entity("sensor", "state"))
    assert before is not None
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    after = home.hass.states.get(home.entity("sensor", "state"))
    assert after is not None
    assert after.state == "running"
    assert after.attributes["cycle_id"] == before.attributes["cycle_id"]
    await home.wait(120)
    await home.watts(0)
    await home.wait(150)
    words = [word for word, _ in home.happened if word.startswith("cycle")]
    assert words == ["cycle_started", "cycle_finished"]
    # the energy of the whole cycle, not of its second half
    assert abs(float(home.value("sensor", "cycle_energy")) - 0.09) < 0.003


async def test_a_rename_of_the_sensor_changes_nothing(home: Home) -> None:
    # a plug that is no registered entity keeps its entity id; see test_power_meter
    await home.watts(1800)
    await home.wait(60)
    home.hass.states.async_remove("sensor.kettle_plug_power")
    await home.wait(60)
    assert home.value("sensor", "state") == "running"
