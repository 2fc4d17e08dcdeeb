"""The tables of the database, and how an older file becomes a newer one.

Migrations are only ever added: number n brings a file from version n - 1 to n. Must
not read or write rows.
"""

from __future__ import annotations

import sqlite3

_FIRST = (
    """CREATE TABLE notification (
        id TEXT PRIMARY KEY,
        event TEXT NOT NULL,
        category TEXT NOT NULL,
        priority TEXT NOT NULL,
        title TEXT NOT NULL,
        message TEXT NOT NULL,
        tag TEXT NOT NULL,
        created_at REAL NOT NULL,
        deadline REAL NOT NULL,
        source TEXT,
        is_test INTEGER NOT NULL DEFAULT 0,
        data TEXT NOT NULL DEFAULT '{}'
    ) STRICT""",
    "CREATE INDEX notification_created ON notification (created_at)",
    "CREATE INDEX notification_tag ON notification (tag)",
    # the state of a delivery is kept as engine.delivery.record.DeliveryRow says
    """CREATE TABLE intent (
        id TEXT PRIMARY KEY,
        priority TEXT NOT NULL,
        deadline REAL NOT NULL,
        steps TEXT NOT NULL,
        state TEXT NOT NULL,
        position INTEGER NOT NULL,
        settled TEXT NOT NULL,
        failed_rounds INTEGER NOT NULL,
        doubts INTEGER NOT NULL,
        wake_at REAL,
        evidence TEXT,
        channel_id TEXT,
        attempts INTEGER NOT NULL,
        proven_at REAL,
        finished_at REAL,
        reason TEXT NOT NULL,
        notification_id TEXT NOT NULL
            REFERENCES notification (id) ON DELETE CASCADE,
        recipient_id TEXT NOT NULL,
        recipient_name TEXT NOT NULL,
        plan_reasons TEXT NOT NULL,
        created_at REAL NOT NULL,
        released_at REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX intent_notification ON intent (notification_id)",
    "CREATE INDEX intent_released ON intent (released_at)",
    "CREATE INDEX intent_open ON intent (id) WHERE finished_at IS NULL",
    # `ended_at` and `evidence` are empty while the channel is being called
    """CREATE TABLE attempt (
        id TEXT PRIMARY KEY,
        intent_id TEXT NOT NULL REFERENCES intent (id) ON DELETE CASCADE,
        channel_id TEXT NOT NULL,
        started_at REAL NOT NULL,
        ended_at REAL,
        evidence TEXT,
        detail TEXT NOT NULL DEFAULT '',
        reference TEXT
    ) STRICT""",
    "CREATE INDEX attempt_intent ON attempt (intent_id)",
    # the same news twice (two events, a repeated tap) is one row
    """CREATE TABLE receipt (
        intent_id TEXT NOT NULL REFERENCES intent (id) ON DELETE CASCADE,
        evidence TEXT NOT NULL,
        who TEXT NOT NULL DEFAULT '',
        source TEXT NOT NULL,
        at REAL NOT NULL,
        PRIMARY KEY (intent_id, evidence, who)
    ) STRICT, WITHOUT ROWID""",
    # a later message of the same incident replaces the earlier one
    """CREATE TABLE inbox_item (
        recipient_id TEXT NOT NULL,
        tag TEXT NOT NULL,
        intent_id TEXT NOT NULL,
        notification_id TEXT NOT NULL,
        priority TEXT NOT NULL,
        title TEXT NOT NULL,
        message TEXT NOT NULL,
        created_at REAL NOT NULL,
        done_at REAL,
        PRIMARY KEY (recipient_id, tag)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE cycle (
        appliance_id TEXT NOT NULL,
        id TEXT NOT NULL,
        started_at REAL NOT NULL,
        ended_at REAL,
        announced_at REAL,
        energy_wh REAL NOT NULL DEFAULT 0,
        interrupted INTEGER NOT NULL DEFAULT 0,
        estimated INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (appliance_id, id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX cycle_started ON cycle (started_at)",
    """CREATE TABLE detector_state (
        appliance_id TEXT PRIMARY KEY,
        saved_at REAL NOT NULL,
        snapshot TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE uptime_span (
        "start" REAL PRIMARY KEY,
        "end" REAL NOT NULL,
        passed INTEGER NOT NULL,
        reason TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    """CREATE TABLE meta (
        "key" TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)

# what a cycle cost, in the currency of the household; empty where no price is known
_COST = ("ALTER TABLE cycle ADD COLUMN cost REAL",)

# what is left of a day whose messages are not kept in full any more
_DAILY = (
    """CREATE TABLE daily (
        day TEXT NOT NULL,
        priority TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        proven INTEGER NOT NULL,
        unverified INTEGER NOT NULL,
        missed INTEGER NOT NULL,
        uncounted INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        latency_sum REAL NOT NULL,
        latencies TEXT NOT NULL,
        PRIMARY KEY (day, priority, channel_id)
    ) STRICT, WITHOUT ROWID""",
)

# how long a load lay in the appliance, what the cheapest hours would have saved (both
# empty where that is not known), and whether it was too short for a cycle
_VALUE = (
    "ALTER TABLE cycle ADD COLUMN idle_s REAL",
    "ALTER TABLE cycle ADD COLUMN saved REAL",
    "ALTER TABLE cycle ADD COLUMN no_cycle INTEGER NOT NULL DEFAULT 0",
)

# several channels of an intent may be in a call at once, each on a track of its own
# (engine.delivery.record.Track); what was under way on one track goes on where it was
_TRACKS = (
    "ALTER TABLE intent ADD COLUMN tracks TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE intent ADD COLUMN repeats TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE intent ADD COLUMN yields_to TEXT",
    """UPDATE intent SET tracks = (
        SELECT json_group_array(json_array(
            state = 'sending' AND step."key" = position,
            step."key" IN (SELECT value FROM json_each(intent.settled)),
            0, CASE WHEN step."key" IN (SELECT value FROM json_each(intent.settled))
                THEN 'unknown' END, 0, failed_rounds,
            CASE WHEN step."key" = position THEN doubts ELSE 0 END, 0, NULL, NULL
        )) FROM json_each(intent.steps) AS step
    )""",
    """UPDATE intent SET steps = (
        SELECT json_group_array(
            json_set(step.value, '$.cues', json('[["dispatched", null]]'))
        ) FROM json_each(intent.steps) AS step
    )""",
    "ALTER TABLE intent DROP COLUMN position",
    "ALTER TABLE intent DROP COLUMN settled",
    "ALTER TABLE intent DROP COLUMN failed_rounds",
    "ALTER TABLE intent DROP COLUMN doubts",
)

# what is to be taken back from a channel yet, and when that is tried again
_RECALL = (
    """CREATE TABLE recall (
        tag TEXT NOT NULL,
        channel_id TEXT NOT NULL,
        since REAL NOT NULL,
        tries INTEGER NOT NULL,
        next_at REAL NOT NULL,
        PRIMARY KEY (tag, channel_id)
    ) STRICT, WITHOUT ROWID""",
)

# what is said to the recipient, in each shape that a channel of the plan wants
_WORDS = ("ALTER TABLE intent ADD COLUMN words TEXT NOT NULL DEFAULT '{}'",)

# what was decided for an intent, one decision after the other, and whether the latest
# is to be made again before it is told
_DECISIONS = (
    "ALTER TABLE intent ADD COLUMN decisions TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE intent ADD COLUMN provisional INTEGER NOT NULL DEFAULT 0",
)

# what a person has written with an answer
_REPLIES = ("ALTER TABLE receipt ADD COLUMN text TEXT NOT NULL DEFAULT ''",)

# when the recipient answered, and when what the message is about was over
_ANSWERS = (
    "ALTER TABLE intent ADD COLUMN acknowledged_at REAL",
    "ALTER TABLE intent ADD COLUMN resolved_at REAL",
    """UPDATE intent SET acknowledged_at = (
        SELECT min(receipt.at) FROM receipt
        WHERE receipt.intent_id = intent.id AND receipt.evidence = 'acknowledged'
    ) WHERE evidence = 'acknowledged'""",
    "UPDATE intent SET resolved_at = finished_at WHERE state = 'resolved'",
)

# what messages cost, a row for each attempt that may have to be paid, kept longer than
# the attempt itself; and who has told a service to stop, by the address that said so
_MONEY = (
    """CREATE TABLE expense (
        attempt_id TEXT PRIMARY KEY,
        channel_id TEXT NOT NULL,
        recipient_id TEXT NOT NULL,
        at REAL NOT NULL,
        amount REAL NOT NULL,
        currency TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX expense_at ON expense (at)",
    """CREATE TABLE opt_out (
        channel_id TEXT NOT NULL,
        address TEXT NOT NULL,
        recipient_id TEXT NOT NULL,
        recipient_name TEXT NOT NULL,
        at REAL NOT NULL,
        PRIMARY KEY (channel_id, address)
    ) STRICT, WITHOUT ROWID""",
)

# messages that are told in one: the intent that leads them and its words, and by which
# intent one is led
_BUNDLES = (
    """CREATE TABLE bundle (
        intent_id TEXT PRIMARY KEY REFERENCES intent (id) ON DELETE CASCADE,
        tag TEXT NOT NULL,
        number INTEGER NOT NULL,
        texts TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX bundle_tag ON bundle (tag)",
    "ALTER TABLE intent ADD COLUMN led_by TEXT",
    "CREATE INDEX intent_led ON intent (led_by) WHERE led_by IS NOT NULL",
)

# what somebody has called over, so that the next message of it is news; for a day
_RESOLVED = (
    """CREATE TABLE resolved (
        tag TEXT PRIMARY KEY,
        at REAL NOT NULL
    ) STRICT, WITHOUT ROWID""",
)

# in which order news came: two people may answer at the same instant, and one was
# first. What was stored before goes by its time
_ORDER = (
    "ALTER TABLE receipt ADD COLUMN number INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX receipt_number ON receipt (number)",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _FIRST,
    _COST,
    _DAILY,
    _VALUE,
    _TRACKS,
    _RECALL,
    _WORDS,
    _DECISIONS,
    _REPLIES,
    _ANSWERS,
    _MONEY,
    _BUNDLES,
    _RESOLVED,
    _ORDER,
)

VERSION = len(MIGRATIONS)


class DatabaseTooNew(Exception):  # noqa: N818 - it says what was found
    """The file was written by a newer version of this integration."""

    def __init__(self, found: int) -> None:
        """Say what was found and what is understood."""
        super().__init__(
            f"The database has version {found}; this version understands {VERSION}"
        )
        self.found = found


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables up to date, each version in a transaction of its own."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > VERSION:
        raise DatabaseTooNew(found)
    for number, statements in enumerate(MIGRATIONS[found:], start=found + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except sqlite3.Error:
            connection.execute("ROLLBACK")
            raise
