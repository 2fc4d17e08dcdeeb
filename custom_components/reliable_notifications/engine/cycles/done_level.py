"""The change of standby power that goes with taking the load out, learned.

A machine that is done rests at one level; when its door is opened, its display or its
lock changes that by a watt or two. A change that was seen at two unloadings which
somebody confirmed (a door, a button, a phone) says the third by itself. What comes
equally long after every end is the machine's own auto-off and says nothing: no person
is punctual to seconds.

Must not say that a load was taken out: that is `unloading`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .snapshot import NEVER
from .standby import HIGHEST_W

# A level has stood for so long: doors are opened for longer, and pulses against creases
# (4-9 s) are shorter.
STABLE_S = 20.0
# Values nearer than this are one level (meters flicker by tenths of a watt), and a
# change is at least this much (known: 1.8 W done, 0.3 W opened).
SAME_W = 0.4
LEAST_CHANGE_W = 0.8
# Whoever confirms does so within this of the change: opens, takes out, taps.
CONFIRMED_WITHIN_S = 180.0
# So often it must have been confirmed, and more often than not: else it is the flicker
# of a coarse meter.
CONFIRMED_ENOUGH = 2
# A timer repeats its delay to this, or to this share.
PUNCTUAL_S = 15.0
PUNCTUAL_SHARE = 0.02
# Changes remembered; machines have two or three.
CHANGES = 6

_BEFORE, _AFTER, _CONFIRMED, _MISSED, _DELAY, _TIMED = range(6)
ROW_SIZE = 6


@dataclass(slots=True, kw_only=True)
class DoneLevels:
    """The level after the end, its latest change, and the changes known.

    A row is the level before, after, how often confirmed and how often not, the last
    delay after the end, and whether a timer makes it.
    """

    rows: list[list[float]] = field(default_factory=list)
    finished_at: float = NEVER
    level: float = NEVER
    value: float = NEVER
    since: float = NEVER
    changed_at: float = NEVER
    # the row of the latest change, until it is confirmed
    open_row: int = -1
    # when a person was last at the appliance
    hand_at: float = NEVER

    def begin(self, finished_at: Instant) -> None:
        """Watch from the end of a cycle on."""
        self.stop()
        self.finished_at = finished_at

    def stop(self) -> None:
        """Watch no more: another cycle has begun."""
        self._close()
        self.finished_at = self.level = self.value = self.since = NEVER
        self.changed_at = NEVER

    @property
    def settles_at(self) -> Instant | None:
        """When the value that is new will be a level; None if none is."""
        is_new = self.finished_at != NEVER and not self._is_level(self.value)
        return self.since + STABLE_S if is_new and self.value != NEVER else None

    def hear(self, watts: float | None, now: Instant) -> bool:
        """Take the power; says whether a level has just changed."""
        if self.finished_at == NEVER:
            return False
        if watts is None or watts > HIGHEST_W:
            self.value = self.since = NEVER
            return False
        if abs(watts - self.value) > SAME_W:
            self.value, self.since = watts, now
        if now - self.since < STABLE_S or self._is_level(self.value):
            return False
        before, self.level = self.level, self.value
        if before == NEVER or abs(before - self.level) < LEAST_CHANGE_W:
            return False
        self._changed(before)
        return True

    def _is_level(self, watts: float) -> bool:
        return abs(watts - self.level) <= SAME_W

    def _changed(self, before: float) -> None:
        self._close()
        self.changed_at = self.since
        delay = self.changed_at - self.finished_at
        found = self._row(before)
        if found is None:
            self.rows.append([before, self.level, 0.0, 0.0, delay, 0.0])
            del self.rows[:-CHANGES]
            self.open_row = len(self.rows) - 1
        else:
            row = self.rows[found]
            slack = max(PUNCTUAL_S, PUNCTUAL_SHARE * delay)
            if abs(row[_DELAY] - delay) <= slack:
                row[_TIMED] = 1.0
            row[_DELAY] = delay
            self.open_row = found

    def _row(self, before: float) -> int | None:
        for index, row in enumerate(self.rows):
            alike = abs(row[_BEFORE] - before) <= SAME_W
            if alike and abs(row[_AFTER] - self.level) <= SAME_W:
                return index
        return None

    def confirm(self, at: Instant) -> None:
        """Note that a person was at the appliance: a change about then was theirs."""
        self.hand_at = at
        self.settle()

    def settle(self) -> None:
        """See whether the latest change was a person's."""
        row = self._open()
        if row and abs(self.hand_at - self.changed_at) <= CONFIRMED_WITHIN_S:
            row[_CONFIRMED] += 1.0
            self.open_row = -1

    def take(self) -> bool:
        """Say whether the latest change goes with taking out the load; ask once."""
        row = self._open()
        if not row or row[_TIMED] or row[_CONFIRMED] < CONFIRMED_ENOUGH:
            return False
        if row[_MISSED] >= row[_CONFIRMED]:
            return False
        self.open_row = -1
        return True

    def _close(self) -> None:
        if row := self._open():
            row[_MISSED] += 1.0
        self.open_row = -1

    def _open(self) -> list[float] | None:
        known = 0 <= self.open_row < len(self.rows)
        return self.rows[self.open_row] if known else None
