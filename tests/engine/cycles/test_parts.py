"""The small parts of the detector, each by itself."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.cycles.cadence import Cadence
from custom_components.reliable_notifications.engine.cycles.cycle import cycle_id
from custom_components.reliable_notifications.engine.cycles.energy import (
    LONGEST_BRIDGE_S,
    EnergyMeter,
)
from custom_components.reliable_notifications.engine.cycles.evidence import (
    RISK_AT_SAFE_WAIT,
    confidence,
)
from custom_components.reliable_notifications.engine.cycles.kinds import KINDS
from custom_components.reliable_notifications.engine.cycles.load import Load
from custom_components.reliable_notifications.engine.cycles.onset import Onset
from custom_components.reliable_notifications.engine.cycles.standby import Standby
from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind


def _noted(*distances: float, changed: bool = True) -> Cadence:
    cadence = Cadence()
    for distance in distances:
        cadence.note(distance, changed=changed)
    return cadence


def test_a_steady_grid_is_a_poll() -> None:
    cadence = _noted(*[60.0, 60.4, 59.6] * 3)
    assert cadence.is_polled
    assert cadence.step == pytest.approx(60.0, abs=0.5)


def test_missed_polls_stay_on_the_grid() -> None:
    assert _noted(*[30.0] * 4, 60.0, 30.0, 90.0, 30.0, 30.0).is_polled


def test_reports_of_changes_are_no_poll() -> None:
    assert _noted(*[90.0, 141.0, 203.0, 77.0, 118.0, 64.0, 155.0] * 3).step == 0.0


def test_three_short_distances_end_the_belief_in_a_poll() -> None:
    cadence = _noted(*[60.0] * 12)
    assert cadence.is_polled
    for _ in range(2):
        cadence.note(5.0, changed=True)
    assert cadence.is_polled
    cadence.note(5.0, changed=True)
    assert not cadence.is_polled


def test_very_long_distances_say_nothing() -> None:
    cadence = _noted(*[60.0] * 12)
    before = (cadence.shortest, cadence.grid)
    cadence.note(7210.0, changed=True)
    assert (cadence.shortest, cadence.grid) == before


def test_a_gap_is_bridged_by_the_mean_of_both_sides() -> None:
    meter = EnergyMeter()
    meter.outage(360.0, 1000.0)
    meter.back(2000.0)
    assert meter.wh == pytest.approx(150.0)


def test_a_long_gap_is_not_bridged() -> None:
    meter = EnergyMeter()
    meter.outage(LONGEST_BRIDGE_S + 1.0, 1000.0)
    meter.back(2000.0)
    assert meter.wh == 0.0


def test_the_id_of_a_cycle_is_its_start() -> None:
    assert cycle_id(0.0) == "0"
    assert cycle_id(36.9) == "10"
    assert int(cycle_id(1_700_000_000.4), 36) == 1_700_000_000


def test_every_kind_has_traits_within_reason() -> None:
    assert set(KINDS) == set(ApplianceKind)
    for kind, traits in KINDS.items():
        assert 60.0 <= traits.safe_wait_s <= 2100.0, kind
        assert 0.0 < traits.leak <= 1.0, kind
        assert traits.load_w >= 8.0, kind


def test_confidence_grows_from_even_to_the_bound() -> None:
    grown = [confidence(quiet, 600.0) for quiet in (0.0, 100.0, 300.0, 600.0, 9000.0)]
    assert grown == sorted(grown)
    assert grown[0] == pytest.approx(0.5)
    assert grown[-1] == pytest.approx(1.0 - RISK_AT_SAFE_WAIT)


def test_a_short_pulse_is_no_activity() -> None:
    load = Load()
    load.rest(300.0, 1.0, 0.2)
    load.work(5.0, 305.0)
    assert load.quiet_s == 305.0
    load.work(8.0, 313.0)
    assert load.quiet_s == 0.0
    assert load.active_at == 313.0


def test_rest_taken_for_load_is_taken_back() -> None:
    load = Load()
    load.begin(1000.0)
    load.rested(400.0)
    assert (load.active_at, load.quiet_s, load.charge) == (600.0, 400.0, 0.0)


def test_the_onset_remembers_when_the_load_came() -> None:
    traits = KINDS[ApplianceKind.WASHING_MACHINE]
    onset = Onset()
    onset.open(100.0)
    onset.hold(10.0, 200.0, traits.load_w)
    assert not onset.proves(traits)  # enough energy, but it may be a glitch
    assert onset.settled_in(200.0, traits.load_w, traits) == pytest.approx(2.0)
    onset.hold(5.0, 200.0, traits.load_w)
    assert onset.proves(traits)
    assert onset.since == 100.0


def test_the_onset_fades() -> None:
    onset = Onset()
    onset.open(0.0)
    onset.hold(6.0, 50.0, 10.0)
    traits = KINDS[ApplianceKind.WASHING_MACHINE]
    assert onset.settled_in(0.0, 10.0, traits) == pytest.approx(54.0)
    assert onset.settled_in(5.0, 10.0, traits) == pytest.approx(600.0)
    onset.hold(54.0, 0.0, 10.0)
    assert not onset.is_open


def _rested(*stretches: tuple[float, float]) -> Standby:
    standby = Standby()
    for seconds, watts in stretches:
        for _ in range(int(seconds / 60.0)):
            standby.hold(60.0, watts)
            standby.teach()
    return standby


def test_nothing_known_about_rest() -> None:
    standby = Standby()
    assert standby.usual is None
    assert standby.threshold(10.0) == 10.0


def test_levels_are_learned_apart() -> None:
    standby = _rested((7200.0, 0.5), (1800.0, 6.0), (3600.0, 0.8))
    assert len(standby.levels) == 2
    assert standby.usual == pytest.approx(0.6, abs=0.2)
    assert standby.top == pytest.approx(6.0)
    assert standby.threshold(8.0) == pytest.approx(10.0)


def test_a_short_level_does_not_move_the_threshold() -> None:
    standby = _rested((7200.0, 0.5), (300.0, 9.0))
    assert standby.threshold(8.0) == 8.0


def test_the_least_important_level_makes_room() -> None:
    stretches = [(1200.0, 0.0), (1200.0, 4.0), (600.0, 8.0), (1200.0, 12.0)]
    standby = _rested(*stretches, (1200.0, 18.0))
    assert sorted(round(level[0]) for level in standby.levels) == [0, 4, 12, 18]


def test_a_load_is_no_level() -> None:
    assert _rested((7200.0, 60.0)).levels == []


def test_flat_rest_needs_long_and_longer_the_higher_it_is() -> None:
    standby = _rested((1140.0, 11.0))
    assert not standby.rests_flat(600.0)
    standby.hold(60.0, 11.0)
    assert standby.rests_flat(600.0)
    higher = _rested((7140.0, 20.0))
    assert not higher.rests_flat(600.0)
    higher.hold(60.0, 20.0)
    assert higher.rests_flat(600.0)
    assert not _rested((9000.0, 40.0)).rests_flat(600.0)
