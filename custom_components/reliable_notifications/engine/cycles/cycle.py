"""The cycle that runs or ran last: what it is called, when it was, what it used.

Must not decide anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import (
    CycleEvent,
    CycleEventKind,
    Instant,
)

from .energy import JOULES_PER_WH
from .programmes import MARKS_MIN
from .snapshot import NEVER

# Short rests of so long together tell what the electronics draw at work.
REST_KNOWN_S = 120.0

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def cycle_id(started_at: Instant) -> str:
    """Make a name of the start alone, so that a replay gives the same one."""
    seconds = int(max(started_at, 0.0))
    digits = ""
    while True:
        seconds, digit = divmod(seconds, 36)
        digits = _DIGITS[digit] + digits
        if seconds == 0:
            return digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """More (above 0) or less than usual, as shares; None where nothing is usual."""

    length: float | None = None
    energy: float | None = None


@dataclass(slots=True)
class Cycle:
    """One cycle.

    `active_joules` is the energy up to its last activity, `rest_joules` what was
    used in `rest_s` of short rests between loads. A `headless` one ran already
    when the sensor came: its length and energy are not known. `usual_s` and
    `usual_wh` are what its programme took before it, 0 while that was not known.
    `chosen` is the programme that a person has named for it, or for the next one.
    """

    id: str = ""
    started_at: float = NEVER
    ended_at: float = NEVER
    active_joules: float = 0.0
    peak_w: float = 0.0
    rest_s: float = 0.0
    rest_joules: float = 0.0
    estimated: bool = False
    overdue: bool = False
    silent: bool = False
    headless: bool = False
    programme: int = -1
    usual_s: float = 0.0
    usual_wh: float = 0.0
    chosen: int = -1
    count: int = 0
    short_runs: int = 0

    def begin(self, started_at: Instant, joules: float, watts: float) -> None:
        """Begin anew: a cycle was proven."""
        self.id = cycle_id(started_at)
        self.started_at = started_at
        self.ended_at = NEVER
        self.active_joules = joules
        self.peak_w = watts
        self.rest_s = self.rest_joules = 0.0
        self.estimated = self.overdue = False
        self.programme = -1
        self.usual_s = self.usual_wh = 0.0

    @property
    def lasted_s(self) -> float:
        """How long the cycle that is over took."""
        return self.ended_at - self.started_at

    @property
    def rest_w(self) -> float | None:
        """The power between loads; None before that was seen for long enough."""
        return self.rest_joules / self.rest_s if self.rest_s >= REST_KNOWN_S else None

    @property
    def energy_wh(self) -> float:
        """Energy up to the last activity."""
        return self.active_joules / JOULES_PER_WH

    @property
    def deviation(self) -> Deviation:
        """How a cycle that is over differs from what its programme took before."""
        if self.ended_at == NEVER or self.usual_s <= 0.0 or self.usual_wh <= 0.0:
            return Deviation()
        return Deviation(
            length=self.lasted_s / self.usual_s - 1.0,
            energy=self.energy_wh / self.usual_wh - 1.0,
        )

    def curve(self, marks: Sequence[float]) -> list[tuple[float, float]]:
        """Give the energy over the time of a cycle that is over, from 0 to its end."""
        lasted_s = max(self.lasted_s, 1.0)
        noted = zip(MARKS_MIN, marks, strict=False)
        within = [(60.0 * mark, wh) for mark, wh in noted if 60.0 * mark < lasted_s]
        # what was used at rest up to a mark is not the cycle's own at its end
        total = max(self.energy_wh, within[-1][1] if within else 0.0)
        return [(0.0, 0.0), *within, (lasted_s, total)]

    def event(
        self, kind: CycleEventKind, at: Instant, reason: str, confidence: float | None
    ) -> CycleEvent:
        """Tell of this cycle as an event."""
        return CycleEvent(
            kind=kind,
            cycle_id=self.id,
            at=at,
            started_at=self.started_at,
            ended_at=None if self.ended_at == NEVER else self.ended_at,
            energy_wh=self.energy_wh,
            confidence=confidence,
            estimated=self.estimated,
            reason=reason,
        )
