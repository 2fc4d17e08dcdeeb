"""A phone that really registered, and a push service that fails in every way it can."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
import logging
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.channels.mobile_app import MobileApp
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
)
from tests.adapters.delivering import open_desk
from tests.channels.phones import PushService, RegisteredPhone, by_cloud, register

LOGGER = "homeassistant.components.mobile_app.notify"


class Scene:
    """A phone, its push service, and the channel to it."""

    def __init__(
        self, hass: HomeAssistant, push: PushService, phone: RegisteredPhone
    ) -> None:
        self.push = push
        self.phone = phone
        self.channel = MobileApp(hass, "phone", "Anna's phone", phone.device_id)


@pytest.fixture
async def scene(
    hass: HomeAssistant, hass_client: Callable[[], Any], socket_enabled: None
) -> AsyncIterator[Scene]:
    push = PushService()
    async with push.running() as address:
        phone = await register(hass, hass_client, by_cloud(address))
        yield Scene(hass, push, phone)


async def test_it_is_offered_and_found_in_order(
    hass: HomeAssistant, scene: Scene
) -> None:
    (choice,) = MobileApp.choices(hass)

    assert (choice.value, choice.label) == (scene.phone.device_id, "Pixel")
    assert MobileApp.problem(hass, choice.value) is None


async def test_what_is_no_phone_is_said(hass: HomeAssistant, scene: Scene) -> None:
    other = MockConfigEntry(domain="kettle")
    other.add_to_hass(hass)
    kettle = dr.async_get(hass).async_get_or_create(
        config_entry_id=other.entry_id, identifiers={("kettle", "1")}
    )

    assert MobileApp.problem(hass, kettle.id) == "not_a_phone"
    assert MobileApp.problem(hass, "gone") == "target_gone"


async def test_the_push_carries_what_makes_it_answerable(
    hass: HomeAssistant, tmp_path: Path, scene: Scene
) -> None:
    async with open_desk(hass, tmp_path, phone=scene.channel) as desk:
        intent_id = await desk.send("phone", tag="rn-washer-1")
        record = await desk.proven(intent_id)

    assert record.evidence is Evidence.ACCEPTED
    (push,) = scene.push.got
    assert push["title"] == "Washing machine"
    assert push["message"] == "Washing machine finished"
    assert push["push_token"] == "secret-token"
    # six hours, after which it is no news
    assert 0 < push["data"].pop("timeout") <= 6 * 3600
    assert push["data"] == {
        "tag": "rn-washer-1",
        "group": "Washing machine",
        "confirmation": True,
        "url": "/reliable-notifications",
        "clickAction": "/reliable-notifications",
        "rn_intent": intent_id,
        "action_data": {"rn_intent": intent_id},
        "actions": [
            {"action": f"RN_ACKNOWLEDGE_{intent_id}", "title": "OK"},
            {"action": f"RN_SNOOZE_{intent_id}", "title": "In 15 minutes"},
            {"action": f"RN_MORE_{intent_id}", "title": "More"},
        ],
    }


@pytest.mark.parametrize(
    "status",
    [
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
    ],
)
async def test_a_swallowed_refusal_is_no_success(
    hass: HomeAssistant, tmp_path: Path, scene: Scene, status: HTTPStatus
) -> None:
    scene.push.status = status
    async with open_desk(hass, tmp_path, phone=scene.channel) as desk:
        intent_id = await desk.send("phone")
        record = await desk.until(
            intent_id, lambda each: each.state is IntentState.WAITING
        )
        ((channel, evidence, detail), _) = await desk.attempts(intent_id)

    assert (channel, evidence) == ("phone", "unreachable")
    assert detail
    assert "secret-token" not in detail
    assert "http" not in detail
    assert record.evidence is Evidence.DISPATCHED  # the last resort has it


async def test_a_push_service_that_is_gone_is_no_success(
    hass: HomeAssistant, tmp_path: Path, hass_client: Callable[[], Any], scene: Scene
) -> None:
    gone = await register(
        hass,
        hass_client,
        by_cloud("http://127.0.0.1:1/push"),
        device_id="other",
        device_name="Tablet",
    )
    tablet = MobileApp(hass, "tablet", "Tablet", gone.device_id)
    async with open_desk(hass, tmp_path, phone=scene.channel, tablet=tablet) as desk:
        intent_id = await desk.send("tablet", "phone")
        record = await desk.over(intent_id)

        assert record.channel_id == "phone"
        first, second = await desk.attempts(intent_id)
        assert first[:2] == ("tablet", "unreachable")
        assert "/push" not in first[2]
        assert second == ("phone", "accepted", "The push service said yes")


async def test_failures_of_one_phone_are_not_booked_on_another(
    hass: HomeAssistant, tmp_path: Path, hass_client: Callable[[], Any], scene: Scene
) -> None:
    broken = PushService()
    broken.status = HTTPStatus.BAD_REQUEST
    async with broken.running() as address:
        phone = await register(
            hass,
            hass_client,
            by_cloud(address),
            device_id="other",
            device_name="Tablet",
        )
        tablet = MobileApp(hass, "tablet", "Tablet", phone.device_id)
        async with open_desk(
            hass, tmp_path, phone=scene.channel, tablet=tablet
        ) as desk:
            good = [await desk.store("phone") for _ in range(3)]
            bad = [await desk.store("tablet") for _ in range(3)]
            mixed = [each for pair in zip(good, bad, strict=True) for each in pair]
            desk.courier.submit(mixed)
            for each in good:
                await desk.over(each)
            for each in bad:
                await desk.until(
                    each, lambda record: record.state is IntentState.WAITING
                )
            told = [(await desk.attempts(each))[0][1] for each in mixed]

    assert told == ["accepted", "unreachable"] * 3


async def test_a_hanging_push_service_is_given_up(
    hass: HomeAssistant, tmp_path: Path, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MobileApp, "patience", 0.2)
    scene.push.hang = True
    async with open_desk(hass, tmp_path, phone=scene.channel) as desk:
        intent_id = await desk.send("phone")
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)

        assert (await desk.attempts(intent_id))[0][:2] == ("phone", "timed_out")


async def test_edge_08_a_silenced_logger_leaves_it_unverified(
    hass: HomeAssistant, tmp_path: Path, scene: Scene
) -> None:
    logger = logging.getLogger(LOGGER)
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        async with open_desk(hass, tmp_path, phone=scene.channel) as desk:
            record = await desk.over(await desk.send("phone"))
    finally:
        logger.setLevel(before)

    assert record.evidence is Evidence.DISPATCHED
    assert logger.handlers == []


async def test_edge_06_a_renamed_phone_keeps_working(
    hass: HomeAssistant, tmp_path: Path, scene: Scene
) -> None:
    before = set(hass.services.async_services_for_domain("notify"))
    await scene.phone.rename("Anna's new phone")
    after = set(hass.services.async_services_for_domain("notify"))
    assert before != after  # the action's name has changed

    async with open_desk(hass, tmp_path, phone=scene.channel) as desk:
        record = await desk.over(await desk.send("phone"))

    assert record.evidence is Evidence.ACCEPTED
    assert len(scene.push.got) == 1


async def test_a_removed_phone_is_refused(
    hass: HomeAssistant, tmp_path: Path, scene: Scene
) -> None:
    (entry,) = hass.config_entries.async_entries("mobile_app")
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()

    async with open_desk(hass, tmp_path, phone=scene.channel) as desk:
        intent_id = await desk.send("phone")
        record = await desk.over(intent_id)

        assert (await desk.attempts(intent_id))[0] == (
            "phone",
            "refused",
            "The phone was removed from Home Assistant",
        )
        assert record.channel_id == "last_resort"


async def test_a_message_is_taken_back(hass: HomeAssistant, scene: Scene) -> None:
    await scene.channel.async_clear("rn-washer-1")

    (push,) = scene.push.got
    assert push["message"] == "clear_notification"
    assert push["data"] == {"tag": "rn-washer-1"}


async def test_before_the_app_is_set_up_its_phones_are_awaited(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    entry = MockConfigEntry(
        domain="mobile_app", data={"app_data": {"push_websocket_channel": True}}
    )
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("mobile_app", "serial")}
    )
    channel = MobileApp(hass, "phone", "Anna's phone", device.id)
    async with open_desk(hass, tmp_path, phone=channel) as desk:
        intent_id = await desk.send("phone")
        await desk.over(intent_id)

        evidence, detail = (await desk.attempts(intent_id))[0][1:]
        assert evidence == "refused"  # Home Assistant runs: it will not come any more
        assert "mobile_app" in detail
