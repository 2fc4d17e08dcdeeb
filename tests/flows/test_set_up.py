"""What the forms store is what the integration runs on: set up and reloaded."""

from __future__ import annotations

from pathlib import Path

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .forms import Forms


@pytest.fixture
async def running(
    hass: HomeAssistant, entry: MockConfigEntry, tmp_path: Path
) -> MockConfigEntry:
    """Our entry, set up, with its database in a folder of its own."""
    hass.config.config_dir = str(tmp_path)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


async def test_each_thing_takes_effect_at_once(
    hass: HomeAssistant,
    running: MockConfigEntry,
    forms: Forms,
) -> None:
    power = {"unit_of_measurement": "W", "device_class": "power"}
    hass.states.async_set("sensor.plug", "1", power)
    first = running.runtime_data

    await forms.fill(await forms.pick(await forms.add("channel"), "inbox"))
    [inbox] = forms.stored("channel")
    await forms.fill(
        await forms.add("recipient"), name="Household", channels=[inbox.subentry_id]
    )
    await forms.fill(
        await forms.add("appliance"), name="Washer", power_entity="sensor.plug"
    )
    [washer] = forms.stored("appliance")
    assert running.state is ConfigEntryState.LOADED
    assert running.runtime_data is not first
    assert _device_names(hass, running) >= {"Reliable Notifications", "Washer"}

    form = await forms.change(washer)
    await forms.fill(
        form, name="Cellar washer", power_entity="sensor.plug", kind="dryer"
    )
    assert running.state is ConfigEntryState.LOADED
    assert washer.subentry_id in running.runtime_data.watches
    assert running.runtime_data.watches[washer.subentry_id].spec.name == "Cellar washer"
    assert "Cellar washer" in _device_names(hass, running)

    # a form with an error changes nothing, so nothing is started anew
    before = running.runtime_data
    await forms.fill(await forms.add("appliance"), name="X", power_entity="sensor.gone")
    assert running.runtime_data is before

    hass.config_entries.async_remove_subentry(running, washer.subentry_id)
    await hass.async_block_till_done()
    assert "Cellar washer" not in _device_names(hass, running)

    assert await hass.config_entries.async_unload(running.entry_id)


def _device_names(hass: HomeAssistant, entry: MockConfigEntry) -> set[str | None]:
    registry = dr.async_get(hass)
    return {
        each.name
        for each in dr.async_entries_for_config_entry(registry, entry.entry_id)
    }
