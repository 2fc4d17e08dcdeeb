"""An older file becomes a newer one, with what was under way in it."""

from __future__ import annotations

import json
from pathlib import Path
import sqlite3

from custom_components.reliable_notifications.adapters import schema
from custom_components.reliable_notifications.adapters.database import Database
from custom_components.reliable_notifications.adapters.delivery_log import DeliveryLog
from custom_components.reliable_notifications.adapters.outbox import Outbox
from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    after_crash,
    next_move,
)
from custom_components.reliable_notifications.engine.delivery.moves import Send
from custom_components.reliable_notifications.engine.vocabulary import (
    Cue,
    Evidence,
    IntentState,
    Message,
    Shape,
)


async def test_what_was_under_way_before_there_were_tracks_goes_on(
    tmp_path: Path,
) -> None:
    path = tmp_path / "own.db"
    steps = [
        {
            "channel_id": each,
            "reason": "",
            "can_tell": True,
            "replaces": each == "phone",
            "last_resort": False,
        }
        for each in ("mail", "phone", "radio")
    ]
    with sqlite3.connect(path) as connection:
        for statements in schema.MIGRATIONS[:2]:
            for statement in statements:
                connection.execute(statement)
        connection.execute("PRAGMA user_version = 2")
        connection.execute(
            "INSERT INTO notification (id, event, category, priority, title, message,"
            " tag, created_at, deadline)"
            " VALUES ('n', 'e', 'c', 'medium', '', 'Hello', 't', 1.0, 99.0)"
        )
        connection.execute(
            "INSERT INTO intent (id, priority, deadline, steps, state, position,"
            " settled, failed_rounds, doubts, attempts, reason, notification_id,"
            " recipient_id, recipient_name, plan_reasons, created_at, released_at)"
            " VALUES ('i', 'medium', 99.0, ?, 'sending', 1, '[0]', 3, 1, 7, '', 'n',"
            " 'anna', 'Anna', '[]', 1.0, 1.0)",
            (json.dumps(steps),),
        )
    connection.close()

    database = Database(path)
    await database.open()
    (parcel,) = await Outbox(database).open_intents()
    await database.close()

    delivery = parcel.delivery
    assert delivery.state is IntentState.SENDING
    assert [track.settled for track in delivery.tracks] == [True, False, False]
    assert [track.asking for track in delivery.tracks] == [False, True, False]
    assert [track.doubts for track in delivery.tracks] == [0, 1, 0]
    assert {step.cues for step in delivery.steps} == {(Cue(Evidence.DISPATCHED),)}
    back = after_crash(delivery, 10.0)
    assert next_move(back, 10.0) == Send(step=1, channel_id="phone")


async def test_an_intent_from_before_there_were_words_says_what_it_said(
    tmp_path: Path,
) -> None:
    path = tmp_path / "own.db"
    before = schema.MIGRATIONS.index(schema._WORDS)
    with sqlite3.connect(path) as connection:
        for statements in schema.MIGRATIONS[:before]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {before}")
        connection.execute(
            "INSERT INTO notification (id, event, category, priority, title, message,"
            " tag, created_at, deadline)"
            " VALUES ('n', 'e', 'c', 'medium', 'Title', 'Hello', 't', 1.0, 99.0)"
        )
        connection.execute(
            "INSERT INTO intent (id, priority, deadline, steps, state, attempts,"
            " reason, notification_id, recipient_id, recipient_name, plan_reasons,"
            " created_at, released_at)"
            " VALUES ('i', 'medium', 99.0, '[]', 'queued', 0, '', 'n',"
            " 'anna', 'Anna', '[]', 1.0, 1.0)"
        )
    connection.close()

    database = Database(path)
    await database.open()
    (parcel,) = await Outbox(database).open_intents()
    await database.close()

    for shape in Shape:
        assert parcel.message(shape) == Message(title="Title", message="Hello")


async def test_answers_of_before_keep_their_time(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    before = schema.MIGRATIONS.index(schema._ANSWERS)
    with sqlite3.connect(path) as connection:
        for statements in schema.MIGRATIONS[:before]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {before}")
        connection.execute(
            "INSERT INTO notification (id, event, category, priority, title, message,"
            " tag, created_at, deadline)"
            " VALUES ('n', 'e', 'c', 'urgent', '', 'Hello', 't', 1.0, 99.0)"
        )
        connection.executemany(
            "INSERT INTO intent (id, priority, deadline, steps, state, evidence,"
            " attempts, finished_at, reason, notification_id, recipient_id,"
            " recipient_name, plan_reasons, created_at, released_at)"
            " VALUES (?, 'urgent', 99.0, '[]', ?, ?, 1, 50.0, '', 'n', ?, '', '[]',"
            " 1.0, 1.0)",
            [
                ("a", "done", "acknowledged", "anna"),
                ("b", "resolved", None, "ben"),
                ("c", "done", "accepted", "cleo"),
            ],
        )
        connection.executemany(
            "INSERT INTO receipt (intent_id, evidence, who, source, at)"
            " VALUES ('a', ?, ?, 'tap', ?)",
            [
                ("delivered", "", 5.0),
                ("acknowledged", "anna", 21.0),
                ("acknowledged", "ben", 30.0),
            ],
        )
    connection.close()

    database = Database(path)
    await database.open()
    records = {
        each.recipient_id: each for each in await DeliveryLog(database).records_since(0)
    }
    # who was first goes by the time as long as nobody had noted the order
    assert await Outbox(database).first_acknowledgement("n") == ("anna", 21.0, "")
    await database.close()
    times = {
        who: (each.acknowledged_at, each.resolved_at) for who, each in records.items()
    }
    assert times == {
        "anna": (21.0, None),
        "ben": (None, 50.0),
        "cleo": (None, None),
    }
    assert all(each.wants_answer for each in records.values())
