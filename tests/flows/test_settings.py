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


async def _fill(
    hass: HomeAssistant, entry: MockConfigEntry, answers: dict[str, Any]
) -> dict[str, Any]:
    form = await hass.config_entries.options.async_init(entry.entry_id)
    read_page(TEXTS["options"], form)
    result: Any = await hass.config_entries.options.async_configure(
        form["flow_id"], answers
    )
    if result["type"] is FlowResultType.FORM:
        read_page(TEXTS["options"], result)
    return result  # type: ignore[no-any-return]


async def test_an_address_is_kept_and_can_be_taken_away(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    result = await _fill(hass, entry, {CONF_HEARTBEAT_URL: f" {ADDRESS} "})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {CONF_HEARTBEAT_URL: ADDRESS}

    form = await hass.config_entries.options.async_init(entry.entry_id)
    assert shown(form) == {CONF_HEARTBEAT_URL: ADDRESS}
    await hass.config_entries.options.async_configure(form["flow_id"], {})
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
