"""Decisions as they are stored with an intent: JSON, one after the other.

The plan is not in it: it is carried out, and stored as the intent's steps. What a
damaged disk has left of one is no decision. Must not put anything into words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import json
from math import isfinite
from typing import Any

from ..engine.vocabulary import (
    Decision,
    Hold,
    InterruptionLevel,
    Outcome,
    Priority,
    Reason,
    Scalar,
)
from .parcel import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A decision, and what the call had asked for."""

    decision: Decision
    asked: Asked


def to_text(decision: Decision, asked: Asked) -> str:
    """One decision as JSON."""
    hold = decision.hold
    return json.dumps(
        {
            "recipient_id": decision.recipient_id,
            "outcome": decision.outcome.value,
            "priority": decision.priority.value,
            "deadline": decision.deadline,
            "hold": hold and [_open(hold.until), hold.for_arrival, hold.why],
            "level": decision.level.value,
            "acknowledge": decision.acknowledge,
            "company": decision.company,
            "rules": list(decision.rules),
            "reasons": [_reason_to_list(each) for each in decision.reasons],
            "changes": [_reason_to_list(each) for each in decision.changes],
            "facts": _scalars(decision.facts),
            "asked": [
                asked.named,
                list(asked.channels),
                asked.expires,
                asked.acknowledge,
            ],
        }
    )


def with_another(text: str, decision: Decision, asked: Asked) -> str:
    """The decisions with a new one; it takes the place of one that said the same.

    A sleeper's message is decided again every quarter of an hour, and one that waits
    for somebody to come whenever anybody does.
    """
    before = all_of(text)
    if before and _said(before[-1].decision) == _said(decision):
        before.pop()
    kept = [to_text(each.decision, each.asked) for each in before]
    return f"[{', '.join((*kept, to_text(decision, asked)))}]"


def _said(decision: Decision) -> tuple[object, ...]:
    """What a decision says, but for its times."""
    reasons = tuple((each.key, each.channel_id) for each in decision.reasons)
    return decision.outcome, decision.priority, decision.rules, reasons


def all_of(text: str) -> list[Stored]:
    """All decisions of an intent, the first first."""
    try:
        entries = json.loads(text)
    except ValueError:
        return []
    found = [_read(each) for each in entries] if isinstance(entries, list) else []
    return [each for each in found if each is not None]


def latest_of(text: str) -> Stored | None:
    """The decision that counts; None where nothing was decided."""
    if text == "[]":
        return None
    found = all_of(text)
    return found[-1] if found else None


def _read(entry: Mapping[str, Any]) -> Stored | None:
    try:
        hold = entry["hold"]
        decision = Decision(
            recipient_id=entry["recipient_id"],
            outcome=Outcome(entry["outcome"]),
            priority=Priority(entry["priority"]),
            deadline=float(entry["deadline"]),
            hold=hold and Hold(until=hold[0], for_arrival=hold[1], why=hold[2]),
            level=InterruptionLevel(entry["level"]),
            acknowledge=bool(entry["acknowledge"]),
            company=float(entry.get("company", 0.0)),
            rules=tuple(entry["rules"]),
            reasons=tuple(_reason_from_list(each) for each in entry["reasons"]),
            changes=tuple(_reason_from_list(each) for each in entry["changes"]),
            facts=dict(entry["facts"]),
        )
        named, channels, expires, acknowledge = entry["asked"]
        asked = Asked(
            named=named,
            channels=tuple(channels),
            expires=expires,
            acknowledge=acknowledge,
        )
        return Stored(decision=decision, asked=asked)
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def _reason_to_list(reason: Reason) -> list[Any]:
    return [reason.key, reason.channel_id, _scalars(reason.data)]


def _reason_from_list(values: Sequence[Any]) -> Reason:
    key, channel_id, data = values
    return Reason(key=str(key), channel_id=channel_id, data=dict(data))


def _scalars(data: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {key: _open(value) for key, value in data.items()}


def _open[T: Scalar](value: T) -> T | None:
    """JSON has no infinity: an open end is none."""
    return None if isinstance(value, float) and not isfinite(value) else value
