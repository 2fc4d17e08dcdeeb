"""The study counts and chooses rightly, and varies only what exists."""

from __future__ import annotations

from dataclasses import asdict
import subprocess

import pytest

from benchmarks import ROOT
from benchmarks.goals import Verdict
from benchmarks.measuring import Job, live
from benchmarks.overriding import overridden, shipped
from benchmarks.study.choosing import leave_one_out
from benchmarks.study.day import day_of
from benchmarks.study.running import unpacked
from benchmarks.study.subjects import ABLATED, SWEPT, shipped_value
from benchmarks.study.tallies import LOST_MIN, PREMATURE_MIN, Tally, together
from benchmarks.study.wording import rewritten, tables
from benchmarks.synthetic import synthetic


@pytest.mark.parametrize("swept", SWEPT, ids=lambda each: each.name)
def test_what_is_swept_exists_and_the_shipped_value_is_among_the_tried(swept) -> None:
    assert shipped_value(swept) in swept.values
    with overridden(swept.numbers(swept.values[0])):
        if not swept.name.startswith("kinds."):
            assert shipped(swept.name) == swept.values[0]


@pytest.mark.parametrize("name", ABLATED)
def test_what_is_switched_off_exists(name) -> None:
    with overridden(ABLATED[name]):
        pass


def test_without_all_learning_every_cycle_waits() -> None:
    appliance = next(each for each in synthetic(1) if each.name == "dryer_0")
    job = {"appliance": appliance, "profile": "shelly"}
    knows = Tally().add([live(Job(**job))])
    ignorant = Tally().add([live(Job(**job, numbers=ABLATED["all learning"]))])
    assert (ignorant.delay(0.5) or 0.0) > 10.0 * (knows.delay(0.5) or 0.0)


def tally(cycles: int, delay: float, premature: int = 0) -> Tally:
    good = cycles - premature
    return Tally(cycles, premature, 0, [delay] * good)


def test_costs_are_minutes_of_an_average_cycle() -> None:
    one = Tally(cycles=10, premature=1, lost=1, delays=[60.0] * 8)
    assert one.cost_min == pytest.approx((PREMATURE_MIN + LOST_MIN + 8.0) / 10.0)
    assert (one.premature_share, one.wrong_share) == (10.0, 20.0)
    both = together([one, tally(10, 120.0)])
    assert (both.cycles, both.premature, both.lost, len(both.delays)) == (20, 1, 1, 18)
    assert Tally.unpacked(one.packed()) == one


def test_a_number_is_chosen_without_the_one_that_is_left_out() -> None:
    """Only machine c likes 1: chosen without c it is 2, and c pays for that."""
    sweep = {
        1.0: {"a": tally(5, 600.0), "b": tally(5, 600.0), "c": tally(5, 10.0)},
        2.0: {"a": tally(5, 60.0), "b": tally(5, 60.0), "c": tally(5, 3000.0)},
    }
    by_name = {each.left_out: each for each in leave_one_out(sweep, 1.0, ["a", "c"])}
    assert by_name["c"].value == 2.0
    assert by_name["c"].cost_min == pytest.approx(50.0)
    assert by_name["c"].shipped_cost_min == pytest.approx(1.0 / 6.0)
    assert by_name["a"].value == 1.0


def test_the_shipped_value_stays_where_nothing_speaks_against_it() -> None:
    sweep = {
        1.0: {"a": tally(5, 600.0), "b": tally(5, 600.0)},
        2.0: {"a": tally(5, 600.0), "b": tally(5, 599.0)},
    }
    assert leave_one_out(sweep, 1.0, ["a"])[0].value == 1.0


def test_a_day_shows_the_pause_and_the_finish() -> None:
    drawn = [each for each in synthetic(0) if each.name == "dishwasher_0"]
    day = day_of(drawn)
    assert day["name"] == "dishwasher_0"
    assert len(day["t"]) == len(day["watts"]) == len(day["confidence"])
    assert day["t"] == sorted(day["t"])
    assert {"running", "paused"} <= set(day["state"])
    assert "cycle_started" in {kind for _, kind in day["events"]}
    assert 0.0 <= min(day["confidence"]) <= max(day["confidence"]) <= 1.0


def test_the_tables_tell_what_was_measured() -> None:
    packed = {"": {"one": tally(5, 40.0).packed(), "drawn": tally(8, 90.0).packed()}}
    sweeps = {
        each.name: {str(value): packed[""] for value in each.values} for each in SWEPT
    }
    figures = {
        "metered": ["one"],
        "cold": {"shelly": {"one": tally(3, 2080.0).packed()}},
        "learned": {"shelly": {"one": tally(5, 40.0, premature=1).packed()}},
        "drawn": {"shelly": {"drawn_0": tally(8, 90.0).packed()}},
        "goals": {
            "metered": [
                asdict(verdict(50.0, "shelly")),
                asdict(verdict(150.0, "poll60")),
            ],
            "drawn": [asdict(verdict(20.0, "shelly"))],
        },
        "otherwise": {
            "in other orders": {"shelly": tally(9, 41.0).packed()},
        },
        "shipped": packed,
        "sweeps": sweeps,
        "ablations": {"closing motif": packed},
    }
    told = tables(figures)
    assert "| one | cold | 2080, 2080 |" in told["scores"]
    assert "| one | learned | 40, 40; **1 early** |" in told["scores"]
    assert "| **drawn** | 8 | 90, 90 |" in told["drawn"]
    assert "| closing motif | 40, 40 | 0.67 min | 90, 90 |" in told["ablations"]
    assert "| in other orders | 9 | 41, 41 |" in told["otherwise"]
    worst = "| dryer | delay | 150 s (≤ 60) poll60 | **1 of 2** plugs |"
    assert f"{worst} 20 s (≤ 60) shelly | yes |" in told["goals"]
    assert unpacked(packed)[""]["one"].cycles == 5
    page = "".join(
        f"# {name}\n<!-- study: {name} -->\nstale\n<!-- /study -->\n" for name in told
    )
    after = rewritten(page, figures)
    assert "stale" not in after
    assert all(table in after for table in told.values())
    assert rewritten(after, figures) == after
    with pytest.raises(LookupError, match="no place for"):
        rewritten("# empty\n", figures)


def verdict(value: float, profile: str) -> Verdict:
    return Verdict(
        figure="delay", kind="dryer", profile=profile, goal=60.0, value=value, unit="s"
    )


def test_the_page_of_the_study_has_a_place_for_every_table() -> None:
    page = (ROOT / "docs" / "detection.md").read_text(encoding="utf-8")
    for name in ("goals", "scores", "otherwise", "drawn", "left_out", "ablations"):
        begin, _, rest = page.partition(f"<!-- study: {name} -->")
        assert begin != page, name
        assert rest.partition("<!-- /study -->")[0].count("|") > 20


@pytest.mark.slow
def test_the_pictures_can_be_drawn(tmp_path) -> None:
    """In the environment of the study, which has the library for it."""
    run = subprocess.run(
        [ROOT / "scripts" / "bench", "study", "--quick", "--folder", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    assert run.returncode == 0, run.stderr
    pictures = sorted(each.name for each in tmp_path.iterdir())
    assert {"trade_off.png", "scores.png", "ablations.png"} <= set(pictures)
    assert all(each.stat().st_size > 10_000 for each in tmp_path.iterdir())
