"""The dashboard as Home Assistant serves it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
import sys
from typing import Any

from homeassistant.components import frontend
from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.reliable_notifications.const import DASHBOARD_URL, DOMAIN
from custom_components.reliable_notifications.frontend import dashboard
from tests.platforms.home import Home

from . import looking


@pytest.fixture
def updates(hass: HomeAssistant) -> list[Event[Any]]:
    """What tells browsers to ask for a dashboard again."""
    told: list[Event[Any]] = []
    hass.bus.async_listen("lovelace_updated", told.append)
    return told


def panels(hass: HomeAssistant) -> dict[str, Any]:
    shown: dict[str, Any] = hass.data.get("frontend_panels", {})
    return shown


async def test_it_stands_in_the_sidebar(home: Home) -> None:
    panel = panels(home.hass)[DASHBOARD_URL]
    assert panel.component_name == "lovelace"
    assert panel.sidebar_title == "Reliable Notifications"
    assert panel.sidebar_icon == "mdi:bell-check"
    assert panel.config == {"mode": "yaml"}
    assert not panel.require_admin


async def test_it_is_served_and_cannot_be_overwritten(
    home: Home, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(home.hass)
    ours = {"url_path": DASHBOARD_URL}

    await client.send_json_auto_id({"type": "lovelace/config", **ours})
    answer = await client.receive_json()
    assert answer["success"], answer
    assert [view["path"] for view in answer["result"]["views"]] == [
        "overview",
        "appliances",
        "messages",
        "people",
    ]

    await client.send_json_auto_id({"type": "lovelace/dashboards/list"})
    listed = (await client.receive_json())["result"]
    assert [each["mode"] for each in listed if each["url_path"] == DASHBOARD_URL] == [
        "yaml"
    ]

    save = {"type": "lovelace/config/save", "config": {"views": []}, **ours}
    await client.send_json_auto_id(save)
    assert not (await client.receive_json())["success"]


async def test_it_tells_the_system_information_its_size(home: Home) -> None:
    shown = home.hass.data[LOVELACE_DATA].dashboards[DASHBOARD_URL]
    assert await shown.async_get_info() == {"mode": "yaml", "views": 4}


async def test_unloading_takes_it_out_and_loading_puts_it_back(home: Home) -> None:
    entries = home.hass.config_entries
    await entries.async_unload(home.entry.entry_id)
    assert DASHBOARD_URL not in panels(home.hass)
    assert DASHBOARD_URL not in home.hass.data[LOVELACE_DATA].dashboards
    await entries.async_setup(home.entry.entry_id)
    assert DASHBOARD_URL in panels(home.hass)
    assert DASHBOARD_URL in home.hass.data[LOVELACE_DATA].dashboards


async def test_a_renamed_entity_is_followed(
    home: Home, updates: list[Event[Any]]
) -> None:
    registry = er.async_get(home.hass)
    before = home.entity("sensor", "uptime")
    registry.async_update_entity(
        before, new_entity_id="sensor.on_duty", name="On duty at home"
    )
    await home.settle()
    assert [event.data for event in updates] == [{"url_path": DASHBOARD_URL}]
    config = await looking.layout(home.hass)
    shown = looking.entity_ids(config)
    assert "sensor.on_duty" in shown
    assert before not in shown
    (tile,) = (
        card
        for card in looking.cards(config, "tile")
        if card["entity"] == "sensor.on_duty"
    )
    assert tile["name"] == "On duty at home"


async def test_a_disabled_entity_is_left_out(home: Home) -> None:
    inbox = home.entity("todo", "inbox")
    er.async_get(home.hass).async_update_entity(
        inbox, disabled_by=er.RegistryEntryDisabler.USER
    )
    await home.settle()
    config = await looking.layout(home.hass)
    assert inbox not in looking.entity_ids(config)
    assert looking.cards(config, "todo-list") == []


async def test_somebody_elses_entity_is_none_of_our_business(
    home: Home, updates: list[Event[Any]]
) -> None:
    er.async_get(home.hass).async_get_or_create("sensor", "demo", "1")
    await home.settle()
    assert updates == []


async def test_refresh_has_browsers_ask_again(
    home: Home, updates: list[Event[Any]]
) -> None:
    dashboard.async_refresh(home.hass)
    await home.settle()
    assert [event.data for event in updates] == [{"url_path": DASHBOARD_URL}]


async def test_it_cannot_be_refreshed_or_removed_where_it_is_not(
    hass: HomeAssistant, updates: list[Event[Any]]
) -> None:
    dashboard.async_refresh(hass)
    dashboard.async_unregister(hass)
    assert updates == []
    assert panels(hass) == {}


async def test_set_up_goes_on_without_dashboards(house: Home) -> None:
    house.hass.data.pop(LOVELACE_DATA)
    await house.add()
    await house.set_up()
    assert house.entry.state is ConfigEntryState.LOADED
    assert DASHBOARD_URL not in panels(house.hass)


async def test_somebody_elses_dashboard_of_that_name_stays(house: Home) -> None:
    theirs = object()
    dashboards: Any = house.hass.data[LOVELACE_DATA].dashboards
    dashboards[DASHBOARD_URL] = theirs
    await house.add()
    await house.set_up()
    assert house.entry.state is ConfigEntryState.LOADED
    assert dashboards[DASHBOARD_URL] is theirs
    await house.hass.config_entries.async_unload(house.entry.entry_id)
    assert dashboards.pop(DASHBOARD_URL) is theirs


async def test_set_up_goes_on_where_panels_are_made_in_another_way(
    house: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def changed(hass: HomeAssistant, panel: object) -> None:
        """Stand for a function that takes something else from 2027 on."""

    monkeypatch.setattr(frontend, "async_register_built_in_panel", changed)
    await house.add()
    await house.set_up()
    assert house.entry.state is ConfigEntryState.LOADED
    assert "There is no dashboard, all else works" in caplog.text
    assert DASHBOARD_URL not in house.hass.data[LOVELACE_DATA].dashboards


async def test_set_up_goes_on_where_the_base_class_is_gone(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The module is imported a second time, in a future that has no such class."""
    gone = "homeassistant.components.lovelace.dashboard"
    monkeypatch.setitem(sys.modules, gone, None)
    monkeypatch.delitem(sys.modules, f"{dashboard.__package__}.panel")
    monkeypatch.delattr(sys.modules[dashboard.__package__ or ""], "panel")
    spec = importlib.util.spec_from_file_location(
        f"{dashboard.__package__}.dashboard_of_the_future", Path(dashboard.__file__)
    )
    assert spec is not None
    assert spec.loader is not None
    future = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(future)
    await future.async_register(hass, None)
    future.async_refresh(hass)
    future.async_unregister(hass)
    assert "dashboards are made in another way here" in caplog.text


async def test_a_disabled_entry_leaves_no_dashboard(home: Home) -> None:
    await home.hass.config_entries.async_set_disabled_by(
        home.entry.entry_id, ConfigEntryDisabler.USER
    )
    await home.settle()
    assert DASHBOARD_URL not in panels(home.hass)
    assert home.entry.domain == DOMAIN
