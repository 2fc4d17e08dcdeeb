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
        "vacation_after": 36,
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


async def _policy(
    hass: HomeAssistant, entry: MockConfigEntry, priority: str
) -> dict[str, Any]:
    page = await _page(hass, entry, "priority")
    return await _next(hass, page, {"priority": priority})


async def test_over_which_channels_a_priority_goes_is_edited(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """A text message also for what is medium, in a team that has none for it."""
    hass.config_entries.async_update_entry(entry, options={"preset": "service_team"})
    form = await _policy(hass, entry, "medium")
    usual = shown(form)
    assert usual["ways"] == {
        "first": ["email", "in_app"],
        "order": "table",
        "together": "yes",
        "speaks_up": "no",
        "speaks_at_night": "no",
    }
    assert "waits" not in usual
    ways = {
        **usual["ways"],
        "first": ["short_text"],
        "last": ["in_app", "email"],
        "order": "proof",
        "together": "no",
        "speaks_at_night": "yes",
    }
    waits = {"hedges": "1.5, 30", "unreceived": 45, "unseen": 10}
    await _next(hass, form, {**usual, "ways": ways, "waits": waits})
    assert entry.options["policies"] == {
        "medium": {
            "ways": [["short_text"], ["email", "inbox", "persistent"]],
            "together": False,
            "speaks_at_night": True,
            "proof_first": True,
            "hedges": [1.5, 30.0],
            "unreceived": 45.0,
            "unseen": 600.0,
        }
    }
    form = await _policy(hass, entry, "medium")
    again = shown(form)
    del ways["last"]
    assert again["ways"] == {**ways, "then": ["email", "in_app"]}
    assert again["waits"] == waits
    # what an automation leaves out of the form stays as it is
    for section in ("ways", "waits"):
        del again[section]
    before = dict(entry.options)
    await _next(hass, form, again)
    assert entry.options == before
    await _next(hass, await _policy(hass, entry, "medium"), {**usual, "waits": {}})
    assert entry.options == {"preset": "service_team"}


@pytest.mark.parametrize("preset", ["household", "service_team"])
@pytest.mark.parametrize("priority", ["urgent", "high", "medium", "low"])
async def test_a_page_that_is_sent_as_it_is_shown_edits_nothing(
    hass: HomeAssistant, entry: MockConfigEntry, preset: str, priority: str
) -> None:
    hass.config_entries.async_update_entry(entry, options={"preset": preset})
    form = await _policy(hass, entry, priority)
    await _next(hass, form, shown(form))
    assert "policies" not in entry.options


@pytest.mark.parametrize(
    ("section", "wrong", "error"),
    [
        ("ways", {"first": [], "then": [], "last": []}, "policy_no_way"),
        ("ways", {"first": ["push"], "then": ["push", "email"]}, "policy_way_twice"),
        ("waits", {"hedges": "2, 1"}, "policy_not_ascending"),
        ("waits", {"hedges": "soon"}, "policy_not_a_number"),
        ("waits", {"unreceived": 0.5}, "policy_out_of_range"),
        ("waits", {"unseen": 400}, "policy_after_deadline"),
    ],
)
async def test_what_is_wrong_with_the_channels_is_said_at_their_section(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    section: str,
    wrong: dict[str, Any],
    error: str,
) -> None:
    form = await _policy(hass, entry, "medium")
    usual = shown(form)
    wished = {**usual, section: {**usual.get(section, {}), **wrong}}
    form = await _next(hass, form, wished)
    assert form["errors"] == {section: error}
    assert shown(form)[section] == wished[section]
    assert entry.options == {}
