"""The watch over running tests sees what it is for; it is on in every HA-level test."""

from __future__ import annotations

from typing import Any

from homeassistant.config_entries import ConfigEntriesFlowManager, OptionsFlowManager
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest
import voluptuous as vol

from tests.translation_guard import DOMAIN, PACKAGE, TranslationGuard

TEXTS = {
    "config": {
        "step": {
            "user": {
                "title": "Add {what}",
                "data": {"name": "Name"},
                "data_description": {"name": "Its name."},
            }
        },
        "error": {"taken": "Taken."},
        "abort": {"done": "Done."},
    },
    "exceptions": {"known": {"message": "Known {reason}."}},
}


@pytest.fixture
def guard() -> TranslationGuard:
    """A guard over the texts above."""
    guard = TranslationGuard()
    guard.texts = TEXTS
    return guard


def _show(guard: TranslationGuard, manager: type, **result: Any) -> list[str]:
    flow = type("Flow", (), {"__module__": f"{PACKAGE}.config_flow"})()
    guard.breaches = []
    guard.flow_result(manager.__new__(manager), flow, result)
    return guard.breaches


def _form(*fields: str, **more: Any) -> dict[str, Any]:
    schema = vol.Schema({vol.Required(field): str for field in fields})
    given = {"what": "it"}
    form = {"type": "form", "step_id": "user", "data_schema": schema}
    return {**form, "description_placeholders": given, **more}


def test_forms(guard: TranslationGuard) -> None:
    config = ConfigEntriesFlowManager
    assert _show(guard, config, **_form("name", errors={"base": "taken"})) == []
    assert len(_show(guard, config, **_form("name", "kind"))) == 2
    assert len(_show(guard, config, **_form(step_id="other"))) == 1
    assert len(_show(guard, config, **_form(errors={"base": "new"}))) == 1
    assert len(_show(guard, config, **_form(description_placeholders=None))) == 1
    assert len(_show(guard, OptionsFlowManager, **_form())) == 1


def test_aborts(guard: TranslationGuard) -> None:
    config = ConfigEntriesFlowManager
    assert _show(guard, config, type="abort", reason="done") == []
    assert len(_show(guard, config, type="abort", reason="undone")) == 1


def _error(**kwargs: Any) -> HomeAssistantError:
    return HomeAssistantError(translation_domain=DOMAIN, **kwargs)


def test_errors_of_actions(guard: TranslationGuard) -> None:
    given = {"reason": "why"}
    guard.error("send", _error(translation_key="known", translation_placeholders=given))
    guard.error("send", HomeAssistantError(translation_domain="other"))
    assert guard.breaches == []
    guard.error("send", _error(translation_key="known"))
    guard.error("send", _error(translation_key="unknown"))
    guard.error("send", HomeAssistantError("plain"))
    assert len(guard.breaches) == 3


async def test_actions_are_watched(
    hass: HomeAssistant, translation_guard: TranslationGuard
) -> None:
    async def fail(call: Any) -> None:
        raise HomeAssistantError("plain")

    hass.services.async_register(DOMAIN, "fail", fail)
    with pytest.raises(HomeAssistantError):
        await hass.services.async_call(DOMAIN, "fail", blocking=True)
    [breach] = translation_guard.breaches
    assert breach.startswith("action fail failed untranslated")
    translation_guard.breaches.clear()  # it was meant


async def test_entities_are_watched(
    hass: HomeAssistant, guard: TranslationGuard
) -> None:
    registry = er.async_get(hass)
    registry.async_get_or_create("sensor", "other", "1", translation_key="state")
    guard.entities(hass)
    assert guard.breaches == []
    ours = registry.async_get_or_create(
        "sensor",
        DOMAIN,
        "2",
        translation_key="state",
        capabilities={"options": ["idle"]},
    )
    guard.entities(hass)
    assert len(guard.breaches) == 2
    registry.async_remove(ours.entity_id)  # the watch over this test must not see it
