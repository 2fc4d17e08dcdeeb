"""Who names a person and no channel means the phones of that person."""

from __future__ import annotations

from homeassistant.components.person import async_create_person
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest

from .forms import Forms
from .test_shipped_channels import PUSH, add_phone


@pytest.fixture
async def phones(hass: HomeAssistant) -> list[dr.DeviceEntry]:
    """Two phones of Anna's, of which one is newer, and a tablet on the wall."""
    assert await async_setup_component(hass, "person", {})
    registry = er.async_get(hass)
    found = []
    for name in ("New", "Old"):
        phone = add_phone(hass, name, PUSH)
        tracker = registry.async_get_or_create(
            "device_tracker", "mobile_app", name, device_id=phone.id
        )
        found.append((phone, tracker.entity_id))
    add_phone(hass, "Tablet", PUSH)
    trackers = [tracker for _, tracker in found]
    await async_create_person(hass, "Anna", device_trackers=trackers)
    await async_create_person(hass, "Ben")
    await hass.async_block_till_done()
    return [phone for phone, _ in found]


async def test_the_phones_become_channels(
    forms: Forms, phones: list[dr.DeviceEntry]
) -> None:
    form = await forms.add("recipient")
    result = await forms.fill(form, name="Anna", person="person.anna")
    assert result["type"] is FlowResultType.CREATE_ENTRY

    channels = forms.stored("channel")
    assert [each.title for each in channels] == ["New", "Old"]
    assert [each.data["target"] for each in channels] == [each.id for each in phones]
    assert [each.unique_id for each in channels] == [
        f"mobile_app:{each.id}" for each in phones
    ]
    [anna] = forms.stored("recipient")
    assert anna.data["channels"] == [each.subentry_id for each in channels]


async def test_phones_that_are_channels_already_are_taken(
    forms: Forms, phones: list[dr.DeviceEntry]
) -> None:
    form = await forms.pick(await forms.add("channel"), "mobile_app")
    await forms.fill(form, target=phones[1].id, name="Anna's old one")
    form = await forms.pick(await forms.add("channel"), "inbox")
    await forms.fill(form, name="new")
    form = await forms.add("recipient")
    await forms.fill(form, name="Anna", person="person.anna")

    names = {each.subentry_id: each.title for each in forms.stored("channel")}
    [anna] = forms.stored("recipient")
    # the name of the inbox is not given twice
    assert [names[each] for each in anna.data["channels"]] == [
        "New 2",
        "Anna's old one",
    ]


async def test_who_has_no_phone_needs_a_channel(
    forms: Forms, phones: list[dr.DeviceEntry]
) -> None:
    form = await forms.add("recipient")
    for answers in ({"person": "person.ben"}, {}):
        form = await forms.fill(form, name="Ben", **answers)
        assert form["errors"] == {"channels": "channels_missing"}
    assert forms.stored("channel") == []


async def test_all_channels_may_be_given_up_for_the_phones(
    forms: Forms, phones: list[dr.DeviceEntry]
) -> None:
    form = await forms.pick(await forms.add("channel"), "inbox")
    await forms.fill(form)
    [inbox] = forms.stored("channel")
    form = await forms.add("recipient")
    await forms.fill(
        form, name="Anna", person="person.anna", channels=[inbox.subentry_id]
    )
    [anna] = forms.stored("recipient")
    assert anna.data["channels"] == [inbox.subentry_id]

    form = await forms.pick(await forms.change(anna), "about")
    await forms.fill(form, name="Anna", person="person.anna", channels=[])
    [anna] = forms.stored("recipient")
    assert len(anna.data["channels"]) == 2
    assert inbox.subentry_id not in anna.data["channels"]
