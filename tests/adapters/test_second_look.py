"""Held messages: decided again at their time, on a change, and after restarts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import CoreState, HomeAssistant, ServiceCall
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.adapters.courier import Courier
from custom_components.reliable_notifications.adapters.database import StorageFailed
from custom_components.reliable_notifications.adapters.decision_text import (
    all_of,
    latest_of,
    to_text,
)
from custom_components.reliable_notifications.adapters.parcel import (
    Asked,
    Parcel,
    Settled,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    LAST_RESORT,
    Decision,
    Evidence,
    Hold,
    IntentState,
    InterruptionLevel,
    Outcome,
    Plan,
    PlannedStep,
    Priority,
    Reason,
)

from .delivering import Desk, action, notification, on_disk, open_desk

HOUR = 3600.0


class Home:
    """A desk whose held messages are decided by the test."""

    def __init__(self, desk: Desk, clock: FrozenDateTimeFactory) -> None:
        self.desk = desk
        self.clock = clock
        self.asked: list[Parcel] = []
        self.answers: list[Settled | None] = []
        self.got: list[str] = []

    def decide(self, parcel: Parcel) -> Settled | None:
        self.asked.append(parcel)
        return self.answers.pop(0)

    async def take(self, call: ServiceCall) -> None:
        self.got.append(call.data["message"])

    @property
    def now(self) -> float:
        return dt_util.utcnow().timestamp()

    def settled(
        self, outcome: Outcome, until: float | None = None, *reasons: str, **more: Any
    ) -> Settled:
        held = outcome in (Outcome.HOLD, Outcome.DIGEST)
        steps = tuple(
            PlannedStep(channel_id=each, reason="", can_tell=True)
            for each in ("phone", LAST_RESORT)
        )
        plan = Plan(recipient_id="anna", recipient_name="Anna", steps=steps)
        decision = Decision(
            recipient_id="anna",
            outcome=outcome,
            priority=Priority.MEDIUM,
            deadline=self.now + 24 * HOUR,
            plan=None if outcome is Outcome.DROP else plan,
            hold=Hold(until=until, for_arrival=until is None) if held else None,
            reasons=tuple(Reason(key=each) for each in reasons),
            **more,
        )
        return Settled(
            recipient_id="anna",
            recipient_name="Anna",
            plan=decision.plan,
            decision=decision,
            reasons=reasons,
            because=", ".join(reasons),
        )

    async def store(self, settled: Settled) -> str:
        (intent_id,) = await self.desk.outbox.accept(notification(), [settled])
        self.desk.courier.submit([intent_id])
        await self.settle()
        return intent_id

    async def settle(self) -> None:
        for _ in range(6):
            await self.desk.hass.async_block_till_done()
            await self.desk.database.write(lambda _: None)

    async def wait(self, seconds: float) -> None:
        self.clock.tick(timedelta(seconds=seconds))
        async_fire_time_changed(self.desk.hass)
        await self.settle()

    async def restart(self) -> None:
        await self.desk.courier.stop()
        self.desk.courier = Courier(
            self.desk.hass,
            self.desk.outbox,
            self.desk.channels,
            self.desk.records.append,
            self.decide,
        )
        await self.desk.courier.start()
        await self.settle()

    async def state(self, intent_id: str) -> IntentState:
        return (await self.desk.record(intent_id)).state


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[Home]:
    freezer.move_to("2026-11-21T22:30:00+00:00")
    inside: list[Home] = []

    async def take(call: ServiceCall) -> None:
        await inside[0].take(call)

    async with open_desk(
        hass, tmp_path, start=False, phone=action(hass, "phone", take)
    ) as desk:
        inside.append(Home(desk, freezer))
        await inside[0].restart()
        yield inside[0]


async def test_it_is_told_once_when_its_time_has_come(home: Home) -> None:
    intent_id = await home.store(home.settled(Outcome.HOLD, home.now + HOUR, "quiet"))
    assert await home.state(intent_id) is IntentState.HELD
    await home.wait(HOUR - 1)
    assert (home.got, home.asked) == ([], [])
    home.answers = [home.settled(Outcome.DELIVER, None, "awake")]
    await home.wait(2)
    assert home.got == ["Washing machine finished"]
    record = await home.desk.record(intent_id)
    assert record.state is IntentState.DONE
    assert record.evidence is Evidence.ACCEPTED
    assert record.released_at == home.now  # held time is not latency
    await home.wait(10 * HOUR)
    assert len(home.got) == 1
    (stored,) = on_disk(home.desk.database, "SELECT decisions FROM intent")
    outcomes = [each.decision.outcome for each in all_of(stored[0])]
    assert outcomes == [Outcome.HOLD, Outcome.DELIVER]


async def test_it_is_told_as_soon_as_what_it_waits_for_has_come(home: Home) -> None:
    intent_id = await home.store(home.settled(Outcome.HOLD, None, "nobody_home"))
    home.answers = [home.settled(Outcome.HOLD, None, "nobody_home")]
    home.desk.courier.look_again()
    await home.settle()
    assert await home.state(intent_id) is IntentState.HELD
    home.answers = [home.settled(Outcome.DELIVER)]
    home.desk.courier.look_again()
    home.desk.courier.look_again()
    await home.settle()
    assert home.got == ["Washing machine finished"]
    assert len(home.asked) == 2


async def test_the_same_again_is_stored_once(home: Home) -> None:
    await home.store(home.settled(Outcome.HOLD, home.now + HOUR, "asleep"))
    for reason in ("asleep", "asleep", "quiet"):
        home.answers = [home.settled(Outcome.HOLD, home.now + 2 * HOUR, reason)]
        await home.wait(2 * HOUR + 1)
    (stored,) = on_disk(home.desk.database, "SELECT decisions FROM intent")
    decisions = [each.decision for each in all_of(stored[0])]
    assert [each.reasons[0].key for each in decisions] == ["asleep", "quiet"]


async def test_it_is_dropped_with_its_reason(home: Home) -> None:
    intent_id = await home.store(home.settled(Outcome.HOLD, home.now + HOUR, "quiet"))
    home.answers = [home.settled(Outcome.DROP, None, "resolved")]
    await home.wait(HOUR + 1)
    record = await home.desk.record(intent_id)
    assert record.state is IntentState.RESOLVED
    assert record.reason == "resolved"
    assert home.got == []


async def test_what_is_over_meanwhile_is_not_asked_about(home: Home) -> None:
    intent_id = await home.store(home.settled(Outcome.HOLD, home.now + HOUR, "quiet"))
    (parcel,) = await home.desk.outbox.load([intent_id])
    await home.desk.courier.resolve(parcel.notification.tag, "emptied")
    await home.wait(2 * HOUR)
    record = await home.desk.record(intent_id)
    assert (record.state, record.reason) == (IntentState.RESOLVED, "emptied")
    assert (home.got, home.asked) == ([], [])


async def test_over_restarts_it_comes_out_exactly_once(home: Home) -> None:
    intent_id = await home.store(home.settled(Outcome.HOLD, home.now + HOUR, "quiet"))
    await home.restart()
    await home.desk.courier.stop()
    home.clock.tick(timedelta(seconds=2 * HOUR))
    home.answers = [home.settled(Outcome.DELIVER)]
    await home.restart()
    assert home.got == ["Washing machine finished"]
    await home.restart()
    await home.wait(HOUR)
    assert len(home.got) == 1
    assert await home.state(intent_id) is IntentState.DONE


async def test_while_home_assistant_starts_nothing_is_decided(home: Home) -> None:
    await home.store(home.settled(Outcome.HOLD, home.now + HOUR, "quiet"))
    home.desk.hass.set_state(CoreState.starting)
    await home.restart()
    await home.wait(HOUR + 1)
    home.desk.courier.look_again()
    await home.wait(10)
    assert home.asked == []
    home.answers = [home.settled(Outcome.DELIVER)]
    home.desk.hass.set_state(CoreState.running)
    home.desk.hass.bus.async_fire("homeassistant_started")
    await home.settle()
    for _ in range(10):
        await home.wait(5)
    assert home.got == ["Washing machine finished"]


async def test_where_nobody_can_decide_it_goes_by_its_plan(home: Home) -> None:
    intent_id = await home.store(home.settled(Outcome.HOLD, home.now + HOUR, "quiet"))
    home.answers = [None]
    await home.wait(HOUR + 1)
    assert home.got == ["Washing machine finished"]
    assert await home.state(intent_id) is IntentState.DONE
    (reasons,) = on_disk(home.desk.database, "SELECT plan_reasons FROM intent")
    assert "could not be decided again" in reasons[0]


async def test_a_disk_that_fails_holds_it_no_longer(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await home.store(home.settled(Outcome.HOLD, home.now + HOUR, "quiet"))

    async def full(*_: Any) -> None:
        raise StorageFailed("disk full")

    monkeypatch.setattr(home.desk.outbox, "save_decided", full)
    home.answers = [home.settled(Outcome.DELIVER)]
    await home.wait(HOUR + 1)
    assert home.got == ["Washing machine finished"]
    assert "goes on without being stored: disk full" in caplog.text


async def test_how_it_is_told_is_kept_with_the_decision(home: Home) -> None:
    settled = home.settled(
        Outcome.HOLD,
        home.now + HOUR,
        level=InterruptionLevel.TIME_SENSITIVE,
        acknowledge=True,
        facts={"paused_until": float("inf"), "home": None},
    )
    intent_id = await home.store(settled)
    (parcel,) = await home.desk.outbox.load([intent_id])
    assert parcel.level is InterruptionLevel.TIME_SENSITIVE
    assert parcel.acknowledge is True
    assert parcel.asked == settled.asked
    (stored,) = on_disk(home.desk.database, "SELECT decisions FROM intent")
    latest = latest_of(stored[0])
    assert latest is not None
    assert latest.decision.facts == {"paused_until": None, "home": None}
    home.answers = [home.settled(Outcome.DROP, None, "opted_out")]
    await home.wait(HOUR + 1)
    assert await home.state(intent_id) is IntentState.CANCELLED


async def test_who_is_not_told_is_stored_too_and_over_at_once(home: Home) -> None:
    intent_id = await home.store(home.settled(Outcome.DROP, None, "opted_out"))
    record = await home.desk.record(intent_id)
    assert record.state is IntentState.CANCELLED
    assert record.reason == "opted_out"
    assert record.finished_at == record.created_at
    assert home.desk.courier.open_count == 0


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "[null]", '[{"outcome": "hold"}]', "[", '["x"]']
)
def test_what_a_damaged_disk_has_left_is_no_decision(text: str) -> None:
    assert latest_of(text) is None


def test_a_decision_is_read_as_it_was_written() -> None:
    decision = Decision(
        recipient_id="anna",
        outcome=Outcome.HOLD,
        priority=Priority.LOW,
        deadline=5.0,
        hold=Hold(until=3.0, for_arrival=True, why="quiet"),
        rules=("r",),
        reasons=(Reason(key="quiet", channel_id="phone", data={"until": 3.0}),),
        changes=(Reason(key="if_home"),),
        facts={"home": True},
        company=15.0,
    )
    asked = Asked(named=True, channels=("phone",), expires=4.0, acknowledge=True)
    stored = latest_of(f"[{to_text(decision, asked)}]")
    assert stored is not None
    assert (stored.decision, stored.asked) == (decision, asked)
