"""What people call the programmes of an appliance.

A name belongs to what the programme is like, not to a number: when everything is
learned anew, or a programme comes back after it was forgotten, it finds its name again.

Must not know what people may not call them: that is for those who ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .programmes import MOST, Programmes
from .snapshot import Json, SnapshotError, listed, pack, unpack

# Names kept, of programmes that are known and of such that may come back.
MOST_NAMES = 2 * MOST

_LOST = -1


@dataclass(slots=True, kw_only=True)
class _Named:
    """A name, and what the programme was like when it was last seen."""

    name: str = ""
    programme: int = _LOST
    length_s: float = 1.0
    wh: float = 0.0
    course: list[float] = field(default_factory=list)


class Names:
    """The names of one appliance's programmes."""

    __slots__ = ("_named",)

    def __init__(self) -> None:
        """Begin without names."""
        self._named: list[_Named] = []

    def of(self, programme: int) -> str | None:
        """What people call this programme; None if they do not."""
        return next(
            (each.name for each in self._named if each.programme == programme), None
        )

    def give(self, chosen: Mapping[int, str], programmes: Programmes) -> None:
        """Name programmes by their numbers; an empty name takes the name away."""
        self._named = [each for each in self._named if each.programme not in chosen]
        for number, name in chosen.items():
            if name and programmes.named(number) is not None:
                self._named.append(_Named(name=name, programme=number))
        del self._named[:-MOST_NAMES]
        self.follow(programmes)

    def follow(self, programmes: Programmes) -> None:
        """Take what the programmes are like by now, and find those that came back."""
        for each in self._named:
            known = programmes.named(each.programme)
            if known is None or (each.course and not _is_like(each, programmes)):
                each.programme = _LOST
        for each in self._named:
            if each.programme == _LOST:
                self._find(each, programmes)
            self._note(each, programmes)

    def _find(self, each: _Named, programmes: Programmes) -> None:
        found = programmes.like(each.length_s, each.wh, each.course)
        if found is not None and self.of(found.id) is None:
            each.programme = found.id

    @staticmethod
    def _note(each: _Named, programmes: Programmes) -> None:
        known = programmes.named(each.programme)
        if known is not None:
            each.length_s, each.wh = known.length_s, known.wh
            each.course = programmes.course(known.id)

    # -- written down ------------------------------------------------------------------

    def snapshot(self) -> list[Json]:
        """Everything, as JSON."""
        return [pack(each) for each in self._named]

    def restore(self, snapshot: Json, programmes: Programmes) -> None:
        """Take up what was written down; what is not ours is left alone."""
        try:
            self._named = [unpack(_Named, each) for each in listed(snapshot)]
        except SnapshotError:
            return
        self.follow(programmes)


def _is_like(each: _Named, programmes: Programmes) -> bool:
    """Say whether the number still means the programme that was named.

    A number becomes free with its programme, and another one may have got it.
    """
    like = programmes.like(each.length_s, each.wh, each.course)
    return like is not None and like.id == each.programme
