"""A text of one's own, written in the settings, and seen while it is typed."""

from __future__ import annotations

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.reliable_notifications.const import (
    CONF_HEARTBEAT_URL,
    DOMAIN,
)
from custom_components.reliable_notifications.flows.text_preview import TYPED

from .forms import TEXTS, Forms, fields, read_page, shown

WRITTEN = {
    "name": "Washer in short",
    "title": "{{ appliance | upper }}",
    "message": "{{ appliance }}: {{ duration }}, {{ energy }}",
}


class Settings:
    """The settings of our entry, and what their page shows of what is typed."""

    def __init__(self, hass: HomeAssistant, entry: MockConfigEntry, socket: Any):
        self._flows = hass.config_entries.options
        self._entry = entry
        self._socket = socket

    async def page(self, **meant_for: str) -> dict[str, Any]:
        """Open the page on which a text is written."""
        menu = await self._flows.async_init(self._entry.entry_id)
        read_page(TEXTS["options"], menu)
        form = await self.send(menu, next_step_id="text")
        return await self.send(form, **meant_for)

    async def send(self, page: Any, **answers: Any) -> dict[str, Any]:
        result: Any = await self._flows.async_configure(page["flow_id"], answers)
        read_page(TEXTS["options"], result)
        return result  # type: ignore[no-any-return]

    async def ask(self, page: Any, typed: Any, **more: Any) -> dict[str, Any]:
        """Send what the frontend sends after something was typed."""
        await self._socket.send_json_auto_id(
            {
                "type": f"{DOMAIN}/start_preview",
                "flow_id": page["flow_id"],
                "flow_type": "options_flow",
                "user_input": typed,
                **more,
            }
        )
        return await self._socket.receive_json()  # type: ignore[no-any-return]

    async def see(self, page: Any, **typed: Any) -> tuple[str, str]:
        """Title and text that are shown of it."""
        asked = await self.ask(page, typed)
        assert asked["success"], asked
        answer = await self._socket.receive_json()
        assert (answer["id"], answer["type"]) == (asked["id"], "event")
        # the next thing that is typed ends it, as the frontend does
        await self._socket.send_json_auto_id(
            {"type": "unsubscribe_events", "subscription": asked["id"]}
        )
        assert (await self._socket.receive_json())["success"]
        seen = answer["event"]
        assert seen["attributes"]["icon"].startswith("mdi:")
        return seen["attributes"]["friendly_name"], seen["state"]


@pytest.fixture
async def settings(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> Settings:
    assert await async_setup_component(hass, "websocket_api", {})
    return Settings(hass, entry, await hass_ws_client(hass))


async def test_it_is_seen_while_it_is_typed_and_kept(
    hass: HomeAssistant, settings: Settings, forms: Forms, entry: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(
        entry, options={CONF_HEARTBEAT_URL: "https://watcher.example/"}
    )
    page = await settings.page(event="cycle_finished")
    assert page["preview"] == DOMAIN
    assert fields(page) == ["name", "title", "message"]
    # ours, until something is written
    ours = await settings.see(page)
    assert ours[0] == "Washing machine finished"
    assert "1 h 12 min" in ours[1]
    assert await settings.see(page, name="A", title=None, message=" ") == ours
    for typed, title, text in (
        ({"message": "{{ appliance }} re"}, ours[0], "Washing machine re"),
        ({"message": "{{ appliance }} rests"}, ours[0], "Washing machine rests"),
        (WRITTEN, "WASHING MACHINE", "Washing machine: 1 h 12 min, 0.84 kWh"),
    ):
        assert await settings.see(page, **typed) == (title, text)
    assert forms.stored("message_template") == []

    done = await settings.send(page, **WRITTEN)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {CONF_HEARTBEAT_URL: "https://watcher.example/"}
    [kept] = forms.stored("message_template")
    assert (kept.title, kept.unique_id) == (WRITTEN["name"], "cycle_finished::")
    # the form of the subentry has it, and knows that it is there
    assert shown(await forms.change(kept)) == {**WRITTEN, "event": "cycle_finished"}
    again = await forms.fill(
        await forms.add("message_template"),
        **{**WRITTEN, "name": "Other", "event": "cycle_finished"},
    )
    assert again["errors"] == {"event": "event_taken"}


async def test_what_is_kept_for_the_same_is_changed(
    settings: Settings, forms: Forms
) -> None:
    meant_for = {"event": "cycle_finished", "shape": "speech", "language": "de"}
    await settings.send(await settings.page(**meant_for), **WRITTEN)
    [first] = forms.stored("message_template")
    page = await settings.page(**meant_for)
    assert shown(page) == WRITTEN
    await settings.send(page, name="Spoken", message="{{ appliance }} rests")
    [kept] = forms.stored("message_template")
    assert (kept.subentry_id, kept.title) == (first.subentry_id, "Spoken")
    assert kept.data == {**meant_for, "message": "{{ appliance }} rests"}

    # for anything else it is another one, which needs a name of its own
    page = await settings.page(event="cycle_finished")
    assert shown(page) == {}
    page = await settings.send(page, **{**WRITTEN, "name": "spoken"})
    assert page["errors"] == {"name": "name_taken"}
    await settings.send(page, **WRITTEN)
    assert [each.title for each in forms.stored("message_template")] == [
        "Spoken",
        WRITTEN["name"],
    ]


@pytest.mark.parametrize(
    ("meant_for", "seen"),
    [
        ({"shape": "speech"}, ("", "1 hour 12 minutes, speech")),
        ({"shape": "short_text"}, ("", "1 h 12 min, short_text")),
        ({"shape": "email"}, ("Washing machine finished", "1 h 12 min, email")),
        ({"language": "de"}, ("Washing machine ist fertig", "1 h 12 min, push")),
    ],
    ids=["speech", "short text", "e-mail", "German"],
)
async def test_it_is_seen_as_what_it_is_meant_for(
    settings: Settings, meant_for: dict[str, str], seen: tuple[str, str]
) -> None:
    page = await settings.page(event="cycle_finished", **meant_for)
    typed = "{{ duration }}, {{ shape }}"
    assert await settings.see(page, message=typed) == seen


async def test_the_household_has_a_language(
    hass: HomeAssistant, settings: Settings
) -> None:
    hass.config.language = "fr"
    page = await settings.page(event="cycle_finished")
    title, _ = await settings.see(page)
    assert title == "Washing machine a terminé"


async def test_what_is_typed_is_seen_and_not_what_is_kept_beside_it(
    settings: Settings,
) -> None:
    page = await settings.page(event="cycle_finished", shape="push")
    await settings.send(page, **WRITTEN)
    page = await settings.page(event="cycle_finished")
    assert (await settings.see(page, message="Written"))[1] == "Written"


@pytest.mark.parametrize(
    ("wrong", "where", "why"),
    [
        ({"message": "{{ appliance"}, "message", "TemplateSyntaxError"),
        ({"message": "{{ aplliance }}"}, "message", "'aplliance' is undefined"),
        ({"message": "{% if 0 %}x{% endif %}"}, "message", "empty text"),
        ({"title": "{{ 1/0 }}"}, "title", "ZeroDivision"),
        (
            {"message": "{{ x if shape == 'speech' else 'y' }}"},
            *("message", "'x' is undefined"),
        ),
    ],
    ids=["half a template", "misspelt", "empty", "title", "in one form only"],
)
async def test_what_is_wrong_is_seen_and_not_kept(
    settings: Settings, forms: Forms, wrong: dict[str, str], where: str, why: str
) -> None:
    page = await settings.page(event="cycle_finished")
    written = {**WRITTEN, **wrong}
    title, text = await settings.see(page, **written)
    assert title == ""
    assert text.startswith("This template fails: ")
    assert why in text

    form = await settings.send(page, **written)
    assert form["errors"] == {where: "template_fails"}
    assert why in form["description_placeholders"]["reason"]
    assert shown(form) == written
    assert forms.stored("message_template") == []
    # it can be mended in place, and is seen there
    assert (await settings.see(form, message="Right"))[1] == "Right"
    done = await settings.send(form, **WRITTEN)
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_an_event_and_a_name_are_needed(settings: Settings) -> None:
    form = await settings.page(event=" ")
    assert (form["step_id"], form["errors"]) == ("text", {"event": "event_missing"})
    page = await settings.send(form, event="my_own_event")
    page = await settings.send(page, **{**WRITTEN, "name": " ", "title": ""})
    assert page["errors"] == {"name": "name_missing"}
    seen = await settings.see(page, message="{{ message }}!")
    assert seen == ("Basement", "Water on the floor!")


async def test_only_an_open_page_of_ours_is_answered(
    hass: HomeAssistant, settings: Settings, entry: MockConfigEntry
) -> None:
    page = await settings.page(event="cycle_finished")
    # a flow of nobody, another page of ours, another kind of flow
    unknown = await settings.ask({"flow_id": "unknown"}, {})
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    elsewhere = await settings.ask(menu, {})
    for answer in (unknown, elsewhere):
        assert answer["success"] is False
        assert answer["error"]["code"] == "not_found"
    other = await settings.ask(page, {}, flow_type="config_flow")
    assert other["error"]["code"] == "invalid_format"
    # and ours, once its dialog was closed
    hass.config_entries.options.async_abort(page["flow_id"])
    closed = await settings.ask(page, {})
    assert closed["error"]["code"] == "not_found"
    assert hass.data[TYPED] == {}


async def test_it_is_for_administrators(
    hass: HomeAssistant,
    settings: Settings,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    page = await settings.page(event="cycle_finished")
    socket = await hass_ws_client(hass, hass_read_only_access_token)
    refused = await Settings(hass, entry, socket).ask(page, {"message": "x"})
    assert refused["success"] is False
    assert refused["error"]["code"] == "unauthorized"
