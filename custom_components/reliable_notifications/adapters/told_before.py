"""What was told lately and what is going on, so that nothing is told without need.

Kept in memory and built again from the log at the start; what somebody has called over
is in a table of its own. Must not decide what is a duplicate or what inhibits what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import logging
import sqlite3

from ..engine.routing.duplicates import (
    Earlier,
    Fingerprint,
    fingerprint,
    happening,
    is_duplicate,
)
from ..engine.routing.inhibition import INHIBITS, LONGEST, inhibited_by
from ..engine.routing.policy_edits import LONGEST as LONGEST_WINDOW
from ..engine.routing.policy_row import Policies
from ..engine.vocabulary import Event, Instant, IntentState, Notification
from .database import Database, StorageFailed
from .outbox import Outbox
from .parcel_rows import notification_of

_LOGGER = logging.getLogger(__name__)

# Happenings that are remembered: what a home tells in a week many times over. In a
# storm of others the oldest is forgotten, and would be told once more
_MOST = 2000

# what was told to somebody, each time with all for whom it was
_LATELY = (
    "SELECT notification.*, group_concat(intent.recipient_id, char(10)) AS people"
    " FROM notification JOIN intent ON intent.notification_id = notification.id"
    " WHERE notification.created_at >= ? AND NOT notification.is_test"
    " AND intent.state <> 'cancelled'"
    " AND NOT EXISTS (SELECT 1 FROM resolved WHERE resolved.tag = notification.tag"
    " AND resolved.at >= notification.created_at)"
    " GROUP BY notification.id ORDER BY notification.created_at, notification.id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What was told last of a happening."""

    earlier: Earlier
    tag: str


class ToldBefore:
    """What was told lately, by what it is about."""

    def __init__(self, database: Database, outbox: Outbox, policies: Policies) -> None:
        """Nothing is known before it was read; `policies` say how long it counts."""
        self._database = database
        self._outbox = outbox
        self._policies = policies
        self._told: dict[Fingerprint, _Told] = {}
        # what inhibits others: since when it is going on, by its tag and key
        self._going_on: dict[tuple[str, str], Instant] = {}

    async def async_load(self, now: Instant) -> None:
        """Read what was told lately enough to count. Raises StorageFailed."""
        windows = [row.dedupe or 0.0 for row in self._policies.values()]
        since = now - max(LONGEST, *windows)
        rows = await self._database.read(
            lambda connection: connection.execute(_LATELY, (since,)).fetchall()
        )
        self._told.clear()
        self._going_on.clear()
        for row in rows:
            notification = notification_of(row)
            people = row["people"].split("\n")
            self._remember(_event(notification), people, notification)

    async def reasons_to_drop(
        self, event: Event, people: Iterable[str], now: Instant
    ) -> Mapping[str, str]:
        """Why some of these people need not be told of it, by their ids."""
        whom = tuple(people)
        if event.is_test:
            return {}
        if (greater := self.inhibitor(event, now)) is not None:
            reason = f"Not told while this is going on: {greater}"
            return dict.fromkeys(whom, reason)
        told = self._told.get(happening(event, whom))
        mark = fingerprint(event, whom)
        if told is None or told.earlier.fingerprint != mark:
            return {}
        still_told, has_come = await self._fate(told.earlier.notification_id)
        if not is_duplicate(
            event, mark, told.earlier, now, self._policies, still_told=still_told
        ):
            return {}
        reason = f"The same was told already, by {told.earlier.notification_id}"
        return {each: reason for each in whom if each in has_come}

    def inhibitor(self, event: Event, now: Instant) -> str | None:
        """What is going on that explains this event; None: nothing does."""
        going_on = (
            key for (_, key), at in self._going_on.items() if 0 <= now - at < LONGEST
        )
        return inhibited_by(event, going_on)

    async def _fate(self, notification_id: str) -> tuple[bool, set[str]]:
        """Whether it is still being told, and to whom it has come or may yet come.

        One that has failed must not be in the way of the next.
        """
        try:
            parcels = await self._outbox.of_notification(notification_id)
        except StorageFailed:
            return False, set()  # better once too often
        is_open = {
            parcel.recipient_id
            for parcel in parcels
            if not parcel.delivery.state.is_terminal
        }
        done = {
            parcel.recipient_id
            for parcel in parcels
            if parcel.delivery.state is IntentState.DONE
        }
        return bool(is_open), is_open | done

    def remember(
        self, event: Event, people: Iterable[str], notification: Notification
    ) -> None:
        """It is told now."""
        if not event.is_test:
            self._remember(event, people, notification)

    def _remember(
        self, event: Event, people: Iterable[str], notification: Notification
    ) -> None:
        whom, tag, at = tuple(people), notification.tag, notification.created_at
        about = happening(event, whom)
        self._told.pop(about, None)  # the latest stands last
        earlier = Earlier(
            notification_id=notification.id,
            at=at,
            priority=event.priority,
            fingerprint=fingerprint(event, whom),
        )
        self._told[about] = _Told(earlier=earlier, tag=tag)
        while len(self._told) > _MOST:
            del self._told[next(iter(self._told))]
        if event.key in INHIBITS:
            self._going_on[tag, event.key] = at

    def forget(self, notification_id: str) -> None:
        """It could not be stored, so it is not told."""
        for about, told in tuple(self._told.items()):
            if told.earlier.notification_id == notification_id:
                del self._told[about]

    async def async_over(self, tag: str, now: Instant) -> None:
        """What these messages are about is over: the next one is news."""
        for about, told in tuple(self._told.items()):
            if told.tag == tag:
                del self._told[about]
        for key in tuple(self._going_on):
            if key[0] == tag:
                del self._going_on[key]

        def work(connection: sqlite3.Connection) -> None:
            # kept for as long as any window may be: it may be made longer meanwhile
            connection.execute(
                "DELETE FROM resolved WHERE at < ?", (now - LONGEST_WINDOW,)
            )
            connection.execute(
                "INSERT OR REPLACE INTO resolved (tag, at) VALUES (?, ?)", (tag, now)
            )

        try:
            await self._database.write(work)
        except StorageFailed as failure:
            _LOGGER.warning("That something is over will be forgotten: %s", failure)


def _event(notification: Notification) -> Event:
    """What was told, as far as that decides whether something else is the same."""
    tag, own = notification.tag, f"rn-{notification.id}"
    return Event(
        key=notification.event,
        at=notification.created_at,
        title=notification.title,
        message=notification.message,
        priority=notification.priority,
        source=notification.source,
        incident=None if tag == own else tag.removeprefix("rn-"),
    )
