"""What can be read of a damaged database, row by row.

Must not judge what a row says: whether it makes sense is found out by who reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
import sqlite3
from typing import Any


def copy_rows(source: sqlite3.Connection, target: sqlite3.Connection) -> bool:
    """Copy all rows that can be read; returns whether that was everything.

    The target has the tables already. Raises sqlite3.Error if it does not take them.
    """
    whole = [_copy_table(source, target, table) for table in _tables(target)]
    return all(whole)


def _copy_table(
    source: sqlite3.Connection, target: sqlite3.Connection, table: str
) -> bool:
    """Copy the rows of one table, from both ends up to where it is broken.

    Left out are rows that point to one that was lost, or break a rule of the table.
    """
    try:
        known = {name for name, _ in _columns(source, table)}
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    columns = [column for column in _columns(target, table) if column[0] in known]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    marks = ", ".join("?" * len(columns))
    # by the table itself: an index may be what is broken
    query = f"SELECT {names} FROM {table} NOT INDEXED"
    keys = [name for name, is_key in columns if is_key]
    backwards = ", ".join(f'"{name}" DESC' for name in keys) or "rowid DESC"
    for order in ("", f" ORDER BY {backwards}"):
        lost: list[Exception] = []
        for row in _readable(source, query + order, lost):
            with suppress(sqlite3.IntegrityError):
                target.execute(
                    f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", row
                )
        if not lost:
            return not order
    return False


def _readable(
    source: sqlite3.Connection, query: str, lost: list[Exception]
) -> Iterator[tuple[Any, ...]]:
    """The rows up to the first that cannot be read."""
    try:
        for row in source.execute(query):
            yield tuple(row)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        lost.append(error)


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, bool]]:
    """Names of the columns, and which of them are the key of a table without rowid."""
    (text,) = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE name = ?", (table,)
    ).fetchone() or ("",)
    by_key = "WITHOUT ROWID" in text
    return [
        (row[1], by_key and row[5] > 0)
        for row in connection.execute(f"PRAGMA table_info({table})")
    ]


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite_%'"
        )
    ]
