"""What recipients wish, changed by themselves: their own, without a new start."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import Context
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import (
    EVERY_CHANNEL,
    DigestWish,
    Preferences,
    Priority,
    Span,
)

from .home import Home


def _anna(home: Home) -> ConfigSubentry:
    return next(
        each
        for each in home.entry.subentries.values()
        if each.subentry_type == "recipient"
    )


def _entity(home: Home, platform: str, key: str) -> str:
    entity_id = er.async_get(home.hass).async_get_entity_id(
        platform, DOMAIN, f"{_anna(home).subentry_id}_{key}"
    )
    assert entity_id is not None
    return entity_id


def _heard(home: Home) -> Preferences:
    directory = home.entry.runtime_data.pipeline.directory
    preferences: Preferences = directory.recipients[_anna(home).subentry_id].preferences
    return preferences


async def _do(
    home: Home, action: str, key: str, user: MockUser | None = None, **data: Any
) -> None:
    platform, service = action.split(".")
    context = Context(user_id=user.id) if user else Context()
    await home.hass.services.async_call(
        platform,
        service,
        {"entity_id": _entity(home, platform, key), **data},
        blocking=True,
        context=context,
    )
    await home.settle()


async def test_quiet_hours_and_digest_are_heard_without_a_new_start(
    home: Home,
) -> None:
    runtime = home.entry.runtime_data
    await _do(home, "switch.turn_on", "quiet_hours")
    assert _heard(home).quiet == (Span(start=1320, end=420),)
    await _do(home, "time.set_value", "quiet_from", time="23:15:00")
    await _do(home, "time.set_value", "quiet_until", time="06:30:00")
    assert _heard(home).quiet == (Span(start=1395, end=390),)
    # where they would meet there would be none, or all day: it stays as it is
    await _do(home, "time.set_value", "quiet_until", time="23:15:00")
    assert _heard(home).quiet == (Span(start=1395, end=390),)
    await _do(home, "switch.turn_on", "digest")
    await _do(home, "time.set_value", "digest_at", time="18:00:00")
    assert _heard(home).digest == DigestWish(minute=1080)
    assert home.entry.runtime_data is runtime

    await _do(home, "switch.turn_off", "quiet_hours")
    await _do(home, "switch.turn_off", "digest")
    assert _heard(home) == Preferences()
    state = home.hass.states.get(_entity(home, "time", "quiet_from"))
    assert state is not None
    assert state.state == "unavailable"
    # and come back as they were
    await _do(home, "switch.turn_on", "quiet_hours")
    await _do(home, "switch.turn_on", "digest")
    assert _heard(home).quiet == (Span(start=1395, end=390),)
    assert _heard(home).digest == DigestWish(minute=1080)


async def test_words_and_categories(home: Home) -> None:
    await _do(home, "switch.turn_off", "detailed")
    await _do(home, "switch.turn_on", "private_lock_screen")
    await _do(home, "switch.turn_off", "about_maintenance")
    assert _heard(home) == Preferences(
        detailed=False,
        private_lock_screen=True,
        muted=frozenset({("maintenance", EVERY_CHANNEL)}),
    )
    await _do(home, "switch.turn_on", "detailed")
    await _do(home, "switch.turn_off", "private_lock_screen")
    await _do(home, "switch.turn_on", "about_maintenance")
    assert "preferences" not in _anna(home).data


async def test_sleep_has_times_of_its_own(home: Home) -> None:
    await _do(home, "switch.turn_on", "sleep_times")
    assert _heard(home).sleep == (Span(start=1380, end=420),)
    await _do(home, "time.set_value", "sleep_from", time="22:30:00")
    await _do(home, "time.set_value", "sleep_until", time="06:00:00")
    assert _heard(home).sleep == (Span(start=1350, end=360),)
    await _do(home, "switch.turn_off", "sleep_times")
    assert _heard(home) == Preferences()


def _choice(home: Home, key: str) -> tuple[str, list[str]]:
    state = home.hass.states.get(_entity(home, "select", key))
    assert state is not None
    return state.state, list(state.attributes.get("options", ()))


async def _choose(home: Home, key: str, option: str) -> None:
    await _do(home, "select.select_option", key, option=option)
    assert _choice(home, key)[0] == option


async def test_when_the_digest_comes_is_chosen(home: Home) -> None:
    runtime = home.entry.runtime_data
    assert _choice(home, "digest_rhythm") == (
        "off",
        ["off", "daily", "weekly", "arrival"],
    )
    assert _choice(home, "digest_day")[0] == "unavailable"
    await _choose(home, "digest_rhythm", "weekly")
    assert _heard(home).digest == DigestWish(minute=480, weekdays=frozenset({6}))
    await _choose(home, "digest_day", "fri")
    await _do(home, "time.set_value", "digest_at", time="18:00:00")
    weekly = DigestWish(minute=1080, weekdays=frozenset({4}))
    assert _heard(home).digest == weekly
    await _choose(home, "digest_rhythm", "weekly")  # it stays on that day
    assert _heard(home).digest == weekly
    await _choose(home, "digest_rhythm", "arrival")
    assert _heard(home).digest == DigestWish(minute=1080, on_arrival=True)
    await _choose(home, "digest_rhythm", "daily")
    assert _heard(home).digest == DigestWish(minute=1080)
    await _choose(home, "digest_rhythm", "off")
    assert _heard(home).digest is None
    assert home.entry.runtime_data is runtime


async def test_days_that_a_form_has_stored_stay_until_others_are_chosen(
    home: Home,
) -> None:
    days = [0, 2]
    stored = {
        "digest": {"minute": 480, "weekdays": days},
        "quiet": [{"start": 1320, "end": 420, "weekdays": days}],
    }
    home.hass.config_entries.async_update_subentry(
        home.entry,
        _anna(home),
        data=MappingProxyType({**_anna(home).data, "preferences": stored}),
    )
    await home.settle()
    before = _heard(home)
    for key in ("digest_rhythm", "quiet_days"):
        now, options = _choice(home, key)
        assert now == "chosen_days"
        assert now in options
        await _choose(home, key, "chosen_days")
    assert _heard(home) == before
    await _choose(home, "quiet_days", "working_days")
    assert _heard(home).quiet[0].weekdays == frozenset(range(5))
    assert "chosen_days" not in _choice(home, "quiet_days")[1]
    await _choose(home, "quiet_days", "every_day")
    assert _heard(home).quiet == (Span(start=1320, end=420),)
    await _do(home, "switch.turn_off", "quiet_hours")
    assert _choice(home, "quiet_days")[0] == "unavailable"


async def test_from_which_priority_on_over_each_channel(home: Home) -> None:
    channels = {
        each.title: each.subentry_id
        for each in home.entry.subentries.values()
        if each.subentry_type == "channel"
    }
    pocket = channels["Pocket"]
    state = home.hass.states.get(_entity(home, "select", f"least_{pocket}"))
    assert state is not None
    assert state.name == "Anna From which priority over Pocket"
    assert _choice(home, f"least_{pocket}")[0] == "low"
    await _choose(home, f"least_{pocket}", "high")
    assert _heard(home).least == {pocket: Priority.HIGH}
    await _choose(home, f"least_{channels['Inbox']}", "medium")
    await _choose(home, f"least_{pocket}", "low")
    assert _heard(home).least == {channels["Inbox"]: Priority.MEDIUM}
    # with the channel its choice goes
    gone = _entity(home, "select", f"least_{pocket}")
    home.hass.config_entries.async_update_subentry(
        home.entry,
        _anna(home),
        data=MappingProxyType({**_anna(home).data, "channels": [channels["Inbox"]]}),
    )
    await home.settle()
    assert er.async_get(home.hass).async_get(gone) is None
    assert _choice(home, f"least_{channels['Inbox']}")[0] == "medium"


async def test_the_language_is_heard_without_a_new_start(home: Home) -> None:
    runtime = home.entry.runtime_data
    assert _choice(home, "message_language")[0] == "automatic"
    await _choose(home, "message_language", "de")
    await home.boil()
    assert home.received[-1].data["title"] == "Kettle ist fertig"
    await _choose(home, "message_language", "automatic")
    assert "language" not in _anna(home).data
    assert home.entry.runtime_data is runtime


async def test_only_ones_own(home: Home) -> None:
    anna = MockUser(name="Anna").add_to_hass(home.hass)
    ben = MockUser(name="Ben").add_to_hass(home.hass)
    boss = MockUser(name="Boss", is_owner=True).add_to_hass(home.hass)
    for user in (anna, ben):  # Home Assistant lets every user switch everything
        user.mock_policy({"entities": True})
    home.hass.states.async_set("person.anna", "home", {"user_id": anna.id})
    home.hass.config_entries.async_update_subentry(
        home.entry,
        _anna(home),
        data=MappingProxyType({**_anna(home).data, "person": "person.anna"}),
    )
    await home.settle()
    await _do(home, "switch.turn_off", "detailed", anna)
    with pytest.raises(ServiceValidationError) as refused:
        await _do(home, "switch.turn_on", "detailed", ben)
    assert refused.value.translation_key == "not_your_wishes"
    assert not _heard(home).detailed
    await _do(home, "switch.turn_on", "detailed", boss)
    assert _heard(home).detailed

    before = home.hass.states.get(_entity(home, "select", "message_language"))
    for action, key, data in (
        ("select.select_option", "message_language", {"option": "de"}),
        ("select.select_option", "digest_rhythm", {"option": "daily"}),
        ("switch.turn_on", "sleep_times", {}),
        ("button.press", "snooze_until_tomorrow", {}),
        ("button.press", "end_snooze", {}),
    ):
        with pytest.raises(ServiceValidationError) as refused:
            await _do(home, action, key, ben, **data)
        assert refused.value.translation_key == "not_your_wishes"
    assert _heard(home) == Preferences()
    after = home.hass.states.get(_entity(home, "select", "message_language"))
    assert before is not None
    assert after is not None
    assert before.state == after.state == "automatic"
    await _do(home, "select.select_option", "message_language", anna, option="de")
    assert _anna(home).data["language"] == "de"


async def test_everything_else_is_a_new_start(home: Home) -> None:
    runtime = home.entry.runtime_data
    home.hass.config_entries.async_update_subentry(
        home.entry,
        _anna(home),
        data=MappingProxyType({**_anna(home).data, "roles": ["guest"]}),
    )
    await home.settle()
    assert home.entry.runtime_data is not runtime
