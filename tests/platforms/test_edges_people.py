"""Awkward cases of delivery that are about what people have set up, or not yet."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import persistent_notification
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from .home import PLUG, Home, lived_in
from .test_sending import act


async def test_edge_43_a_deleted_channel_that_a_rule_names(home: Home) -> None:
    gone = home._add("channel", "Old", kind="notify_action", target="notify.pocket")
    home._add(
        "rule",
        "By the old way",
        when={"events": ["message"]},
        then={"channels": [gone]},
    )
    await home.settle()
    home.hass.config_entries.async_remove_subentry(home.entry, gone)
    await home.settle()
    issues = ir.async_get(home.hass).issues.values()
    [said] = [each for each in issues if each.translation_key == "rule_broken_channel"]
    assert said.translation_placeholders == {"rule": "By the old way"}
    # and it falls to the usual way
    answer = await act(home, "send", message="The parcel is here")
    assert [call.data["message"] for call in home.received] == ["The parcel is here"]
    assert any("By the old way" in each for each in answer["intents"][0]["reasons"])


class FirstDay(Home):
    """A home with a kettle, in which nobody has set up a way to be reached."""

    async def add(self) -> None:
        await self.watts(0)
        self.entry.add_to_hass(self.hass)
        self._add("appliance", self.appliance, kind=self.kind, power_entity=PLUG)


async def test_edge_44_a_first_day_without_a_phone(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> None:
    hass.config.config_dir = str(tmp_path)
    async with lived_in(FirstDay(hass, freezer)) as home:
        await _first_day(home)


async def _first_day(home: Home) -> None:
    await home.boil()
    await home.wait(10)
    # it stands in Home Assistant's own list at least
    assert any("Kettle" in each for each in _listed(home.hass))
    # which proves nothing: there is nothing to be measured yet
    assert home.value("sensor", "delivery_success_rate") == "unknown"
    inbox = ConfigSubentry(
        data=MappingProxyType({"kind": "inbox", "target": ""}),
        subentry_type="channel",
        title="Inbox",
        unique_id="inbox:",
    )
    home.hass.config_entries.async_add_subentry(home.entry, inbox)
    home._add("recipient", "Household", channels=[inbox.subentry_id])
    await home.settle()
    await act(home, "send", message="The parcel is here")
    await home.wait(5, 1)
    # beside what the list has told before there was any channel
    assert home.value("todo", "inbox") == "2"


def _listed(hass: HomeAssistant) -> list[str]:
    """What stands in Home Assistant's own list."""
    found = persistent_notification._async_get_or_create_notifications(hass)
    return [f"{each['title']} {each['message']}" for each in found.values()]
