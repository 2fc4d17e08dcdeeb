"""What is expected of a running cycle, as entities show it.

Only puts the detector's outlook in the words and units of the entities; must not
guess anything itself.
"""

from __future__ import annotations

from dataclasses import dataclass
import math

from .engine.cycles.detector import Detector
from .engine.cycles.native_tracker import NativeTracker
from .engine.cycles.programmes import Programme
from .engine.vocabulary import ApplianceState, Instant

NOT_RECOGNISED = "not_recognised"
_IN_CYCLE = frozenset({ApplianceState.RUNNING, ApplianceState.PAUSED})
_MINUTE = 60.0


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


def forecast(detector: Detector | NativeTracker) -> Forecast:
    """Put together what the detector expects."""
    if isinstance(detector, NativeTracker):
        return Forecast()  # it says what it does, not how much of it is left
    programme, outlook = detector.programme, detector.outlook
    remaining, progress = outlook.remaining_s, outlook.progress
    expected_end = None
    if remaining is not None and progress is not None and detector.started_at:
        # the whole is what is left by the share that is left
        expected_end = detector.started_at + remaining / (1.0 - progress)
    return Forecast(
        programme=_name(programme, in_cycle=detector.state in _IN_CYCLE),
        usual_s=None if programme is None else programme.length_s,
        usual_wh=None if programme is None else programme.wh,
        remaining_s=remaining and math.ceil(remaining / _MINUTE) * _MINUTE,
        progress=progress,
        expected_end=expected_end and round(expected_end),
        overrunning=outlook.overrunning,
    )


def _name(programme: Programme | None, *, in_cycle: bool) -> str | None:
    """Their order of appearance is all that programmes are called by."""
    if programme is None:
        return NOT_RECOGNISED if in_cycle else None
    return f"programme_{programme.id + 1}"
