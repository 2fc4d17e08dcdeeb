"""One way to reach people, with everything that can go wrong with it, and the measure.

A scene is a real platform of Home Assistant with the other side on loopback. Must not
judge a grade: that is the table's (`matrix.py`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications.channels.interface import Channel
from custom_components.reliable_notifications.engine.vocabulary import Evidence
from tests.adapters.delivering import Desk, open_desk
from tests.channels.faults.matrix import Cell, Fault

# Seconds that a channel gets here instead of its own time: loopback answers within
# milliseconds, also on a busy machine
PATIENCE = 0.5

# Seconds in which a message that should not arrive may yet do so
GRACE = 0.05


@dataclass(slots=True)
class Stage:
    """What the test plugin gives to build a scene from."""

    hass: HomeAssistant
    client: Callable[[], Awaitable[Any]]
    websocket: Callable[..., Awaitable[Any]]
    monkeypatch: pytest.MonkeyPatch
    path: Path
    closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)


class Scene(ABC):
    """A kind of notify platform; the class's docstring is not shown, its name is."""

    # as it is called in the table
    row: ClassVar[str]
    # the kind of channel that it is about
    kind: ClassVar[str]
    # faults that it cannot have, each with the reason
    cannot: ClassVar[Mapping[Fault, str]] = {}
    # seconds that the channel gets here instead of its own time
    patience: ClassVar[float] = PATIENCE

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.hass = stage.hass

    @abstractmethod
    async def build(self) -> Channel:
        """Set the platform up, working, and give the channel to it."""

    @abstractmethod
    async def go_wrong(self, fault: Fault) -> None:
        """Bring the fault about; never asked for one that it cannot have."""

    @abstractmethod
    def has_arrived(self) -> bool:
        """Whether the other side took the message."""

    def let_go(self) -> None:  # noqa: B027 - most scenes of our own cannot hang
        """Let what hangs go on."""


async def measure(scene: Scene, fault: Fault) -> Cell:
    """Send one message through it, and see what comes and what is recorded."""
    channel = await scene.build()
    assert channel.kind == scene.kind
    channel.patience = scene.patience  # type: ignore[misc]  # a class's own otherwise
    if fault is not Fault.WORKS:
        await scene.go_wrong(fault)
    async with open_desk(scene.hass, scene.stage.path, it=channel) as desk:
        intent_id = await desk.send("it")
        grade = await _first_grade(desk, intent_id)
        if fault is Fault.WORKS:
            await _arrival(scene)
        if fault is not Fault.LATE:
            await asyncio.sleep(GRACE)
            return Cell(scene.has_arrived(), grade)
        scene.let_go()
        later = await _grade_once_it_has_come(scene, desk, intent_id, grade)
        return Cell(scene.has_arrived(), grade, later)


async def _grade(desk: Desk, intent_id: str) -> Evidence | None:
    attempts = await desk.attempts(intent_id)
    return Evidence(attempts[0][1]) if attempts and attempts[0][1] else None


async def _first_grade(desk: Desk, intent_id: str) -> Evidence:
    async with asyncio.timeout(10):
        while (grade := await _grade(desk, intent_id)) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    return grade


async def _arrival(scene: Scene, within: float = 10.0) -> None:
    async with asyncio.timeout(within):
        while not scene.has_arrived():  # noqa: ASYNC110 - it is looked at, no event
            await asyncio.sleep(0.005)


async def _grade_once_it_has_come(
    scene: Scene, desk: Desk, intent_id: str, first: Evidence
) -> Evidence | None:
    """The grade after the late answer; the first one if it stays."""
    with suppress(TimeoutError):  # a call that was cut off does not come any more
        await _arrival(scene, within=1.0)
    grade: Evidence | None = first
    for _ in range(40):
        if (grade := await _grade(desk, intent_id)) is not first:
            break
        await asyncio.sleep(0.005)
    return grade
