"""The form for an event of Home Assistant's bus that people should be told of."""

from __future__ import annotations

from types import MappingProxyType

from homeassistant.config_entries import ConfigSubentry
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.reliable_notifications.decisions.rulebook import binding
from custom_components.reliable_notifications.engine.routing.catalogue import Binding

from .forms import Forms, shown


async def test_add_and_change(forms: Forms) -> None:
    result = await forms.fill(
        await forms.add("binding"),
        name="Approved",
        event_type=" shop_ticket ",
        match="ticket.state = approved\n\n urgent=true",
        key="repair_approved",
        message="Ticket {{ event.ticket.id }}",
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    [stored] = forms.stored("binding")
    assert binding(stored.data) == Binding(
        event_type="shop_ticket",
        key="repair_approved",
        match={"ticket.state": "approved", "urgent": "true"},
    )
    form = await forms.change(stored)
    assert shown(form) == {
        "name": "Approved",
        "event_type": "shop_ticket",
        "match": "ticket.state = approved\nurgent = true",
        "key": "repair_approved",
        "message": "Ticket {{ event.ticket.id }}",
    }
    await forms.fill(form, name="Any", event_type="shop_ticket", key="my_own_key")
    [stored] = forms.stored("binding")
    assert stored.data == {"event_type": "shop_ticket", "key": "my_own_key"}


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"event_type": "two words"}, {"event_type": "event_type_unreadable"}),
        ({"event_type": "state_changed"}, {"event_type": "event_type_too_many"}),
        (
            {"event_type": "reliable_notifications_delivered"},
            {"event_type": "event_type_ours"},
        ),
        ({"match": "approved"}, {"match": "match_unreadable"}),
        ({"match": " = approved"}, {"match": "match_unreadable"}),
        ({"key": "Not A Key"}, {"key": "key_unreadable"}),
        ({"name": " "}, {"name": "name_missing"}),
        ({"appliance": "Boat"}, {"appliance": "appliance_unknown"}),
    ],
)
async def test_each_problem_stands_at_its_field(
    forms: Forms, answers: dict[str, str], errors: dict[str, str]
) -> None:
    good = {"name": "A", "event_type": "shop_ticket", "key": "repair_approved"}
    form = await forms.fill(await forms.add("binding"), **good | answers)
    assert form["errors"] == errors
    assert forms.stored("binding") == []


async def test_the_appliance_that_it_is_about(forms: Forms) -> None:
    kettle = ConfigSubentry(
        data=MappingProxyType({"kind": "kettle"}),
        subentry_type="appliance",
        title="Kettle",
        unique_id=None,
    )
    forms.hass.config_entries.async_add_subentry(forms.entry, kettle)
    for written in (kettle.subentry_id, "kettle", "{{ event.device }}"):
        result = await forms.fill(
            await forms.add("binding"),
            name=f"About {written}",
            event_type="shop_ticket",
            key="cycle_finished",
            appliance=written,
        )
        assert result["type"] is FlowResultType.CREATE_ENTRY
    assert [each.data["appliance"] for each in forms.stored("binding")] == [
        kettle.subentry_id,
        "kettle",
        "{{ event.device }}",
    ]
