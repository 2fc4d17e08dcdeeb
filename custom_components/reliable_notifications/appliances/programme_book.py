"""The programmes of one appliance, as people see, name and choose them.

Passes on what people say: which cycles are one programme is the engine's to find out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import callback

from ..engine.cycles.detector import Detector
from ..engine.cycles.native_tracker import NativeTracker
from .forecast import NOT_RECOGNISED, PROGRAMME, Foresight, KnownProgramme

# A tile on half a phone shows as much.
LONGEST_NAME = 40
# words that mean something else where a name is shown
_RESERVED = frozenset({STATE_UNAVAILABLE, STATE_UNKNOWN, NOT_RECOGNISED, "automatic"})


def name_problem(name: str, others: Collection[str]) -> str | None:
    """Translation key of what is wrong with a name beside these others, or None."""
    folded = name.casefold()
    if len(name) > LONGEST_NAME:
        return "programme_name_long"
    if folded in _RESERVED or folded.startswith(PROGRAMME):
        return "programme_name_reserved"
    taken = folded in {other.casefold() for other in others}
    return "programme_name_taken" if taken else None


class Watched(Protocol):
    """The watch over the appliance."""

    detector: Detector | NativeTracker
    foresight: Foresight

    def look_again(self) -> None:
        """See what is expected now, show it, and write it down."""


class ProgrammeBook:
    """What was found, under the names that people have given."""

    def __init__(self, watch: Watched) -> None:
        """Belong to this appliance."""
        self._watch = watch

    @property
    def known(self) -> Sequence[KnownProgramme]:
        """The programmes that were found, the one used most often first."""
        return self._watch.foresight.programmes(self._watch.detector)

    @property
    def chosen(self) -> str | None:
        """What the programme is called that a person has named for this cycle."""
        detector = self._watch.detector
        if isinstance(detector, NativeTracker) or detector.chosen is None:
            return None
        return self._watch.foresight.label(detector.chosen)

    @callback
    def async_choose(self, label: str | None) -> None:
        """Take the word of a person which one it is; None to find out again."""
        detector = self._watch.detector
        ids = {each.label: each.id for each in self.known}
        if isinstance(detector, Detector):
            detector.choose(None if label is None else ids.get(label))
            self._watch.look_again()

    @callback
    def async_name(self, names: Mapping[int, str]) -> None:
        """Call them what people call them; an empty name takes the name away."""
        if isinstance(self._watch.detector, Detector):
            self._watch.foresight.give(names, self._watch.detector)
            self._watch.look_again()
