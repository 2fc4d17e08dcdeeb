"""Every event for which the form offers a text of one's own is told in that text."""

from __future__ import annotations

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import ContactKind
from tests.flows.forms import Forms

from .home import Home
from .test_told_in_one_letter import (
    Posted,
    posted as posted,  # noqa: PLC0414 - a fixture
    tell_a_digest,
)

# which we tell ourselves, each in a way of its own
OWN_WAYS = {"digest", "test", "verification_code"}


async def _offered(home: Home) -> list[str]:
    form = await Forms(home.hass, home.entry).add("message_template")
    assert form["data_schema"] is not None
    (event,) = (
        selector
        for field, selector in form["data_schema"].schema.items()
        if field == "event"
    )
    return list(event.config["options"])


async def _put_in_place(home: Home, events: list[str]) -> None:
    for event in events:
        home._add(
            "message_template",
            event,
            event=event,
            message=f"Mine of {event}: {{{{ message }}}}",
        )
    await home.settle()


async def test_of_what_is_sent(home: Home) -> None:
    events = [each for each in await _offered(home) if each not in OWN_WAYS]
    assert len(events) > 20
    await _put_in_place(home, events)
    pocket = next(
        each.subentry_id
        for each in home.entry.subentries.values()
        if each.title == "Pocket"
    )
    for event in events:
        words = {"message": "Hello"} if event == "message" else {"event": event}
        facts = {"appliance": "Kettle", "channel": "Fax", "objective": "Uptime"}
        facts |= {"repair": "R-1", "reward": "Cup", "task": "Descale", "count": 2}
        await home.hass.services.async_call(
            DOMAIN,
            "send",
            {**words, "data": facts, "channels": [pocket], "recipients": ["Anna"]}
            | {"priority": "urgent"},
            blocking=True,
        )
        await home.settle()
        assert home.received, event
        told = home.received.pop().data["message"]
        assert told.startswith(f"Mine of {event}: "), (event, told)
        assert told != f"Mine of {event}: ", event


async def test_of_what_an_appliance_does(home: Home) -> None:
    await _put_in_place(home, ["cycle_finished"])
    for _ in range(3):
        await home.boil()
    assert home.received
    assert home.received[-1].data["message"].startswith("Mine of cycle_finished: Ran")


async def test_of_a_trial(home: Home) -> None:
    await _put_in_place(home, ["test"])
    await home.hass.services.async_call(
        DOMAIN,
        "test_channel",
        {"channel": "Pocket"},
        blocking=True,
        return_response=True,
    )
    await home.settle()
    (told,) = home.received
    assert told.data["message"].startswith("Mine of test: ")


async def test_of_a_code(posted: Posted) -> None:
    await _put_in_place(posted, ["verification_code"])
    verification = posted.entry.runtime_data.verification
    went_wrong = await verification.async_send(
        ContactKind.EMAIL, "b@example.org", "Bob", "en"
    )
    assert went_wrong is None
    (mail,) = posted.mails
    assert "Mine of verification_code: " in mail["message"]
    assert "Mine of verification_code: " in mail["data"]["html"]


async def test_of_a_digest(posted: Posted) -> None:
    await _put_in_place(posted, ["digest"])
    mail = await tell_a_digest(posted)
    assert "Mine of digest: Messages: 2." in mail["message"]
    assert "• Order salt" in mail["message"]
    assert "Mine of digest: " in mail["data"]["html"]
