"""Each recipient's latest messages, what became of them, and why."""

from __future__ import annotations

from typing import Any

from .home import Home
from .test_sending import act


def shown(home: Home) -> tuple[str, list[dict[str, Any]]]:
    state = home.hass.states.get(home.entity("sensor", "messages"))
    assert state is not None
    return state.state, state.attributes["messages"]


async def test_what_was_told_and_what_waits_with_the_reasons(home: Home) -> None:
    await act(home, "send", message="Dinner is ready", title="Dinner")
    await home.wait(70, 10)
    await act(home, "pause", minutes=30)
    await act(home, "send", message="Later", title="Not now")
    await home.wait(10)

    count, [waiting, dinner] = shown(home)
    assert count == "1"
    assert (waiting["title"], waiting["state"], waiting["waits"]) == (
        "Not now",
        "held",
        True,
    )
    assert any("paused until" in each for each in waiting["why"])
    assert "If the pause were ended" in waiting["would_change"]
    assert waiting["until"] > waiting["at"]
    assert (dinner["title"], dinner["state"], dinner["channel"]) == (
        "Dinner",
        "unverified",
        "Pocket",
    )
    assert not dinner["waits"]

    explained = await act(home, "explain", intent_id=waiting["intent_id"])
    [intent] = explained["intents"]
    assert set(intent["decisions"][-1]["reasons"]) <= set(waiting["why"])

    await act(home, "resume")
    await home.wait(10)
    count, [_, _] = shown(home)
    assert count == "0"


async def test_what_was_not_told_says_so(home: Home) -> None:
    await act(home, "send", message="Door", incident="door")
    await home.wait(10)
    await act(home, "send", message="Door", incident="door")
    await home.wait(10)
    lost = await act(home, "send", message="Lost")
    await home.wait(10)
    runtime = home.entry.runtime_data
    await runtime.database.write(
        lambda connection: connection.execute(
            "UPDATE intent SET state = 'failed', reason = 'Nothing got through'"
            " WHERE id = ?",
            (lost["intents"][0]["intent_id"],),
        )
    )
    await runtime.latest_messages.async_read()
    _, [failed, again, first] = shown(home)
    assert (first["title"], again["title"]) == ("Door", "Door")
    assert again["state"] == "not_told"
    assert again["why"] == ["The same was told already"]  # without an id
    assert failed["state"] == "failed"
    assert failed["why"][0] == "Nothing got through"


async def test_no_more_than_a_screen_and_no_test(home: Home) -> None:
    for number in range(10):
        await act(home, "send", message=f"Message {number}")
        await home.wait(30, 10)
    await act(home, "test_channel", channel="Inbox")
    await home.wait(10)
    _, listed = shown(home)
    assert [each["title"] for each in listed] == [
        f"Message {number}" for number in range(9, 1, -1)
    ]


async def test_the_recorder_does_not_keep_them(home: Home) -> None:
    await act(home, "send", message="Dinner")
    await home.wait(10)
    entity_id = home.entity("sensor", "messages")
    state = home.hass.states.get(entity_id)
    assert state is not None
    assert state.state_info is not None
    assert "messages" in state.state_info["unrecorded_attributes"]
