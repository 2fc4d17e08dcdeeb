"""Everything about an appliance, or all messages, put off for one recipient."""

from __future__ import annotations

from typing import Any

from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest

from .home import Home
from .test_sending import act


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
    answer = await act(home, "send", **said)
    assert [each["outcome"] for each in answer["intents"]] == ["hold"]
    simulated = await act(home, "explain", **said)
    assert [each["outcome"] for each in simulated["decisions"]] == ["hold"]
    previewed = await act(home, "preview", **said)
    assert [each["outcome"] for each in previewed["recipients"]] == ["hold"]


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
