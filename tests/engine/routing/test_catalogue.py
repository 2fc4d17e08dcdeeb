"""The catalogue of events: its rows, unknown keys, edits, and the bus."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.content.languages import (
    language_of,
)
from custom_components.reliable_notifications.engine.routing.catalogue import (
    CATALOGUE,
    Binding,
    Category,
    EntryEdit,
    Later,
    Sender,
    bound_keys,
    edited,
    entry_of,
    priority_of,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    CycleEventKind,
    Priority,
    Role,
    UnloadingEventKind,
)

URGENT, HIGH, MEDIUM, LOW = Priority
TECHNICIAN, CUSTOMER = Role.TECHNICIAN, Role.CUSTOMER


@pytest.mark.parametrize(
    ("key", "priority", "role"),
    [
        ("repair_pending_approval", HIGH, CUSTOMER),
        ("repair_approved", URGENT, TECHNICIAN),
        ("repair_denied", URGENT, TECHNICIAN),
        ("repair_assigned", HIGH, TECHNICIAN),
        ("repair_reassigned", MEDIUM, TECHNICIAN),
        ("repair_in_progress", MEDIUM, CUSTOMER),
        ("repair_completed", HIGH, CUSTOMER),
        ("repair_batch_approved", URGENT, TECHNICIAN),
        ("repair_batch_denied", URGENT, TECHNICIAN),
        ("reward_redemption", MEDIUM, Role.MANAGER),
    ],
)
def test_the_service_desk_is_mapped_as_it_asked_for(
    key: str, priority: Priority, role: Role
) -> None:
    entry = CATALOGUE[key]

    assert (entry.priority, *entry.roles) == (priority, role)


def test_all_that_happens_to_appliances_has_a_row() -> None:
    told = {*CycleEventKind, *UnloadingEventKind} - {UnloadingEventKind.EMPTIED}

    assert {each.value for each in told} <= CATALOGUE.keys()
    for key, entry in CATALOGUE.items():
        assert entry.key == key
        assert entry.category in set(Category)
        assert entry.roles


def test_every_row_has_a_text() -> None:
    texts = language_of("en").events.keys()

    assert {entry.template for entry in CATALOGUE.values()} - texts <= {"message"}


def test_what_corrects_and_what_spoils() -> None:
    assert CATALOGUE["cycle_reopened"].later is Later.CORRECTS
    assert CATALOGUE["almost_done"].later is Later.SPOILS
    assert CATALOGUE["digest"].later is Later.WAITS
    assert CATALOGUE["cycle_finished"].later is Later.KEEPS


@pytest.mark.parametrize(
    ("category", "priority"),
    [("safety", URGENT), ("maintenance", LOW), ("garden", MEDIUM), ("", MEDIUM)],
)
def test_an_unknown_key_takes_what_its_category_says(
    category: str, priority: Priority
) -> None:
    entry = entry_of("frost", category)

    assert entry.priority is priority
    assert entry.key == "frost"
    assert entry.category == (category or "general")


def test_what_is_nearest_to_an_event_decides_how_loud_it_is() -> None:
    entry = CATALOGUE["cycle_finished"]

    assert priority_of(entry) is MEDIUM
    assert priority_of(entry, appliance=LOW) is LOW
    assert priority_of(entry, appliance=LOW, call=HIGH) is HIGH


def test_the_mains_are_one_incident_that_automations_tell_of() -> None:
    gone, back = CATALOGUE["power_outage"], CATALOGUE["power_restored"]
    assert gone.incident == back.incident == "power_outage"
    assert (gone.ends, back.ends) == (False, True)
    assert (gone.priority, gone.category) == (URGENT, Category.SAFETY)
    assert gone.sender is back.sender is Sender.OTHERS
    assert entry_of("frost", "").sender is Sender.OTHERS
    louder = edited({"power_outage": EntryEdit(key="power_outage", priority=HIGH)})
    assert louder["power_outage"].incident == "power_outage"
    assert louder["power_outage"].sender is Sender.OTHERS


def test_an_installation_says_it_otherwise() -> None:
    catalogue = edited(
        {
            "cycle_finished": EntryEdit(key="cycle_finished", priority=HIGH),
            "frost": EntryEdit(
                key="frost", roles=frozenset({CUSTOMER}), acknowledge=True
            ),
        }
    )

    finished, frost = catalogue["cycle_finished"], catalogue["frost"]
    assert (finished.priority, *finished.roles) == (HIGH, Role.HOUSEHOLD)
    assert (frost.priority, *frost.roles) == (MEDIUM, CUSTOMER)
    assert frost.acknowledge
    assert catalogue["test"] == CATALOGUE["test"]
    assert CATALOGUE["cycle_finished"].priority is MEDIUM


DESK = (
    Binding(event_type="ticket", key="repair_approved", match={"state": "approved"}),
    Binding(
        event_type="ticket", key="repair_batch_approved", match={"ticket.batch": True}
    ),
    Binding(event_type="ticket", key="seen", match={}),
    Binding(event_type="other", key="other", match={}),
    Binding(event_type="ticket", key="seen", match={"state": "approved"}),
    Binding(event_type="ticket", key="open", match={"closed": None}),
)


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        ({"state": "approved", "closed": 1}, ("repair_approved", "seen")),
        ({"state": "denied", "closed": 1}, ("seen",)),
        ({"ticket": {"batch": True}, "closed": 1}, ("repair_batch_approved", "seen")),
        ({"ticket": {"batch": "true"}, "closed": 1}, ("repair_batch_approved", "seen")),
        ({"ticket.batch": True, "closed": 1}, ("repair_batch_approved", "seen")),
        ({"ticket": "text", "closed": 1}, ("seen",)),
        ({}, ("seen", "open")),
    ],
)
def test_events_of_the_bus_stand_for_keys(
    data: dict[str, object], keys: tuple[str, ...]
) -> None:
    assert bound_keys(DESK, "ticket", data) == keys


def test_numbers_are_compared_as_a_person_writes_them() -> None:
    binding = (Binding(event_type="x", key="k", match={"count": "3"}),)

    assert bound_keys(binding, "x", {"count": 3}) == ("k",)
    assert bound_keys(binding, "x", {"count": 4}) == ()
