"""The prices of energy that are known: seen as they changed, or given in advance.

Must not know entities, and must not weigh cycles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .snapshot import Json, SnapshotError, pack, unpack

# The day before a cycle is what it is compared with; a long cycle needs some more.
KEPT_S = 2 * 86_400.0
# Two days of a tariff that changes each quarter of an hour.
MOST_PRICES = 200
# The price before an absence holds over it if it is the same after it, and if the
# absence was no longer than the slowest dynamic tariff takes for a change.
BRIDGED_S = 3600.0

# A price given in advance is believed if the one for now is the one that is shown: else
# it is without taxes, of another product, or in another unit.
AGREES_SHARE = 0.01
AGREES_MONEY = 0.0005

_SINCE, _UNTIL, _PRICE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Slot:
    """A price per kWh from an instant until another."""

    since: Instant
    until: Instant
    price: float


@dataclass(slots=True, kw_only=True)
class _Seen:
    """Rows of since, until, price; whether the last one still holds."""

    rows: list[list[float]] = field(default_factory=list)
    holds: bool = False


class PriceLog:
    """The prices that were seen in the last two days."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        """Begin without having seen any."""
        self._seen = _Seen()

    def hear(self, price: float | None, now: Instant) -> None:
        """Take the price from now on; None while nobody knows it."""
        seen, rows = self._seen, self._seen.rows
        if seen.holds:
            rows[-1][_UNTIL] = max(now, rows[-1][_SINCE])
        seen.holds = price is not None
        if price is None:
            return
        is_same = bool(rows) and rows[-1][_PRICE] == price
        if is_same and now - rows[-1][_UNTIL] <= BRIDGED_S:
            rows[-1][_UNTIL] = now
        else:
            rows.append([now, now, price])
        seen.rows = [row for row in rows if row[_UNTIL] >= now - KEPT_S]
        del seen.rows[:-MOST_PRICES]

    def slots(self, now: Instant) -> list[Slot]:
        """Give what was seen, the last price until now."""
        slots = [Slot(*row) for row in self._seen.rows]
        if self._seen.holds:
            last = slots.pop()
            slots.append(Slot(last.since, max(now, last.until), last.price))
        return slots

    def snapshot(self) -> dict[str, Json]:
        """What a restart must not forget, as JSON."""
        return pack(self._seen)

    def restore(self, snapshot: Json) -> None:
        """Take up what was written down; what is not ours is left alone."""
        try:
            seen = unpack(_Seen, snapshot)
        except SnapshotError:
            return
        if all(len(row) == len(_EMPTY) and row[0] <= row[1] for row in seen.rows):
            # whether it still held when we were away is not known
            seen.holds = False
            self._seen = seen


_EMPTY = (0.0, 0.0, 0.0)


def believed(given: Iterable[Slot], price: float | None, now: Instant) -> list[Slot]:
    """Give the prices that were given in advance, if they fit the one that is shown."""
    slots = sorted(given, key=lambda slot: slot.since)
    current = next((slot for slot in slots if slot.since <= now < slot.until), None)
    if price is None or current is None:
        return []
    slack = max(AGREES_MONEY, AGREES_SHARE * abs(price))
    return slots if abs(current.price - price) <= slack else []


def merged(first: Sequence[Slot], second: Sequence[Slot]) -> list[Slot]:
    """Put two lists of prices in one without overlaps; the first has the say."""
    slots: list[Slot] = []
    for slot in sorted(first, key=lambda slot: slot.since):
        since = max(slot.since, slots[-1].until if slots else slot.since)
        if since < slot.until:
            slots.append(Slot(since, slot.until, slot.price))
    for slot in second:
        slots += _outside(slot, slots)
    return sorted(slots, key=lambda slot: slot.since)


def _outside(slot: Slot, slots: Sequence[Slot]) -> list[Slot]:
    """Cut off a slot what the others cover."""
    pieces, since = [], slot.since
    for other in sorted(slots, key=lambda other: other.since):
        if other.until <= since or other.since >= slot.until:
            continue
        if since < other.since:
            pieces.append(Slot(since, other.since, slot.price))
        since = max(since, other.until)
    if since < slot.until:
        pieces.append(Slot(since, slot.until, slot.price))
    return pieces
