"""The same is told once, and what something greater explains is not told at all."""

from __future__ import annotations

from typing import Any

from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.adapters.database import StorageFailed
from custom_components.reliable_notifications.engine.vocabulary import (
    Event,
    IntentState,
    Priority,
)

from .home import Home
from .test_resolving import act


def got(home: Home) -> list[str]:
    return [call.data["message"] for call in home.received]


async def send(home: Home, message: str, **data: Any) -> Any:
    answer = await act(home, "send", message=message, **data)
    await home.wait(6, 6)  # what comes within seconds would be told in one
    return answer


async def say(home: Home, key: str, **more: Any) -> None:
    event = Event(
        key=key,
        at=dt_util.utcnow().timestamp(),
        title="",
        message=f"{key} happened",
        priority=Priority.MEDIUM,
        **more,
    )
    await home.entry.runtime_data.pipeline.async_say(event)
    await home.settle()
    await home.wait(6, 6)  # what comes within seconds would be told in one


async def reload(home: Home) -> None:
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()


async def test_edge_25_the_same_within_its_time_is_told_once_and_kept_with_its_reason(
    home: Home,
) -> None:
    first = await send(home, "Door 1 is open")
    again = await send(home, "Door 1 is open")
    await send(home, "Door 2 is open")

    assert got(home) == ["Door 1 is open", "Door 2 is open"]
    (intent,) = again["intents"]
    assert intent["channels"] == []
    assert first["notification_id"] in intent["reasons"][-1]
    (parcel,) = await home.entry.runtime_data.outbox.load([intent["intent_id"]])
    assert parcel.delivery.state is IntentState.CANCELLED
    assert parcel.delivery.attempts == 0
    # it is no valid intent: what was not to be told cannot have failed
    records = await home.entry.runtime_data.outbox.records_since(0)
    assert [each.state for each in records].count(IntentState.CANCELLED) == 1

    await home.wait(1800, 600)
    await send(home, "Door 1 is open")
    assert got(home)[-1] == "Door 1 is open"
    assert len(got(home)) == 3


async def test_what_was_told_is_known_after_a_restart(home: Home) -> None:
    await send(home, "Door 1 is open")
    await send(home, "-12 °C", incident="freezer")
    await reload(home)
    await send(home, "Door 1 is open")
    await send(home, "-12 °C", incident="freezer")
    assert got(home) == ["Door 1 is open", "-12 °C"]


@pytest.mark.parametrize(
    ("options", "minutes", "times"),
    [
        ({"policies": {"medium": {"dedupe": 300.0}}}, 6, 2),
        ({"policies": {"medium": {"dedupe": 7200.0}}}, 60, 1),
        ({"policies": {"medium": {"dedupe": None}}}, 0, 2),
        # over a restart, longer than any table has it
        ({"policies": {"medium": {"dedupe": 4 * 86_400.0}}}, 3 * 1440, 1),
        ({"policies": {"medium": {"dedupe": 2 * 86_400.0}}}, 3 * 1440, 2),
    ],
)
async def test_how_long_the_same_is_no_news_is_as_it_was_set(
    home: Home, options: dict[str, Any], minutes: float, times: int
) -> None:
    home.hass.config_entries.async_update_entry(home.entry, options=options)
    await home.settle()
    await send(home, "Door 1 is open")
    await home.wait(60 * minutes, 3600)
    await reload(home)
    await send(home, "Door 1 is open")
    assert got(home) == ["Door 1 is open"] * times


async def test_what_is_over_stays_so_for_as_long_as_it_would_be_no_news(
    home: Home,
) -> None:
    home.hass.config_entries.async_update_entry(
        home.entry, options={"policies": {"medium": {"dedupe": 5 * 86_400.0}}}
    )
    await home.settle()
    await send(home, "Freezer is warm", incident="freezer")
    await act(home, "resolve", incident="freezer")
    await home.wait(3 * 86_400, 3600)
    await act(home, "resolve", incident="door")  # what is old is forgotten with it
    await reload(home)
    await send(home, "Freezer is warm", incident="freezer")
    assert got(home) == ["Freezer is warm"] * 2


async def test_what_is_over_is_news_when_it_comes_again(home: Home) -> None:
    for _ in range(2):
        await send(home, "Freezer is warm", incident="freezer")
    assert got(home) == ["Freezer is warm"]

    await act(home, "resolve", incident="freezer")
    await reload(home)
    await send(home, "Freezer is warm", incident="freezer")
    assert got(home) == ["Freezer is warm"] * 2


async def test_what_has_failed_is_not_in_the_way_of_the_next(home: Home) -> None:
    answer = await send(home, "Door 1 is open")
    intent_id = answer["intents"][0]["intent_id"]
    database = home.entry.runtime_data.database
    await database.write(
        lambda connection: connection.execute(
            "UPDATE intent SET state = 'failed' WHERE id = ?", (intent_id,)
        )
    )
    await send(home, "Door 1 is open")
    assert got(home) == ["Door 1 is open"] * 2


async def test_what_could_not_be_stored_is_not_known_as_told(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = home.entry.runtime_data.outbox

    async def refuse(*_: Any, **__: Any) -> None:
        raise StorageFailed("full")

    with monkeypatch.context() as context:
        context.setattr(outbox, "accept", refuse)
        with pytest.raises(HomeAssistantError) as raised:
            await send(home, "Door 1 is open")
    assert raised.value.translation_key == "storage_failed"
    await send(home, "Door 1 is open")
    assert got(home) == ["Door 1 is open"]


async def test_an_interruption_is_not_told_while_the_power_is_out(home: Home) -> None:
    await say(home, "power_outage", incident="power")
    await say(home, "cycle_interrupted", source="kettle", incident="kettle-1")
    await reload(home)
    await say(home, "cycle_interrupted", source="dryer", incident="dryer-1")
    await say(home, "cycle_finished", source="oven", incident="oven-1")
    assert got(home) == [
        "There is no power. Appliances stand still.",
        "cycle_finished happened",
    ]
    records = await home.entry.runtime_data.outbox.records_since(0)
    dropped = [each for each in records if each.state is IntentState.CANCELLED]
    assert {each.reason for each in dropped} == {
        "Not told while this is going on: power_outage"
    }

    await act(home, "resolve", incident="power")
    await say(home, "cycle_interrupted", source="washer", incident="washer-1")
    assert got(home)[-1] == "cycle_interrupted happened"


async def test_several_finishes_within_seconds_become_one_message(home: Home) -> None:
    await act(home, "send", message="Washer", title="Washer finished")
    for what in ("Dryer", "Oven", "Dishwasher", "Iron"):
        await act(home, "send", message=what, title=f"{what} finished")
    await home.wait(6, 1)
    assert len(home.received) == 2
    assert home.received[-1].data["title"] == "4 messages"
    assert "Dryer finished" in home.received[-1].data["message"]
    ends = [data for word, data in home.happened if word in ("delivered", "failed")]
    assert not [each for each in ends if each["state"] == "failed"]
    records = await home.entry.runtime_data.outbox.records_since(0)
    assert [each.state for each in records] == [IntentState.DONE] * 5
