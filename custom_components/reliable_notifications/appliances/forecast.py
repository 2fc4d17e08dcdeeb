"""What is expected of an appliance's cycles, and what its programmes are called.

Puts the engine's expectation in the words and units of the entities. Must not guess
anything itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import math
from typing import Any

from ..engine.cycles.detector import Detector
from ..engine.cycles.expectation import Expectation
from ..engine.cycles.names import Names
from ..engine.cycles.native_tracker import NativeTracker
from ..engine.cycles.programmes import Programme
from ..engine.cycles.runs import profile
from ..engine.vocabulary import (
    ApplianceState,
    CycleEvent,
    CycleEventKind,
    Instant,
)

NOT_RECOGNISED = "not_recognised"
PROGRAMME = "programme_"
_IN_CYCLE = frozenset({ApplianceState.RUNNING, ApplianceState.PAUSED})
_MINUTE = 60.0
# Planners of energy and dynamic tariffs reckon by quarters of an hour.
PROFILE_SLOT_S = 900.0
# An outlook changes by the minute, and costs more than a reading does.
LOOK_EVERY = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What is known of the end before it has come; None where nothing is.

    `remaining_s` is in whole minutes: nobody plans by seconds, and each new state is
    a row in the recorder.
    """

    programme: str | None = None
    usual_s: float | None = None
    usual_wh: float | None = None
    remaining_s: float | None = None
    progress: float | None = None
    expected_end: Instant | None = None
    overrunning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProgramme:
    """A programme that was found, and what it is called.

    `label` is the name, or a word that is translated while it has none. `profile_w` is
    its mean power in each quarter of an hour.
    """

    id: int
    label: str
    name: str | None
    count: int
    length_s: float
    wh: float
    profile_w: Sequence[float]


class Foresight:
    """The expectations of one appliance."""

    def __init__(self, almost_done_s: float) -> None:
        """Begin with none; `almost_done_s` is how early *almost done* comes."""
        self._expectation = Expectation(almost_done_s)
        self._names = Names()
        self._looked_at: Instant = 0.0

    @property
    def wake_at(self) -> Instant | None:
        """When *almost done* is due."""
        return self._expectation.wake_at

    def look(
        self, detector: Detector | NativeTracker, now: Instant, *, at_once: bool
    ) -> CycleEvent | None:
        """See what is expected by now; gives *almost done* when it is time."""
        started_at, cycle_id = detector.started_at, detector.cycle_id
        if (
            isinstance(detector, NativeTracker)  # says what it does, not how long
            or detector.state not in _IN_CYCLE
            or detector.unfit is not None
            or started_at is None
            or cycle_id is None
        ):
            self._expectation.rest()
            return None
        due = self._expectation.wake_at
        is_due = at_once or (due is not None and now >= due)
        if not is_due and now - self._looked_at < LOOK_EVERY:
            return None
        self._looked_at = now
        return self._expectation.look(now, cycle_id, started_at, detector.outlook)

    def hear(self, event: CycleEvent, detector: Detector | NativeTracker) -> None:
        """Keep the names with their programmes, which each cycle changes."""
        if event.kind is CycleEventKind.FINISHED:
            self.follow(detector)

    def follow(self, detector: Detector | NativeTracker) -> None:
        """Find the programmes that have a name."""
        if isinstance(detector, Detector):
            self._names.follow(detector.programmes)

    def give(self, names: Mapping[int, str], detector: Detector) -> None:
        """Call programmes what people call them; an empty name takes it away."""
        self._names.give(names, detector.programmes)

    def forecast(self, detector: Detector | NativeTracker) -> Forecast:
        """Put together what is expected."""
        if isinstance(detector, NativeTracker):
            return Forecast()
        expected, in_cycle = self._expectation.expected, detector.state in _IN_CYCLE
        programme = expected.programme if in_cycle else detector.programme
        remaining = expected.remaining_s
        return Forecast(
            programme=self._shown(programme, in_cycle=in_cycle),
            usual_s=None if programme is None else programme.length_s,
            usual_wh=None if programme is None else programme.wh,
            remaining_s=remaining and math.ceil(remaining / _MINUTE) * _MINUTE,
            progress=expected.progress,
            expected_end=expected.end_at and round(expected.end_at),
            overrunning=expected.overrunning,
        )

    def programmes(self, detector: Detector | NativeTracker) -> list[KnownProgramme]:
        """List the programmes that were found, the one used most often first."""
        if isinstance(detector, NativeTracker):
            return []
        return [
            KnownProgramme(
                id=each.id,
                label=self.label(each.id),
                name=self._names.of(each.id),
                count=each.count,
                length_s=each.length_s,
                wh=each.wh,
                profile_w=profile(
                    each.length_s,
                    each.wh,
                    detector.programmes.course(each.id),
                    PROFILE_SLOT_S,
                ),
            )
            for each in detector.programmes.known()
        ]

    def label(self, programme: int) -> str:
        """What a programme is called: by people, else by its number."""
        return self._names.of(programme) or f"{PROGRAMME}{programme + 1}"

    def _shown(self, programme: Programme | None, *, in_cycle: bool) -> str | None:
        if programme is None:
            return NOT_RECOGNISED if in_cycle else None
        return self.label(programme.id)

    def snapshot(self) -> dict[str, Any]:
        """What a restart must not forget, as JSON."""
        return {
            "expectation": self._expectation.snapshot(),
            "names": self._names.snapshot(),
        }

    def restore(
        self, snapshot: Mapping[str, Any], detector: Detector | NativeTracker
    ) -> None:
        """Take up what was written down."""
        self._expectation.restore(snapshot.get("expectation"))
        if isinstance(detector, Detector):
            self._names.restore(snapshot.get("names"), detector.programmes)
