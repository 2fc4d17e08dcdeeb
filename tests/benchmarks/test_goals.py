"""The gauge says *reached* only where it is, and finds the worst."""

from __future__ import annotations

from benchmarks.goals import Verdict, judge, show_verdicts, speed, worst_of
from benchmarks.measuring import Result
from benchmarks.scoring import CycleScore, TraceScore
from benchmarks.traces import TrueCycle


def life(
    delays: list[float | None],
    *,
    name: str = "one",
    kind: str = "dishwasher",
    profile: str = "shelly",
    draw: int = 0,
    outcome: str = "good",
    spurious: tuple[float, ...] = (),
) -> Result:
    cycles = []
    for number, delay in enumerate(delays):
        start = number * 36000.0
        cycle = TrueCycle(id=f"{name}-{number}", start=start, end=start + 3600.0)
        finish = None if delay is None else start + 3600.0 + delay
        cycles.append(
            CycleScore(
                cycle,
                nth=number + 1,
                outcome=outcome if delay is not None else "merged",
                start=start + 20.0,
                own_start=start + 4.0,
                finish=finish,
                own_finish=finish,
            )
        )
    score = TraceScore(0, cycles, spurious=list(spurious))
    return Result(
        kind=kind,
        name=name,
        profile=profile,
        draw=draw,
        scores=[score],
        state_bytes=8000,
    )


def figures(results: list[Result], classic: list[Result] | None = None):
    return {(each.figure, each.profile): each for each in judge(results, classic or [])}


def test_an_appliance_that_is_prompt_reaches_all() -> None:
    told = figures([life([2090.0, 2090.0, 2090.0, 40.0, 41.0, 55.0])])
    assert all(each.reached for each in told.values() if each.reached is not None)
    assert told["delay, learned, median", "shelly"].value == 41.0
    assert told["delay, cold, median", "shelly"].goal == 2100.0


def test_the_worst_appliance_and_draw_counts() -> None:
    prompt = life([0.0] * 3 + [40.0] * 5)
    late = life([0.0] * 3 + [70.0] * 5, name="other", draw=3, profile="poll60")
    told = figures([prompt, late])
    assert told["delay, learned, median", "shelly"].reached
    verdict = told["delay, learned, median", "poll60"]
    assert (verdict.value, verdict.goal, verdict.reached) == (70.0, 120.0, True)
    both = figures([prompt, life([0.0] * 3 + [70.0] * 5, name="other", draw=3)])
    verdict = both["delay, learned, median", "shelly"]
    assert (verdict.value, verdict.reached) == (70.0, False)
    assert verdict.where == "other, draw 3, n 5"


def test_one_premature_finish_is_one_too_many() -> None:
    early = life([50.0] * 5, outcome="premature", draw=1)
    told = figures([life([50.0] * 600), early])
    assert told["premature, standard draw", "shelly"].reached  # not in that draw
    assert told["premature, learned", "shelly"].reached is False
    told = figures([early])
    assert told["premature, standard draw", "shelly"].reached is False


def test_lost_cycles_are_shares_of_their_stage() -> None:
    told = figures([life([50.0, None, 50.0, 50.0, 50.0, None])])
    assert round(told["lost, cold", "shelly"].value or 0.0, 1) == 33.3
    assert round(told["lost, learned", "shelly"].value or 0.0, 1) == 33.3


def test_a_cycle_that_was_switched_off_is_no_learned_one() -> None:
    result = life([50.0] * 4)
    cut = TrueCycle(id="cut", start=2e5, end=2.1e5, cut=True)
    result.scores[0].cycles.append(CycleScore(cut, nth=5, outcome="merged"))
    assert figures([result])["lost, learned", "shelly"].value == 0.0


def test_short_kinds_are_to_be_good() -> None:
    told = figures([life([30.0] * 97 + [None] * 3, kind="kettle")])
    good = told["good", "shelly"]
    assert (good.value, good.goal, good.reached) == (97.0, 98.0, False)
    polled = figures([life([30.0] * 97 + [None] * 3, kind="kettle", profile="poll60")])
    assert polled["good", "poll60"].reached


def test_what_has_no_cycles_may_be_told_on_the_first_day_only() -> None:
    day = 86400.0
    fridge = life([], kind="refrigerator", spurious=(100.0, day - 1.0, day + 1.0))
    rule = life([], kind="refrigerator", spurious=(100.0, 200.0, 300.0))
    told = figures([fridge], [rule])
    late = told["finishes after the first day", "shelly"]
    assert (late.value, late.reached) == (1.0, False)
    early = told["finishes on the first day", "shelly"]
    assert (early.value, early.goal, early.reached) == (2.0, 3.0, True)


def test_the_table_names_what_is_not_reached(capsys) -> None:
    verdicts = [
        Verdict(figure="delay", kind="dryer", profile="shelly", goal=60.0, value=50.0),
        Verdict(
            figure="delay", kind="dryer", profile="poll60", goal=120.0, value=300.0
        ),
        speed("dryer", 4.0),
    ]
    ((worst, reached, count), _) = worst_of(verdicts)
    assert (worst.profile, reached, count) == ("poll60", 1, 2)
    show_verdicts(verdicts, each_plug=False)
    out = capsys.readouterr().out
    assert "NO (1 of 2 plugs)" in out
    assert "reached: 2 of 3" in out
