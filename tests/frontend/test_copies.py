"""What a user may copy works as it stands: blueprint, package, static dashboard."""

from __future__ import annotations

from datetime import timedelta
import json
from pathlib import Path
import shutil
from types import MappingProxyType
from typing import Any

from homeassistant import config as ha_config
from homeassistant.components import persistent_notification
from homeassistant.components.lovelace.dashboard import LovelaceYAML
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import load_yaml_dict
import pytest
import yaml

from custom_components.reliable_notifications.engine.vocabulary import Priority
from tests.platforms.home import Home

from . import looking

ROOT = Path(__file__).parents[2]
BLUEPRINT = Path("automation/reliable_notifications/announce_finish.yaml")
PACKAGE = ROOT / "packages/reliable_notifications.yaml"
STATIC = ROOT / "dashboards/reliable_notifications.yaml"

SCORE = "sensor.reliable_notifications_compliance_score"


async def automation(home: Home, **inputs: object) -> None:
    """Set up the blueprint, copied to where a user would have it."""
    hass = home.hass
    target = Path(hass.config.path("blueprints"), BLUEPRINT)
    target.parent.mkdir(parents=True)
    shutil.copy(ROOT / "blueprints" / BLUEPRINT, target)
    made = {
        "id": "announce",
        "alias": "Announce",
        "use_blueprint": {
            "path": str(BLUEPRINT.relative_to("automation")),
            "input": {"cycle": home.entity("event", "cycle"), **inputs},
        },
    }
    assert await async_setup_component(hass, "automation", {"automation": [made]})
    await home.settle()
    state = hass.states.get("automation.announce")
    assert state is not None
    assert state.state == "on", "the blueprint is not valid"


def texts(home: Home) -> list[tuple[str, str]]:
    """Return what the phone-like action got, the built-in message left out."""
    calls = [
        (call.data.get("title", ""), call.data["message"]) for call in home.received
    ]
    return [each for each in calls if "Ran " not in each[1]]


async def test_the_blueprint_announces_in_the_words_of_the_home(home: Home) -> None:
    await automation(
        home,
        message="Tea! {{ minutes }} min, {{ kilowatt_hours }} kWh",
        title="From the {{ appliance | lower }}",
        recipients=["Anna"],
    )
    await home.boil()
    assert texts(home) == [("From the kettle", "Tea! 3 min, 0.09 kWh")]


async def test_the_blueprint_needs_nothing_but_the_appliance(home: Home) -> None:
    await automation(home)
    await home.boil()
    assert texts(home) == [("Kettle", "Kettle is done. It ran 3 minutes.")]


async def test_the_blueprint_can_come_before_the_end(home: Home) -> None:
    await automation(
        home,
        moment="almost_done",
        message="{{ appliance }}: {{ minutes_left }} min left",
    )
    await home.boil()
    assert texts(home) == []
    (kettle,) = home.entry.runtime_data.watches
    end = dt_util.utcnow() + timedelta(minutes=9)
    home.entry.runtime_data.pipeline.announcements.async_say(
        kettle,
        "almost_done",
        {
            "appliance": "Kettle",
            "duration": None,
            "energy": 0.4,
            "expected_end": end.isoformat(),
        },
    )
    await home.settle()
    assert texts(home) == [("Kettle", "Kettle: 9 min left")]


async def test_the_blueprint_says_nothing_when_an_old_event_comes_back(
    home: Home,
) -> None:
    await automation(home)
    await home.boil()
    home.received.clear()
    await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    await home.wait(60)
    assert texts(home) == []


def test_the_blueprint_knows_all_priorities() -> None:
    class Inputs(yaml.SafeLoader):
        """Reads `!input` as nothing."""

    Inputs.add_constructor("!input", lambda loader, node: None)
    source = (ROOT / "blueprints" / BLUEPRINT).read_text()
    blueprint = yaml.load(source, Inputs)["blueprint"]
    options = blueprint["input"]["priority"]["selector"]["select"]["options"]
    assert [option["value"] for option in options] == [each.value for each in Priority]
    assert [option["label"].lower() for option in options] == [*Priority]


async def package(hass: HomeAssistant) -> dict[str, Any]:
    """Merge the package into a configuration, as Home Assistant does at its start."""
    content = await hass.async_add_executor_job(load_yaml_dict, str(PACKAGE))
    assert set(content) == {"automation"}, "a package that needs nothing else"
    config: dict[str, Any] = {"homeassistant": {}}
    troubles: list[object] = []
    merged = await ha_config.merge_packages_config(
        hass,
        config,
        {"reliable_notifications": content},
        lambda *trouble: troubles.append(trouble),
    )
    assert troubles == []
    return merged


async def test_the_package_tells_of_a_low_score_and_of_its_end(home: Home) -> None:
    hass = home.hass
    assert home.entity("sensor", "compliance_score") == SCORE
    assert hass.states.get("notify.reliable_notifications_household") is not None
    assert await async_setup_component(hass, "persistent_notification", {})
    assert await async_setup_component(hass, "automation", await package(hass))
    assert len(hass.states.async_entity_ids("automation")) == 2
    home.entry.runtime_data.scoreboard.async_stop()
    notes: dict[str, persistent_notification.Notification] = {}

    def noted(
        update: persistent_notification.UpdateType,
        changed: dict[str, persistent_notification.Notification],
    ) -> None:
        if update is persistent_notification.UpdateType.REMOVED:
            for key in changed:
                del notes[key]
        else:
            notes.update(changed)

    persistent_notification.async_register_callback(hass, noted)

    hass.states.async_set(SCORE, "100.0")
    hass.states.async_set(SCORE, "91.5")
    await home.settle()
    await home.wait(3590, step=300)
    assert notes == {}
    await home.wait(30)
    assert "below 95 for an hour" in notes["reliable_notifications_score"]["message"]
    (said,) = home.received
    assert said.data["title"] == "Notifications are not reliable enough"
    assert "91.5 now" in said.data["message"]

    hass.states.async_set(SCORE, "95.0")
    await home.settle()
    await home.wait(3620, step=300)
    assert notes == {}


async def washing_machine(house: Home) -> dict[str, Any]:
    """Build the dashboard of a home with one washing machine, names as they come."""
    hass, plug = house.hass, "sensor.washing_machine_plug_power"
    hass.config.components.add("history")
    hass.states.async_set(plug, "0", {"unit_of_measurement": "W"})
    house.entry.add_to_hass(hass)
    for kind, title, data in (
        ("channel", "Inbox", {"kind": "inbox", "target": ""}),
        ("recipient", "Anna", {"channels": []}),
        (
            "appliance",
            "Washing machine",
            {"kind": "washing_machine", "power_entity": plug},
        ),
    ):
        hass.config_entries.async_add_subentry(
            house.entry,
            ConfigSubentry(
                data=MappingProxyType(data),
                subentry_type=kind,
                title=title,
                unique_id=None,
            ),
        )
    await house.set_up()
    return await looking.layout(hass)


async def test_the_static_dashboard_is_a_twin_of_the_built_one(house: Home) -> None:
    """Where the layout has changed on purpose, write the built one into the file."""
    built = json.loads(json.dumps(await washing_machine(house)))
    # whom the parts of the people are for is known by the built one only
    of_people = ("people", "messages")
    built["views"] = [each for each in built["views"] if each["path"] not in of_people]
    assert yaml.safe_load(STATIC.read_text()) == built, (
        f"{STATIC.name} should hold:\n\n{yaml.safe_dump(built, sort_keys=False)}"
    )


async def test_home_assistant_loads_the_static_dashboard(house: Home) -> None:
    hass = house.hass
    shutil.copy(STATIC, hass.config.path("copied.yaml"))
    static = LovelaceYAML(hass, "my-copy", {"filename": "copied.yaml"})
    config = await static.async_load(False)
    assert [view["path"] for view in config["views"]] == ["overview", "appliances"]
    assert looking.too_new(config) == []


@pytest.mark.parametrize("file", [PACKAGE, STATIC], ids=lambda file: file.parent.name)
def test_a_copy_says_how_to_use_it(file: Path) -> None:
    first = file.read_text().splitlines()
    comment = [line for line in first if line.startswith("#")]
    assert len(comment) > 5
    assert first[0].startswith("#")
