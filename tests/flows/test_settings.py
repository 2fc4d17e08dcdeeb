"""The settings of the integration: an address that is checked, and kept to itself."""

from __future__ import annotations

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.const import CONF_HEARTBEAT_URL

from .forms import TEXTS, read_page, shown

ADDRESS = "https://watcher.example/ping/6b7d?run=1"


async def _page(
    hass: HomeAssistant, entry: MockConfigEntry, page: str
) -> dict[str, Any]:
    """Open the settings at one of their pages."""
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    read_page(TEXTS["options"], menu)
    return await _next(hass, menu, {"next_step_id": page})


async def _next(
    hass: HomeAssistant, page: Any, answers: dict[str, Any]
) -> dict[str, Any]:
    result: Any = await hass.config_entries.options.async_configure(
        page["flow_id"], answers
    )
    if result["type"] is FlowResultType.FORM:
        read_page(TEXTS["options"], result)
    return result  # type: ignore[no-any-return]


async def _fill(
    hass: HomeAssistant, entry: MockConfigEntry, answers: dict[str, Any]
) -> dict[str, Any]:
    return await _next(hass, await _page(hass, entry, "watcher"), answers)


async def test_an_address_is_kept_and_can_be_taken_away(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    result = await _fill(hass, entry, {CONF_HEARTBEAT_URL: f" {ADDRESS} "})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {CONF_HEARTBEAT_URL: ADDRESS}

    form = await _page(hass, entry, "watcher")
    assert shown(form) == {CONF_HEARTBEAT_URL: ADDRESS}
    await _next(hass, form, {})
    assert entry.options == {}


async def test_a_team_with_quiet_hours(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    await _fill(hass, entry, {CONF_HEARTBEAT_URL: ADDRESS})
    form = await _page(hass, entry, "household")
    assert shown(form)["preset"] == "household"
    half = {"preset": "service_team", "quiet": {"end": "06:00:00"}}
    form = await _next(hass, form, half)
    assert form["errors"] == {"quiet": "span_half"}
    quiet = {"start": "22:00:00", "end": "06:00:00", "weekdays": ["mon"]}
    await _next(hass, form, {"preset": "service_team", "more_quiet": quiet})
    assert entry.options == {
        CONF_HEARTBEAT_URL: ADDRESS,  # each page keeps what the others have stored
        "preset": "service_team",
        "quiet": [{"start": 1320, "end": 360, "weekdays": [0]}],
    }
    form = await _page(hass, entry, "household")
    assert shown(form)["quiet"] == quiet
    await _next(hass, form, {"preset": "household"})
    assert entry.options == {CONF_HEARTBEAT_URL: ADDRESS}


async def test_an_event_is_told_in_another_way(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    form = await _page(hass, entry, "event")
    form = await _next(hass, form, {"event": "cycle_finished"})
    usual = {"priority": "medium", "roles": ["household"], "acknowledge": "no"}
    assert shown(form) == usual
    wished = {"priority": "high", "roles": ["manager"], "acknowledge": "yes"}
    await _next(hass, form, wished)
    assert entry.options["events"] == {
        "cycle_finished": {
            "priority": "high",
            "roles": ["manager"],
            "acknowledge": True,
        }
    }
    form = await _page(hass, entry, "event")
    form = await _next(hass, form, {"event": "cycle_finished"})
    assert shown(form) == wished
    await _next(hass, form, usual)
    assert entry.options == {}


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("watcher.example/ping", "not_a_web_address"),
        ("ftp://watcher.example/ping", "not_a_web_address"),
        ("https://", "not_an_address"),
        ("https:///ping", "not_an_address"),
        ("https://watcher.example:99999/", "not_an_address"),
        ("https://watcher.example/a b", "not_an_address"),
        ("https://watcher.example/#here", "not_an_address"),
        ("https://[not-an-address/", "not_an_address"),
        ("https://watcher.example/" + "x" * 2000, "not_an_address"),
    ],
)
async def test_what_is_no_address_is_said_at_the_field(
    hass: HomeAssistant, entry: MockConfigEntry, address: str, error: str
) -> None:
    result = await _fill(hass, entry, {CONF_HEARTBEAT_URL: address})
    assert result["errors"] == {CONF_HEARTBEAT_URL: error}
    # what was typed is not lost, and can be mended in place
    assert shown(result) == {CONF_HEARTBEAT_URL: address}
    mended = await hass.config_entries.options.async_configure(
        result["flow_id"], {CONF_HEARTBEAT_URL: ADDRESS}
    )
    assert mended["type"] is FlowResultType.CREATE_ENTRY


async def test_what_tells_of_the_household_can_be_picked_and_left_out(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    form = await _page(hass, entry, "signs")
    assert shown(form) == {}
    picked = {
        "guest_entity": "input_boolean.guests",
        "internet_entity": "binary_sensor.ping",
        "ignored_entities": ["binary_sensor.street"],
    }
    await _next(hass, form, picked)
    assert entry.options == picked
    form = await _page(hass, entry, "signs")
    assert shown(form) == picked
    await _next(hass, form, {})
    assert entry.options == {}


async def test_what_a_priority_means_is_edited(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    form = await _next(hass, await _page(hass, entry, "priority"), {"priority": "low"})
    usual = shown(form)
    assert usual["quiet_hours"] == "digest"
    assert usual["time_to_live"] == 24
    wished = {**usual, "quiet_hours": "hold", "repeats": "30, 60", "dedupe": 5}
    await _next(hass, form, wished)
    assert entry.options["policies"] == {
        "low": {"quiet_hours": "hold", "repeats": [1800.0, 3600.0], "dedupe": 300.0}
    }
    form = await _next(hass, await _page(hass, entry, "priority"), {"priority": "low"})
    assert shown(form) == wished
    await _next(hass, form, usual)
    assert "policies" not in entry.options


async def test_what_cannot_be_meant_is_said_at_its_field(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    page = await _page(hass, entry, "priority")
    form = await _next(hass, page, {"priority": "urgent"})
    wished = {**shown(form), "quiet_hours": "hold", "others": "10, 2", "repeats": "x"}
    form = await _next(hass, form, wished)
    assert form["errors"] == {
        "quiet_hours": "policy_urgent_passes",
        "others": "policy_not_ascending",
        "repeats": "policy_not_a_number",
    }
    assert entry.options == {}


async def test_what_fits_only_together_is_saved_together(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    page = await _page(hass, entry, "priority")
    form = await _next(hass, page, {"priority": "medium"})
    wished = {**shown(form), "repeats": "480"}
    form = await _next(hass, form, wished)
    assert form["errors"] == {"repeats": "policy_after_deadline"}
    await _next(hass, form, {**wished, "time_to_live": 24})
    assert entry.options["policies"] == {
        "medium": {"repeats": [28_800.0], "time_to_live": 86_400.0}
    }
    form = await _next(hass, await _page(hass, entry, "priority"), {"priority": "high"})
    form = await _next(hass, form, {**shown(form), "time_to_live": 0.25})
    assert form["errors"] == {"time_to_live": "policy_after_deadline"}
