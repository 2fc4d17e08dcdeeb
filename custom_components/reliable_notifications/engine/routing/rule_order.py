"""In which order rules stand: numbers with room between them, given by words.

A rule is put first, or after another one; the others keep their numbers as long as
there is room. Must not know what rules say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Between two neighbours there is room for some ten more before all are numbered anew
GAP = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The number of a rule, and the new numbers of others that had to make room."""

    order: int
    moved: Mapping[str, int] = field(default_factory=dict)


def sequence(orders: Mapping[str, int]) -> list[str]:
    """The ids of rules as they are asked, by their numbers."""
    return sorted(orders, key=lambda each: (orders[each], each))


def placed(
    others: Mapping[str, int], after: str | None, now: int | None = None
) -> Placed:
    """Put a rule behind another one; None: before all of them.

    `now` is the number that it has; it is kept where it fits. Behind one that is gone
    means at the end.
    """
    ids = sequence(others)
    place = 0 if after is None else ids.index(after) + 1 if after in ids else len(ids)
    before = others[ids[place - 1]] if place else None
    behind = others[ids[place]] if place < len(ids) else None
    number = _between(before, behind, now)
    if number is not None and len(set(others.values())) == len(others):
        return Placed(order=number)
    return _anew(others, ids, place)


def _between(before: int | None, behind: int | None, now: int | None) -> int | None:
    """A number between two, none where there is no room."""
    low = float("-inf") if before is None else before
    high = float("inf") if behind is None else behind
    if now is not None and low < now < high:
        return now
    if before is None:
        return GAP if behind is None else behind - GAP
    if behind is None:
        return before + GAP
    return (before + behind) // 2 if behind - before > 1 else None


def _anew(others: Mapping[str, int], ids: list[str], place: int) -> Placed:
    """Number all of them with room between, and say which have got another one."""
    numbers = {
        each: GAP * (index + 1 + (index >= place)) for index, each in enumerate(ids)
    }
    return Placed(
        order=GAP * (place + 1),
        moved={key: each for key, each in numbers.items() if others[key] != each},
    )
