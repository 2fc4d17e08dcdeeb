"""What a cycle costs when: at its end, and had it run in the cheapest hours.

The energy of the cycle is moved as a whole over the prices that are known, in steps
of a quarter of an hour. Where too few prices are known there is no answer.

Must not know where prices come from.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
import itertools
import math

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .prices import Slot

# The finest tariffs change each quarter of an hour, and nobody programs a start finer.
STEP_S = 900.0
# A cycle is compared with those that begin, or end, within a day of it: people put off
# the laundry until tonight or tomorrow, not until next week.
DAY_S = 86_400.0
# So much of that must be known, else the cheapest hours may not be among it. An hour
# less than a day: a restart must not spoil the answer.
LEAST_KNOWN_S = 82_800.0

# (seconds since the start, Wh used by then), from (0, 0) to the end
type Course = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What the cheapest start would have saved, in the currency of the prices."""

    saved: float
    starts_at: Instant


def saving(course: Course, started_at: Instant, slots: Sequence[Slot]) -> Saving | None:
    """Compare the cycle with the same one at other times; None if not enough is known.

    `slots` are in order and do not overlap. Nothing is saved (0) where no other start
    would have been cheaper.
    """
    length_s = course[-1][0]
    earliest, latest = started_at + length_s - DAY_S, started_at + DAY_S
    known_s = sum(
        max(0.0, min(slot.until, latest) - max(slot.since, earliest)) for slot in slots
    )
    paid = cost(course, started_at, slots)
    if paid is None or known_s < LEAST_KNOWN_S:
        return None
    best = Saving(saved=0.0, starts_at=started_at)
    start = math.ceil(earliest / STEP_S) * STEP_S
    while start + length_s <= latest:
        other = cost(course, start, slots)
        if other is not None and paid - other > best.saved:
            best = Saving(saved=paid - other, starts_at=start)
        start += STEP_S
    return best


def cost(course: Course, start: Instant, slots: Sequence[Slot]) -> float | None:
    """What the cycle costs if it starts then; None if a price is missing."""
    money = 0.0
    for (since, before), (until, after) in itertools.pairwise(course):
        if after > before:
            piece = _spread(after - before, start + since, start + until, slots)
            if piece is None:
                return None
            money += piece
    return money


def _spread(
    wh: float, since: Instant, until: Instant, slots: Sequence[Slot]
) -> float | None:
    """Price energy that is used evenly between two instants."""
    if until <= since:
        until = since + 1.0
    money, reached = 0.0, since
    first = bisect.bisect_right(slots, since, key=lambda slot: slot.since) - 1
    for slot in slots[max(first, 0) :]:
        if slot.since > reached or reached >= until:
            break
        end = min(slot.until, until)
        if end > reached:
            money += wh / 1000.0 * slot.price * (end - reached) / (until - since)
            reached = end
    return money if reached >= until else None


def projected(
    spent: float, left_wh: float, left_s: float, now: Instant, slots: Sequence[Slot]
) -> float | None:
    """What the cycle will have cost at its end; None if no price is known for now.

    What is left is taken to be used evenly. Beyond the known prices the last one holds.
    """
    current = next((slot for slot in slots if slot.since <= now <= slot.until), None)
    if current is None:
        return None
    ahead = [slot for slot in slots if slot.until > now and slot is not current]
    known = [Slot(now, max(current.until, now + 1.0), current.price), *ahead]
    gapless = [known[0]]
    for slot in known[1:]:
        last = gapless[-1]
        gapless[-1] = Slot(last.since, max(slot.since, last.until), last.price)
        gapless.append(slot)
    last = gapless[-1]
    until = max(last.until, now + left_s + 1.0)
    gapless[-1] = Slot(last.since, until, last.price)
    rest = _spread(left_wh, now, now + left_s, gapless)
    return None if rest is None else spent + rest
