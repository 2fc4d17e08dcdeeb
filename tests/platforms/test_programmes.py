"""Programmes: named in the form, chosen in the select, told when almost done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import automation
from homeassistant.components.device_automation import DeviceAutomationType
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    async_get_device_automations,
    async_mock_service,
)

from custom_components.reliable_notifications.compat import find_device
from custom_components.reliable_notifications.const import DOMAIN

from .home import lived_in
from .laundry import Laundry

HOUR = 3600.0


class Washed(Laundry):
    """A washing machine that has run its hour once."""

    async def run(self, seconds: float, watts: float = 400) -> None:
        """Work for so long, and let it be announced."""
        await self.watts(watts)
        await self.wait(seconds, step=60)
        await self.watts(0)
        await self.wait(HOUR, step=60)
        assert self.value("sensor", "state") == "finished"

    @property
    def appliance_id(self) -> str:
        """The subentry of the appliance."""
        (subentry,) = (
            each
            for each in self.entry.subentries.values()
            if each.subentry_type == "appliance"
        )
        return subentry.subentry_id

    async def choose(self, option: str) -> None:
        """Choose a programme."""
        entity = self.entity("select", "programme_choice")
        await self.hass.services.async_call(
            "select",
            "select_option",
            {"entity_id": entity, "option": option},
            blocking=True,
        )
        await self.settle()

    async def call_them(self, **names: str) -> Any:
        """Name programmes in the form."""
        flows = self.hass.config_entries.subentries
        menu = await flows.async_init(
            (self.entry.entry_id, "appliance"),
            context={"source": "reconfigure", "subentry_id": self.appliance_id},
        )
        assert menu["menu_options"] == ["settings", "programmes"]
        form = await flows.async_configure(
            menu["flow_id"], {"next_step_id": "programmes"}
        )
        result = await flows.async_configure(form["flow_id"], names)
        await self.settle()
        return result


@pytest.fixture
async def washed(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Washed]:
    freezer.move_to("2026-11-21T07:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    place = Washed(hass, freezer)
    async with lived_in(place):
        await place.wait(600, step=60)
        await place.run(HOUR)
        yield place


async def test_a_name_given_in_the_form_is_shown_and_stays(washed: Washed) -> None:
    assert washed.value("sensor", "programme") == "programme_1"
    result = await washed.call_them(programme_1="  Cotton  60 ")
    assert result["reason"] == "programmes_named"
    assert washed.value("sensor", "programme") == "Cotton 60"
    select = washed.hass.states.get(washed.entity("select", "programme_choice"))
    assert select is not None
    assert select.attributes["options"] == ["automatic", "Cotton 60"]
    assert await washed.hass.config_entries.async_reload(washed.entry.entry_id)
    await washed.settle()
    assert washed.value("sensor", "programme") == "Cotton 60"
    await washed.watts(400)
    await washed.wait(1800, step=60)
    assert washed.value("sensor", "programme") == "Cotton 60"
    await washed.call_them()  # an empty field takes the name away
    assert washed.value("sensor", "programme") == "programme_1"


async def test_the_form_tells_the_programmes_apart_and_refuses_what_confuses(
    washed: Washed,
) -> None:
    await washed.run(2 * HOUR)
    await washed.run(2 * HOUR)
    flows = washed.hass.config_entries.subentries
    menu = await flows.async_init(
        (washed.entry.entry_id, "appliance"),
        context={"source": "reconfigure", "subentry_id": washed.appliance_id},
    )
    form = await flows.async_configure(menu["flow_id"], {"next_step_id": "programmes"})
    told = form["description_placeholders"]
    # the one used most often comes first
    assert (told["number_1"], told["length_1"], told["count_1"]) == ("2", "2:00", "2")
    assert (told["number_2"], told["energy_2"]) == ("1", "0.40")
    for names, errors in (
        ({"programme_1": "Eco", "programme_2": "eco"}, "programme_name_taken"),
        ({"programme_2": "x" * 41}, "programme_name_long"),
        ({"programme_2": "Automatic"}, "programme_name_reserved"),
        ({"programme_2": "programme_2"}, "programme_name_reserved"),
    ):
        form = await flows.async_configure(form["flow_id"], names)
        assert form["type"] == "form"
        assert form["errors"]["programme_2"] == errors
    done = await flows.async_configure(
        form["flow_id"], {"programme_1": "Eco", "programme_2": "Quick"}
    )
    assert done["reason"] == "programmes_named"
    assert washed.value("sensor", "programme") == "Eco"


async def test_without_the_watch_there_is_nothing_to_name(washed: Washed) -> None:
    flows = washed.hass.config_entries.subentries
    menu = await flows.async_init(
        (washed.entry.entry_id, "appliance"),
        context={"source": "reconfigure", "subentry_id": washed.appliance_id},
    )
    await washed.hass.config_entries.async_unload(washed.entry.entry_id)
    result = await flows.async_configure(
        menu["flow_id"], {"next_step_id": "programmes"}
    )
    assert result["reason"] == "not_loaded"


async def test_what_is_expected_follows_the_choice_for_one_cycle(
    washed: Washed,
) -> None:
    await washed.run(2 * HOUR)
    await washed.watts(400)
    await washed.wait(1200, step=60)
    assert washed.value("select", "programme_choice") == "automatic"
    await washed.choose("programme_2")
    assert washed.value("sensor", "programme") == "programme_2"
    assert float(washed.value("sensor", "remaining")) == pytest.approx(100, abs=2)
    await washed.choose("programme_1")
    assert float(washed.value("sensor", "remaining")) == pytest.approx(40, abs=2)
    assert await washed.hass.config_entries.async_reload(washed.entry.entry_id)
    await washed.settle()
    assert washed.value("select", "programme_choice") == "programme_1"
    await washed.wait(2400, step=60)
    await washed.watts(0)
    await washed.wait(HOUR, step=60)
    assert washed.value("select", "programme_choice") == "automatic"
    with pytest.raises(ServiceValidationError):
        await washed.choose("programme_7")


async def test_almost_done_comes_once_and_not_for_the_unknown(washed: Washed) -> None:
    assert washed.heard("almost_done") == []
    await washed.watts(400)
    await washed.wait(2880, step=60)
    assert washed.heard("almost_done") == []
    await washed.wait(180, step=60)
    (told,) = washed.heard("almost_done")
    assert told["appliance"] == "Washer"
    assert told["expected_end"].startswith("2026-11-21T10:1")
    assert told["energy"] == pytest.approx(0.33, abs=0.02)
    assert not [call for call in washed.received if "almost" in str(call.data)]
    assert await washed.hass.config_entries.async_reload(washed.entry.entry_id)
    await washed.wait(480, step=60)
    await washed.watts(0)
    await washed.wait(HOUR, step=60)
    assert len(washed.heard("almost_done")) == 1
    assert len(washed.heard("cycle_finished")) == 2


async def test_who_wants_it_is_told_as_early_as_they_say(washed: Washed) -> None:
    subentry = washed.entry.subentries[washed.appliance_id]
    washed.hass.config_entries.async_update_subentry(
        washed.entry,
        subentry,
        data={**subentry.data, "almost_done_minutes": 25, "tell_almost_done": True},
    )
    await washed.settle()
    await washed.wait(1)  # two reports never come at the same instant
    before = len(washed.received)
    await washed.watts(400)
    await washed.wait(2040, step=60)
    assert len(washed.received) == before
    await washed.wait(120, step=60)
    assert len(washed.received) == before + 1
    said = washed.received[-1].data
    assert said["title"] == "Washer is almost done"
    assert said["message"].startswith("It will probably end at ")


async def test_device_triggers_are_offered_and_fire(washed: Washed) -> None:
    hass = washed.hass
    device = find_device(
        dr.async_get(hass), (DOMAIN, washed.appliance_id), washed.entry.entry_id
    )
    hub = find_device(
        dr.async_get(hass), (DOMAIN, washed.entry.entry_id), washed.entry.entry_id
    )
    assert device is not None
    assert hub is not None
    offered = await async_get_device_automations(
        hass, DeviceAutomationType.TRIGGER, device.id
    )
    ours = {each["type"] for each in offered if each["domain"] == DOMAIN}
    assert {"cycle_finished", "almost_done", "short_run", "emptied"} <= ours
    of_the_hub = await async_get_device_automations(
        hass, DeviceAutomationType.TRIGGER, hub.id
    )
    assert not [each for each in of_the_hub if each["domain"] == DOMAIN]
    calls = async_mock_service(hass, "test", "automation")
    assert await async_setup_component(
        hass,
        automation.DOMAIN,
        {
            automation.DOMAIN: {
                "triggers": {
                    "platform": "device",
                    "domain": DOMAIN,
                    "device_id": device.id,
                    "type": "cycle_started",
                },
                "actions": {"action": "test.automation"},
            }
        },
    )
    await hass.async_block_till_done()
    hass.bus.async_fire(f"{DOMAIN}_cycle_started", {"appliance_id": "somebody else's"})
    await hass.async_block_till_done()
    assert calls == []
    await washed.watts(400)
    await washed.wait(300, step=60)
    assert len(calls) == 1


async def test_actions_list_programmes_for_planners_and_name_them(
    washed: Washed,
) -> None:
    async def act(action: str, answers: bool, **data: Any) -> Any:
        result = await washed.hass.services.async_call(
            DOMAIN, action, data, blocking=True, return_response=answers
        )
        await washed.settle()
        return result

    told = await act("programmes", True, appliance="washer")
    (washer,) = told["appliances"]
    (programme,) = washer["programmes"]
    assert washer["appliance"] == "Washer"
    assert (programme["number"], programme["name"]) == (1, None)
    assert (programme["minutes"], programme["energy"]) == (60, 0.4)
    assert programme["watts"] == [400, 400, 400, 400]

    await act("name_programme", False, appliance="Washer", number=1, name="Eco")
    assert washed.value("sensor", "programme") == "Eco"
    everything = await act("programmes", True)
    assert everything["appliances"][0]["programmes"][0]["name"] == "Eco"
    await act("name_programme", False, appliance="Washer", number=1)
    assert washed.value("sensor", "programme") == "programme_1"
    for data, key in (
        ({"appliance": "Dryer", "number": 1}, "unknown_appliance"),
        ({"appliance": "Washer", "number": 4}, "unknown_programme"),
        (
            {"appliance": "Washer", "number": 1, "name": "x" * 41},
            "programme_name_long",
        ),
    ):
        with pytest.raises(ServiceValidationError) as refused:
            await act("name_programme", False, **data)
        assert refused.value.translation_key == key
    await washed.hass.config_entries.async_unload(washed.entry.entry_id)
    with pytest.raises(ServiceValidationError) as refused:
        await act("programmes", True)
    assert refused.value.translation_key == "not_set_up"
