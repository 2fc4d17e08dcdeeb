"""What every test of a scene does: measure a cell, judge it, hold it to the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.channels.faults import matrix
from tests.channels.faults.matrix import Fault
from tests.channels.faults.scene import Scene, Stage, measure

# all that some test measures
SCENES: list[type[Scene]] = []


def every_fault(scenes: Sequence[type[Scene]]) -> Any:
    """Each scene with each fault that it can have; and it is known to the page."""

    SCENES.extend(scenes)

    def pairs() -> Iterator[Any]:
        for scene in scenes:
            for fault in Fault:
                if fault not in scene.cannot:
                    name = f"{scene.row}-{fault}".replace(" ", "_")
                    yield pytest.param(scene, fault, id=name)

    return pytest.mark.parametrize(("scene", "fault"), list(pairs()))


async def judge(
    stage: Stage,
    scene: type[Scene],
    fault: Fault,
    cells: dict[tuple[str, Fault], str],
) -> None:
    """Measure, and compare with what is told to people."""
    cell = await measure(scene(stage), fault)
    cells[scene.row, fault] = str(cell)
    for other, reason in scene.cannot.items():
        cells[scene.row, other] = matrix.impossible(reason)
    assert not cell.lies, f"{scene.row}, {fault}: {cell}"
    if not matrix.WRITING and matrix.VERSION in matrix.SHOWN:
        shown = matrix.read(matrix.PAGE.read_text(encoding="utf-8"), matrix.VERSION)
        assert shown[scene.row][fault] == str(cell)
        for other, reason in scene.cannot.items():
            assert shown[scene.row][other] == matrix.impossible(reason)
