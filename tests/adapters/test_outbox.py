"""The delivery log: accepted whole, read back whole, raised by receipts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path
import sqlite3

import pytest

from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.outbox import Outbox
from custom_components.reliable_notifications.adapters.parcel import (
    AttemptEntry,
    Parcel,
    ReceiptEntry,
)
from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    attempt_started,
    close,
    receipt,
    verdict,
)
from custom_components.reliable_notifications.engine.delivery.moves import Over
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Evidence,
    IntentState,
    Plan,
    PlannedStep,
    Priority,
)
from tests.adapters.delivering import notification, on_disk

PHONE = PlannedStep(channel_id="phone", reason="first", can_tell=True, replaces=True)
LIST = PlannedStep(channel_id="last_resort", reason="last", last_resort=True)
ANNA = Plan(recipient_id="anna", recipient_name="Anna", steps=(PHONE, LIST))
BEN = replace(ANNA, recipient_id="ben", recipient_name="Ben", reasons=("so it is",))


async def book(outbox: Outbox, intent_id: str, news: ReceiptEntry) -> Parcel | None:
    """As the carrier does for an intent that is not under way."""
    change = partial(receipt, evidence=news.evidence, now=news.at)
    return await outbox.change(intent_id, change, news=news)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(tmp_path / "own.db")
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


async def test_what_is_accepted_comes_back_whole(outbox: Outbox) -> None:
    note = replace(notification(priority=Priority.HIGH), source="washer", is_test=True)

    ids = await outbox.accept(note, [ANNA, BEN])
    anna, ben = await outbox.open_intents()

    assert [each.delivery.intent_id for each in (anna, ben)] == sorted(ids)
    parcels = {each.delivery.intent_id: each for each in (anna, ben)}
    first = parcels[ids[0]]
    assert first.notification == note
    assert first.recipient_name == "Anna"
    assert first.delivery.steps == (PHONE, LIST)
    assert first.record().state is IntentState.QUEUED
    assert first.record().is_test
    assert await outbox.load([ids[1], "unknown"]) == [parcels[ids[1]]]


async def test_it_is_on_the_disk_before_anybody_is_told(
    outbox: Outbox, database: Database
) -> None:
    await outbox.accept(notification(), [ANNA, BEN])

    assert on_disk(database, "SELECT count(*) FROM intent") == [(2,)]
    assert on_disk(
        database, "SELECT plan_reasons FROM intent WHERE recipient_id = 'ben'"
    ) == [('["so it is"]',)]


async def test_what_belongs_together_is_stored_together(
    outbox: Outbox, database: Database
) -> None:
    def mark(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO meta VALUES ('cycle', 'told')")

    await outbox.accept(notification(), [ANNA], also=mark)
    with pytest.raises(Exception, match="UNIQUE"):
        await outbox.accept(notification(), [ANNA], also=mark)

    assert on_disk(database, "SELECT count(*) FROM notification") == [(1,)]
    assert on_disk(database, "SELECT count(*) FROM intent") == [(1,)]


async def test_an_attempt_is_a_row_before_and_after(
    outbox: Outbox, database: Database
) -> None:
    (intent_id,) = await outbox.accept(notification(), [ANNA])
    (parcel,) = await outbox.open_intents()
    attempt = AttemptEntry(id="01A", channel_id="phone", started_at=5.0)

    asking = attempt_started(parcel.delivery, 0, 5.0)
    await outbox.save(asking, attempt=attempt)
    assert on_disk(database, "SELECT id, ended_at, evidence FROM attempt") == [
        ("01A", None, None)
    ]

    result = AttemptResult(evidence=Evidence.ACCEPTED, detail="ok", reference="r1")
    done = verdict(asking, 0, result, 7.0)
    await outbox.save(done, attempt=replace(attempt, ended_at=7.0, result=result))
    assert on_disk(
        database,
        "SELECT started_at, ended_at, evidence, detail, reference FROM attempt",
    ) == [(5.0, 7.0, "accepted", "ok", "r1")]
    assert await outbox.open_intents() == []
    (back,) = await outbox.load([intent_id])
    assert back.delivery == done


async def test_the_log_has_the_recent_and_the_open(outbox: Outbox) -> None:
    for age, is_open in ((9000.0, True), (9000.0, False), (10.0, False)):
        note = notification()
        old = replace(note, created_at=note.created_at - age)
        (intent_id,) = await outbox.accept(old, [ANNA])
        if not is_open:
            (parcel,) = await outbox.load([intent_id])
            over = Over(state=IntentState.CANCELLED, reason="")
            await outbox.save(close(parcel.delivery, over, note.created_at))

    records = await outbox.records_since(note.created_at - 3600)

    assert [record.state for record in records] == [
        IntentState.QUEUED,
        IntentState.CANCELLED,
    ]


async def test_the_last_notification(outbox: Outbox) -> None:
    assert await outbox.last_notification() is None
    older = notification()
    newer = replace(notification(), created_at=older.created_at + 1)

    await outbox.accept(newer, [ANNA, BEN])
    await outbox.accept(older, [ANNA])

    assert await outbox.last_notification() == newer


async def test_a_receipt_raises_what_is_stored(
    outbox: Outbox, database: Database
) -> None:
    (intent_id,) = await outbox.accept(notification(), [ANNA])
    news = ReceiptEntry(evidence=Evidence.DELIVERED, at=9.0, source="event", who="u1")

    parcel = await book(outbox, intent_id, news)

    assert parcel is not None
    assert parcel.record().state is IntentState.DONE
    (back,) = await outbox.load([intent_id])
    assert back == parcel
    assert on_disk(database, "SELECT evidence, who, source, at FROM receipt") == [
        ("delivered", "u1", "event", 9.0)
    ]


async def test_two_people_at_once_both_count_and_the_first_is_known(
    outbox: Outbox, database: Database
) -> None:
    (intent_id,) = await outbox.accept(notification(), [ANNA])

    def tap(who: str, at: float) -> ReceiptEntry:
        return ReceiptEntry(
            evidence=Evidence.ACKNOWLEDGED, at=at, source="tap", who=who
        )

    first, second, again = await asyncio.gather(
        book(outbox, intent_id, tap("anna", 1.0)),
        book(outbox, intent_id, tap("ben", 2.0)),
        book(outbox, intent_id, tap("anna", 3.0)),
    )

    assert first is not None
    assert second is again is None  # they changed nothing
    assert on_disk(database, "SELECT who, at FROM receipt ORDER BY at") == [
        ("anna", 1.0),
        ("ben", 2.0),
    ]


@pytest.mark.parametrize("later", [0.0, -30.0])  # the clock may be set back meanwhile
async def test_who_was_first_is_who_was_stored_first(
    outbox: Outbox, later: float
) -> None:
    """Of every pair of people, on intents of their own whose ids say nothing of it."""
    for turn in range(8):
        about = notification()
        ids = sorted(await outbox.accept(about, [ANNA, BEN]))
        order = ids if turn % 2 else ids[::-1]
        for who, intent_id in zip(("one", "other"), order, strict=True):
            at = 100.0 if who == "one" else 100.0 + later
            news = ReceiptEntry(
                evidence=Evidence.ACKNOWLEDGED, at=at, source="tap", who=who
            )
            await book(outbox, intent_id, news)
        assert await outbox.first_acknowledgement(about.id) == ("one", 100.0, "")


async def test_a_receipt_for_nothing_is_no_error(
    outbox: Outbox, database: Database
) -> None:
    news = ReceiptEntry(evidence=Evidence.SEEN, at=1.0, source="event")

    assert await book(outbox, "nobody knows", news) is None
    assert on_disk(database, "SELECT * FROM receipt") == []


async def test_a_tag_stands_for_the_latest_message(outbox: Outbox) -> None:
    older = notification(tag="rn-washer")
    newer = replace(notification(tag="rn-washer"), created_at=older.created_at + 60)
    await outbox.accept(older, [ANNA])
    ids = await outbox.accept(newer, [ANNA, BEN])

    assert await outbox.intents_with_tag("rn-washer") == sorted(ids)
    assert await outbox.intents_with_tag("rn-dryer") == []
