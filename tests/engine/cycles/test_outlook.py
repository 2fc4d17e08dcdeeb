"""What is expected of a running cycle by the earlier ones that began like it."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.outlook import (
    LEAST_LEFT_S,
    OVERRUN_LEAST_S,
    Outlook,
    outlook,
)
from custom_components.reliable_notifications.engine.cycles.programmes import Programmes
from custom_components.reliable_notifications.engine.cycles.runs import (
    MOST_RUNS,
    Runs,
    SoFar,
    energy_at,
    profile,
)

COURSE = [30.0, 200.0, 300.0, 320.0]


class House:
    """A few cycles that were, and a question about the one that runs."""

    def __init__(self) -> None:
        self.programmes, self.runs = Programmes(), Runs()

    def had(self, length_s: float, wh: float, course: list[float]) -> None:
        number = self.programmes.learn(length_s, wh, course)
        self.runs.learn(number, length_s, wh, course)

    def asks(
        self,
        elapsed_s: float,
        wh: float,
        course: list[float],
        chosen: int | None = None,
    ) -> Outlook:
        so_far = SoFar(course=course, elapsed_s=elapsed_s, wh=wh)
        return outlook(self.runs, self.programmes, so_far, chosen)


@pytest.fixture
def house() -> House:
    place = House()
    for length_s in (1000.0, 1100.0, 1200.0):
        place.had(length_s, 330.0, COURSE)
    return place


def test_nothing_is_expected_of_what_is_like_nothing(house: House) -> None:
    assert house.asks(100.0, 20.0, []) == Outlook()
    assert house.asks(700.0, 3000.0, [900.0, 1800.0, 2900.0]) == Outlook()


def test_one_that_began_roughly_alike_is_not_enough() -> None:
    place = House()
    place.had(1000.0, 330.0, COURSE)
    rough = [each * 1.25 for each in COURSE[:3]]
    assert place.asks(600.0, 375.0, rough) == Outlook()
    near = [each * 1.05 for each in COURSE[:3]]
    assert place.asks(600.0, 315.0, near).remaining_s == 400.0


def test_what_is_left_is_the_median_of_those_that_began_alike(house: House) -> None:
    told = house.asks(600.0, 300.0, COURSE[:3])
    assert told.remaining_s == 500.0
    assert told.progress == pytest.approx(600.0 / 1100.0)
    assert told.programme is not None
    assert told.programme.id == 0


def test_those_that_were_over_by_now_count_no_more(house: House) -> None:
    told = house.asks(1160.0, 325.0, COURSE)
    assert told.remaining_s == LEAST_LEFT_S  # of 1100 and 1200 the one in the middle
    house.had(1400.0, 330.0, COURSE)
    house.had(1410.0, 330.0, COURSE)
    assert house.asks(1300.0, 329.0, COURSE).remaining_s == pytest.approx(105.0, abs=6)


def test_a_short_programme_overruns_too(house: House) -> None:
    last = 1200.0 + OVERRUN_LEAST_S
    almost = house.asks(last, 335.0, COURSE)
    assert almost.remaining_s == LEAST_LEFT_S
    assert almost.progress is not None
    assert almost.progress < 1.0
    over = house.asks(last + 1.0, 335.0, COURSE)
    assert over.overrunning
    assert over.programme is not None
    assert over.remaining_s is over.progress is None
    assert house.asks(50_000.0, 335.0, COURSE).overrunning  # it never gives up


def test_a_longer_programme_with_more_energy_does_not_overrun(house: House) -> None:
    assert house.asks(2000.0, 900.0, COURSE) == Outlook()


def test_a_chosen_programme_is_believed_whatever_the_course(house: House) -> None:
    house.had(5000.0, 900.0, [5.0, 10.0, 15.0, 20.0])
    assert house.asks(600.0, 300.0, COURSE[:3], chosen=1).remaining_s == 4400.0
    assert house.asks(30.0, 1.0, [], chosen=1).remaining_s == 4970.0
    assert house.asks(9000.0, 300.0, COURSE, chosen=1).overrunning
    house.runs.keep_only([0])
    told = house.asks(600.0, 300.0, COURSE, chosen=1)
    assert told == Outlook(programme=house.programmes.named(1))


def test_the_oldest_cycles_make_room() -> None:
    runs = Runs()
    for index in range(MOST_RUNS + 3):
        runs.learn(0, 1000.0 + index, 300.0, COURSE)
    assert len(runs.rows) == MOST_RUNS
    assert runs.rows[0][1] == 1003.0


def test_energy_between_the_marks_grows_evenly() -> None:
    row = [0.0, 1000.0, 330.0, *COURSE]
    assert energy_at(row, 0.0) == 0.0
    assert energy_at(row, 90.0) == 15.0
    assert energy_at(row, 180.0) == 30.0
    assert energy_at(row, 950.0) == pytest.approx(325.0)
    assert energy_at(row, 5000.0) == 330.0


def test_a_profile_is_the_mean_power_of_each_slot() -> None:
    # 30 Wh in the first three minutes, 170 in the next three, 130 until the end
    watts = profile(600.0, 330.0, [30.0, 200.0], 180.0)
    assert watts == [600.0, 3400.0, pytest.approx(1950.0), pytest.approx(650.0)]
    assert sum(watts) * 180.0 / 3600.0 == pytest.approx(330.0)
