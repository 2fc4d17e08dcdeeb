"""What tells of an appliance beside its power sensor."""

from __future__ import annotations

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.reliable_notifications.adapters.followed_entity import (
    FollowedEntity,
)
from custom_components.reliable_notifications.adapters.witnesses import (
    counted_wh,
    is_on,
    price_per_kwh,
    says,
)
from custom_components.reliable_notifications.engine.cycles.native_states import (
    NativeState,
)


async def test_a_door_through_rename_and_deletion(hass: HomeAssistant) -> None:
    registered = er.async_get(hass).async_get_or_create(
        "binary_sensor", "test", "door", suggested_object_id="door"
    )
    heard: list[bool | None] = []
    witness = FollowedEntity(
        hass, registered.id, lambda state, _at: heard.append(is_on(state))
    )
    hass.states.async_set("binary_sensor.door", "off")
    witness.async_start()
    hass.states.async_set("binary_sensor.door", "on")
    await hass.async_block_till_done()
    assert heard == [False, True]

    er.async_get(hass).async_update_entity(
        "binary_sensor.door", new_entity_id="binary_sensor.hatch"
    )
    await hass.async_block_till_done()
    assert witness.entity_id == "binary_sensor.hatch"
    heard.clear()
    hass.states.async_set("binary_sensor.hatch", "off")
    await hass.async_block_till_done()
    assert heard == [False]

    er.async_get(hass).async_remove("binary_sensor.hatch")
    await hass.async_block_till_done()
    assert heard[-1] is None
    assert witness.entity_id is None
    witness.async_stop()
    heard.clear()
    hass.states.async_set("binary_sensor.hatch", "on")
    await hass.async_block_till_done()
    assert heard == []


def test_only_on_and_off_are_a_door() -> None:
    assert is_on(None) is None
    assert is_on(State("binary_sensor.door", "unavailable")) is None
    assert is_on(State("binary_sensor.door", "on")) is True
    assert is_on(State("binary_sensor.door", "off")) is False


def test_a_binary_sensor_has_two_words_of_its_own() -> None:
    assert says(None) is None
    assert says(State("sensor.state", "on")) is NativeState.IDLE
    assert says(State("binary_sensor.running", "on")) is NativeState.RUNNING
    assert says(State("sensor.state", "unavailable")) is None


@pytest.mark.parametrize(
    ("value", "unit", "wh"),
    [
        ("1.5", "kWh", 1500.0),
        ("2", "MWh", 2_000_000.0),
        ("7", "Wh", 7.0),
        ("3.6", "MJ", 1000.0),
        ("-1", "kWh", None),
        ("nan", "kWh", None),
        ("unavailable", "kWh", None),
        ("5", "W", None),
        ("5", None, None),
    ],
)
def test_energy_in_every_unit(value: str, unit: str | None, wh: float | None) -> None:
    found = counted_wh(State("sensor.e", value, {"unit_of_measurement": unit}))
    assert found == (None if wh is None else pytest.approx(wh))
    assert counted_wh(None) is None


@pytest.mark.parametrize(
    ("entity", "value", "unit", "price"),
    [
        ("sensor.p", "0.30", "EUR/kWh", 0.30),
        ("sensor.p", "-5", "EUR/MWh", -0.005),
        ("sensor.p", "31.2", "ct/kWh", 0.312),
        ("sensor.p", "0.3", None, None),
        ("sensor.p", "0.3", "USD/kWh", None),
        ("sensor.p", "unknown", "EUR/kWh", None),
        ("input_number.p", "0.3", None, 0.3),
        ("input_number.p", "30", "ct/kWh", 0.3),
    ],
)
def test_prices_per_kwh(
    entity: str, value: str, unit: str | None, price: float | None
) -> None:
    attributes = {"unit_of_measurement": unit} if unit else {}
    found = price_per_kwh(State(entity, value, attributes), "EUR")
    assert found == (None if price is None else pytest.approx(price))
    assert price_per_kwh(None, "EUR") is None
