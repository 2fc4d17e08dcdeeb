"""One intent in delivery, as a value and as a row.

Holds what the lifecycle needs to go on after any interruption, and nothing that
can be looked up; must not decide anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
import json
from typing import TypedDict

from ..vocabulary import Evidence, Instant, IntentState, PlannedStep, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How far an intent has come.

    `position` is the step that is asked now or next, `settled` the steps that are
    not asked again, `failed_rounds` how often all steps were asked in vain,
    `doubts` how often we died while asking the present step. `evidence` is the best
    known so far, of the channel `channel_id`, proven since `proven_at`.
    """

    intent_id: str
    priority: Priority
    deadline: Instant
    steps: tuple[PlannedStep, ...]
    state: IntentState = IntentState.QUEUED
    position: int = 0
    settled: frozenset[int] = frozenset()
    failed_rounds: int = 0
    doubts: int = 0
    wake_at: Instant | None = None
    evidence: Evidence | None = None
    channel_id: str | None = None
    attempts: int = 0
    proven_at: Instant | None = None
    finished_at: Instant | None = None
    reason: str = ""


class DeliveryRow(TypedDict):
    """The columns of the table `intent` in which a delivery is kept."""

    id: str
    priority: str
    deadline: float
    steps: str
    state: str
    position: int
    settled: str
    failed_rounds: int
    doubts: int
    wake_at: float | None
    evidence: str | None
    channel_id: str | None
    attempts: int
    proven_at: float | None
    finished_at: float | None
    reason: str


def to_row(delivery: Delivery) -> DeliveryRow:
    """The delivery as columns."""
    return DeliveryRow(
        id=delivery.intent_id,
        priority=delivery.priority.value,
        deadline=delivery.deadline,
        steps=steps_to_text(delivery.steps),
        state=delivery.state.value,
        position=delivery.position,
        settled=json.dumps(sorted(delivery.settled)),
        failed_rounds=delivery.failed_rounds,
        doubts=delivery.doubts,
        wake_at=delivery.wake_at,
        evidence=delivery.evidence.value if delivery.evidence else None,
        channel_id=delivery.channel_id,
        attempts=delivery.attempts,
        proven_at=delivery.proven_at,
        finished_at=delivery.finished_at,
        reason=delivery.reason,
    )


def from_row(row: DeliveryRow) -> Delivery:
    """The delivery that `to_row` wrote."""
    return Delivery(
        intent_id=row["id"],
        priority=Priority(row["priority"]),
        deadline=row["deadline"],
        steps=steps_from_text(row["steps"]),
        state=IntentState(row["state"]),
        position=row["position"],
        settled=frozenset(json.loads(row["settled"])),
        failed_rounds=row["failed_rounds"],
        doubts=row["doubts"],
        wake_at=row["wake_at"],
        evidence=Evidence(row["evidence"]) if row["evidence"] else None,
        channel_id=row["channel_id"],
        attempts=row["attempts"],
        proven_at=row["proven_at"],
        finished_at=row["finished_at"],
        reason=row["reason"],
    )


def steps_to_text(steps: Iterable[PlannedStep]) -> str:
    """The steps of a plan as JSON."""
    return json.dumps(
        [
            {
                "channel_id": step.channel_id,
                "reason": step.reason,
                "can_tell": step.can_tell,
                "replaces": step.replaces,
                "last_resort": step.last_resort,
            }
            for step in steps
        ]
    )


def steps_from_text(text: str) -> tuple[PlannedStep, ...]:
    """The steps that `steps_to_text` wrote."""
    return tuple(
        PlannedStep(
            channel_id=step["channel_id"],
            reason=step["reason"],
            can_tell=step["can_tell"],
            replaces=step["replaces"],
            last_resort=step["last_resort"],
        )
        for step in json.loads(text)
    )
