"""The log of cycles and the memory of the detectors, as rows.

A detector's state and the cycle it is about are stored in one transaction, so a
death between two steps leaves a story that fits together. Nothing is decided
here, and no row is ever changed but by the appliance it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
import json
import logging
import sqlite3
from typing import Any

from ..engine.vocabulary import CycleRecord, Instant
from .database import Database

_LOGGER = logging.getLogger(__name__)

_COLUMNS = (
    "id, appliance_id, started_at, ended_at, announced_at, energy_wh,"
    " interrupted, estimated, cost, idle_s, saved, no_cycle"
)
_CYCLES = f"SELECT {_COLUMNS} FROM cycle"


def store_cycle(
    connection: sqlite3.Connection,
    appliance_id: str,
    snapshot: Mapping[str, Any],
    cycle: CycleRecord | None,
    at: Instant,
) -> None:
    """Store a detector and its cycle in a transaction that somebody else opened."""
    connection.execute(
        "INSERT INTO detector_state (appliance_id, saved_at, snapshot)"
        " VALUES (?, ?, ?)"
        " ON CONFLICT (appliance_id) DO UPDATE"
        " SET saved_at = excluded.saved_at, snapshot = excluded.snapshot",
        (appliance_id, at, json.dumps(snapshot)),
    )
    if cycle is None:
        return
    connection.execute(
        f"INSERT INTO cycle ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (appliance_id, id) DO UPDATE"
        " SET started_at = excluded.started_at, ended_at = excluded.ended_at,"
        " announced_at = excluded.announced_at, energy_wh = excluded.energy_wh,"
        " interrupted = excluded.interrupted, estimated = excluded.estimated,"
        " cost = excluded.cost, idle_s = excluded.idle_s, saved = excluded.saved,"
        " no_cycle = excluded.no_cycle",
        (
            cycle.cycle_id,
            appliance_id,
            cycle.started_at,
            cycle.ended_at,
            cycle.announced_at,
            cycle.energy_wh,
            cycle.interrupted,
            cycle.estimated,
            cycle.cost,
            cycle.idle_s,
            cycle.saved,
            cycle.no_cycle,
        ),
    )


class CycleLog:
    """Cycles and detectors of all appliances."""

    def __init__(self, database: Database) -> None:
        """Remember where the rows are; reads nothing yet."""
        self._database = database

    async def save(
        self,
        appliance_id: str,
        snapshot: Mapping[str, Any],
        cycle: CycleRecord | None,
        at: Instant,
    ) -> None:
        """Store a detector and, where there is one, its cycle: both or neither."""
        await self._database.write(
            lambda connection: store_cycle(
                connection, appliance_id, snapshot, cycle, at
            )
        )

    async def snapshots(self) -> dict[str, tuple[Instant, dict[str, Any]]]:
        """Load all detectors by appliance, each with the time when it was stored."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT appliance_id, saved_at, snapshot FROM detector_state"
            ).fetchall()
        )
        found = {}
        for appliance_id, saved_at, snapshot in rows:
            try:
                found[appliance_id] = (saved_at, json.loads(snapshot))
            except ValueError as error:  # a byte that the disk has changed
                _LOGGER.error(
                    "What was learned about an appliance is damaged and begins"
                    " anew: %s",
                    error,
                )
        return found

    async def records_since(self, instant: Instant) -> list[CycleRecord]:
        """Cycles that were announced since then, and all that are still open."""
        return await self._select(
            f"{_CYCLES} WHERE announced_at IS NULL OR announced_at >= ?"
            " ORDER BY started_at",
            instant,
        )

    async def last_cycles(self, appliance_id: str, most: int) -> list[CycleRecord]:
        """Find the latest cycles that are over (finished or interrupted)."""
        return await self._select(
            f"{_CYCLES} WHERE appliance_id = ? AND announced_at IS NOT NULL"
            " AND NOT no_cycle ORDER BY started_at DESC LIMIT ?",
            appliance_id,
            most,
        )

    async def close_orphans(
        self, current: Mapping[str, str | None], now: Instant
    ) -> None:
        """Close cycles that no detector knows any more (its memory was unreadable).

        `current` is the cycle that goes on, for each appliance. What became of the
        others nobody knows: interrupted, with an estimated end.
        """
        await self._database.write(
            lambda connection: connection.executemany(
                "UPDATE cycle SET ended_at = coalesce(ended_at, started_at),"
                " announced_at = ?, interrupted = 1, estimated = 1"
                " WHERE appliance_id = ? AND announced_at IS NULL AND id IS NOT ?",
                [(now, appliance, cycle) for appliance, cycle in current.items()],
            )
        )

    async def count(self, appliance_id: str) -> int:
        """How many cycles finished; the interrupted ones do not count."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT count(*) FROM cycle WHERE appliance_id = ?"
                " AND announced_at IS NOT NULL AND NOT interrupted",
                (appliance_id,),
            ).fetchone()
        )
        return int(rows[0])

    async def delete(self, appliance_id: str) -> None:
        """Forget an appliance that was removed."""

        def work(connection: sqlite3.Connection) -> None:
            for table in ("cycle", "detector_state"):
                connection.execute(
                    f"DELETE FROM {table} WHERE appliance_id = ?", (appliance_id,)
                )

        await self._database.write(work)

    async def _select(self, query: str, *values: str | float) -> list[CycleRecord]:
        rows = await self._database.read(
            lambda connection: connection.execute(query, values).fetchall()
        )
        return [_record(row) for row in rows]


def _record(row: tuple[Any, ...]) -> CycleRecord:
    return CycleRecord(
        cycle_id=row[0],
        appliance_id=row[1],
        started_at=row[2],
        ended_at=row[3],
        announced_at=row[4],
        energy_wh=row[5],
        interrupted=bool(row[6]),
        estimated=bool(row[7]),
        cost=row[8],
        idle_s=row[9],
        saved=row[10],
        no_cycle=bool(row[11]),
    )
