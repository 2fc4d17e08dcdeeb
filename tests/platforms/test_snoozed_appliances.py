"""Everything about an appliance, or all messages, put off for one recipient."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import Context, State
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.reliable_notifications.compat import vol

from .home import Home
from .laundry import Laundry
from .test_sending import act, subentry
from .test_unloading import laundry  # noqa: F401 - a fixture


def _told(home: Home) -> list[str]:
    return [call.data["message"] for call in home.received]


async def test_everything_for_a_while_but_what_is_urgent(home: Home) -> None:
    answer = await act(home, "snooze", recipient="Anna", minutes=30)
    assert answer["until"] > dt_util.now().isoformat()
    await act(home, "send", message="Dinner")
    await act(home, "send", message="Water!", priority="urgent")
    await home.wait(60)
    assert _told(home) == ["Water!"]
    await home.wait(1800, 60)
    assert "Dinner" in _told(home)


async def test_an_appliance_until_it_is_emptied(home: Home) -> None:
    await act(home, "snooze", recipient="Anna", appliance="kettle", until="emptied")
    await home.boil()
    await home.wait(30)
    assert _told(home) == []
    await act(home, "send", message="Dinner")  # about something else
    await home.wait(10)
    assert _told(home) == ["Dinner"]
    # it is emptied: what is told of it from now on is heard again
    source = next(iter(home.entry.runtime_data.watches))
    announcements = home.entry.runtime_data.pipeline.announcements
    announcements.async_say(source, "emptied", {})
    await home.settle()
    recipients = home.entry.runtime_data.pipeline.directory.recipients
    assert [each.preferences.snoozes for each in recipients.values()] == [()]


@pytest.mark.parametrize(
    "said",
    [
        {"message": "It boils", "appliance": "kettle"},
        {"event": "appliance_left_on", "data": {"appliance": "Kettle"}},
    ],
)
async def test_what_an_automation_says_of_it_is_put_off_too(
    home: Home, said: dict[str, Any]
) -> None:
    await act(home, "snooze", recipient="Anna", appliance="kettle", until="emptied")
    # before it is told: afterwards it would have been told already
    simulated = await act(home, "explain", **said)
    assert [each["outcome"] for each in simulated["decisions"]] == ["hold"]
    previewed = await act(home, "preview", **said)
    assert [each["outcome"] for each in previewed["recipients"]] == ["hold"]
    answer = await act(home, "send", **said)
    assert [each["outcome"] for each in answer["intents"]] == ["hold"]


async def test_an_appliance_that_we_do_not_watch(home: Home) -> None:
    """As a fact it is any name, as the appliance that is meant it is a mistake."""
    await act(home, "send", event="appliance_left_on", data={"appliance": "Stove"})
    await home.wait(10)
    assert home.received[-1].data["title"] == "Stove was left on"
    for action in ("send", "explain", "preview"):
        with pytest.raises(ServiceValidationError) as refused:
            await act(home, action, message="On", appliance="Stove")
        assert refused.value.translation_key == "unknown_appliance"


async def test_until_tomorrow_and_no_more(home: Home) -> None:
    answer = await act(home, "snooze", recipient="Anna", until="tomorrow")
    assert "T07:00:00" in answer["until"]
    await act(home, "snooze", recipient="Anna", until="now")
    await act(home, "send", message="Dinner")
    await home.wait(10)
    assert _told(home) == ["Dinner"]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"recipient": "Nobody"}, "unknown_recipient"),
        ({"recipient": "Anna", "appliance": "Boat"}, "unknown_appliance"),
        ({"recipient": "Anna", "until": "emptied"}, "emptied_without_appliance"),
        ({}, "whose_snooze"),
    ],
)
async def test_bad_input_is_said(home: Home, data: dict[str, Any], key: str) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "snooze", **data)
    assert refused.value.translation_key == key


async def test_until_a_time(home: Home) -> None:
    answer = await act(home, "snooze", recipient="Anna", until="2026-11-23 18:00")
    zone = dt_util.get_default_time_zone()
    until = datetime(2026, 11, 23, 18, tzinfo=zone)
    assert answer["until"] == until.isoformat()
    (anna,) = home.entry.runtime_data.pipeline.directory.recipients.values()
    assert [each.until for each in anna.preferences.snoozes] == [until.timestamp()]
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "snooze", recipient="Anna", until="2026-11-20 18:00")
    assert refused.value.translation_key == "snooze_is_over"
    with pytest.raises(vol.Invalid):
        await act(home, "snooze", recipient="Anna", until="soon")


def _sensor(home: Home) -> State:
    state = home.hass.states.get(home.entity("sensor", "snoozed_until"))
    assert state is not None
    return state


async def _press(home: Home, key: str, user: MockUser | None = None) -> None:
    await home.hass.services.async_call(
        "button",
        "press",
        {"entity_id": home.entity("button", key)},
        blocking=True,
        context=Context(user_id=user.id) if user else Context(),
    )
    await home.settle()


async def test_a_tap_puts_everything_off_until_tomorrow_and_another_ends_it(
    home: Home,
) -> None:
    assert _sensor(home).state == "unknown"
    await _press(home, "snooze_until_tomorrow")
    morning = dt_util.now().replace(hour=7, minute=0, second=0, microsecond=0)
    assert (
        _sensor(home).state == dt_util.as_utc(morning + timedelta(days=1)).isoformat()
    )
    assert _sensor(home).attributes["everything"] is True
    await act(home, "send", message="Dinner")
    assert _told(home) == []
    await _press(home, "end_snooze")
    assert _sensor(home).state == "unknown"
    await home.wait(30)
    assert _told(home) == ["Dinner"]


async def test_a_snooze_that_is_over_is_not_shown_any_more(home: Home) -> None:
    await act(home, "snooze", recipient="Anna", appliance="kettle", minutes=5)
    await act(home, "snooze", recipient="Anna", minutes=2)
    both = dict(_sensor(home).attributes["appliances"])
    assert list(both) == ["Kettle"]
    first = _sensor(home).state
    await home.wait(150, 30)
    assert _sensor(home).attributes["everything"] is False
    assert _sensor(home).state > first
    await home.wait(200, 30)
    assert _sensor(home).state == "unknown"
    assert _sensor(home).attributes["appliances"] == {}


async def test_who_presses_it_hears_no_more_until_it_is_emptied(
    laundry: Laundry,  # noqa: F811
) -> None:
    """On the appliance, for whoever is asking; who is nobody is told so."""
    anna = MockUser(name="Anna", is_owner=True).add_to_hass(laundry.hass)
    with pytest.raises(ServiceValidationError) as refused:
        await _press(laundry, "snooze_until_emptied", anna)
    assert refused.value.translation_key == "whose_snooze"
    laundry.hass.states.async_set("person.anna", "home", {"user_id": anna.id})
    entry, person = laundry.entry, laundry.entry.subentries[subentry(laundry, "Anna")]
    laundry.hass.config_entries.async_update_subentry(
        entry, person, data={**person.data, "person": "person.anna"}
    )
    await laundry.settle()
    while any(each.is_learning for each in entry.runtime_data.watches.values()):
        await laundry.hass.async_block_till_done(wait_background_tasks=True)
    await laundry.wait(1)
    await _press(laundry, "snooze_until_emptied", anna)
    assert _sensor(laundry).state == "unknown"  # nobody knows when that will be
    assert _sensor(laundry).attributes["appliances"] == {laundry.appliance: None}
    await laundry.wash()
    assert _told(laundry) == []
    await laundry.hass.services.async_call(
        "button",
        "press",
        {"entity_id": laundry.entity("button", "emptied")},
        blocking=True,
    )
    await laundry.settle()
    assert _sensor(laundry).attributes["appliances"] == {}
