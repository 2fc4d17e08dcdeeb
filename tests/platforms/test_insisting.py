"""Nobody reacts: what the table, a rule, and a wish for an answer make of it."""

from __future__ import annotations

from typing import Any

from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.reliable_notifications.adapters.delivery_log import DeliveryLog
from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.decisions import switchboard
from custom_components.reliable_notifications.engine.routing.router import (
    NOTHING_LAID_DOWN,
    decide,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Decision,
    Evidence,
)

from .home import Home
from .test_emptied_by_phone import Phoned
from .test_sending import act, add_ben, subentry, told

MINUTE = 60.0
NEVER: dict[str, Any] = {"others": []}


async def lay_down(home: Home, **options: Any) -> None:
    home.hass.config_entries.async_update_entry(home.entry, options=options)
    await home.settle()
    await home.wait(1)  # two reports never come at the same instant


async def of_ben(home: Home, **then: Any) -> None:
    """Ben is told of a finished cycle where nobody else reacts, or in another way."""
    await add_ben(home, roles=["technician"])
    ben = subentry(home, "Ben")
    then = {key: [ben] for key in then}
    home._add("rule", "Then Ben", when={"events": ["cycle_finished"]}, then=then)
    await home.settle()


async def names(home: Home) -> list[tuple[str, str, str]]:
    """Who is told of what, and how far that is."""
    records = await home.entry.runtime_data.outbox.records_since(0)
    return sorted(
        (each.event, each.recipient_name, each.state.value) for each in records
    )


async def test_a_rule_tells_further_people_though_the_table_tells_nobody(
    home: Home,
) -> None:
    await of_ben(home, escalate_to=True)
    await lay_down(home, policies={"high": NEVER, "urgent": NEVER})

    await home.boil()

    assert [word for word, _ in home.happened].count("cycle_finished") == 1
    ended = await home.entry.runtime_data.database.read(
        lambda connection: connection.execute(
            "SELECT ended_at IS NOT NULL FROM cycle"
        ).fetchall()
    )
    assert [tuple(row) for row in ended] == [(1,)]
    assert await names(home) == [
        ("cycle_finished", "Anna", "done"),
        ("cycle_finished", "Ben", "held"),
    ]
    calls = len(home.received)
    await home.wait(11 * MINUTE, 60)  # the finish was told a while ago
    assert len(home.received) == calls
    await home.wait(5 * MINUTE, 60)
    assert len(home.received) == calls + 1
    assert ("cycle_finished", "Ben", "done") in await names(home)


async def test_urgent_comes_where_nobody_is_to_be_told_further(home: Home) -> None:
    await add_ben(home)
    await lay_down(home, policies={"high": NEVER, "urgent": NEVER})

    answer = await act(
        home, "send", message="Water", priority="urgent", recipients=["Anna"]
    )
    await home.wait(20 * MINUTE, 60)

    assert told(answer) == ["Anna"]
    assert len(home.received) == 1


@pytest.mark.parametrize("event", ["message", "appliance_left_on"])
async def test_what_has_to_be_acknowledged_comes_again_until_it_is(
    phoned: Phoned, event: str
) -> None:
    await lay_down(phoned, events={"message": {"acknowledge": True}})
    words = {"event": event} if event != "message" else {"message": "Iron is on"}
    for answered in (False, True):
        await phoned.wait(3600, 600)  # so that it is news again
        phoned.push.got.clear()
        sent = await act(phoned, "send", **words)
        (push,) = phoned.push.got
        # somebody has looked, and that is not enough
        await phoned.phone.fire("mobile_app_notification_cleared", **push["data"])
        await phoned.settle()
        (parcel,) = await phoned.entry.runtime_data.outbox.of_notification(
            sent["notification_id"]
        )
        assert parcel.delivery.evidence is Evidence.SEEN
        if answered:
            await act(phoned, "acknowledge", intent_id=sent["intents"][0]["intent_id"])
        await phoned.wait(28 * MINUTE, 60)
        assert _again(phoned, push) == 1
        await phoned.wait(4 * MINUTE, 60)
        assert _again(phoned, push) == (1 if answered else 2)


async def test_urgent_that_nobody_has_to_acknowledge_stops_when_it_is_seen(
    phoned: Phoned,
) -> None:
    await lay_down(phoned, policies={"urgent": {"acknowledge": False}})
    sent = await act(phoned, "send", message="Rain comes", priority="urgent")
    (push,) = phoned.push.got
    await phoned.wait(3 * MINUTE, 30)
    assert _again(phoned, push) == 2
    await phoned.phone.fire("mobile_app_notification_cleared", **push["data"])
    await phoned.wait(30 * MINUTE, 60)
    assert _again(phoned, push) == 2
    # nor does its answer count where answers are counted
    (parcel,) = await phoned.entry.runtime_data.outbox.of_notification(
        sent["notification_id"]
    )
    log = await DeliveryLog(phoned.entry.runtime_data.database).records_since(0)
    assert [parcel.wants_answer, *(each.wants_answer for each in log)] == [False] * 2


async def test_what_can_wait_comes_again_when_quiet_hours_are_over(
    phoned: Phoned,
) -> None:
    """Told at seven; from a quarter past seven it is quiet for three quarters."""
    await phoned.hass.config.async_set_time_zone("UTC")
    quiet = [{"start": 7 * 60 + 15, "end": 8 * 60}]
    await lay_down(phoned, quiet=quiet)
    await act(phoned, "send", message="Filter is full", acknowledge=True)
    (push,) = phoned.push.got
    await phoned.wait(58 * MINUTE, 60)
    assert _again(phoned, push) == 1
    await phoned.wait(3 * MINUTE, 60)
    assert _again(phoned, push) == 2


def _again(phoned: Phoned, first: dict[str, Any]) -> int:
    """How often this very message has come to the phone."""
    return sum(
        push["message"] == first["message"]
        and push["data"]["tag"] == first["data"]["tag"]
        for push in phoned.push.got
    )


async def test_a_call_that_wants_an_answer_gets_one_from_others(home: Home) -> None:
    await of_ben(home, recipients=True)

    for wish, whom in ((False, ["Ben"]), (True, ["Ben", "Anna"])):
        answer = await act(
            home,
            "send",
            event="cycle_finished",
            data={"appliance": "Kettle", "cycle_id": str(wish)},
            message=f"Wish: {wish}",
            acknowledge=wish,
        )
        assert told(answer) == whom


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deciding by what the household has laid down fails."""

    def fails(*what: Any, laid_down: Any, **more: Any) -> tuple[Decision, ...]:
        if laid_down is not NOTHING_LAID_DOWN:
            raise IndexError("nobody has thought of this")
        return decide(*what, laid_down=laid_down, **more)

    monkeypatch.setattr(switchboard, "decide", fails)


@pytest.mark.usefixtures("faulty")
async def test_an_error_in_deciding_loses_no_event(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    await home.boil()
    answer = await act(home, "send", message="Water", priority="urgent")

    assert [word for word, _ in home.happened].count("cycle_finished") == 1
    assert {event for event, *_ in await names(home)} == {"cycle_finished", "message"}
    assert [call.data["message"] for call in home.received][-1] == "Water"
    (intent,) = answer["intents"]
    assert "told by the usual table" in intent["reasons"][0]
    hint = ir.async_get(home.hass).async_get_issue(DOMAIN, "deciding_failed")
    assert hint is not None
    assert hint.translation_placeholders == {
        "reason": "IndexError: nobody has thought of this"
    }
    assert "message is told by the usual tables after this" in caplog.text
