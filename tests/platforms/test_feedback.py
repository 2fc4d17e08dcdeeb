"""Somebody says what was wrong with a message: kept, answered with a proposal."""

from __future__ import annotations

from typing import Any

from homeassistant.core import Event, callback
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.reliable_notifications.compat import vol
from custom_components.reliable_notifications.const import EVENT_PREFIX

from .home import Home
from .test_sending import act, add_ben


async def _told(home: Home, **data: Any) -> str:
    answer = await act(home, "send", message="Hello", **data)
    return str(answer["intents"][0]["intent_id"])


def _rules(home: Home) -> list[dict[str, Any]]:
    return [
        dict(each.data)
        for each in home.entry.subentries.values()
        if each.subentry_type == "rule"
    ]


async def test_too_loud_proposes_a_softer_rule_and_makes_it_if_wanted(
    home: Home,
) -> None:
    heard: list[dict[str, Any]] = []

    @callback
    def hear(event: Event[Any]) -> None:
        heard.append(dict(event.data))

    home.hass.bus.async_listen(f"{EVENT_PREFIX}feedback", hear)
    intent_id = await _told(home, event="doorbell")
    asked = await act(home, "feedback", intent_id=intent_id, complaint="too_loud")
    assert asked["applied"] is False
    assert asked["proposal"]["kind"] == "rule"
    assert asked["proposal"]["then"] == {"priority": "low"}
    assert _rules(home) == []
    assert [(each["complaint"], each["recipient"]) for each in heard] == [
        ("too_loud", "Anna")
    ]
    (parcel,) = await home.entry.runtime_data.outbox.load([intent_id])
    assert parcel.delivery.evidence.value == "seen"  # who complains has seen it
    for _ in range(2):  # a second tap makes no second rule
        made = await act(
            home, "feedback", intent_id=intent_id, complaint="too_loud", apply=True
        )
        assert made["applied"] is True
    assert len(_rules(home)) == 1
    again = await act(home, "explain", message="Hello", event="doorbell")
    assert again["decisions"][0]["priority"] == "low"
    assert again["decisions"][0]["rules"] == ["Anna: doorbell, too loud"]


async def test_the_wrong_person_is_left_out_from_now_on(home: Home) -> None:
    await add_ben(home)
    intent_id = await _told(home, event="doorbell", recipients=["Anna", "Ben"])
    made = await act(
        home, "feedback", intent_id=intent_id, complaint="wrong_person", apply=True
    )
    assert made["applied"] is True
    answer = await act(home, "send", message="Again", event="doorbell")
    assert [each["recipient"] for each in answer["intents"]] == ["Ben"]


async def test_who_is_alone_opts_out_of_the_category(home: Home) -> None:
    intent_id = await _told(home, category="reward")
    made = await act(
        home, "feedback", intent_id=intent_id, complaint="wrong_person", apply=True
    )
    assert made["proposal"] == {"kind": "wish", "opts_out_of": "reward"}
    answer = await act(home, "send", message="Again", category="reward")
    assert [each["outcome"] for each in answer["intents"]] == ["drop"]


async def test_an_alarm_is_not_made_softer_by_a_tap(home: Home) -> None:
    intent_id = await _told(home, priority="urgent")
    answer = await act(
        home, "feedback", intent_id=intent_id, complaint="too_loud", apply=True
    )
    assert answer == {"proposal": None, "applied": False}


async def test_bad_input_says_what_is_wrong(home: Home) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "feedback", intent_id="nothing", complaint="too_loud")
    assert refused.value.translation_key == "nothing_known_of_it"
    with pytest.raises(vol.Invalid):
        await act(home, "feedback", intent_id="nothing", complaint="too_long")
