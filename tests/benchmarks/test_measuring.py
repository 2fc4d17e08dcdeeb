"""What the benchmark does to appliances and to the detector, and that it undoes it."""

from __future__ import annotations

import pytest

from benchmarks.classic import Classic
from benchmarks.measuring import Job, draws, live
from benchmarks.overriding import overridden
from benchmarks.profiles import PROFILES
from benchmarks.scoring import run
from benchmarks.shipped import Adapter, factory
from benchmarks.stretching import stretched
from benchmarks.synthetic import synthetic
from benchmarks.traces import Appliance, appliances, folder
from custom_components.reliable_notifications.engine.cycles import (
    evidence,
    kinds,
    tracker,
)
from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind


def one(name: str) -> Appliance:
    return next(each for each in synthetic(1) if each.name == name)


class Sleepless:
    """Asks for every tick."""

    def __init__(self, inner: Adapter | Classic) -> None:
        self.inner = inner
        self.asleep_until = 0.0
        self.feed, self.tick = inner.feed, inner.tick


@pytest.mark.parametrize("profile", ["shelly", "flaky"])
@pytest.mark.parametrize("name", ["dishwasher_0", "dryer_1", "kettle_2"])
def test_the_alarm_that_the_detector_asks_for_is_enough(name, profile) -> None:
    """Ticks that it did not ask for change nothing, so leaving them out is fair."""
    appliance = one(name)
    (trace,) = appliance.traces
    meta = {"kind": appliance.kind}
    asked = run(factory(meta), trace, profile, 0.0, 0)
    assert len(asked) >= 10
    assert asked == run(Sleepless(factory(meta)), trace, profile, 0.0, 0)


def test_the_threshold_rule_does_what_it_says() -> None:
    rule = Classic()
    assert rule.feed(0.0, 100.0) == []
    assert rule.tick(59.0) == []
    assert rule.tick(60.0) == [("started", 0.0)]
    assert rule.feed(100.0, 4.0) == []
    assert rule.feed(200.0, 30.0) == []
    assert rule.feed(300.0, 0.0) == []
    assert rule.asleep_until == 480.0
    assert rule.tick(480.0) == [("finished", 300.0)]
    assert rule.feed(500.0, None) == []


def test_the_threshold_rule_can_be_scored() -> None:
    result = live(Job(appliance=one("dryer_0"), profile="shelly", classic_s=180.0))
    outcomes = [each.outcome for score in result.scores for each in score.cycles]
    assert outcomes.count("good") > len(outcomes) / 2


def test_time_and_power_can_be_stretched() -> None:
    (appliance, *_) = appliances(folder(), ["dishwasher"])
    other = stretched(appliance, 1.3, 0.5)
    first, same = appliance.traces[0], other.traces[0]
    assert other.name == f"{appliance.name} time×1.3 power×0.5"
    assert same.duration == pytest.approx(1.3 * first.duration)
    assert same.cycles[0].end == pytest.approx(1.3 * (first.cycles[0].end or 0), abs=1)
    most = max(watts or 0.0 for _, _, watts in first.segments)
    assert max(watts or 0.0 for _, _, watts in same.segments) == 0.5 * most
    assert all(since < until for since, until, _ in same.segments)
    assert len(list(PROFILES["shelly"](same, 0))) > 10
    assert stretched(appliance, 1.0, 1.0) is appliance


def test_a_number_is_changed_wherever_it_is_read_and_changed_back() -> None:
    before = evidence.CONFIRM_S
    safe = kinds.KINDS[ApplianceKind.DRYER].safe_wait_s
    changes = {"evidence.CONFIRM_S": 99.0, "kinds.safe_wait_s": 2.0}
    with overridden({**changes, "kinds.splits": False}):
        assert evidence.CONFIRM_S == 99.0
        traits = tracker.KINDS[ApplianceKind.DRYER]
        assert traits is kinds.KINDS[ApplianceKind.DRYER]
        assert (traits.safe_wait_s, traits.splits) == (2.0 * safe, False)
    assert before == evidence.CONFIRM_S
    assert tracker.KINDS[ApplianceKind.DRYER].safe_wait_s == safe


def test_a_number_that_decides_shows_in_the_score() -> None:
    appliance = one("dishwasher_3")

    def median(numbers) -> float:
        result = live(Job(appliance=appliance, profile="shelly", numbers=numbers))
        delays = [c.delay for score in result.scores for c in score.cycles if c.delay]
        return sorted(delays)[len(delays) // 2]

    assert median({"evidence.CONFIRM_S": 200.0}) > median({})


@pytest.mark.parametrize("name", ["evidence.NOBODY", "nowhere.NEAR", "kinds.nothing"])
def test_a_number_that_nobody_reads_is_an_error(name) -> None:
    with pytest.raises(LookupError, match="no"), overridden({name: 1.0}):
        pass


def test_plugs_without_chance_need_one_draw() -> None:
    assert list(draws("shelly", 3, shuffle=False)) == [(0, 0)]
    assert list(draws("poll60", 3, shuffle=False)) == [(0, 0), (1, 0), (2, 0)]
    assert list(draws("shelly", 2, shuffle=True)) == [(0, 0), (1, 1)]
