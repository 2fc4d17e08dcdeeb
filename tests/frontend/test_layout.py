"""What stands on the dashboard: only what exists, and only what every version shows."""

from __future__ import annotations

import json
from pathlib import Path
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.template import Template
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.reliable_notifications import frontend as our_frontend
from custom_components.reliable_notifications.engine.metrics.compliance import TERMS
from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind
from custom_components.reliable_notifications.frontend.appliances import (
    ICONS,
    known_kind,
)
from custom_components.reliable_notifications.frontend.overview import TERM_ICONS
from custom_components.reliable_notifications.frontend.texts import Texts
from tests.platforms.home import PLUG, Home

from . import looking

INTEGRATION = Path(our_frontend.__file__).parents[1]


def headings(config: dict[str, Any], view: int) -> list[str]:
    return [
        card["heading"]
        for section in config["views"][view]["sections"]
        for card in section["cards"]
        if card["type"] == "heading"
    ]


async def test_everything_shown_exists(home: Home) -> None:
    shown = looking.entity_ids(await looking.layout(home.hass))
    assert len(shown) >= 15
    assert [each for each in shown if home.hass.states.get(each) is None] == []


async def test_every_version_can_show_it(home: Home) -> None:
    config = await looking.layout(home.hass)
    assert len(looking.cards(config)) > 20
    assert looking.too_new(config) == []


def test_what_is_too_new_is_noticed() -> None:
    view = {
        "type": "sections",
        "footer": {},
        "sections": [
            {
                "type": "grid",
                "cards": [
                    {"type": "distribution", "name": {"type": "device"}},
                    {"type": "tile", "features": [{"type": "trend-graph"}]},
                    {"type": "tile", "visibility": [{"condition": "time"}]},
                    {"type": "entities", "entities": [{"type": "new"}, "sun.sun"]},
                ],
            }
        ],
    }
    assert len(looking.too_new({"views": [view]})) == 6


async def test_overview_shows_what_was_promised(home: Home) -> None:
    config = await looking.layout(home.hass)
    assert headings(config, 0) == [
        "Appliances",
        "Messages",
        "How reliable it is",
        "What the score is made of, in percent of each goal",
    ]
    overview = {**config, "views": config["views"][:1]}
    shown = looking.entity_ids(overview)
    for key in ("compliance_score", "delivery_success_rate", "average_latency"):
        assert home.entity("sensor", key) in shown
    for key in ("uptime", "last_notification", "intents_open", "state"):
        assert home.entity("sensor", key) in shown
    assert home.entity("todo", "inbox") in shown
    (gauge,) = looking.cards(overview, "gauge")
    assert gauge["entity"] == home.entity("sensor", "compliance_score")
    assert (gauge["min"], gauge["max"]) == (0, 100)


async def test_the_score_is_never_shown_without_its_terms(home: Home) -> None:
    config = await looking.layout(home.hass)
    (gauge,) = looking.cards(config, "gauge")
    (terms,) = (
        card
        for card in looking.cards(config, "entities")
        if card["entities"][0].get("attribute") == TERMS[0].key
    )
    assert [row["attribute"] for row in terms["entities"]] == [t.key for t in TERMS]
    score = home.hass.states.get(gauge["entity"])
    assert score is not None
    assert {row["attribute"] for row in terms["entities"]} <= set(score.attributes)
    assert terms["visibility"] == gauge["visibility"]


async def test_names_are_short_and_leave_the_device_out(home: Home) -> None:
    tiles = looking.cards(await looking.layout(home.hass), "tile")
    names = [tile["name"] for tile in tiles]
    assert {"Delivered", "Time to arrive", "Kettle", "State", "Started"} <= set(names)
    # what half of a phone that is 390 pixels wide can hold, tried in a browser
    halves = [tile["name"] for tile in tiles if tile["grid_options"]["columns"] == 6]
    assert [name for name in halves if len(name) > 16] == []


async def test_appliances_show_their_cycle_and_power(home: Home) -> None:
    home.hass.config.components.add("history")
    config = await looking.layout(home.hass)
    assert headings(config, 1) == ["Kettle", "Last cycle", "Together"]
    (section,) = config["views"][1]["sections"]
    tiles = [card["entity"] for card in section["cards"] if card["type"] == "tile"]
    assert tiles == [
        home.entity("sensor", "state"),
        home.entity("binary_sensor", "problem"),
        home.entity("sensor", "started_at"),
        home.entity("sensor", "cycle_energy"),
    ]
    last, whole = (
        [row.get("row", row)["entity"] for row in card["entities"]]
        for card in section["cards"]
        if card["type"] == "entities"
    )
    assert last == [
        home.entity("sensor", key)
        for key in ("finished_at", "last_duration", "last_energy")
    ]
    assert whole == [
        home.entity("sensor", key)
        for key in ("cycles_today", "cycle_count", "standby_energy")
    ]
    graph = section["cards"][-1]
    assert graph["type"] == "history-graph"
    assert graph["entities"] == [
        {"entity": PLUG, "name": "Power"},
        {"entity": home.entity("sensor", "state"), "name": "State"},
    ]


async def test_without_history_there_is_no_graph(home: Home) -> None:
    assert "history" not in home.hass.config.components
    assert looking.cards(await looking.layout(home.hass), "history-graph") == []


async def test_a_power_sensor_that_is_gone_is_left_out(home: Home) -> None:
    home.hass.config.components.add("history")
    home.hass.states.async_remove(PLUG)
    (graph,) = looking.cards(await looking.layout(home.hass), "history-graph")
    assert [each["name"] for each in graph["entities"]] == ["State"]


@pytest.mark.parametrize("is_there", [True, False])
async def test_a_power_sensor_is_found_by_its_registry_id(
    house: Home, *, is_there: bool
) -> None:
    """It is stored by that id, so that a rename changes nothing."""
    house.hass.config.components.add("history")
    plug = er.async_get(house.hass).async_get_or_create(
        "sensor", "demo", "plug", suggested_object_id="kettle_plug_power"
    )
    await house.add()
    (kettle,) = (
        each for each in house.entry.subentries.values() if each.title == "Kettle"
    )
    known_as = plug.id if is_there else "0" * 32
    house.hass.config_entries.async_update_subentry(
        house.entry, kettle, data={**kettle.data, "power_entity": known_as}
    )
    await house.set_up()
    (graph,) = looking.cards(await looking.layout(house.hass), "history-graph")
    shown = [each["entity"] for each in graph["entities"]]
    assert (PLUG in shown) is is_there


async def test_without_any_entity_nothing_is_broken(home: Home) -> None:
    """People may disable whatever they like."""
    registry = er.async_get(home.hass)
    ours = er.async_entries_for_config_entry(registry, home.entry.entry_id)
    for entity in ours:
        registry.async_update_entity(
            entity.entity_id, disabled_by=er.RegistryEntryDisabler.USER
        )
    await home.settle()
    config = await looking.layout(home.hass)
    assert looking.entity_ids(config) == set()
    assert headings(config, 0) == []
    assert headings(config, 1) == ["Kettle"]


async def test_a_newcomer_sees_the_next_step(house: Home) -> None:
    house.entry.add_to_hass(house.hass)
    await house.set_up()
    config = await looking.layout(house.hass)
    assert headings(config, 0) == ["Three steps and it works"]
    assert looking.entity_ids(config) == set()
    steps = looking.cards(config, "markdown")[0]["content"]
    assert steps.count("mdi:circle-outline") == 3
    assert "(/config/integrations/integration/reliable_notifications)" in steps
    assert "Add appliance" in looking.cards(config, "markdown")[1]["content"]


async def test_a_step_that_is_done_is_ticked(home: Home) -> None:
    (kettle,) = (
        each for each in home.entry.subentries.values() if each.title == "Kettle"
    )
    home.hass.config_entries.async_remove_subentry(home.entry, kettle.subentry_id)
    await home.settle()
    config = await looking.layout(home.hass)
    assert headings(config, 0)[:2] == ["Three steps and it works", "Messages"]
    steps = looking.cards(config, "markdown")[0]["content"]
    assert (steps.count("mdi:check-circle"), steps.count("mdi:circle-outline")) == (
        2,
        1,
    )


@pytest.mark.parametrize(
    ("success", "score", "sentence"),
    [
        ("unknown", "100.0", "Everything is ready."),
        ("100.0", "97.2", "## Everything works as promised."),
        ("81.0", "80.3", "## Not everything works as promised."),
        ("100.0", "unavailable", "## Not everything works as promised."),
    ],
)
async def test_the_headline_says_how_things_stand(
    home: Home, success: str, score: str, sentence: str
) -> None:
    config = await looking.layout(home.hass)
    content = config["views"][0]["header"]["card"]["content"]
    states = home.hass.states
    states.async_set(home.entity("sensor", "delivery_success_rate"), success)
    states.async_set(home.entity("sensor", "compliance_score"), score)
    shown = Template(content, home.hass).async_render(parse_result=False)
    assert shown.startswith(sentence)


async def test_a_missed_urgent_message_is_the_headline(home: Home) -> None:
    config = await looking.layout(home.hass)
    content = config["views"][0]["header"]["card"]["content"]
    success = home.entity("sensor", "delivery_success_rate")
    home.hass.states.async_set(success, "99.9", {"missed_urgent": 1})
    home.hass.states.async_set(home.entity("sensor", "compliance_score"), "99.0")
    shown = Template(content, home.hass).async_render(parse_result=False)
    assert shown == "## An urgent message did not get through."


async def test_a_language_without_texts_of_ours_is_english(home: Home) -> None:
    home.hass.config.language = "de"
    assert "Messages" in headings(await looking.layout(home.hass), 0)


def test_a_text_that_is_missing_shows_its_key() -> None:
    texts = Texts({"component.reliable_notifications.config_panel.a.b": "at {page}"})
    assert texts("a", "b", page="/x") == "at /x"
    assert texts("a", "c") == "c"


async def test_every_text_is_there_and_used(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = set()
    find = Texts.__call__

    def remember(self: Texts, section: str, key: str, **placeholders: str) -> str:
        asked.add(f"{section}.{key}")
        return find(self, section, key, **placeholders)

    monkeypatch.setattr(Texts, "__call__", remember)
    home.hass.config.components.add("history")
    # a kettle holds no load
    home._add(
        "appliance",
        "Washer",
        kind="washing_machine",
        power_entity="sensor.w",
        price_entity="sensor.tariff",
    )
    await home.settle()
    registry = er.async_get(home.hass)
    for each in er.async_entries_for_config_entry(registry, home.entry.entry_id):
        registry.async_update_entity(each.entity_id, disabled_by=None)
    await looking.layout(home.hass)
    for subentry_id in list(home.entry.subentries):
        home.hass.config_entries.async_remove_subentry(home.entry, subentry_id)
    await home.settle()
    await looking.layout(home.hass)
    english = json.loads((INTEGRATION / "translations/en.json").read_text())
    there = {
        f"{section}.{key}"
        for section, texts in english["config_panel"].items()
        for key in texts
    }
    assert asked == there


def test_each_kind_and_each_term_has_a_picture() -> None:
    assert set(ICONS) == set(ApplianceKind)
    assert set(TERM_ICONS) == {term.key for term in TERMS}
    assert known_kind("dishwasher") is ApplianceKind.DISHWASHER
    assert known_kind("time_machine") is ApplianceKind.GENERIC


def test_every_picture_exists(hass: HomeAssistant) -> None:
    """A picture that Home Assistant does not have is an empty place."""
    hass_frontend = pytest.importorskip("hass_frontend")
    known: set[str] = set()
    for part in Path(hass_frontend.where(), "static/mdi").glob("*.json"):
        content = json.loads(part.read_text())
        known |= set(content) if isinstance(content, dict) else set()
    sources = [INTEGRATION / "icons.json", *INTEGRATION.glob("frontend/*.py")]
    used = {
        name
        for source in sources
        for name in re.findall(r"mdi:([a-z0-9-]+)", source.read_text())
    }
    assert len(known) > 5000
    assert len(used) > 30
    assert used - known == set()


async def test_people_see_their_own_wishes_and_who_runs_the_home_all(
    home: Home,
) -> None:
    owner = MockUser(name="Owner", is_owner=True).add_to_hass(home.hass)
    anna = MockUser(name="Anna").add_to_hass(home.hass)
    home.hass.states.async_set("person.anna", "home", {"user_id": anna.id})
    [recipient] = [
        each
        for each in home.entry.subentries.values()
        if each.subentry_type == "recipient"
    ]
    home.hass.config_entries.async_update_subentry(
        home.entry, recipient, data={**recipient.data, "person": "person.anna"}
    )
    await home.settle()
    people = (await looking.layout(home.hass))["views"][3]
    [part] = people["sections"]
    [condition] = part["visibility"]
    assert condition["condition"] == "user"
    assert condition["users"][0] == anna.id
    assert owner.id in condition["users"]
    listed = [each for card in part["cards"] for each in card.get("entities", [])]
    shown = [each.get("row", each)["entity"] for each in listed]
    assert len(shown) >= 10
    # what says nothing yet is not there, instead of greyed out
    waits_for = {
        each["row"]["entity"]: each["conditions"][0]["entity"]
        for each in listed
        if each.get("type") == "conditional"
    }
    assert waits_for["time.anna_quiet_from"] == "time.anna_quiet_from"
    assert waits_for["button.anna_end_snooze"] == "sensor.anna_snoozed_until"
    assert "switch.anna_quiet_hours" not in waits_for
    assert "switch.anna_quiet_hours" in shown
    assert "time.anna_digest_at" in shown
    # all that they can change themselves, and how they put off what they are told
    for own in (
        "button.anna_snooze_until_tomorrow",
        "button.anna_end_snooze",
        "sensor.anna_snoozed_until",
        "switch.anna_sleep_times",
        "select.anna_quiet_on",
        "select.anna_digest_comes",
        "select.anna_language_of_messages",
        "select.anna_from_which_priority_over_pocket",
    ):
        assert own in shown
