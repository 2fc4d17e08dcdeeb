"""Home Assistant's own conditions, as rules ask for them."""

from __future__ import annotations

from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications.adapters.conditions import Conditions


async def _asked(hass: HomeAssistant, **written: Any) -> Conditions:
    conditions = Conditions(hass, written, {"night": "Night"})
    await conditions.async_start()
    return conditions


async def test_each_kind_of_condition_is_answered(hass: HomeAssistant) -> None:
    hass.states.async_set("light.hall", "on")
    hass.states.async_set("sensor.price", "12")
    conditions = await _asked(
        hass,
        state=[{"condition": "state", "entity_id": "light.hall", "state": "on"}],
        number=[
            {"condition": "numeric_state", "entity_id": "sensor.price", "above": 20}
        ],
        template="{{ is_state('light.hall', 'on') }}",
        both=[
            {"condition": "state", "entity_id": "light.hall", "state": "on"},
            {
                "condition": "template",
                "value_template": "{{ states('sensor.price') == '13' }}",
            },
        ],
        off=[
            {
                "condition": "state",
                "entity_id": "light.hall",
                "state": "off",
                "enabled": False,
            }
        ],
    )
    assert conditions.answers() == {
        "state": True,
        "number": False,
        "template": True,
        "both": False,
        "off": True,
    }
    hass.states.async_set("light.hall", "off")
    hass.states.async_set("sensor.price", "13")
    assert conditions.answers()["state"] is False


async def test_what_cannot_be_told_is_unknown_and_said_once(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    written = [{"condition": "state", "entity_id": "light.gone", "state": "on"}]
    conditions = await _asked(hass, night=written)
    for _ in range(3):
        assert conditions.answers() == {"night": None}
    assert caplog.text.count("The condition of the rule Night cannot be told") == 1
    hass.states.async_set("light.gone", "on")
    assert conditions.answers() == {"night": True}
    hass.states.async_remove("light.gone")
    assert conditions.answers() == {"night": None}
    assert caplog.text.count("The condition of the rule Night cannot be told") == 2


async def test_what_is_no_condition_any_more_is_unknown(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    conditions = await _asked(hass, night=[{"condition": "of_a_removed_integration"}])
    assert conditions.answers() == {"night": None}
    assert "The condition of the rule Night cannot be told" in caplog.text
