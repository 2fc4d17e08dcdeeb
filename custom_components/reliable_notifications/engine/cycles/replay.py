"""Runs a detector over readings of the past, as if it had been awake all the time.

Rings the detector's alarms between the readings. Must not know where readings
come from, or do anything with the events but hand them over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..vocabulary import CycleEvent, Instant, Reading
from .detector import Detector


class Replay:
    """A detector, and the alarm that it has set; fed in pieces, in order of time."""

    __slots__ = ("_alarm", "detector")

    def __init__(self, detector: Detector) -> None:
        """Take over the detector until the replay is over."""
        self.detector = detector
        self._alarm: Instant | None = None

    def feed(self, readings: Iterable[Reading]) -> Iterator[CycleEvent]:
        """Step through readings; gives the events with the times of the past."""
        for reading in readings:
            yield from self.ring(reading.at)
            yield from self._step(reading.at, reading)

    def ring(self, until: Instant) -> Iterator[CycleEvent]:
        """Ring what should have rung before an instant."""
        while (alarm := self._alarm) is not None and alarm < until:
            yield from self._step(alarm, None)
            if self._alarm is not None and self._alarm <= alarm:
                return  # one that does not move on would ring for ever

    def _step(self, now: Instant, reading: Reading | None) -> tuple[CycleEvent, ...]:
        step = self.detector.step(now, reading)
        self._alarm = step.wake_at
        return step.events
