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


async def test_everything_else_is_a_new_start(home: Home) -> None:
    runtime = home.entry.runtime_data
    home.hass.config_entries.async_update_subentry(
        home.entry,
        _anna(home),
        data=MappingProxyType({**_anna(home).data, "language": "de"}),
    )
    await home.settle()
    assert home.entry.runtime_data is not runtime
