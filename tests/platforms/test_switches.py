"""The switches: what they keep, over restarts too, and when a pause ends."""

from __future__ import annotations

from typing import Any

from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.reliable_notifications.adapters.house_modes import Switched
from custom_components.reliable_notifications.compat import vol
from custom_components.reliable_notifications.const import DOMAIN

from .home import Home


async def _turn(home: Home, what: str, key: str) -> None:
    await home.hass.services.async_call(
        "switch", f"turn_{what}", {"entity_id": home.entity("switch", key)}, True
    )
    await home.settle()


async def _act(home: Home, action: str, **data: Any) -> dict[str, Any]:
    answer = await home.hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    await home.settle()
    assert answer is not None
    return dict(answer)


def _switched(home: Home) -> Switched:
    switched: Switched = home.entry.runtime_data.modes.switched
    return switched


def _channel(home: Home, title: str) -> str:
    return next(
        each.subentry_id
        for each in home.entry.subentries.values()
        if each.title == title
    )


def _used(home: Home, title: str) -> str:
    registry = er.async_get(home.hass)
    unique_id = f"{_channel(home, title)}_used"
    entity_id = registry.async_get_entity_id("switch", DOMAIN, unique_id)
    assert entity_id is not None
    return entity_id


async def test_what_is_switched_survives_a_restart(home: Home) -> None:
    assert home.value("switch", "guest_mode") == "off"
    await _turn(home, "on", "guest_mode")
    await _turn(home, "on", "vacation")
    pocket = _used(home, "Pocket")
    await home.hass.services.async_call("switch", "turn_off", {"entity_id": pocket})
    await home.settle()
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    assert home.value("switch", "guest_mode") == "on"
    assert home.value("switch", "vacation") == "on"
    state = home.hass.states.get(pocket)
    assert state is not None
    assert state.state == "off"
    assert _switched(home) == Switched(
        guest=True, vacation=True, off_channels=frozenset({_channel(home, "Pocket")})
    )
    await home.hass.services.async_call("switch", "turn_on", {"entity_id": pocket})
    await _turn(home, "off", "guest_mode")
    await _turn(home, "off", "vacation")
    assert _switched(home) == Switched()


async def test_a_pause_by_the_switch_lasts_until_somebody_ends_it(home: Home) -> None:
    await _turn(home, "on", "pause_all")
    await home.wait(3600, 600)
    state = home.hass.states.get(home.entity("switch", "pause_all"))
    assert state is not None
    assert state.state == "on"
    assert state.attributes["until"] is None
    assert state.attributes["passes"] == "urgent"
    await _turn(home, "off", "pause_all")
    assert home.value("switch", "pause_all") == "off"
    assert await _act(home, "resume") == {"was_paused": False}


async def test_a_pause_with_an_end_ends_by_itself_also_after_a_restart(
    home: Home,
) -> None:
    answer = await _act(home, "pause", minutes=30)
    assert answer["until"] == "2026-11-21T07:30:01+00:00"
    state = home.hass.states.get(home.entity("switch", "pause_all"))
    assert state is not None
    assert state.state == "on"
    assert state.attributes["until"].isoformat() == answer["until"]
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    assert home.value("switch", "pause_all") == "on"
    await home.wait(1790)
    assert home.value("switch", "pause_all") == "on"
    await home.wait(20)
    assert home.value("switch", "pause_all") == "off"


async def test_a_pause_that_ran_out_while_we_were_away_is_over(home: Home) -> None:
    await _act(home, "pause", minutes=1)
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)
    home.clock.tick(120)
    assert await home.hass.config_entries.async_setup(home.entry.entry_id)
    await home.settle()
    assert home.value("switch", "pause_all") == "off"


async def test_a_pause_until_a_local_time(home: Home) -> None:
    await home.hass.config.async_set_time_zone("Europe/Berlin")
    answer = await _act(home, "pause", until="2026-11-21 10:00:00")
    assert answer == {"until": "2026-11-21T09:00:00+00:00", "passes": "urgent"}
    assert await _act(home, "resume") == {"was_paused": True}


async def test_a_pause_needs_an_end_that_is_to_come(home: Home) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await _act(home, "pause", until="2026-11-20 10:00:00")
    assert refused.value.translation_key == "pause_is_over"
    for wrong in ({"minutes": 0}, {"minutes": 5, "until": "2026-11-22 10:00:00"}):
        with pytest.raises(vol.Invalid):
            await _act(home, "pause", **wrong)
    assert _switched(home) == Switched()


async def test_what_a_damaged_disk_left_switches_nothing(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    await _turn(home, "on", "vacation")
    await home.entry.runtime_data.database.write(
        lambda connection: connection.execute(
            "UPDATE meta SET value = '[1, 2' WHERE key = 'house_modes'"
        )
    )
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    assert _switched(home) == Switched()
    assert "could not be read" in caplog.text


async def test_switches_of_categories_are_there_for_who_wants_them(home: Home) -> None:
    registry = er.async_get(home.hass)
    found = [
        entity
        for entity in er.async_entries_for_config_entry(registry, home.entry.entry_id)
        if entity.domain == "switch" and "_category_" in entity.unique_id
    ]
    assert len(found) == 8
    assert all(
        each.disabled_by is er.RegistryEntryDisabler.INTEGRATION for each in found
    )
    chosen = next(each for each in found if each.unique_id.endswith("_appliance"))
    registry.async_update_entity(chosen.entity_id, disabled_by=None)
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    await home.hass.services.async_call(
        "switch", "turn_off", {"entity_id": chosen.entity_id}, blocking=True
    )
    assert _switched(home).off_categories == frozenset({"appliance"})
