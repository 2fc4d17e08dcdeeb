"""What is told of a mistake is what happened."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.measuring import Job, Result
from benchmarks.mistakes import mistakes, pauses, show_mistakes
from benchmarks.scoring import CycleScore, TraceScore
from benchmarks.traces import Appliance, Segment, Trace, TrueCycle


def a_run(start: float, pause_s: float) -> tuple[list[Segment], TrueCycle]:
    at = start
    segments: list[Segment] = []
    for seconds, watts in ((3000.0, 80.0), (pause_s, 1.0), (60.0, 30.0)):
        segments.append((at, at + seconds, watts))
        at += seconds
    segments.append((at, start + 20000.0, 0.0))
    return segments, TrueCycle(id=f"c{start:.0f}", start=start, end=at)


def a_life(*told: tuple[float, str, float | None]) -> tuple[Job, Result]:
    """Live through pauses of so long, with these outcomes and announcements."""
    segments: list[Segment] = []
    scores = []
    for number, (pause_s, outcome, at) in enumerate(told):
        run, cycle = a_run(20000.0 * number, pause_s)
        segments += run
        score = CycleScore(cycle, nth=number + 1, outcome=outcome)
        if outcome == "premature" and at is not None:
            score.premature.append(cycle.start + at)
        elif at is not None:
            score.finish = (cycle.end or 0.0) + at
        scores.append(score)
    trace = Trace(
        device="d",
        id=0,
        begin=0.0,
        duration=segments[-1][1],
        segments=segments,
        cycles=[each.cycle for each in scores],
    )
    appliance = Appliance(name="one", kind="dishwasher", traces=[trace])
    result = Result(
        kind="dishwasher",
        name="one",
        profile="shelly",
        draw=0,
        scores=[TraceScore(0, scores)],
        state_bytes=0,
    )
    return Job(appliance=appliance, profile="shelly"), result


def test_a_pause_that_was_never_seen_and_outlasts_the_wait_could_not_be_known() -> None:
    job, result = a_life((2400.0, "premature", 5100.0), (2400.0, "premature", 5200.0))
    first, second = mistakes(job, result)
    assert (first.pause_s, first.seen_before, first.forced) == (2400.0, 0, True)
    assert (second.pause_s, second.seen_before, second.forced) == (2400.0, 1, False)
    assert first.off_s == 5100.0 - 5460.0
    assert "could not be known" in str(first)
    assert "could not be known" not in str(second)


def test_a_short_pause_could_be_waited_for() -> None:
    job, result = a_life((600.0, "premature", 3200.0))
    (only,) = mistakes(job, result)
    assert (only.pause_s, only.forced) == (600.0, False)


def test_what_was_told_rightly_and_soon_is_no_mistake() -> None:
    job, result = a_life((600.0, "good", 40.0), (600.0, "good", 2000.0))
    (late,) = mistakes(job, result)
    assert (late.nth, late.outcome, late.off_s) == (2, "late", 2000.0)


def test_a_lost_cycle_says_how_soon_the_next_began() -> None:
    job, result = a_life((600.0, "merged", None), (600.0, "good", 40.0))
    (lost,) = mistakes(job, result)
    assert (lost.outcome, lost.next_s) == ("merged", 20000.0 - 3660.0)


def test_the_reason_that_the_detector_gave_stands_beside_the_mistake(capsys) -> None:
    job, result = a_life((600.0, "good", 2000.0))
    result = replace(result, reasons={3660.0 + 2000.0: "safe_wait"})
    show_mistakes([job], [result])
    out = capsys.readouterr().out
    assert "told +2000 s (safe_wait)" in out
    assert "late: 1 safe_wait" in out


def test_rests_of_a_drum_are_no_pauses() -> None:
    segments: list[Segment] = [(0.0, 100.0, 50.0), (100.0, 130.0, 0.0)]
    segments += [(130.0, 200.0, 50.0), (200.0, 290.0, 0.0), (290.0, 400.0, 50.0)]
    trace = Trace(device="d", id=0, begin=0.0, duration=400.0, segments=segments)
    cycle = TrueCycle(id="c", start=0.0, end=400.0)
    assert pauses(trace, cycle, 8.0) == [(200.0, 290.0)]
