"""The score of what is expected: errors, silence and jumps are what they say."""

from __future__ import annotations

import pytest

from benchmarks.forecast import Answer, Tally, tally
from benchmarks.traces import Appliance, Trace, TrueCycle

CYCLE = TrueCycle(id="1", start=0.0, end=2400.0)


def figures(answers: list[Answer]) -> dict[str, float | None]:
    score = Tally()
    score.note(CYCLE, answers)
    return dict(score.figures())


def test_an_end_that_is_right_has_no_error() -> None:
    right = [Answer(at, 2400.0 - at, False) for at in range(0, 2400, 60)]
    told = figures(right)
    assert (told["known_25"], told["median_25"], told["p90_75"]) == (100.0, 0.0, 0.0)
    assert (told["jumps"], told["overrunning"]) == (0.0, 0)


def test_errors_are_in_percent_of_the_length_and_silence_has_none() -> None:
    late = [
        Answer(at, None if at < 1200 else 2640.0 - at, False)
        for at in range(0, 2400, 60)
    ]
    told = figures(late)
    assert (told["known_25"], told["known_50"]) == (0.0, 100.0)
    assert told["median_25"] is None
    assert told["median_50"] == pytest.approx(10.0)


def test_an_end_that_moves_is_counted() -> None:
    ends = [2400.0, 2400.0, 2700.0, 2700.0, 2640.0]
    answers = [Answer(60.0 * n, end - 60.0 * n, False) for n, end in enumerate(ends)]
    told = figures([*answers, Answer(300.0, None, True)])
    assert told["jumps"] == pytest.approx(25.0)
    assert told["overrunning"] == 1


def test_the_detector_learns_from_the_past_of_an_appliance() -> None:
    programme = [(0.0, 600.0, 0.0), (600.0, 2400.0, 2000.0), (2400.0, 9000.0, 0.0)]
    cycle = TrueCycle(id="1", start=600.0, end=2400.0)
    appliance = Appliance(
        name="washer",
        kind="washing_machine",
        traces=[
            Trace(
                device="washer",
                id=day,
                begin=day * 86_400.0,
                duration=9000.0,
                segments=programme,
                cycles=[cycle],
            )
            for day in range(3)
        ],
    )
    kind, name, score = tally((appliance, "shelly", 0))
    assert (kind, name, score.asked) == ("washing_machine", "washer", 3)
    # nothing is known of the first, the others are like it
    assert len(score.errors[0.5]) == 2
    assert max(score.errors[0.5]) < 0.02
