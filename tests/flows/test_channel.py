"""The form for a channel, with channel types whose world the tests hold in their hands.

They are real subclasses under names that the integration knows; the shipped ones are
in test_shipped_channels.py.
"""

from __future__ import annotations

from typing import ClassVar

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.reliable_notifications.channels.interface import (
    Channel,
    Choice,
    Envelope,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Evidence,
)
from custom_components.reliable_notifications.flows import channel as channel_form

from .forms import Forms, choices, shown


class Recorded(Channel):
    """What the made-up channel types have in common."""

    best_evidence = Evidence.DELIVERED
    patience = 10.0
    replaces = True
    # what exists, value and label; and what is wrong with it
    world: ClassVar[dict[str, str]]
    broken: ClassVar[dict[str, str]]

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        return [Choice(value=value, label=label) for value, label in cls.world.items()]

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        if cls.needs_target and target not in cls.world:
            return "target_gone"
        return cls.broken.get(target)

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        return AttemptResult(evidence=Evidence.DELIVERED)


class Phones(Recorded):
    kind = "mobile_app"


class Actions(Recorded):
    kind = "notify_action"


class Inbox(Recorded):
    kind = "inbox"
    needs_target = False


class LastResort(Recorded):
    kind = "notify_entity"
    offered = False


@pytest.fixture(autouse=True)
def _world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two phones, no notify action, the inbox."""
    for channel in (Phones, Actions, Inbox, LastResort):
        channel.world, channel.broken = {}, {}
    Phones.world = {"a": "Anna's phone", "b": "Ben's phone"}
    LastResort.world = {"x": "X"}
    monkeypatch.setattr(channel_form, "CHANNELS", (Phones, Actions, Inbox, LastResort))


async def test_only_what_exists_is_offered(forms: Forms) -> None:
    menu = await forms.add("channel")
    assert menu["type"] is FlowResultType.MENU
    assert menu["menu_options"] == ["mobile_app", "inbox"]
    Actions.world = {"notify.smtp": "smtp"}
    Phones.world = {}
    menu = await forms.add("channel")
    assert menu["menu_options"] == ["notify_action", "inbox"]


async def test_add_a_phone(forms: Forms) -> None:
    form = await forms.pick(await forms.add("channel"), "mobile_app")
    assert choices(form, "target") == [
        {"value": "a", "label": "Anna's phone"},
        {"value": "b", "label": "Ben's phone"},
    ]
    result = await forms.fill(form, target="b")
    assert result["type"] is FlowResultType.CREATE_ENTRY
    [phone] = forms.stored("channel")
    assert phone.title == "Ben's phone"
    assert phone.data == {"kind": "mobile_app", "target": "b"}
    assert phone.unique_id == "mobile_app:b"


async def test_add_with_a_name(forms: Forms) -> None:
    form = await forms.pick(await forms.add("channel"), "mobile_app")
    await forms.fill(form, target="b", name=" Tablet ")
    assert forms.stored("channel")[0].title == "Tablet"


async def test_the_inbox_exists_once(forms: Forms) -> None:
    menu, late = await forms.add("channel"), await forms.add("channel")
    form = await forms.pick(menu, "inbox")
    late_form = await forms.pick(late, "inbox")
    result = await forms.fill(form)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    [inbox] = forms.stored("channel")
    assert inbox.title == "Inbox"
    assert inbox.data == {"kind": "inbox", "target": ""}
    assert inbox.unique_id == "inbox:"
    assert (await forms.add("channel"))["menu_options"] == ["mobile_app"]
    # in the other window it is one too many
    late_form = await forms.fill(late_form, name="Mine")
    assert late_form["errors"] == {"base": "already_configured_channel"}
    assert len(forms.stored("channel")) == 1

    Phones.world = {}
    result = await forms.add("channel")
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "nothing_found")


async def test_the_inbox_may_name_itself(forms: Forms) -> None:
    Inbox.world = {"panel": "Notifications panel"}
    form = await forms.pick(await forms.add("channel"), "inbox")
    await forms.fill(form)
    [inbox] = forms.stored("channel")
    assert (inbox.title, inbox.data["target"]) == ("Notifications panel", "panel")


async def test_what_vanishes_behind_the_menu(
    forms: Forms, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu, another = await forms.add("channel"), await forms.add("channel")
    Phones.world = {}
    result = await forms.pick(menu, "mobile_app")
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "nothing_found")
    monkeypatch.setattr(channel_form, "CHANNELS", (Inbox,))
    result = await forms.pick(another, "mobile_app")
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "nothing_found")


@pytest.mark.parametrize("problem", ["action_missing", "own_channel", "not_a_phone"])
async def test_what_the_channel_finds_wrong_stands_at_the_field(
    forms: Forms, problem: str
) -> None:
    Phones.broken = {"a": problem}
    form = await forms.pick(await forms.add("channel"), "mobile_app")
    form = await forms.fill(form, target="a", name="Mine")
    assert form["errors"] == {"target": problem}
    assert shown(form) == {"target": "a", "name": "Mine"}
    assert not forms.stored("channel")
    result = await forms.fill(form, target="b", name="Mine")
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_a_target_that_goes_while_the_form_is_open(forms: Forms) -> None:
    form = await forms.pick(await forms.add("channel"), "mobile_app")
    del Phones.world["a"]
    form = await forms.fill(form, target="a")
    assert form["errors"] == {"target": "target_gone"}
    # what was chosen stays in the form, under its own name
    assert shown(form) == {"target": "a"}
    assert choices(form, "target") == [
        {"value": "b", "label": "Ben's phone"},
        {"value": "a", "label": "Anna's phone"},
    ]
    form = await forms.fill(form, target="a")
    assert form["errors"] == {"target": "target_gone"}
    Phones.world["a"] = "Anna's phone"
    result = await forms.fill(form, target="a")
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_one_target_one_name_one_channel(forms: Forms) -> None:
    await forms.fill(
        await forms.pick(await forms.add("channel"), "mobile_app"), target="a"
    )
    form = await forms.pick(await forms.add("channel"), "mobile_app")
    form = await forms.fill(form, target="a")
    assert form["errors"] == {
        "target": "already_configured_channel",
        "name": "name_taken",
    }
    form = await forms.fill(form, target="b", name="ANNA'S PHONE")
    assert form["errors"] == {"name": "name_taken"}
    result = await forms.fill(form, target="b")
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert [each.title for each in forms.stored("channel")] == [
        "Anna's phone",
        "Ben's phone",
    ]


async def test_change(forms: Forms) -> None:
    await forms.fill(
        await forms.pick(await forms.add("channel"), "mobile_app"), target="a"
    )
    [stored] = forms.stored("channel")
    form = await forms.change(stored)
    assert shown(form) == {"target": "a", "name": "Anna's phone"}
    result = await forms.fill(form, target="b", name="Family phone")
    assert (result["type"], result["reason"]) == (
        FlowResultType.ABORT,
        "reconfigure_successful",
    )
    [changed] = forms.stored("channel")
    assert changed.subentry_id == stored.subentry_id
    assert changed.title == "Family phone"
    assert changed.data == {"kind": "mobile_app", "target": "b"}
    assert changed.unique_id == "mobile_app:b"

    # an emptied name becomes that of the target again
    await forms.fill(await forms.change(changed), target="b")
    assert forms.stored("channel")[0].title == "Ben's phone"


async def test_change_of_a_target_that_is_gone(forms: Forms) -> None:
    await forms.fill(
        await forms.pick(await forms.add("channel"), "mobile_app"), target="a"
    )
    [stored] = forms.stored("channel")
    Phones.world = {"c": "New phone"}
    form = await forms.change(stored)
    assert shown(form) == {"target": "a", "name": "Anna's phone"}
    assert choices(form, "target") == [
        {"value": "c", "label": "New phone"},
        {"value": "a", "label": "Anna's phone"},
    ]
    form = await forms.fill(form, target="a", name="Old")
    assert form["errors"] == {"target": "target_gone"}
    assert stored.title == "Anna's phone"
    await forms.fill(form, target="c", name="Anna")
    [changed] = forms.stored("channel")
    assert (changed.title, changed.data["target"]) == ("Anna", "c")


async def test_change_the_inbox(forms: Forms) -> None:
    await forms.fill(await forms.pick(await forms.add("channel"), "inbox"))
    [stored] = forms.stored("channel")
    form = await forms.change(stored)
    assert shown(form) == {"name": "Inbox"}
    await forms.fill(form, name="Panel")
    [changed] = forms.stored("channel")
    assert (changed.title, changed.data) == ("Panel", stored.data)


async def test_change_of_a_kind_from_another_version(
    forms: Forms, monkeypatch: pytest.MonkeyPatch
) -> None:
    await forms.fill(
        await forms.pick(await forms.add("channel"), "mobile_app"), target="a"
    )
    [stored] = forms.stored("channel")
    monkeypatch.setattr(channel_form, "CHANNELS", (Inbox,))
    result = await forms.change(stored)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "kind_unknown")
