"""Records for the worked examples: one plain fact per keyword, the rest ordinary."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.vocabulary import (
    CycleRecord,
    Evidence,
    IntentRecord,
    IntentState,
    Priority,
    UptimeSpan,
)

# Saturday 21 November 2026, 12:00 UTC
NOW = 1_795_262_400.0
HOUR = 3600.0
DAY = 24 * HOUR


def intent(
    *,
    ago: float = HOUR,
    took: float | None = 1.0,
    held: float = 0.0,
    patience: float = 6 * HOUR,
    priority: Priority = Priority.MEDIUM,
    state: IntentState = IntentState.DONE,
    evidence: Evidence | None = Evidence.ACCEPTED,
    notification: str = "n1",
    attempts: int = 1,
    is_test: bool = False,
    wants_answer: bool = False,
    answered: float | None = None,
    resolved: float | None = None,
) -> IntentRecord:
    """An intent of `ago` seconds ago, proven `took` seconds after its release.

    `answered` and `resolved` count from there, too.
    """
    created = NOW - ago
    released = created + held
    return IntentRecord(
        intent_id="i1",
        notification_id=notification,
        event="cycle_finished",
        title="Washing machine",
        priority=priority,
        recipient_id="anna",
        recipient_name="Anna",
        state=state,
        evidence=evidence,
        channel_id="phone",
        created_at=created,
        released_at=released,
        deadline=created + patience,
        proven_at=None if took is None else released + took,
        finished_at=None,
        attempts=attempts,
        is_test=is_test,
        wants_answer=wants_answer,
        acknowledged_at=None if answered is None else released + answered,
        resolved_at=None if resolved is None else released + resolved,
    )


def failed(**facts: float | Priority) -> IntentRecord:
    """An intent that no channel could deliver."""
    return intent(
        took=None,
        state=IntentState.FAILED,
        evidence=Evidence.UNREACHABLE,
        **facts,  # type: ignore[arg-type]
    )


def cycle(
    *,
    announced_ago: float | None = HOUR,
    delay: float = 40.0,
    interrupted: bool = False,
    estimated: bool = False,
) -> CycleRecord:
    """A cycle whose finish was told `delay` seconds after its last activity."""
    announced = None if announced_ago is None else NOW - announced_ago
    ended = None if announced is None else announced - delay
    return CycleRecord(
        cycle_id="c1",
        appliance_id="washer",
        started_at=NOW - 10 * DAY,
        ended_at=ended,
        announced_at=announced,
        energy_wh=800.0,
        interrupted=interrupted,
        estimated=estimated,
    )


def span(
    start_ago: float, end_ago: float, *, passed: bool = True, reason: str = ""
) -> UptimeSpan:
    """A stretch of self-tests with one answer."""
    return UptimeSpan(
        start=NOW - start_ago, end=NOW - end_ago, passed=passed, reason=reason
    )
