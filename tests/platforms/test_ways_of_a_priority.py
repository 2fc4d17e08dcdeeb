"""Over which channels a priority goes, as somebody has set it in the settings."""

from __future__ import annotations

from typing import Any

from .home import Home
from .test_sending import act


async def _set(home: Home, priority: str, **ways: Any) -> None:
    """Change it as a person does: settings, priority, the section of channels."""
    flow = home.hass.config_entries.options
    page: Any = await flow.async_init(home.entry.entry_id)
    for answer in ({"next_step_id": "priority"}, {"priority": priority}):
        page = await flow.async_configure(page["flow_id"], answer)
    shown = {
        str(key): key.description["suggested_value"]
        for key in page["data_schema"].schema
        if key.description
    }
    (section,) = (
        each for key, each in page["data_schema"].schema.items() if key == "ways"
    )
    before = {
        str(key): key.description["suggested_value"]
        for key in section.schema.schema
        if key.description
    }
    answers = {**shown, "ways": {**before, **ways}}
    await flow.async_configure(page["flow_id"], answers)
    await home.settle()


async def test_a_kind_of_channel_that_is_chosen_nowhere_is_not_used(home: Home) -> None:
    await act(home, "send", message="Before")
    assert [call.data["message"] for call in home.received] == ["Before"]
    await home.wait(60)
    await _set(home, "medium", first=["in_app"], then=[], last=[])

    answer = await act(home, "send", message="After")

    (intent,) = answer["intents"]
    assert intent["channels"][0]["channel"] == "Inbox"
    assert "Skipped Pocket: not used for medium" in intent["reasons"]
    assert [call.data["message"] for call in home.received] == ["Before"]
    high = await act(home, "send", message="Louder", priority="high")
    assert high["intents"][0]["channels"][0]["channel"] == "Pocket"


async def test_both_are_asked_at_once_where_that_was_chosen(home: Home) -> None:
    ways = {"first": ["push", "in_app"], "then": [], "last": [], "together": "yes"}
    await _set(home, "medium", **ways)

    await act(home, "send", message="Filter is full")

    (record,) = await home.entry.runtime_data.outbox.records_since(0)
    assert [call.data["message"] for call in home.received] == ["Filter is full"]
    assert record.attempts == 2
