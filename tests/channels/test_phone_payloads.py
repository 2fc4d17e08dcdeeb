"""What is pushed to a phone: as loud, as answerable and as lasting as it should be."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

from homeassistant.components.person import async_create_person
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.channels.mobile_app import (
    MobileApp,
    Progress,
    phones_of,
)
from custom_components.reliable_notifications.engine.content.verbs import (
    OFFERS,
    Offer,
    Verb,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    InterruptionLevel,
    Priority,
)
from tests.channels.envelopes import envelope
from tests.channels.phones import PushService, RegisteredPhone, by_cloud, register

IPHONE = {"os_name": "iOS", "manufacturer": "Apple", "model": "iPhone17,1"}
PHONES: dict[str, dict[str, Any]] = {"Android": {}, "iOS": IPHONE}


class Pushed:
    """Phones that are registered, and what they were pushed."""

    def __init__(self, hass: HomeAssistant, service: PushService) -> None:
        self.hass = hass
        self.service = service
        self.register: Callable[..., Any]

    async def phone(
        self, system: str, app_data: dict[str, Any] | None = None, **settings: Any
    ) -> MobileApp:
        phone = await self.register(system, app_data or {})
        return MobileApp(self.hass, "it", "It", phone.device_id, settings)

    async def send(self, channel: MobileApp, **changes: Any) -> dict[str, Any]:
        await channel.async_send(envelope(**changes))
        return self.service.got[-1]["data"]


@pytest.fixture
async def pushed(
    hass: HomeAssistant, hass_client: Callable[[], Any], socket_enabled: None
) -> AsyncIterator[Pushed]:
    service = PushService()
    pushed = Pushed(hass, service)
    async with service.running() as address:

        async def registered(system: str, app_data: dict[str, Any]) -> RegisteredPhone:
            return await register(
                hass,
                hass_client,
                by_cloud(address) | app_data,
                device_id=system,
                device_name=system,
                **PHONES[system],
            )

        pushed.register = registered
        yield pushed


ANDROID_AT_ONCE = {"ttl": 0, "priority": "high"}
CRITICAL = {
    "interruption-level": "critical",
    "sound": {"name": "default", "critical": 1, "volume": 1.0},
}


@pytest.mark.parametrize(
    ("system", "priority", "loudness"),
    [
        (
            "Android",
            Priority.URGENT,
            ANDROID_AT_ONCE | {"channel": "alarm_stream", "sticky": "true"},
        ),
        ("Android", Priority.HIGH, ANDROID_AT_ONCE),
        ("Android", Priority.MEDIUM, {}),
        ("Android", Priority.LOW, {"channel": "Quiet", "importance": "low"}),
        ("iOS", Priority.URGENT, {"push": CRITICAL}),
        ("iOS", Priority.HIGH, {"push": {"interruption-level": "time-sensitive"}}),
        ("iOS", Priority.MEDIUM, {"push": {"interruption-level": "active"}}),
        ("iOS", Priority.LOW, {"push": {"interruption-level": "passive"}}),
    ],
)
async def test_each_priority_is_as_loud_as_it_should_be(
    pushed: Pushed, system: str, priority: Priority, loudness: dict[str, Any]
) -> None:
    data = await pushed.send(await pushed.phone(system), priority=priority)
    loud = {"ttl", "priority", "channel", "importance", "sticky", "push"}
    assert {key: data[key] for key in loud & data.keys()} == loudness


async def test_who_does_not_want_to_be_woken_gets_it_at_once_but_not_as_an_alarm(
    pushed: Pushed,
) -> None:
    phone = await pushed.phone("iOS", break_silence=False)
    data = await pushed.send(phone, priority=Priority.URGENT)
    assert data["push"] == {"interruption-level": "time-sensitive"}


def labels(data: dict[str, Any]) -> list[str]:
    return [button["title"] for button in data["actions"]]


async def test_android_shows_three_buttons_and_an_iphone_all_of_them(
    pushed: Pushed,
) -> None:
    android, iphone = await pushed.phone("Android"), await pushed.phone("iOS")
    finished = {OFFERS: "emptied", "appliance": "Washer"}
    answers = ["OK", "Emptied", "In 15 minutes"]

    data = await pushed.send(android, data=finished)
    assert labels(data) == answers
    assert data["group"] == "Washer"
    data = await pushed.send(iphone, data=finished)
    longer, wrong = (
        ["Tomorrow", "Until emptied"],
        ["Wrong person", "Too late", "Too loud"],
    )
    assert labels(data) == [*answers, "Reply", *longer, *wrong, "More"]
    reply, more = data["actions"][3], data["actions"][-1]
    assert reply["behavior"] == "textInput"
    assert reply["action"] == "RN_REPLY_01INTENT"
    assert more["uri"] == "/reliable-notifications"

    data = await pushed.send(android)
    assert labels(data) == ["OK", "In 15 minutes", "More"]
    assert data["actions"][-1]["action"] == "RN_MORE_01INTENT"

    data = await pushed.send(android, priority=Priority.URGENT)
    assert labels(data) == ["OK", "More", "Reply"]


async def test_edge_29_whoever_finds_a_locked_phone_cannot_answer_what_is_urgent(
    pushed: Pushed,
) -> None:
    for system in PHONES:
        phone = await pushed.phone(system)
        data = await pushed.send(phone, priority=Priority.URGENT)
        answers = [each for each in data["actions"] if "uri" not in each]
        assert answers
        assert all(each["authenticationRequired"] for each in answers)
        data = await pushed.send(phone, priority=Priority.HIGH)
        assert not any("authenticationRequired" in each for each in data["actions"])


async def test_it_goes_away_when_it_is_no_news_any_more(pushed: Pushed) -> None:
    phone = await pushed.phone("Android")
    now = dt_util.utcnow().timestamp()
    data = await pushed.send(phone, deadline=now + 600)
    assert 590 < data["timeout"] <= 600
    assert (await pushed.send(phone, deadline=now - 600))["timeout"] == 1
    assert "timeout" not in await pushed.send(phone, deadline=None)


async def test_a_picture_is_shown(pushed: Pushed) -> None:
    phone = await pushed.phone("Android")
    data = await pushed.send(phone, data={"image": "/local/washer.jpg"})
    assert data["image"] == "/local/washer.jpg"
    assert "image" not in await pushed.send(phone)


async def test_progress_is_shown_in_place_and_taken_away(pushed: Pushed) -> None:
    phone = await pushed.phone("Android", live_progress=True)
    assert phone.shows_progress
    await phone.async_show_progress(
        Progress(
            tag="rn-live-washer",
            title="Washer",
            message="Running",
            share=0.254,
            ends_at=1_800_000_000.4,
        )
    )
    await phone.async_show_progress(
        Progress(tag="rn-live-washer", title="Washer", message="Running")
    )
    first, second = pushed.service.got
    assert (first["title"], first["message"]) == ("Washer", "Running")
    assert first["data"] == {
        "tag": "rn-live-washer",
        "live_update": True,
        "alert_once": True,
        "silent": True,
        "url": "/reliable-notifications",
        "clickAction": "/reliable-notifications",
        "progress": 25,
        "progress_max": 100,
        "chronometer": True,
        "when": 1_800_000_000,
    }
    assert not {"progress", "chronometer", "when"} & second["data"].keys()


async def test_progress_is_for_those_who_want_it(pushed: Pushed) -> None:
    assert not (await pushed.phone("Android")).shows_progress


async def test_an_iphone_shows_progress_once_it_has_allowed_live_activities(
    hass: HomeAssistant, pushed: Pushed
) -> None:
    """Each step would come as a message of its own otherwise."""
    assert not (await pushed.phone("iOS", live_progress=True)).shows_progress
    allowed = {"start_live_activity_token": "begin"}
    phone = await pushed.phone("iOS", allowed, live_progress=True)
    known = "live_activity_tokens" in hass.data["mobile_app"]
    assert phone.shows_progress is known
    if known:  # since 2026.7
        await phone.async_show_progress(Progress(tag="rn-live", title="", message="."))
        got = pushed.service.got[-1]
        assert (got["live_activity_token"], got["data"]["event"]) == ("begin", "start")


async def test_the_phones_of_a_person_are_found(
    hass: HomeAssistant, pushed: Pushed
) -> None:
    phones = {system: await pushed.phone(system) for system in PHONES}
    registry = er.async_get(hass)
    trackers = {}
    for entry in hass.config_entries.async_entries("mobile_app"):
        (tracker,) = (
            each.entity_id
            for each in er.async_entries_for_config_entry(registry, entry.entry_id)
            if each.domain == "device_tracker"
        )
        trackers[entry.data["device_name"]] = tracker
    router = registry.async_get_or_create("device_tracker", "router", "1").entity_id
    carried = [trackers["iOS"], router, trackers["Android"]]
    await async_create_person(hass, "Anna", device_trackers=carried)
    await hass.async_block_till_done()

    assert phones_of(hass, "person.anna") == [
        phones["iOS"].target,
        phones["Android"].target,
    ]
    assert phones_of(hass, "person.nobody") == []


async def test_buttons_of_an_automation_come_before_ours(pushed: Pushed) -> None:
    own = '[{"action": "LOCK", "title": "Lock"}, {"action": "A", "title": "Look", '
    data = await pushed.send(
        await pushed.phone("Android"), data={"buttons": own + '"uri": "/door"}]'}
    )
    assert data["actions"][:2] == [
        {"action": "LOCK", "title": "Lock"},
        {"action": "URI", "title": "Look", "uri": "/door"},
    ]
    assert len(data["actions"]) == 3


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (None, Priority.MEDIUM),
        (InterruptionLevel.CRITICAL, Priority.URGENT),
        (InterruptionLevel.TIME_SENSITIVE, Priority.HIGH),
        (InterruptionLevel.ACTIVE, Priority.MEDIUM),
        (InterruptionLevel.PASSIVE, Priority.LOW),
    ],
)
def test_it_disturbs_as_far_as_was_decided(
    level: InterruptionLevel | None, expected: Priority
) -> None:
    assert envelope(priority=Priority.MEDIUM, level=level).loudness is expected


async def test_what_came_of_a_tap_is_said_softly_and_under_a_tag_of_its_own(
    pushed: Pushed,
) -> None:
    """Android takes the message away with the tap; an iPhone had all the buttons."""
    asks = Offer(
        intent_id="01INTENT",
        title="Washer",
        message="It is done",
        language="de",
        verbs=(Verb.UNTIL_TOMORROW, Verb.COMPLAIN),
    )
    says = replace(asks, verbs=(), text="Notiert.")
    android, iphone = await pushed.phone("Android"), await pushed.phone("iOS")
    await android.async_offer(asks)
    push = pushed.service.got[-1]
    assert push["message"] == "It is done"
    assert push["data"]["tag"] == "rn-offer-01INTENT"
    assert push["data"]["channel"] == "Quiet"
    assert labels(push["data"]) == ["Morgen", "Was war falsch?"]
    assert push["data"]["timeout"] == 120
    before = len(pushed.service.got)
    await iphone.async_offer(asks)
    assert len(pushed.service.got) == before
    await iphone.async_offer(says)
    push = pushed.service.got[-1]
    assert push["message"] == "Notiert."
    assert push["data"]["push"] == {"interruption-level": "passive"}
    assert push["data"]["actions"] == []
