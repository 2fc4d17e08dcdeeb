"""When messages to the same person wait for each other, to become one.

The first of a quiet time goes at once, unless it is to wait for company. What follows
within seconds is gathered and told together; while the messages keep coming in heaps
the waits become longer, so that a storm ends as a few messages. Must not know texts, or
who leads a group.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..vocabulary import Instant, Priority

# Seconds that messages are waited for, by how many heaps have come in a row (delivery
# reference 5.10 has the first; the last is the interval between groups of Alertmanager,
# section 3): a storm of an hour is some fifteen messages
WAITS: tuple[float, ...] = (5.0, 30.0, 60.0, 300.0)

# What is of high priority waits no longer than this, storm or not: half of the time
# after which somebody is to have it on the phone (delivery reference 5.8)
LONGEST_OF_HIGH = 15.0

# More than these many at once are a heap (delivery reference 5.10)
FEW = 3

# Messages within a minute that make a storm, in which those of high priority are
# gathered as well: as many as a person may get in a minute (allowance.py)
STORM = 10
_MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What has come lately to one person by one way.

    `last_at` is when the last one was let go, alone or with its group. `until` is the
    end of the wait that is going on. `heaps` counts groups of many in a row, `recent`
    has the latest arrivals, as many as make a storm.
    """

    last_at: Instant | None = None
    until: Instant | None = None
    heaps: int = 0
    recent: tuple[Instant, ...] = ()


def arrives(
    stream: Stream, priority: Priority, now: Instant, company: float = 0.0
) -> tuple[Stream, Instant | None]:
    """A message comes: when it is told together with others; None: now, alone.

    With `company` the first one waits, too, for so many seconds; nothing urgent does.
    """
    if priority is Priority.URGENT:
        return stream, None
    recent = (*stream.recent, now)[-STORM:]
    stream = replace(stream, recent=recent)
    if priority is Priority.HIGH and not (company or _is_storm(recent, now)):
        return stream, None
    if stream.until is not None and now < stream.until <= now + WAITS[-1]:
        return stream, stream.until
    wait = WAITS[min(stream.heaps, len(WAITS) - 1)]
    if priority is Priority.HIGH:
        wait = min(wait, LONGEST_OF_HIGH)
    if stream.last_at is None or not 0 <= now - stream.last_at < wait:
        if not company:
            return replace(stream, last_at=now, until=None, heaps=0), None
        stream, wait = replace(stream, heaps=0), company
    wait = max(wait, company)
    return replace(stream, until=now + wait), now + wait


def told(stream: Stream, number: int, now: Instant) -> Stream:
    """A group of so many is told now."""
    heaps = stream.heaps + 1 if number > FEW else stream.heaps
    return replace(stream, last_at=now, until=None, heaps=heaps)


def _is_storm(recent: tuple[Instant, ...], now: Instant) -> bool:
    return len(recent) == STORM and 0 <= now - recent[0] < _MINUTE
