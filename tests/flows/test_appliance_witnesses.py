"""The folded part of the form for an appliance."""

from __future__ import annotations

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, section
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockEntity,
    MockEntityPlatform,
)

from .forms import Forms, shown

POWER = {"unit_of_measurement": "W", "device_class": "power"}
PRICE = "price_entity"
BASE = {"name": "Washer", "power_entity": "sensor.p", "kind": "washing_machine"}


@pytest.fixture(autouse=True)
def plug(hass: HomeAssistant) -> None:
    hass.states.async_set("sensor.p", "3", POWER)


async def test_it_is_folded_away_and_may_stay_empty(
    hass: HomeAssistant, forms: Forms
) -> None:
    form = await forms.add("appliance")
    (group,) = [
        kind
        for kind in form["data_schema"].schema.values()
        if isinstance(kind, section)
    ]
    assert group.options == {"collapsed": True}
    hass.states.async_set("sensor.q", "3", POWER)
    other = {"name": "Dryer", "power_entity": "sensor.q", "kind": "dryer"}
    for answers in (BASE, {**other, "more": {}}):
        result = await forms.fill(await forms.add("appliance"), **answers)
        assert result["type"] is FlowResultType.CREATE_ENTRY
    for stored in forms.stored("appliance"):
        assert stored.data.keys() == {"kind", "power_entity"}


async def test_a_door_is_kept_by_registry_id_and_shown_again(
    hass: HomeAssistant, forms: Forms
) -> None:
    door = er.async_get(hass).async_get_or_create(
        "binary_sensor", "test", "door", suggested_object_id="door"
    )
    await forms.fill(
        await forms.add("appliance"), **BASE, more={"door_entity": door.entity_id}
    )
    [stored] = forms.stored("appliance")
    assert stored.data["door_entity"] == door.id

    er.async_get(hass).async_update_entity(
        door.entity_id, new_entity_id="binary_sensor.hatch"
    )
    form = await forms.change(stored)
    assert shown(form)["more"] == {"door_entity": "binary_sensor.hatch"}
    await forms.fill(form, **BASE, more={})
    assert "door_entity" not in forms.stored("appliance")[0].data


async def test_a_deleted_door_is_not_shown(hass: HomeAssistant, forms: Forms) -> None:
    door = er.async_get(hass).async_get_or_create("binary_sensor", "test", "door")
    await forms.fill(
        await forms.add("appliance"), **BASE, more={"door_entity": door.entity_id}
    )
    er.async_get(hass).async_remove(door.entity_id)
    form = await forms.change(forms.stored("appliance")[0])
    assert "more" not in shown(form)


async def test_what_is_no_door_is_said_at_the_group(
    hass: HomeAssistant, forms: Forms
) -> None:
    er.async_get(hass).async_get_or_create(
        "binary_sensor", "test", "off", disabled_by=er.RegistryEntryDisabler.USER
    )
    form = await forms.add("appliance")
    for entity, problem in (
        ("binary_sensor.never_was", "witness_gone"),
        ("binary_sensor.test_off", "witness_gone"),
        ("sensor.p", "not_a_door"),
    ):
        answers = {**BASE, "more": {"door_entity": entity}}
        form = await forms.fill(form, **answers)
        assert form["errors"] == {"more": problem}
        assert shown(form) == answers
    hass.states.async_set("binary_sensor.yaml_door", "off")
    result = await forms.fill(
        form, **BASE, more={"door_entity": "binary_sensor.yaml_door"}
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert forms.stored("appliance")[0].data["door_entity"] == "binary_sensor.yaml_door"


async def test_what_shakes_is_a_binary_sensor(
    hass: HomeAssistant, forms: Forms
) -> None:
    hass.states.async_set("binary_sensor.shakes", "off", {"device_class": "vibration"})
    form = await forms.add("appliance")
    for entity, problem in (
        ("binary_sensor.never_was", "witness_gone"),
        ("sensor.p", "not_a_vibration"),
    ):
        form = await forms.fill(form, **BASE, more={"vibration_entity": entity})
        assert form["errors"] == {"more": problem}
    await forms.fill(form, **BASE, more={"vibration_entity": "binary_sensor.shakes"})
    [stored] = forms.stored("appliance")
    assert stored.data["vibration_entity"] == "binary_sensor.shakes"
    assert stored.data["power_entity"] == "sensor.p"


async def test_an_appliance_may_do_without_a_power_sensor(
    hass: HomeAssistant, forms: Forms
) -> None:
    own = er.async_get(hass).async_get_or_create(
        "sensor", "test", "op", suggested_object_id="dishwasher_operation_state"
    )
    hass.states.async_set(
        own.entity_id, "ready", {"options": ["ready", "run", "finished"]}
    )
    form = await forms.fill(await forms.add("appliance"), name="Machine")
    assert form["errors"] == {"power_entity": "power_or_native"}
    form = await forms.fill(form, name="Machine", more={})
    assert form["errors"] == {"power_entity": "power_or_native"}
    await forms.fill(form, name="Machine", more={"native_entity": own.entity_id})
    [stored] = forms.stored("appliance")
    # the kind is guessed from what the entity is called
    assert stored.data == {"kind": "dishwasher", "native_entity": own.id}
    form = await forms.change(stored)
    assert shown(form) == {
        "name": "Machine",
        "kind": "dishwasher",
        "more": {"native_entity": own.entity_id},
    }
    # another one beside it has a plug; only plugs are compared
    result = await forms.fill(await forms.add("appliance"), **BASE)
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize(
    ("entity", "state", "options", "problem"),
    [
        ("sensor.a", "Spülen", None, "words_unknown"),
        ("sensor.a", "run", None, None),
        ("sensor.a", "wash", ["low", "high"], "words_unknown"),
        ("sensor.a", "unavailable", None, None),
        ("select.a", "stopped", ["stopped", "running"], None),
        ("binary_sensor.a", "on", None, None),
        ("sensor.b", "run", None, "witness_gone"),
    ],
)
async def test_the_words_of_an_appliance_have_to_be_known(
    hass: HomeAssistant,
    forms: Forms,
    entity: str,
    state: str,
    options: list[str] | None,
    problem: str | None,
) -> None:
    hass.states.async_set(
        entity.replace(".b", ".a"), state, {"options": options} if options else {}
    )
    form = await forms.add("appliance")
    result = await forms.fill(form, name="Washer", more={"native_entity": entity})
    if problem is None:
        assert result["type"] is FlowResultType.CREATE_ENTRY
    else:
        assert result["errors"] == {"more": problem}


@pytest.mark.parametrize(
    ("entity", "attributes", "problem"),
    [
        ("sensor.e", {"unit_of_measurement": "kWh"}, None),
        ("sensor.e", {"unit_of_measurement": "Wh", "state_class": "total"}, None),
        (
            "sensor.e",
            {"unit_of_measurement": "kWh", "state_class": "measurement"},
            "not_a_counter",
        ),
        ("sensor.e", {"unit_of_measurement": "W"}, "not_a_counter"),
        ("sensor.e", {}, "not_a_counter"),
        ("sensor.gone", {}, "witness_gone"),
    ],
)
async def test_only_energy_is_counted(
    hass: HomeAssistant,
    forms: Forms,
    entity: str,
    attributes: dict[str, str],
    problem: str | None,
) -> None:
    hass.states.async_set("sensor.e", "3", attributes)
    form = await forms.add("appliance")
    result = await forms.fill(form, **BASE, more={"energy_entity": entity})
    if problem is None:
        assert forms.stored("appliance")[0].data["energy_entity"] == entity
    else:
        assert result["errors"] == {"more": problem}


@pytest.mark.parametrize(
    ("entity", "unit", "problem"),
    [
        ("sensor.t", "EUR/kWh", None),
        ("sensor.t", "ct/kWh", None),
        ("input_number.t", None, None),
        ("input_number.t", "€/kWh", None),
        ("sensor.t", None, "not_a_price"),
        # an energy counter is the usual mistake; a wrong number is worse than none
        ("sensor.t", "kWh", "not_a_price"),
        ("input_number.t", "kWh", "not_a_price"),
        ("sensor.t", "NOK/kWh", "not_a_price"),
        ("sensor.never_was", "EUR/kWh", "witness_gone"),
    ],
)
async def test_only_a_price_in_our_currency_is_a_price(
    hass: HomeAssistant,
    forms: Forms,
    entity: str,
    unit: str | None,
    problem: str | None,
) -> None:
    for known in ("sensor.t", "input_number.t"):
        attributes = {"unit_of_measurement": unit} if unit else {}
        hass.states.async_set(known, "0.3", attributes)
    form = await forms.add("appliance")
    result = await forms.fill(form, **BASE, more={"price_entity": entity})
    if problem is None:
        assert forms.stored("appliance")[0].data["price_entity"] == entity
    else:
        assert result["errors"] == {"more": problem}


async def test_a_price_that_is_away_is_judged_by_the_registry(
    hass: HomeAssistant, forms: Forms
) -> None:
    er.async_get(hass).async_get_or_create(
        "sensor", "test", "tariff", unit_of_measurement="EUR/kWh"
    )
    form = await forms.add("appliance")
    result = await forms.fill(form, **BASE, more={"price_entity": "sensor.test_tariff"})
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_prices_are_offered_through_their_integration(
    hass: HomeAssistant, forms: Forms
) -> None:
    platform = MockEntityPlatform(hass, domain="sensor", platform_name="spot_prices")
    await platform.async_add_entities(
        [MockEntity(entity_id="sensor.spot", unique_id="spot")]
    )
    hass.states.async_set("sensor.spot", "0.1", {"unit_of_measurement": "EUR/kWh"})
    form = await forms.add("appliance")
    (group,) = [
        kind
        for kind in form["data_schema"].schema.values()
        if isinstance(kind, section)
    ]
    field = next(kind for key, kind in group.schema.schema.items() if key == PRICE)
    offered = [dict(each) for each in field.config["filter"]]
    assert {"domain": ["sensor"], "integration": "spot_prices"} in offered
