"""The way of the frontend: the same forms over HTTP, where they must become JSON."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from aiohttp.test_utils import TestClient
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

URL = "/api/config/config_entries/subentries/flow"


class Frontend:
    """What the dialog of the frontend sends and gets."""

    def __init__(self, client: TestClient[Any, Any], entry_id: str) -> None:
        self._client = client
        self._entry_id = entry_id

    async def open(self, subentry_type: str, **more: str) -> dict[str, Any]:
        body = {"handler": [self._entry_id, subentry_type], **more}
        return await self._post(URL, body, HTTPStatus.OK)

    async def send(
        self, page: dict[str, Any], status: HTTPStatus = HTTPStatus.OK, **answers: Any
    ) -> dict[str, Any]:
        return await self._post(f"{URL}/{page['flow_id']}", answers, status)

    async def _post(
        self, url: str, body: dict[str, Any], status: HTTPStatus
    ) -> dict[str, Any]:
        response = await self._client.post(url, json=body)
        answer: dict[str, Any] = await response.json()
        assert response.status == status, answer
        return answer


@pytest.fixture
async def frontend(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> Frontend:
    # what our manifest depends on, before the server takes calls
    for domain in ("config", "file_upload"):
        assert await async_setup_component(hass, domain, {})
    return Frontend(await hass_client(), entry.entry_id)


def field(page: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in page["data_schema"] if each["name"] == name)


async def test_from_nothing_to_a_watched_appliance(
    hass: HomeAssistant, frontend: Frontend, entry: MockConfigEntry
) -> None:
    assert (await frontend.open("recipient"))["reason"] == "no_channels"

    menu = await frontend.open("channel")
    assert "inbox" in menu["menu_options"]
    page = await frontend.send(menu, next_step_id="inbox")
    assert [each["name"] for each in page["data_schema"]] == ["name"]
    done = await frontend.send(page, name="Wall panel")
    assert done["type"] == "create_entry"

    page = await frontend.open("recipient")
    channels = field(page, "channels")
    [inbox] = channels["selector"]["select"]["options"]
    assert inbox["label"] == "Wall panel"
    assert channels["selector"]["select"]["multiple"] is True
    done = await frontend.send(page, name="Household", channels=[inbox["value"]])
    assert done["type"] == "create_entry"

    power = {"unit_of_measurement": "kW", "device_class": "power"}
    hass.states.async_set("sensor.plug", "0.002", power)
    page = await frontend.open("appliance")
    assert field(page, "power_entity")["selector"]["entity"]["filter"] == [
        {"domain": ["sensor"], "device_class": ["power"]}
    ]
    assert "dishwasher" in field(page, "kind")["selector"]["select"]["options"]
    page = await frontend.send(page, name="Dishwasher", power_entity="sensor.gone")
    assert page["errors"] == {"power_entity": "entity_gone"}
    done = await frontend.send(page, name="Dishwasher", power_entity="sensor.plug")
    assert done["type"] == "create_entry"
    await hass.async_block_till_done()

    titles = {each.subentry_type: each.title for each in entry.subentries.values()}
    assert titles == {
        "channel": "Wall panel",
        "recipient": "Household",
        "appliance": "Dishwasher",
    }


async def test_change_over_http(
    hass: HomeAssistant, frontend: Frontend, entry: MockConfigEntry
) -> None:
    page = await frontend.send(await frontend.open("channel"), next_step_id="inbox")
    await frontend.send(page)
    [stored] = entry.subentries.values()
    page = await frontend.open("channel", subentry_id=stored.subentry_id)
    assert field(page, "name")["description"] == {"suggested_value": stored.title}
    done = await frontend.send(page, name="Renamed")
    assert done["reason"] == "reconfigure_successful"
    assert [each.title for each in entry.subentries.values()] == ["Renamed"]


async def test_free_text_is_no_target(
    hass: HomeAssistant, frontend: Frontend, entry: MockConfigEntry
) -> None:
    """What is not in a list is refused by Home Assistant, before our form sees it."""
    hass.services.async_register("notify", "smtp", lambda call: None)
    page = await frontend.send(
        await frontend.open("channel"), next_step_id="notify_action"
    )
    answer = await frontend.send(
        page, HTTPStatus.BAD_REQUEST, target="notify.typed_by_hand", name="X"
    )
    assert "target" in answer["errors"]
    assert not entry.subentries


async def test_a_text_of_ones_own_has_no_test_that_knows_no_variables(
    frontend: Frontend,
) -> None:
    page = await frontend.open("message_template")
    for name in ("title", "message"):
        # the frontend looks for this, and leaves the button out
        assert field(page, name)["selector"] == {"template": {"preview": False}}
