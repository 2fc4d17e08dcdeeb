"""Every metric of the pipeline, as a table: what it is called and how to get it.

The shell makes one sensor of each line and knows nothing else about metrics.
A value is None when it is not known; a number is never made up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..vocabulary import Priority, Scalar
from . import acknowledgement, availability, compliance, delivery, detection
from .delivery import Outcome, Success
from .facts import DAY, WINDOW, Facts
from .windows import ENOUGH_FOR_PERCENTILE, mean, median, percentile

type Attributes = Mapping[str, Scalar]

PERCENT = "%"
SECONDS = "s"


def _nothing_more(_: Facts) -> Attributes:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One number about how well it works.

    `unit` is `PERCENT`, `SECONDS` or None for a count or a score. `precision` is
    the number of decimals worth showing. `attributes` stay few and change
    seldom: Home Assistant records every change of them.
    """

    key: str
    unit: str | None
    precision: int
    value: Callable[[Facts], float | None]
    attributes: Callable[[Facts], Attributes] = _nothing_more
    diagnostic: bool = False


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _rounded(number: float | None, digits: int) -> float | None:
    return None if number is None else round(number, digits)


def _success(facts: Facts, seconds: float) -> Success:
    return delivery.success(facts.intents_within(seconds), facts.now)


def _success_rate(facts: Facts) -> float | None:
    return _percent(_success(facts, WINDOW).rate)


def _success_attributes(facts: Facts) -> Attributes:
    whole = _success(facts, WINDOW)
    return {
        "last_24_hours": _rounded(_percent(_success(facts, DAY).rate), 1),
        "proven": whole.proven,
        "valid": whole.valid,
        "missed_urgent": sum(
            intent.priority is Priority.URGENT
            and delivery.outcome(intent, facts.now) is Outcome.MISSED
            for intent in facts.intents_within(WINDOW)
        ),
    }


def _latencies(facts: Facts, seconds: float = WINDOW) -> list[float]:
    return delivery.latencies(facts.intents_within(seconds))


def _average_latency(facts: Facts) -> float | None:
    return mean(_latencies(facts))


def _latency_attributes(facts: Facts) -> Attributes:
    return {
        "last_24_hours": _rounded(mean(_latencies(facts, DAY)), 2),
        "samples": len(_latencies(facts)),
    }


def _latency_percentile(facts: Facts, share: float) -> float | None:
    samples = _latencies(facts)
    if len(samples) < ENOUGH_FOR_PERCENTILE:
        return None
    return percentile(samples, share)


def _latency_p95(facts: Facts) -> float | None:
    return _latency_percentile(facts, 0.95)


def _percentile_attributes(facts: Facts) -> Attributes:
    return {
        "p50": _rounded(_latency_percentile(facts, 0.50), 2),
        "p99": _rounded(_latency_percentile(facts, 0.99), 2),
        "samples": len(_latencies(facts)),
    }


def _delays(facts: Facts) -> list[float]:
    return detection.delays(facts.cycles_within(WINDOW))


def _detection_delay(facts: Facts) -> float | None:
    return median(_delays(facts))


def _detection_attributes(facts: Facts) -> Attributes:
    samples = _delays(facts)
    return {
        "p90": _rounded(percentile(samples, 0.90), 0),
        "samples": len(samples),
        "estimated": sum(cycle.estimated for cycle in facts.cycles_within(WINDOW)),
    }


def _uptime(facts: Facts, seconds: float = WINDOW) -> float | None:
    measured = availability.measure(facts, seconds)
    return _percent(measured.share if measured else None)


def _uptime_attributes(facts: Facts) -> Attributes:
    measured = availability.measure(facts, WINDOW)
    return {
        "last_24_hours": _rounded(_uptime(facts, DAY), 1),
        "down_minutes": round(measured.down_minutes) if measured else None,
        "last_trouble": availability.last_trouble(facts, WINDOW),
    }


def _compliance(facts: Facts) -> float | None:
    return compliance.score(facts).value


def _compliance_attributes(facts: Facts) -> Attributes:
    score = compliance.score(facts)
    terms = {key: _rounded(share, 1) for key, share in score.terms.items()}
    return {**terms, "based_on": round(100 * score.based_on)}


def _answers(facts: Facts) -> acknowledgement.Answers:
    return acknowledgement.answers(facts.intents_within(WINDOW))


def _acknowledgement_rate(facts: Facts) -> float | None:
    return _percent(_answers(facts).rate)


def _acknowledgement_attributes(facts: Facts) -> Attributes:
    found = _answers(facts)
    return {
        "acknowledged": found.acknowledged,
        "escalated": found.escalated,
        "required": found.required,
    }


def _answer_times(facts: Facts) -> list[float]:
    return acknowledgement.latencies(facts.intents_within(WINDOW))


def _acknowledgement_latency(facts: Facts) -> float | None:
    return median(_answer_times(facts))


def _intents_open(facts: Facts) -> float:
    return len(delivery.still_open(facts.intents))


def _unverified(facts: Facts) -> float:
    return sum(
        delivery.outcome(intent, facts.now) is Outcome.UNVERIFIED
        for intent in facts.intents_within(WINDOW)
    )


def _notifications_today(facts: Facts) -> float:
    recent = filter(delivery.is_valid, facts.intents_within(DAY))
    return len({intent.notification_id for intent in recent})


METRICS: tuple[Metric, ...] = (
    Metric(
        key="compliance_score",
        unit=None,
        precision=1,
        value=_compliance,
        attributes=_compliance_attributes,
    ),
    Metric(
        key="delivery_success_rate",
        unit=PERCENT,
        precision=1,
        value=_success_rate,
        attributes=_success_attributes,
    ),
    Metric(
        key="average_latency",
        unit=SECONDS,
        precision=2,
        value=_average_latency,
        attributes=_latency_attributes,
    ),
    Metric(
        key="latency_p95",
        unit=SECONDS,
        precision=2,
        value=_latency_p95,
        attributes=_percentile_attributes,
        diagnostic=True,
    ),
    Metric(
        key="detection_delay",
        unit=SECONDS,
        precision=0,
        value=_detection_delay,
        attributes=_detection_attributes,
    ),
    Metric(
        key="uptime",
        unit=PERCENT,
        precision=2,
        value=_uptime,
        attributes=_uptime_attributes,
    ),
    Metric(
        key="acknowledgement_rate",
        unit=PERCENT,
        precision=1,
        value=_acknowledgement_rate,
        attributes=_acknowledgement_attributes,
        diagnostic=True,
    ),
    Metric(
        key="acknowledgement_latency",
        unit=SECONDS,
        precision=0,
        value=_acknowledgement_latency,
        attributes=lambda facts: {"samples": len(_answer_times(facts))},
        diagnostic=True,
    ),
    Metric(key="intents_open", unit=None, precision=0, value=_intents_open),
    Metric(
        key="unverified",
        unit=None,
        precision=0,
        value=_unverified,
        diagnostic=True,
    ),
    Metric(
        key="notifications_24h",
        unit=None,
        precision=0,
        value=_notifications_today,
        diagnostic=True,
    ),
)
