"""Appliances that say themselves what they are doing."""

from __future__ import annotations

import json

from hypothesis import given, strategies as st
import pytest

from custom_components.reliable_notifications.engine.cycles.native_states import (
    TABLE,
    NativeState,
    native_state,
    tells_cycles,
)
from custom_components.reliable_notifications.engine.cycles.native_tracker import (
    IDLE_WAIT_S,
    RESUME_S,
    NativeReading,
    NativeTracker,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEvent,
    CycleEventKind,
)

IDLE, RUNNING, PAUSED = NativeState.IDLE, NativeState.RUNNING, NativeState.PAUSED
WAITING, FINISHED, FAILED = (
    NativeState.WAITING,
    NativeState.FINISHED,
    NativeState.FAILED,
)
KIND = ApplianceKind.DISHWASHER

# one wash in the words of each integration, with what its sensor can say
STORIES = {
    "home_connect": "inactive ready delayedstart run pause run finished ready",
    "miele": "off programmed waiting_to_start in_use rinse_hold in_use program_ended",
    "smartthings": "none delay_wash weight_sensing wash rinse spin finish none",
    "lg_thinq": "power_off reserved detecting running rinsing spinning end power_off",
}


def told(tracker: NativeTracker, *words: tuple[float, NativeState | None]) -> list[str]:
    return [
        event.kind.value
        for at, word in words
        for event in tracker.step(at, NativeReading(at, word)).events
    ]


def running() -> NativeTracker:
    tracker = NativeTracker(KIND)
    assert told(tracker, (0.0, IDLE), (100.0, RUNNING)) == ["cycle_started"]
    return tracker


@pytest.mark.parametrize("make", STORIES)
def test_a_wash_in_the_words_of_each_make(make: str) -> None:
    words = [native_state(word) for word in STORIES[make].split()]
    assert None not in words
    tracker = NativeTracker(KIND)
    story = [(100.0 * n, word) for n, word in enumerate(words)]
    assert told(tracker, *story) == ["cycle_started", "cycle_finished"]
    assert tracker.state is ApplianceState.FINISHED
    assert tracker.cycle_count == 1
    assert tracker.short_runs == 0
    assert tells_cycles(STORIES[make].split())


def test_edge_02_a_programmed_start_is_waited_for() -> None:
    tracker, waiting = NativeTracker(KIND), NativeState.WAITING
    assert told(tracker, (0.0, waiting)) == []
    assert tracker.state is ApplianceState.WAITING_TO_START
    assert told(tracker, (10.0, IDLE)) == []
    assert tracker.state is ApplianceState.IDLE
    assert told(tracker, (20.0, waiting), (3600.0, RUNNING)) == ["cycle_started"]
    assert tracker.started_at == 3600.0
    assert told(tracker, (7200.0, NativeState.FAILED), (7300.0, waiting)) == [
        "cycle_interrupted"
    ]
    assert tracker.state is ApplianceState.WAITING_TO_START
    assert told(tracker, (7400.0, RUNNING)) == ["cycle_started"]


def test_words_are_understood_however_they_are_written() -> None:
    assert native_state("BSH.Common.EnumType.OperationState.Run") is RUNNING
    assert native_state(" Rinse hold ") is PAUSED
    assert native_state("firmware") is None
    assert native_state("on") is IDLE
    assert native_state("on", two_words=True) is RUNNING
    assert native_state("off", two_words=True) is IDLE
    assert native_state("run", two_words=True) is None
    assert set(TABLE.values()) == set(NativeState)
    assert not tells_cycles(["running", "paused"])
    assert not tells_cycles(["stopped", "docked"])


def test_matter_has_no_word_for_the_end() -> None:
    tracker = running()
    assert told(tracker, (4000.0, IDLE)) == []
    assert tracker.state is ApplianceState.PAUSED
    assert tracker.deadline == 4000.0 + IDLE_WAIT_S
    assert tracker.step(4000.0 + IDLE_WAIT_S - 1).events == ()
    (event,) = tracker.step(4000.0 + IDLE_WAIT_S).events
    assert event == CycleEvent(
        kind=CycleEventKind.FINISHED,
        cycle_id=event.cycle_id,
        at=4000.0 + IDLE_WAIT_S,
        started_at=100.0,
        ended_at=4000.0,
        reason="idle",
    )
    assert (tracker.started_at, tracker.ended_at) == (100.0, 4000.0)
    assert tracker.last_activity_at == 100.0
    assert tracker.deadline is None
    assert tracker.energy_wh is None
    assert tracker.end_confidence is None


def test_a_word_that_flickers_ends_nothing() -> None:
    tracker = running()
    told_ = told(tracker, (500.0, IDLE), (530.0, RUNNING), (900.0, IDLE))
    assert told_ == []
    assert told(tracker, (930.0, IDLE)) == []
    assert tracker.deadline == 900.0 + IDLE_WAIT_S


def test_finished_after_idle_is_dated_to_the_idle() -> None:
    tracker = running()
    told(tracker, (500.0, IDLE), (520.0, FINISHED))
    assert tracker.ended_at == 500.0


def test_a_pause_may_last_for_ever() -> None:
    tracker = running()
    told(tracker, (500.0, PAUSED))
    assert tracker.state is ApplianceState.PAUSED
    assert tracker.step(1e6).events == ()
    assert told(tracker, (1e6, RUNNING)) == []
    assert tracker.state is ApplianceState.RUNNING


def test_a_failure_is_told_and_the_same_cycle_may_go_on() -> None:
    tracker = running()
    name = tracker.cycle_id
    assert told(tracker, (500.0, FAILED)) == ["cycle_interrupted"]
    assert tracker.state is ApplianceState.INTERRUPTED
    assert tracker.cycle_count == 0
    assert told(tracker, (500.0 + RESUME_S, RUNNING)) == ["cycle_reopened"]
    assert tracker.cycle_id == name
    assert tracker.ended_at is None
    assert told(tracker, (2000.0, FINISHED)) == ["cycle_finished"]
    assert tracker.cycle_count == 1


def test_an_end_without_a_word_is_taken_back_when_it_runs_again() -> None:
    tracker = running()
    told(tracker, (500.0, IDLE))
    tracker.step(600.0)
    assert tracker.cycle_count == 1
    assert told(tracker, (700.0, RUNNING)) == ["cycle_reopened"]
    assert tracker.cycle_count == 0


@pytest.mark.parametrize("word", [IDLE, FINISHED])
def test_a_new_run_after_an_end_is_a_new_cycle(word: NativeState) -> None:
    tracker = running()
    first = tracker.cycle_id
    told(tracker, (500.0, word))
    tracker.step(600.0)
    later = 610.0 if word is FINISHED else 600.0 + RESUME_S + 1
    assert told(tracker, (later, RUNNING)) == ["cycle_started"]
    assert tracker.cycle_id != first


def test_what_ended_unheard_ended_at_the_last_word_and_is_an_estimate() -> None:
    tracker = running()
    assert told(tracker, (500.0, None), (550.0, None)) == []
    assert tracker.step(9_000.0).events == ()
    (event,) = tracker.step(9_000.0, NativeReading(9_000.0, IDLE)).events
    assert (event.ended_at, event.estimated, event.at) == (500.0, True, 9_000.0)

    again = running()
    told(again, (500.0, None))
    (event,) = again.step(600.0, NativeReading(600.0, FINISHED)).events
    assert (event.ended_at, event.estimated) == (500.0, True)


def test_silence_while_idle_stops_the_clock() -> None:
    tracker = running()
    told(tracker, (500.0, IDLE), (520.0, None))
    assert tracker.deadline is None
    assert told(tracker, (5_000.0, RUNNING)) == []
    assert tracker.state is ApplianceState.RUNNING


def test_only_running_begins_a_cycle() -> None:
    tracker = NativeTracker(KIND)
    assert tracker.state is ApplianceState.UNKNOWN
    assert tracker.reason == "never_heard"
    assert tracker.cycle_id is None
    assert tracker.started_at is None
    told_ = told(tracker, (1.0, None), (2.0, FINISHED), (3.0, WAITING), (4.0, PAUSED))
    assert told_ == []
    assert tracker.state is ApplianceState.IDLE
    assert tracker.reason == "paused"


def test_a_damaged_memory_begins_anew() -> None:
    for damage in (None, {"state": 1}, {**running().snapshot(), "state": "ghost"}):
        again = NativeTracker.restore(KIND, damage)
        assert again.state is ApplianceState.UNKNOWN


@given(
    st.lists(
        st.tuples(
            st.floats(1.0, 2_000.0),
            st.sampled_from([*NativeState, None, "tick", "restart"]),
        ),
        max_size=40,
    )
)
def test_whatever_is_said_the_story_is_in_order(
    story: list[tuple[float, NativeState | str | None]],
) -> None:
    tracker = NativeTracker(KIND)
    now, open_cycle, seen = 1_000.0, None, set()
    for pause, word in story:
        now += pause
        if word == "restart":
            written = json.loads(json.dumps(tracker.snapshot()))
            tracker = NativeTracker.restore(KIND, written)
            continue
        reading = None
        if word != "tick":
            reading = NativeReading(now, None if word is None else NativeState(word))
        for event in tracker.step(now, reading).events:
            assert event.at == now
            if event.kind is CycleEventKind.STARTED:
                assert open_cycle is None
                assert event.cycle_id not in seen
                open_cycle = event.cycle_id
            elif event.kind is CycleEventKind.REOPENED:
                assert open_cycle is None
                assert event.cycle_id in seen
                open_cycle = event.cycle_id
            else:
                assert event.cycle_id == open_cycle
                assert event.ended_at is not None
                assert event.started_at <= event.ended_at <= now
                open_cycle = None
            seen.add(event.cycle_id)
        assert (tracker.state.value in ("running", "paused")) is (
            open_cycle is not None
        )


def test_nothing_is_measured_of_what_only_speaks() -> None:
    tracker = NativeTracker(ApplianceKind.DISHWASHER)
    assert tracker.peak_watts is tracker.standby_wh_per_day is None
    assert tracker.deviation.energy is tracker.deviation.length is None
