"""Writing down and bringing back; a damaged snapshot is a fresh start."""

from __future__ import annotations

import json
from typing import Any

import pytest

from custom_components.reliable_notifications.engine.cycles.detector import Detector
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
)

from .plug import WASH, Plug

KIND = ApplianceKind.WASHING_MACHINE


def _running() -> Plug:
    return Plug().play((600.0, 1.0), (600.0, 2000.0), (20.0, 3.0))


def test_a_snapshot_is_json_and_complete() -> None:
    plug = _running()
    written = json.loads(json.dumps(plug.detector.snapshot()))
    restored = Detector.restore(KIND, written)
    assert restored.snapshot() == plug.detector.snapshot()
    assert restored.state is ApplianceState.RUNNING
    assert restored.cycle_id == plug.detector.cycle_id


def test_a_snapshot_is_a_copy() -> None:
    plug = _running()
    snapshot = plug.detector.snapshot()
    before = json.dumps(snapshot)
    plug.play((5000.0, 1.0))
    assert json.dumps(snapshot) == before


def _damaged(path: tuple[str, ...], value: object) -> Any:
    snapshot: Any = json.loads(json.dumps(_running().detector.snapshot()))
    place = snapshot
    for key in path[:-1]:
        place = place[key]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return snapshot


@pytest.mark.parametrize(
    "snapshot",
    [
        None,
        [],
        "x",
        {},
        _damaged(("version",), 99),
        _damaged(("state",), "dancing"),
        _damaged(("heard",), ...),
        _damaged(("heard", "at"), "noon"),
        _damaged(("heard", "at"), float("inf")),
        _damaged(("heard", "watts"), True),
        _damaged(("heard", "rejected"), 1.5),
        _damaged(("onset", "is_open"), 1),
        _damaged(("cycle", "id"), 5),
        _damaged(("standby", "levels"), {}),
        _damaged(("standby", "levels"), [1]),
        _damaged(("standby", "levels"), [["x"]]),
    ],
    ids=str,
)
def test_whatever_is_not_ours_gives_a_fresh_detector(snapshot: Any) -> None:
    assert Detector.restore(KIND, snapshot).snapshot() == Detector(KIND).snapshot()


def test_knowledge_outlives_the_cycle() -> None:
    plug = _running()
    heir = Detector(KIND, knowledge=plug.detector.knowledge())
    assert heir.state is ApplianceState.UNKNOWN
    assert heir.cycle_id is None
    assert heir.standby_watts == plug.detector.standby_watts == 1.0


@pytest.mark.parametrize("knowledge", [{}, {"version": 99}, {"version": 1}])
def test_knowledge_that_is_not_ours_is_ignored(knowledge: dict[str, Any]) -> None:
    assert Detector(KIND, knowledge=knowledge).snapshot() == Detector(KIND).snapshot()


def test_a_restart_in_the_middle_changes_nothing() -> None:
    plain, restarted = Plug(), Plug()
    for stretch in ((600.0, 1.0), *WASH, (1200.0, 1.0)):
        plain.play(stretch)
        restarted.play(stretch)
        restarted.restart()
    assert restarted.events == plain.events
    assert len(plain.events) == 2


def test_a_component_added_later_begins_anew() -> None:
    plug = _running()
    older = Detector.restore(KIND, _damaged(("mains",), ...))
    assert older.state is plug.detector.state
    assert older.snapshot() | {"mains": None} == _damaged(("mains",), None)


def test_a_field_added_later_keeps_its_default() -> None:
    older = _damaged(("heard", "rejected"), ...)
    assert Detector.restore(KIND, older).snapshot() == _running().detector.snapshot()
