"""*explain* and *preview*: stored decisions, and what would happen if."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from homeassistant.exceptions import ServiceValidationError
import pytest

from .home import Home
from .test_sending import act, add_ben, subentry


async def _counts(home: Home) -> tuple[int, int]:
    """All that a simulation must leave as it is."""
    database = home.entry.runtime_data.database
    return await database.read(
        lambda connection: (
            connection.execute("SELECT count(*) FROM intent").fetchone()[0],
            connection.execute("SELECT count(*) FROM attempt").fetchone()[0],
        )
    )


async def test_a_stored_decision_is_explained_for_each_recipient(home: Home) -> None:
    await act(home, "pause", minutes=60)
    sent = await act(home, "send", message="Filter is full", title="Dryer")
    told = await act(home, "explain", notification_id=sent["notification_id"])
    assert told["simulated"] is False
    assert (told["title"], told["message"]) == ("Dryer", "Filter is full")
    (intent,) = told["intents"]
    assert (intent["recipient"], intent["state"]) == ("Anna", "held")
    (decision,) = intent["decisions"]
    assert decision["outcome"] == "hold"
    assert decision["summary"] == "Held for Anna until Sat 00:00"
    assert any("paused" in each.lower() for each in decision["reasons"])
    assert any("pause" in each.lower() for each in decision["would_change"])
    assert decision["facts"]["paused"] is True
    assert intent["attempts"] == []
    await act(home, "resume")
    await home.wait(2, 1)
    (after,) = (await act(home, "explain", intent_id=intent["intent_id"]))["intents"]
    assert [each["outcome"] for each in after["decisions"]] == ["hold", "deliver"]
    assert after["state"] == "done"
    assert [each["channel"] for each in after["attempts"]] == ["Pocket"]
    assert after["attempts"][0]["evidence"] == "dispatched"
    assert after["reason"] == "Unverified: Pocket cannot tell whether it arrived"


async def test_what_nobody_is_told_is_explained_too(home: Home) -> None:
    await home.entry.runtime_data.modes.async_change(category=("reward", False))
    sent = await act(home, "send", message="A star", category="reward")
    assert sent["intents"][0]["outcome"] == "drop"
    (intent,) = (await act(home, "explain", notification_id=sent["notification_id"]))[
        "intents"
    ]
    assert intent["state"] == "cancelled"
    assert intent["reason"] == intent["reasons"][-1]
    assert home.received == []


async def test_a_simulation_follows_what_is_supposed_and_changes_nothing(
    home: Home,
) -> None:
    await add_ben(home, person="person.ben")
    home.hass.states.async_set("person.ben", "home")
    before = await _counts(home)
    usual = await act(home, "explain", message="x", recipients=["Anna"])
    assert [each["outcome"] for each in usual["decisions"]] == ["deliver"]
    assert usual["decisions"][0]["plan"][0]["text"]
    paused = await act(home, "explain", message="x", paused=True)
    assert {each["outcome"] for each in paused["decisions"]} == {"hold"}
    urgent = await act(home, "explain", message="x", paused=True, priority="urgent")
    assert {each["outcome"] for each in urgent["decisions"]} == {"deliver"}
    away = await act(home, "explain", message="x", away=["Anna", "Ben"])
    assert {each["outcome"] for each in away["decisions"]} == {"hold"}
    asleep = await act(home, "explain", message="x", asleep=["Ben"], recipients=["Ben"])
    assert [each["outcome"] for each in asleep["decisions"]] == ["hold"]
    assert await _counts(home) == before
    assert home.received == []
    assert home.entry.runtime_data.modes.switched.paused_until is None


async def test_a_channel_that_is_supposed_to_be_down_comes_later(home: Home) -> None:
    usual = await act(home, "explain", message="x")
    down = await act(home, "explain", message="x", channels_down=["Pocket"])
    first = usual["decisions"][0]["plan"][0]["channel_id"]
    assert first == subentry(home, "Pocket")
    assert down["decisions"][0]["plan"][0]["channel_id"] != first


async def test_at_another_time_quiet_hours_hold_it(home: Home) -> None:
    quiet = [{"start": 22 * 60, "end": 7 * 60}]
    home.hass.config_entries.async_update_entry(home.entry, options={"quiet": quiet})
    await home.settle()
    await home.hass.config.async_set_time_zone("Europe/Berlin")
    told = await act(home, "explain", message="x", at="2026-11-21 23:00:00")
    assert told["decisions"][0]["outcome"] == "hold"
    assert told["decisions"][0]["until"] == "2026-11-22T07:00:00+01:00"
    noon = await act(home, "explain", message="x", at="2026-11-21 12:00:00")
    assert noon["decisions"][0]["outcome"] == "deliver"


async def test_the_preview_has_each_channels_words_and_its_time(home: Home) -> None:
    before = await _counts(home)
    shown = await act(
        home,
        "preview",
        event="appliance_left_on",
        data={"appliance": "Iron"},
        at="2026-11-21 12:00",
    )
    (anna,) = shown["recipients"]
    assert shown["priority"] == "high"
    assert {each["channel"] for each in anna["messages"]} == {
        "Pocket",
        "Inbox",
        "Home Assistant notifications",
    }
    assert all("Iron" in each["title"] + each["message"] for each in anna["messages"])
    assert all(each["problem"] is None for each in anna["messages"])
    assert len(anna["plan"]) >= 3
    assert await _counts(home) == before


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("explain", {}, "nothing_to_explain"),
        ("explain", {"intent_id": "nothing"}, "nothing_known_of_it"),
        ("explain", {"message": "x", "home": ["Zoe"]}, "unknown_recipient"),
        ("explain", {"message": "x", "channels_down": ["Fax"]}, "unknown_channel"),
        ("preview", {}, "nothing_to_send"),
        ("preview", {"event": "pipe_burst"}, "unknown_event"),
    ],
)
async def test_bad_input_says_what_is_wrong(
    home: Home, action: str, data: dict[str, Any], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, action, **data)
    assert refused.value.translation_key == key


async def test_what_was_decided_the_same_again_and_again_is_said_once(
    home: Home,
) -> None:
    anna = home.entry.subentries[subentry(home, "Anna")]
    wishes = {"do_not_disturb_entity": "binary_sensor.focus"}
    home.hass.states.async_set("binary_sensor.focus", "on")
    home.hass.config_entries.async_update_subentry(
        home.entry, anna, data={**anna.data, "preferences": wishes}
    )
    await home.settle()
    sent = await act(home, "send", message="x")
    await home.wait(2 * 3600, 300)
    (intent,) = (await act(home, "explain", notification_id=sent["notification_id"]))[
        "intents"
    ]
    (decision,) = intent["decisions"]
    assert (decision["outcome"], intent["state"]) == ("hold", "held")
    # the latest stands for all
    assert datetime.fromisoformat(decision["until"]) > datetime.now(UTC)


async def _with_rule(home: Home, name: str, **when: Any) -> None:
    home._add("rule", name, when=when, then={"drop": True})
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()


async def test_a_condition_is_answered_for_the_supposed_time(home: Home) -> None:
    """It is 23:00 in the home, and noon is asked about."""
    evening = [{"condition": "time", "after": "22:00:00"}]
    await _with_rule(home, "Evening", condition=evening)
    now = await act(home, "explain", message="Hi")
    assert [each["outcome"] for each in now["decisions"]] == ["drop"]
    noon = await act(home, "explain", message="Hi", at="2026-11-21 12:00:00")
    assert [each["outcome"] for each in noon["decisions"]] == ["deliver"]
    assert noon["not_known"] == []
    assert noon["decisions"][0]["facts"]["condition:Evening"] is False
    previewed = await act(home, "preview", message="Hi", at="2026-11-21 12:00:00")
    assert [each["outcome"] for each in previewed["recipients"]] == ["deliver"]


async def test_what_nobody_knows_of_another_time_is_said_or_supposed(
    home: Home,
) -> None:
    await _with_rule(home, "Sunny", condition="{{ true }}")
    at = "2026-11-21 12:00:00"
    unknown = await act(home, "explain", message="Hi", at=at)
    assert [each["outcome"] for each in unknown["decisions"]] == ["deliver"]
    [sentence] = unknown["not_known"]
    assert sentence.startswith('Whether the condition of the rule "Sunny" holds then')
    assert any("passed over" in each for each in unknown["decisions"][0]["reasons"])
    for given, outcome in (("conditions_hold", "drop"), ("conditions_fail", "deliver")):
        answer = await act(home, "explain", message="Hi", at=at, **{given: ["sunny"]})
        assert [each["outcome"] for each in answer["decisions"]] == [outcome]
        assert answer["not_known"] == []
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "explain", message="Hi", conditions_hold=["Boat"])
    assert refused.value.translation_key == "unknown_rule"


async def test_a_channel_that_rests_is_a_fact_by_its_name(home: Home) -> None:
    down = await act(home, "explain", message="Hi", channels_down=["Pocket"])
    assert down["decisions"][0]["facts"]["resting:Pocket"] == "supposed to be down"


async def test_what_was_told_already_is_foretold(home: Home) -> None:
    said = {"message": "The door is open", "incident": "door"}
    await act(home, "send", **said)
    before = await _counts(home)
    [again] = (await act(home, "explain", **said))["decisions"]
    assert (again["outcome"], again["plan"]) == ("drop", [])
    assert "The same was told already" in again["reasons"][-1]
    assert again["summary"] == "Anna is not told"
    [later] = (await act(home, "explain", **said, at="2026-11-22 12:00:00"))[
        "decisions"
    ]
    assert later["outcome"] == "deliver"
    assert await _counts(home) == before
    sent = await act(home, "send", **said)
    assert [each["outcome"] for each in sent["intents"]] == ["drop"]


async def test_who_may_be_disturbed_can_be_supposed(home: Home) -> None:
    [quiet] = (await act(home, "explain", message="Hi", do_not_disturb=["Anna"]))[
        "decisions"
    ]
    assert quiet["outcome"] == "hold"
    assert quiet["facts"]["do_not_disturb"] is True
    [heard] = (await act(home, "explain", message="Hi", may_be_disturbed=["Anna"]))[
        "decisions"
    ]
    assert (heard["outcome"], heard["facts"]["do_not_disturb"]) == ("deliver", False)
