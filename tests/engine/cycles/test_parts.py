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
    RISK,
    Judgement,
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
    judged = Judgement(still_s=600.0)
    grown = [judged.confidence(q, q, 1.0) for q in (0.0, 100.0, 300.0, 600.0, 9000.0)]
    assert grown == sorted(grown)
    assert grown[0] == pytest.approx(0.5)
    assert grown[-1] == pytest.approx(1.0 - RISK)


def test_confidence_waits_for_a_known_pause_to_run_out() -> None:
    judged = Judgement(quiet_s=1500.0, threats=3, short_s=1440.0, long_s=1450.0)
    drying = [judged.confidence(q, q, 1.0) for q in (0.0, 700.0, 1440.0)]
    assert drying == pytest.approx([0.2, 0.2, 0.2])
    assert 0.2 < judged.confidence(1475.0, 1475.0, 1.0) < 1.0 - RISK
    assert judged.confidence(1500.0, 1500.0, 1.0) == pytest.approx(1.0 - RISK)


def test_confidence_begins_with_what_was_seen_in_the_place() -> None:
    ends = Judgement(quiet_s=40.0, ends=9, threats=0)
    pauses = Judgement(quiet_s=900.0, ends=1, threats=8)
    assert ends.confidence(0.0, 0.0, 1.0) > 0.9
    assert pauses.confidence(0.0, 0.0, 1.0) < 0.2
    assert Judgement().confidence(5.0, 5.0, 1.0) == pytest.approx(1.0 - RISK)


def test_stretched_waiting_is_less_sure() -> None:
    judged = Judgement(still_s=600.0)
    assert judged.confidence(300.0, 300.0, 2.0) < judged.confidence(300.0, 300.0, 1.0)


WASHER = KINDS[ApplianceKind.WASHING_MACHINE]
DRYER = KINDS[ApplianceKind.DRYER]


def test_a_short_pulse_is_no_activity() -> None:
    load = Load()
    load.rest(300.0, 0.0, WASHER)
    load.work(5.0, 305.0, 0.0, WASHER)
    assert load.quiet_s == 305.0
    load.work(12.0, 317.0, 0.0, WASHER)
    assert load.quiet_s == 0.0
    assert load.active_at == 317.0


def test_sparse_turns_are_quiet_but_not_still() -> None:
    load = Load()
    load.begin(0.0, 0.0, WASHER)
    at = 0.0
    for _ in range(40):
        load.rest(45.0, 0.0, WASHER)
        load.work(4.0, at := at + 49.0, 0.0, WASHER)
    assert load.quiet_s > 1000.0
    assert load.still_s < 50.0


def test_one_polled_sample_of_a_dryer_may_be_a_pulse() -> None:
    load = Load()
    load.rest(300.0, 60.0, DRYER)
    load.work(60.0, 360.0, 60.0, DRYER)
    assert load.quiet_s == 360.0
    assert load.active_in(60.0, DRYER) == pytest.approx(30.0)
    load.work(60.0, 420.0, 60.0, DRYER)
    assert load.quiet_s == 0.0


def test_rest_taken_for_load_is_taken_back() -> None:
    load = Load()
    load.begin(1000.0, 0.0, WASHER)
    load.rested(400.0, 1000.0)
    assert (load.active_at, load.quiet_s, load.charge) == (600.0, 400.0, 0.0)


def test_electronics_between_polls_are_no_rest_for_a_while() -> None:
    load = Load()
    load.begin(0.0, 60.0, WASHER)
    for minute in range(1, 24):
        load.stay(60.0, minute * 60.0, 60.0)
    assert (load.quiet_s, load.is_alive) == (0.0, True)
    load.stay(120.0, 1500.0, 60.0)
    assert (load.quiet_s, load.is_alive) == (1500.0, False)


def test_one_sample_of_electronics_after_rest_is_a_blip() -> None:
    load = Load()
    load.begin(0.0, 60.0, WASHER)
    load.rest(120.0, 60.0, WASHER)
    load.stay(60.0, 180.0, 60.0)
    assert load.quiet_s == 180.0
    load.stay(60.0, 240.0, 60.0)
    assert load.quiet_s == 0.0


def test_the_onset_remembers_when_the_load_came() -> None:
    traits = KINDS[ApplianceKind.WASHING_MACHINE]
    onset = Onset()
    onset.open(100.0)
    onset.hold(10.0, 110.0, 200.0, traits.start_w, traits.leak)
    assert not onset.proves(traits)  # enough energy, but it may be a glitch
    assert onset.settled_in(200.0, traits.start_w, traits) == pytest.approx(2.0)
    onset.hold(5.0, 115.0, 200.0, traits.start_w, traits.leak)
    assert onset.proves(traits)
    assert not onset.proves(traits, step_s=60.0)
    assert onset.since == 100.0


def test_the_onset_fades() -> None:
    onset = Onset()
    onset.open(0.0)
    onset.hold(6.0, 6.0, 50.0, 10.0, 0.2)
    traits = KINDS[ApplianceKind.WASHING_MACHINE]
    assert onset.settled_in(0.0, 10.0, traits) == pytest.approx(54.0)
    assert onset.settled_in(5.0, 10.0, traits) == pytest.approx(600.0)
    onset.hold(54.0, 60.0, 0.0, 10.0, 0.2)
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
