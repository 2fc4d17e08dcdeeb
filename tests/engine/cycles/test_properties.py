"""What holds for any readings, ticks and restarts in any order."""

from __future__ import annotations

from collections.abc import Mapping
import itertools
import json
from typing import Any

from hypothesis import given, settings, strategies as st

from custom_components.reliable_notifications.engine.cycles.detector import (
    Detector,
    Step,
)
from custom_components.reliable_notifications.engine.cycles.machine import (
    IN_CYCLE,
    TABLE,
)
from custom_components.reliable_notifications.engine.cycles.native_states import (
    NativeState,
)
from custom_components.reliable_notifications.engine.cycles.witness import (
    Counted,
    Door,
    Said,
    Shaking,
    Word,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEvent,
    CycleEventKind,
    Reading,
)

POWERS = st.one_of(
    st.none(),
    st.sampled_from([0.0, 2.0, 5.0, 12.0, 60.0, 150.0, 2000.0, float("nan"), -3.0]),
    st.floats(0.0, 3000.0),
)
WAITS = st.one_of(
    st.sampled_from([1.0, 5.0, 30.0, 60.0, 600.0, 2200.0, 9000.0]),
    st.floats(-100.0, 4000.0),
)
SAID: Mapping[str, Said] = {
    "opened": Door(is_open=True),
    "closed": Door(is_open=False),
    "door away": Door(is_open=None),
    "shakes": Shaking(is_on=True),
    "is still": Shaking(is_on=False),
    "has counted": Counted(0.0),
    "says nothing": Word(None),
    **{f"says {state}": Word(state) for state in NativeState},
}
DEEDS = st.lists(
    st.tuples(
        st.one_of(
            st.sampled_from(["reading"] * 4),
            st.sampled_from(["tick", "restart", "finish", "discard"]),
            st.sampled_from(list(SAID)),
        ),
        WAITS,
        POWERS,
    ),
    max_size=60,
)
KINDS = st.sampled_from(list(ApplianceKind))


def _run(
    kind: ApplianceKind, deeds: list[tuple[str, float, float | None]], *, restarts: bool
) -> tuple[list[CycleEvent], list[ApplianceState], dict[str, Any]]:
    detector, at = Detector(kind), 1_700_000_000.0
    events: list[CycleEvent] = []
    states = [detector.state]
    for deed, wait, power in deeds:
        at += wait
        if deed == "restart":
            if restarts:
                written = json.loads(json.dumps(detector.snapshot()))
                detector = Detector.restore(kind, written)
            continue
        step = _do(detector, deed, at, power)
        assert step.wake_at is None or step.wake_at > at - 100.0 * 60
        events.extend(step.events)
        states.append(detector.state)
    return events, states, detector.snapshot()


def _do(detector: Detector, deed: str, at: float, power: float | None) -> Step:
    if deed == "finish":
        return detector.finish(at)
    if deed == "discard":
        return detector.discard(at)
    if deed == "has counted":
        return detector.witness(at, Counted(at % 1e6 if power else 0.0))
    if deed in SAID:
        return detector.witness(at, SAID[deed])
    return detector.step(at, Reading(at, power) if deed == "reading" else None)


@settings(max_examples=150, deadline=None)
@given(KINDS, DEEDS)
def test_one_story_for_each_cycle(kind: ApplianceKind, deeds: list[Any]) -> None:
    events, _, _ = _run(kind, deeds, restarts=True)
    running: str | None = None
    seen: set[str] = set()
    for event in events:
        if event.kind is CycleEventKind.STARTED:
            assert running is None
            assert event.cycle_id not in seen
            running = event.cycle_id
            seen.add(running)
        elif event.kind is CycleEventKind.REOPENED:
            assert running is None
            assert event.cycle_id in seen
            running = event.cycle_id
        else:
            assert event.cycle_id == running
            running = None


@settings(max_examples=150, deadline=None)
@given(KINDS, DEEDS)
def test_times_and_energy_make_sense(kind: ApplianceKind, deeds: list[Any]) -> None:
    events, _, _ = _run(kind, deeds, restarts=False)
    assert [event.at for event in events] == sorted(event.at for event in events)
    for event in events:
        assert event.started_at <= event.at
        assert event.energy_wh >= 0.0
        if event.ended_at is not None:
            assert event.started_at <= event.ended_at <= event.at


@settings(max_examples=150, deadline=None)
@given(KINDS, DEEDS)
def test_states_follow_the_table(kind: ApplianceKind, deeds: list[Any]) -> None:
    events, states, _ = _run(kind, deeds, restarts=False)
    reachable = {state: _closure(state) for state in ApplianceState}
    for before, then in itertools.pairwise(states):
        assert then is before or then in reachable[before]
    begun = sum(event.kind in _BEGINS for event in events)
    ended = len(events) - begun
    assert begun - ended == (states[-1] in IN_CYCLE)


_BEGINS = (CycleEventKind.STARTED, CycleEventKind.REOPENED)


def _closure(state: ApplianceState) -> set[ApplianceState]:
    reached = set(TABLE[state].values())
    for _ in ApplianceState:
        reached |= {to for each in reached for to in TABLE[each].values()}
    return reached


@settings(max_examples=150, deadline=None)
@given(KINDS, DEEDS)
def test_a_restart_at_any_point_changes_nothing(
    kind: ApplianceKind, deeds: list[Any]
) -> None:
    assert _run(kind, deeds, restarts=True) == _run(kind, deeds, restarts=False)


JUNK: Any = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner)
    ),
    max_leaves=10,
)


@settings(max_examples=100, deadline=None)
@given(KINDS, JUNK, st.data())
def test_no_snapshot_raises(
    kind: ApplianceKind, junk: Any, data: st.DataObject
) -> None:
    written: Any = Detector(kind).snapshot()
    part = data.draw(st.sampled_from(sorted(written)))
    for snapshot in (junk, {**written, part: junk}):
        detector = Detector.restore(kind, snapshot)
        detector.step(1_700_000_000.0, Reading(1_700_000_000.0, 5.0))
