"""A replay of the past finds what a detector that was awake would have found."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.cycles.detector import (
    Detector,
    Step,
)
from custom_components.reliable_notifications.engine.cycles.replay import Replay
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    CycleEventKind,
    Reading,
)

_BOIL = [Reading(0.0, 0.0), Reading(100.0, 1800.0), Reading(280.0, 0.0)]


def test_alarms_ring_between_readings() -> None:
    detector = Detector(ApplianceKind.KETTLE)
    replay = Replay(detector)
    events = [*replay.feed(_BOIL), *replay.ring(2000.0)]
    assert [event.kind for event in events] == [
        CycleEventKind.STARTED,
        CycleEventKind.FINISHED,
    ]
    assert events[1].ended_at == 280.0
    # told as it would have been then, not at the end of the replay
    assert 280.0 < events[1].at < 600.0


def test_pieces_make_no_difference() -> None:
    whole, pieces = (
        Replay(Detector(ApplianceKind.KETTLE)),
        Replay(Detector(ApplianceKind.KETTLE)),
    )
    at_once = [*whole.feed(_BOIL), *whole.ring(2000.0)]
    in_pieces = [event for reading in _BOIL for event in pieces.feed([reading])] + [
        event for until in (500.0, 2000.0) for event in pieces.ring(until)
    ]
    assert in_pieces == at_once


def test_an_alarm_that_does_not_move_on_rings_once() -> None:
    class Stuck(Detector):
        rung = 0

        def step(self, now: float, reading: Reading | None = None) -> Step:
            self.rung += reading is None
            return Step((), 5.0)

    detector = Stuck(ApplianceKind.KETTLE)
    replay = Replay(detector)
    assert list(replay.feed([Reading(0.0, 0.0)])) == []
    assert list(replay.ring(10.0)) == []
    assert detector.rung == 1
