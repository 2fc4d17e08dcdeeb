"""The entry itself: one page with nothing to fill in, and only once."""

from __future__ import annotations

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.const import DOMAIN

from .forms import TEXTS, read_page


@pytest.fixture
def own_folder(hass: HomeAssistant, tmp_path: Any) -> None:
    """Let it be set up for real, with its database in a folder of its own."""
    hass.config.config_dir = str(tmp_path)


@pytest.mark.usefixtures("own_folder")
async def test_add_once(hass: HomeAssistant) -> None:
    flows = hass.config_entries.flow
    first = await flows.async_init(DOMAIN, context={"source": "user"})
    second = await flows.async_init(DOMAIN, context={"source": "user"})
    for form in (first, second):
        assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "user")
        assert not hass.config_entries.async_entries(DOMAIN)

    result = await flows.async_configure(first["flow_id"], {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "Reliable Notifications"
    assert result["data"] == {}
    await hass.async_block_till_done()
    # the page that was open besides is closed
    assert not flows.async_progress_by_handler(DOMAIN)
    [entry] = hass.config_entries.async_entries(DOMAIN)
    assert set(entry.supported_subentry_types) == {
        *("appliance", "binding", "channel", "message_template", "recipient", "rule")
    }
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_second_entry_is_refused(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": "user"}
    )
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "single_instance_allowed"
    read_page(TEXTS["config"], result)


async def test_the_page_says_what_happens_next(hass: HomeAssistant) -> None:
    form = await hass.config_entries.flow.async_init(DOMAIN, context={"source": "user"})
    read_page(TEXTS["config"], form)
    for word in ("Channels", "Recipients", "Appliances"):
        assert word in TEXTS["config"]["step"]["user"]["description"]


def test_every_thing_can_be_added_and_changed() -> None:
    from custom_components.reliable_notifications.config_flow import (
        ReliableNotificationsFlow,
    )

    types = ReliableNotificationsFlow.async_get_supported_subentry_types(
        MockConfigEntry()
    )
    # the buttons stand in the order in which things are set up
    assert list(types) == [
        *("channel", "recipient", "appliance", "rule", "binding", "message_template")
    ]
    for flow in types.values():
        assert hasattr(flow, "async_step_user")
        assert hasattr(flow, "async_step_reconfigure")
