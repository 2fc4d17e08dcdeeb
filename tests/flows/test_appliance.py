"""The form for an appliance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockEntity

from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind

from .forms import Forms, shown

WASHER = "sensor.washer_power"
POWER = {"unit_of_measurement": "W", "device_class": "power"}


@pytest.fixture
def washer(hass: HomeAssistant) -> er.RegistryEntry:
    """A registered power sensor of a device, with a value."""
    plugs = MockConfigEntry(domain="test")
    plugs.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=plugs.entry_id,
        identifiers={("test", "plug")},
        name="Laundry plug",
    )
    registered = er.async_get(hass).async_get_or_create(
        "sensor",
        "test",
        "washer",
        suggested_object_id="washer_power",
        device_id=device.id,
        original_device_class="power",
        unit_of_measurement="W",
    )
    hass.states.async_set(WASHER, "3.1", POWER)
    return registered


async def test_add_with_a_kind(forms: Forms, washer: er.RegistryEntry) -> None:
    form = await forms.add("appliance")
    assert shown(form) == {}
    result = await forms.fill(
        form, name=" Washer ", power_entity=WASHER, kind="washing_machine"
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    [stored] = forms.stored("appliance")
    assert stored.title == "Washer"
    # by registry id, so that renaming the sensor changes nothing
    assert stored.data == {"kind": "washing_machine", "power_entity": washer.id}


async def test_a_sensor_without_registry_entry_is_stored_by_name(
    hass: HomeAssistant, forms: Forms
) -> None:
    hass.states.async_set("sensor.yaml_power", "0", POWER)
    await forms.fill(
        await forms.add("appliance"), name="Oven", power_entity="sensor.yaml_power"
    )
    assert forms.stored("appliance")[0].data["power_entity"] == "sensor.yaml_power"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Spülmaschine", ApplianceKind.DISHWASHER),
        ("Wasserkocher Küche", ApplianceKind.KETTLE),
        ("Tumble dryer", ApplianceKind.DRYER),
        ("Bosch washer-dryer", ApplianceKind.WASHER_DRYER),
        ("Steam iron", ApplianceKind.IRON),
        # the name says nothing, but the sensor does: it is called washer power
        ("Our loudest", ApplianceKind.WASHING_MACHINE),
    ],
)
async def test_the_kind_is_guessed_when_left_open(
    forms: Forms, washer: er.RegistryEntry, name: str, kind: ApplianceKind
) -> None:
    await forms.fill(await forms.add("appliance"), name=name, power_entity=WASHER)
    assert forms.stored("appliance")[0].data["kind"] == kind


async def test_the_device_helps_to_guess(hass: HomeAssistant, forms: Forms) -> None:
    plugs = MockConfigEntry(domain="test")
    plugs.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=plugs.entry_id, identifiers={("test", "plug")}, name="Plug 3"
    )
    dr.async_get(hass).async_update_device(device.id, name_by_user="Espresso plug")
    er.async_get(hass).async_get_or_create(
        "sensor",
        "test",
        "p3",
        suggested_object_id="p3",
        device_id=device.id,
        unit_of_measurement="W",
    )
    await forms.fill(
        await forms.add("appliance"), name="Barista", power_entity="sensor.p3"
    )
    assert forms.stored("appliance")[0].data["kind"] == "coffee_machine"


async def test_nothing_to_guess_from_is_generic(
    hass: HomeAssistant, forms: Forms
) -> None:
    hass.states.async_set("sensor.p", "0", {"unit_of_measurement": "W"})
    await forms.fill(
        await forms.add("appliance"), name="Environment", power_entity="sensor.p"
    )
    assert forms.stored("appliance")[0].data["kind"] == "generic"


@pytest.mark.parametrize("unit", ["mW", "W", "kW", "MW"])
async def test_every_unit_of_power_counts_without_a_device_class(
    hass: HomeAssistant, forms: Forms, unit: str
) -> None:
    hass.states.async_set("sensor.plain", "1", {"unit_of_measurement": unit})
    form = await forms.add("appliance")
    result = await forms.fill(form, name="Pump", power_entity="sensor.plain")
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("state", [None, STATE_UNAVAILABLE])
@pytest.mark.parametrize("known_by", ["unit", "class"])
async def test_a_sensor_that_is_away_for_now_counts(
    hass: HomeAssistant, forms: Forms, state: str | None, known_by: str
) -> None:
    known = (
        {"unit_of_measurement": "kW"}
        if known_by == "unit"
        else {"original_device_class": "power"}
    )
    er.async_get(hass).async_get_or_create("sensor", "test", "away", **known)
    if state is not None:
        hass.states.async_set("sensor.test_away", state)
    form = await forms.add("appliance")
    result = await forms.fill(form, name="Dryer", power_entity="sensor.test_away")
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_each_problem_stands_at_its_field_and_can_be_mended(
    hass: HomeAssistant, forms: Forms, washer: er.RegistryEntry
) -> None:
    hass.states.async_set("sensor.energy", "7", {"unit_of_measurement": "kWh"})
    hass.states.async_set("sensor.text", "7", {})
    er.async_get(hass).async_get_or_create(
        "sensor", "test", "live", original_device_class="power"
    )
    hass.states.async_set("sensor.test_live", "7")
    er.async_get(hass).async_get_or_create("sensor", "test", "blank")
    er.async_get(hass).async_get_or_create(
        "sensor",
        "test",
        "off",
        unit_of_measurement="W",
        disabled_by=er.RegistryEntryDisabler.USER,
    )
    form = await forms.add("appliance")
    for sensor, problem in (
        ("sensor.never_was", "entity_gone"),
        ("0123456789abcdef0123456789abcdef", "entity_gone"),
        ("sensor.energy", "not_power"),
        ("sensor.text", "not_power"),
        ("sensor.test_live", "not_power"),  # has a value, and that has no unit
        ("sensor.test_blank", "not_power"),
        ("sensor.test_off", "entity_disabled"),
    ):
        form = await forms.fill(form, name="Washer", power_entity=sensor, kind="iron")
        assert form["errors"] == {"power_entity": problem}, sensor
        assert shown(form) == {"name": "Washer", "power_entity": sensor, "kind": "iron"}
        assert not forms.stored("appliance")
    form = await forms.fill(form, name="  ", power_entity="sensor.never_was")
    assert form["errors"] == {"name": "name_missing", "power_entity": "entity_gone"}
    assert shown(form) == {"name": "  ", "power_entity": "sensor.never_was"}
    result = await forms.fill(form, name="Washer", power_entity=WASHER)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert len(forms.stored("appliance")) == 1


async def test_one_sensor_one_name_one_appliance(
    hass: HomeAssistant, forms: Forms, washer: er.RegistryEntry
) -> None:
    hass.states.async_set("sensor.other", "1", POWER)
    await forms.fill(await forms.add("appliance"), name="Washer", power_entity=WASHER)
    form = await forms.add("appliance")
    for same in (WASHER, washer.id):
        form = await forms.fill(form, name="WASHER ", power_entity=same)
        assert form["errors"] == {
            "name": "name_taken",
            "power_entity": "already_configured_power",
        }
    result = await forms.fill(form, name="Second", power_entity="sensor.other")
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert [each.title for each in forms.stored("appliance")] == ["Washer", "Second"]


async def test_a_sensor_is_the_same_after_it_got_registered(
    hass: HomeAssistant, forms: Forms
) -> None:
    hass.states.async_set("sensor.test_late", "1", POWER)
    await forms.fill(
        await forms.add("appliance"), name="A", power_entity="sensor.test_late"
    )
    hass.states.async_remove("sensor.test_late")
    er.async_get(hass).async_get_or_create(
        "sensor", "test", "late", unit_of_measurement="W"
    )
    form = await forms.add("appliance")
    form = await forms.fill(form, name="B", power_entity="sensor.test_late")
    assert form["errors"] == {"power_entity": "already_configured_power"}


async def test_change(
    hass: HomeAssistant, forms: Forms, washer: er.RegistryEntry
) -> None:
    await forms.fill(await forms.add("appliance"), name="Washer", power_entity=WASHER)
    [stored] = forms.stored("appliance")
    er.async_get(hass).async_update_entity(WASHER, new_entity_id="sensor.cellar")
    hass.states.async_set("sensor.cellar", "3", POWER)

    form = await forms.change(stored)
    assert shown(form) == {
        "name": "Washer",
        "power_entity": "sensor.cellar",
        "kind": "washing_machine",
    }
    # what belongs to the appliance itself is no duplicate
    result = await forms.fill(
        form, name="Dryer", power_entity="sensor.cellar", kind="dryer"
    )
    assert (result["type"], result["reason"]) == (
        FlowResultType.ABORT,
        "reconfigure_successful",
    )
    [changed] = forms.stored("appliance")
    assert changed.subentry_id == stored.subentry_id
    assert changed.title == "Dryer"
    assert changed.data == {"kind": "dryer", "power_entity": washer.id}


async def test_change_after_the_sensor_was_deleted(
    hass: HomeAssistant, forms: Forms, washer: er.RegistryEntry
) -> None:
    await forms.fill(await forms.add("appliance"), name="Washer", power_entity=WASHER)
    [stored] = forms.stored("appliance")
    er.async_get(hass).async_remove(WASHER)
    hass.states.async_set("sensor.other", "1", POWER)

    form = await forms.change(stored)
    assert shown(form) == {"name": "Washer", "kind": "washing_machine"}
    form = await forms.fill(form, name="Washer", power_entity=washer.id)
    assert form["errors"] == {"power_entity": "entity_gone"}
    assert stored.data["power_entity"] == washer.id
    await forms.fill(form, name="Washer", power_entity="sensor.other")
    assert forms.stored("appliance")[0].data["power_entity"] == "sensor.other"


async def test_a_plug_without_device_class_is_offered_through_its_integration(
    hass: HomeAssistant, forms: Forms
) -> None:
    form = await forms.add("appliance")
    power_only = [{"domain": ["sensor"], "device_class": ["power"]}]
    assert _filters(form) == power_only
    hass.states.async_set("sensor.no_source", "1", {"unit_of_measurement": "W"})

    entity = MockEntity(entity_id="sensor.bare", unique_id="bare")
    entity.hass = hass
    await _add(hass, entity)
    assert _filters(await forms.add("appliance")) == power_only
    hass.states.async_set("sensor.bare", "1", {"unit_of_measurement": "W"})
    form = await forms.add("appliance")
    assert _filters(form) == [
        *power_only,
        {"domain": ["sensor"], "integration": "test_plugs"},
    ]
    result = await forms.fill(form, name="Bare", power_entity="sensor.bare")
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def _add(hass: HomeAssistant, entity: MockEntity) -> None:
    """Add a real entity, so that Home Assistant knows where it comes from."""
    from pytest_homeassistant_custom_component.common import MockEntityPlatform

    platform = MockEntityPlatform(hass, domain="sensor", platform_name="test_plugs")
    await platform.async_add_entities([entity])
    await hass.async_block_till_done()


def _filters(form: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the field for the sensor offers."""
    schema = form["data_schema"].schema
    filters = next(
        value for key, value in schema.items() if key == "power_entity"
    ).config["filter"]
    return [dict(each) for each in filters]
