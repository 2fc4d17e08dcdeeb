"""The log is cleared at night: nothing that counts is lost, nobody waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
import random
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.reliable_notifications.adapters import retention as module
from custom_components.reliable_notifications.adapters.cycle_log import CycleLog
from custom_components.reliable_notifications.adapters.daily_log import DailyLog
from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.inbox_store import InboxStore
from custom_components.reliable_notifications.adapters.outbox import Outbox
from custom_components.reliable_notifications.adapters.parcel import (
    AttemptEntry,
    ReceiptEntry,
)
from custom_components.reliable_notifications.adapters.retention import (
    KEPT_IN_ALL,
    KEPT_IN_FULL,
    SLICE,
    SPARE_PAGES,
    Retention,
)
from custom_components.reliable_notifications.adapters.scoreboard import Scoreboard
from custom_components.reliable_notifications.adapters.uptime import Uptime
from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    close,
    receipt,
)
from custom_components.reliable_notifications.engine.delivery.moves import Over
from custom_components.reliable_notifications.engine.vocabulary import (
    CycleRecord,
    Evidence,
    IntentState,
    Plan,
    PlannedStep,
    Priority,
)
from tests.adapters.delivering import notification, on_disk

DAY = 86_400.0
NOW = "2026-11-21 12:00:00+00:00"
STEP = PlannedStep(channel_id="phone", reason="first", can_tell=True)
PLANS = [
    Plan(recipient_id=who, recipient_name=who.title(), steps=(STEP,))
    for who in ("anna", "ben")
]


@pytest.fixture
async def database(
    tmp_path: Path, freezer: FrozenDateTimeFactory
) -> AsyncIterator[Database]:
    freezer.move_to(NOW)
    opened = Database(tmp_path / "own.db")
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


@pytest.fixture
def retention(hass: HomeAssistant, database: Database) -> Retention:
    return Retention(hass, database, lambda: 0.5)


async def told(outbox: Outbox, days_ago: float, *, is_over: bool = True) -> list[str]:
    """A message to two people; one has it after two seconds, one never gets it."""
    now = dt_util.utcnow().timestamp()
    at = now - days_ago * DAY
    note = replace(
        notification(priority=random.choice(list(Priority)), message="x" * 300),
        created_at=at,
        deadline=at + 3600,
    )
    ids = await outbox.accept(note, PLANS)
    if is_over:
        for parcel, evidence in zip(
            await outbox.load(ids), (Evidence.ACCEPTED, Evidence.REFUSED), strict=True
        ):
            known = replace(
                parcel.delivery,
                evidence=evidence,
                channel_id="phone",
                attempts=1,
                proven_at=at + 2 if evidence.is_success else None,
            )
            over = Over(state=IntentState.DONE, reason="")
            await outbox.save(
                close(known, over, at + 2),
                attempt=AttemptEntry(
                    id=f"{parcel.delivery.intent_id}-1",
                    channel_id="phone",
                    started_at=at,
                ),
            )
    return ids


async def test_old_messages_become_counts(
    database: Database, outbox: Outbox, retention: Retention
) -> None:
    random.seed(1)
    await asyncio.gather(*(told(outbox, 0.5 * number) for number in range(120)))
    daily = DailyLog(database)
    now = dt_util.utcnow().timestamp()
    before = await daily.since(0.0, now)

    cleared = await retention.async_run()

    assert cleared.notifications == 59  # what is older than 30 days
    assert await daily.since(0.0, now) == before  # told from counts and from rows
    assert sum(count.proven for count in before) == 120
    assert sum(count.missed for count in before) == 120
    assert sum(count.latency_sum for count in before) == pytest.approx(240.0)
    oldest = now - KEPT_IN_FULL
    for table in ("notification", "intent"):
        assert on_disk(
            database, f"SELECT count(*) FROM {table} WHERE created_at < {oldest}"
        ) == [(0,)]
    assert on_disk(database, "SELECT count(*) FROM attempt") == [(122,)]
    assert (await retention.async_run()).notifications == 0
    assert await daily.since(0.0, now) == before  # a second run counts nothing twice


async def test_what_is_not_over_stays_whatever_its_age(
    database: Database, outbox: Outbox, retention: Retention
) -> None:
    await told(outbox, 100, is_over=False)
    assert (await retention.async_run()).notifications == 0
    assert len(await outbox.open_intents()) == 2


async def test_what_lies_in_the_inbox_keeps_its_message(
    database: Database, outbox: Outbox, retention: Retention
) -> None:
    shelf = InboxStore(database)
    (intent_id, _) = await told(outbox, 100)
    (parcel,) = await outbox.load([intent_id])
    await shelf.put(
        recipient_id="anna",
        tag="rn-1",
        intent_id=intent_id,
        notification_id=parcel.notification.id,
        priority=Priority.LOW,
        title="t",
        message="m",
        created_at=parcel.created_at,
    )
    assert (await retention.async_run()).notifications == 0
    now = dt_util.utcnow().timestamp()
    await shelf.complete(intent_id, now - 31 * DAY)
    cleared = await retention.async_run()
    assert (cleared.notifications, cleared.others) == (1, 1)


async def test_after_400_days_nothing_is_left(
    database: Database,
    outbox: Outbox,
    retention: Retention,
    freezer: FrozenDateTimeFactory,
) -> None:
    log = CycleLog(database)
    now = dt_util.utcnow().timestamp()
    await told(outbox, 20)
    await log.save("washer", {}, _cycle(now), now)
    await database.write(
        lambda c: c.execute("INSERT INTO uptime_span VALUES (?, ?, 1, '')", (now, now))
    )
    freezer.tick(timedelta(days=200))
    await retention.async_run()
    later = dt_util.utcnow().timestamp()
    assert len(await DailyLog(database).since(0.0, later)) == 1
    assert len(await log.last_cycles("washer", 9)) == 1
    freezer.tick(timedelta(days=201))
    await retention.async_run()
    for table in ("notification", "daily", "cycle", "uptime_span"):
        assert on_disk(database, f"SELECT count(*) FROM {table}") == [(0,)], table
    # what an appliance has learned is no log
    assert on_disk(database, "SELECT count(*) FROM detector_state") == [(1,)]


def _cycle(now: float) -> CycleRecord:
    return CycleRecord(
        cycle_id="c",
        appliance_id="washer",
        started_at=now - 60,
        ended_at=now,
        announced_at=now,
        energy_wh=1.0,
    )


async def test_no_metric_of_28_days_changes(
    hass: HomeAssistant, database: Database, outbox: Outbox, retention: Retention
) -> None:
    random.seed(2)
    await asyncio.gather(*(told(outbox, 0.4 * number) for number in range(110)))

    async def fine() -> str | None:
        return None

    uptime = Uptime(hass, database, fine)
    await uptime.async_test()
    board = Scoreboard(hass, outbox, CycleLog(database), uptime)
    await board.async_recount()
    before = board.values
    assert before["delivery_success_rate"].value == 50
    assert (await retention.async_run()).notifications > 20
    await board.async_recount()
    assert board.values == before


async def test_a_death_between_two_slices_loses_and_doubles_nothing(
    database: Database,
    outbox: Outbox,
    retention: Retention,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random.seed(3)
    await asyncio.gather(*(told(outbox, 40 + 0.1 * n) for n in range(3 * SLICE)))
    daily = DailyLog(database)
    now = dt_util.utcnow().timestamp()
    before = await daily.since(0.0, now)
    done = 0
    work = module._move_to_counts

    def dies(connection: sqlite3.Connection, *given: object) -> int:
        nonlocal done
        count = work(connection, *given)  # type: ignore[arg-type]
        done += 1
        if done == 2:
            raise KeyError("as if the power went")
        return count

    monkeypatch.setattr(module, "_move_to_counts", dies)
    with pytest.raises(KeyError):
        await retention.async_run()
    assert on_disk(database, "SELECT count(*) FROM notification") == [(2 * SLICE,)]
    assert await daily.since(0.0, now) == before
    monkeypatch.undo()
    assert (await retention.async_run()).notifications == 2 * SLICE
    assert await daily.since(0.0, now) == before


async def test_a_big_file_shrinks_in_small_slices(
    database: Database, outbox: Outbox, retention: Retention
) -> None:
    random.seed(4)
    await asyncio.gather(*(told(outbox, 40 + 0.01 * n) for n in range(1500)))
    await database.renew()
    size = database.path.stat().st_size
    slices = 0
    write = database.write

    async def counted(work: object) -> object:
        nonlocal slices
        slices += 1
        return await write(work)  # type: ignore[arg-type]

    database.write = counted  # type: ignore[assignment, method-assign]
    cleared = await retention.async_run()
    del database.write  # type: ignore[method-assign]
    await database.renew()

    assert cleared.notifications == 1500
    assert cleared.pages > 100
    assert slices > 1500 / SLICE
    assert database.path.stat().st_size < size / 2
    assert database.path.stat().st_size < (SPARE_PAGES + 200) * 4096
    assert on_disk(database, "PRAGMA integrity_check") == [("ok",)]


async def test_messages_get_their_turn_between_slices(
    database: Database, outbox: Outbox, retention: Retention
) -> None:
    await asyncio.gather(*(told(outbox, 40) for _ in range(6 * SLICE)))
    clearing = asyncio.ensure_future(retention.async_run())
    await asyncio.sleep(0)
    turns = 0
    while not clearing.done():
        await database.write(lambda _: None)
        turns += 1
    assert turns >= 6
    assert (await clearing).notifications == 6 * SLICE


async def test_each_night_at_a_time_of_its_own(
    hass: HomeAssistant,
    database: Database,
    outbox: Outbox,
    retention: Retention,
    freezer: FrozenDateTimeFactory,
) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    await retention.async_run()
    await told(outbox, 29.9)
    await retention.async_start()

    async def at(moment: str) -> int:
        freezer.move_to(moment)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
        ((count,),) = on_disk(database, "SELECT count(*) FROM notification")
        return int(count)

    assert await at("2026-11-22 03:14:00+01:00") == 1
    assert await at("2026-11-22 03:15:01+01:00") == 1
    assert await at("2026-11-22 03:44:00+01:00") == 1
    assert await at("2026-11-22 03:46:00+01:00") == 0  # half of the hour of spread
    retention.async_stop()


@pytest.mark.parametrize(
    ("missed_days", "soon"), [(None, True), (0.5, False), (3, True), (-2, True)]
)
async def test_missed_nights_are_made_up_for_after_the_start(
    hass: HomeAssistant,
    database: Database,
    outbox: Outbox,
    retention: Retention,
    freezer: FrozenDateTimeFactory,
    missed_days: float | None,
    soon: bool,
) -> None:
    if missed_days is not None:
        await retention.async_run()
        freezer.tick(timedelta(days=missed_days))
    await told(outbox, 40)
    await retention.async_start()
    freezer.tick(timedelta(seconds=2401))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert on_disk(database, "SELECT count(*) FROM notification") == [(int(not soon),)]
    retention.async_stop()


async def test_a_disk_that_refuses_is_not_cleared(
    database: Database, outbox: Outbox, retention: Retention
) -> None:
    await told(outbox, 40)
    database.refusal = "database or disk is full"
    assert (await retention.async_run()).notifications == 0
    database.refusal = None
    assert (await retention.async_run()).notifications == 1


async def test_stopping_ends_it_between_two_slices(
    database: Database, outbox: Outbox, retention: Retention
) -> None:
    await asyncio.gather(*(told(outbox, 40) for _ in range(3 * SLICE)))
    clearing = asyncio.ensure_future(retention.async_run())
    await database.write(lambda _: None)
    retention.async_stop()
    assert (await clearing).notifications < 3 * SLICE


async def test_a_receipt_for_what_was_cleared_is_no_error(
    database: Database, outbox: Outbox, retention: Retention
) -> None:
    """Edge 30: phones answer to messages of long ago."""
    (intent_id, _) = await told(outbox, 40)
    await retention.async_run()
    news = ReceiptEntry(evidence=Evidence.SEEN, at=1.0, source="event")
    change = partial(receipt, evidence=news.evidence, now=news.at)
    assert await outbox.change(intent_id, change, news=news) is None


def test_the_constants_fit_each_other() -> None:
    assert KEPT_IN_FULL > 28 * DAY
    assert KEPT_IN_ALL > 366 * DAY + KEPT_IN_FULL
