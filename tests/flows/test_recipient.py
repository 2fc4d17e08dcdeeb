"""The form for a recipient."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .forms import Forms, Result, choices, shown

type AddChannel = Callable[[str], str]


@pytest.fixture
def add_channel(hass: HomeAssistant, entry: MockConfigEntry) -> AddChannel:
    """Put a channel into the entry; answers with its id."""

    def add(title: str) -> str:
        subentry = ConfigSubentry(
            data=MappingProxyType({"kind": "inbox", "target": title}),
            subentry_type="channel",
            title=title,
            unique_id=f"inbox:{title}",
        )
        hass.config_entries.async_add_subentry(entry, subentry)
        return subentry.subentry_id

    return add


async def test_add_in_the_order_of_choosing(
    hass: HomeAssistant, forms: Forms, add_channel: AddChannel
) -> None:
    speaker, phone, mail = (
        add_channel("Speaker"),
        add_channel("Phone"),
        add_channel("Mail"),
    )
    hass.states.async_set("person.anna", "home")
    form = await forms.add("recipient")
    assert shown(form) == {"roles": ["household", "adult"]}
    assert [each["label"] for each in choices(form, "channels")] == [
        "Mail",
        "Phone",
        "Speaker",
    ]
    result = await forms.fill(
        form,
        name=" Anna ",
        person="person.anna",
        channels=[phone, speaker, phone, mail],
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    [anna] = forms.stored("recipient")
    assert anna.title == "Anna"
    assert anna.data == {"person": "person.anna", "channels": [phone, speaker, mail]}


async def test_a_role_needs_no_person(forms: Forms, add_channel: AddChannel) -> None:
    phone = add_channel("Phone")
    await forms.fill(await forms.add("recipient"), name="Household", channels=[phone])
    assert forms.stored("recipient")[0].data == {"channels": [phone]}


async def test_a_channel_comes_first(forms: Forms) -> None:
    result = await forms.add("recipient")
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "no_channels")


async def test_each_problem_stands_at_its_field_and_can_be_mended(
    hass: HomeAssistant, entry: MockConfigEntry, forms: Forms, add_channel: AddChannel
) -> None:
    phone, tablet = add_channel("Phone"), add_channel("Tablet")
    hass.states.async_set("person.anna", "home")
    form = await forms.add("recipient")

    form = await forms.fill(form, name=" ", person="person.nobody", channels=[])
    assert form["errors"] == {
        "name": "name_missing",
        "channels": "channels_missing",
        "person": "person_gone",
    }
    assert shown(form) == {"name": " ", "person": "person.nobody", "channels": []}
    # the frontend leaves an empty field out
    form = await forms.fill(
        form, name="Anna", person="0123456789abcdef0123456789abcdef"
    )
    assert form["errors"] == {"channels": "channels_missing", "person": "person_gone"}
    hass.config_entries.async_remove_subentry(entry, tablet)
    form = await forms.fill(form, name="Anna", channels=[tablet, phone])
    assert form["errors"] == {"channels": "channel_gone"}
    assert shown(form) == {"name": "Anna", "channels": [tablet, phone]}
    assert not forms.stored("recipient")

    result = await forms.fill(form, name="Anna", person="person.anna", channels=[phone])
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_one_person_one_name_one_recipient(
    hass: HomeAssistant, forms: Forms, add_channel: AddChannel
) -> None:
    phone = add_channel("Phone")
    person = er.async_get(hass).async_get_or_create(
        "person", "person", "anna", suggested_object_id="anna"
    )
    hass.states.async_set("person.anna", "home")
    # by registry id, as an automation may: stored is the entity id
    form = await forms.add("recipient")
    await forms.fill(form, name="Anna", person=person.id, channels=[phone])
    assert forms.stored("recipient")[0].data["person"] == "person.anna"

    form = await forms.add("recipient")
    form = await forms.fill(form, name="anna", person="person.anna", channels=[phone])
    assert form["errors"] == {"name": "name_taken", "person": "person_taken"}
    result = await forms.fill(form, name="Ben", channels=[phone])
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert [each.title for each in forms.stored("recipient")] == ["Anna", "Ben"]


async def test_change(
    hass: HomeAssistant, entry: MockConfigEntry, forms: Forms, add_channel: AddChannel
) -> None:
    mail, phone, speaker = (
        add_channel("Mail"),
        add_channel("Phone"),
        add_channel("Speaker"),
    )
    hass.states.async_set("person.anna", "home")
    form = await forms.add("recipient")
    await forms.fill(form, name="Anna", person="person.anna", channels=[speaker, phone])
    [stored] = forms.stored("recipient")
    tv = add_channel("Living room TV")

    form = await forms.pick(await forms.change(stored), "about")
    assert shown(form) == {
        "name": "Anna",
        "person": "person.anna",
        "channels": [speaker, phone],
        "roles": ["household", "adult"],
    }
    # those in use first and in their order, then the others by name
    assert [each["value"] for each in choices(form, "channels")] == [
        speaker,
        phone,
        tv,
        mail,
    ]
    result = await forms.fill(form, name="Anna B.", channels=[mail, speaker])
    assert (result["type"], result["reason"]) == (
        FlowResultType.ABORT,
        "reconfigure_successful",
    )
    [changed] = forms.stored("recipient")
    assert changed.subentry_id == stored.subentry_id
    assert changed.title == "Anna B."
    # the person was cleared
    assert changed.data == {"channels": [mail, speaker]}

    # a channel that was deleted since has left the form
    hass.config_entries.async_remove_subentry(entry, mail)
    form = await forms.pick(await forms.change(changed), "about")
    assert shown(form) == {
        "name": "Anna B.",
        "channels": [speaker],
        "roles": ["household", "adult"],
    }


async def test_change_after_the_person_was_deleted(
    hass: HomeAssistant, forms: Forms, add_channel: AddChannel
) -> None:
    phone = add_channel("Phone")
    hass.states.async_set("person.anna", "home")
    form = await forms.add("recipient")
    await forms.fill(form, name="Anna", person="person.anna", channels=[phone])
    [stored] = forms.stored("recipient")
    hass.states.async_remove("person.anna")
    form = await forms.pick(await forms.change(stored), "about")
    form = await forms.fill(form, **stored.data, name="Anna")
    assert form["errors"] == {"person": "person_gone"}
    assert stored.data["person"] == "person.anna"
    await forms.fill(form, name="Anna", channels=[phone])
    assert forms.stored("recipient")[0].data == {"channels": [phone]}


async def test_a_sensor_names_the_room_and_outlives_a_rename(
    forms: Forms, hass: HomeAssistant, add_channel: AddChannel
) -> None:
    phone = add_channel("Phone")
    registry = er.async_get(hass)
    tag = registry.async_get_or_create("sensor", "espresense", "anna")
    form = await forms.add("recipient")
    answers = {"name": "Anna", "channels": [phone]}
    form = await forms.fill(form, **answers, room_entity="sensor.nowhere")
    assert form["errors"] == {"room_entity": "room_entity_gone"}
    hass.states.async_set(tag.entity_id, "kitchen")
    await forms.fill(form, **answers, room_entity=tag.entity_id)
    [stored] = forms.stored("recipient")
    assert stored.data["room_entity"] == tag.id

    registry.async_update_entity(tag.entity_id, new_entity_id="sensor.annas_room")
    form = await forms.pick(await forms.change(stored), "about")
    assert shown(form)["room_entity"] == "sensor.annas_room"
    await forms.fill(form, **answers)
    [stored] = forms.stored("recipient")
    assert "room_entity" not in stored.data


async def test_the_inbox_can_be_chosen_although_nobody_has_added_it(
    forms: Forms,
) -> None:
    forms.hass.config_entries.async_add_subentry(
        forms.entry,
        ConfigSubentry(
            data=MappingProxyType({"kind": "webhook", "target": ""}),
            subentry_type="channel",
            title="Hook",
            unique_id="webhook:x",
        ),
    )
    form = await forms.add("recipient")
    assert _offered(form) == {"Hook", "Inbox"}
    # where one was added there is one, and no second
    forms.hass.config_entries.async_add_subentry(
        forms.entry,
        ConfigSubentry(
            data=MappingProxyType({"kind": "inbox", "target": ""}),
            subentry_type="channel",
            title="Wall panel",
            unique_id="inbox:",
        ),
    )
    assert _offered(await forms.add("recipient")) == {"Hook", "Wall panel"}


def _offered(form: Result) -> set[str]:
    assert form["data_schema"] is not None
    (channels,) = (
        selector
        for field, selector in form["data_schema"].schema.items()
        if field == "channels"
    )
    return {each["label"] for each in channels.config["options"]}
