"""The words that all others are made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

type Instant = float
type Scalar = str | int | float | bool | None


class Priority(StrEnum):
    """How much a message may disturb, the most urgent first."""

    URGENT = "urgent"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something worth telling.

    `key` names it in the catalogue (`cycle_finished`, or whatever an automation
    chose). `source` is the id of the appliance it is about, if any. `incident`
    ties together what belongs to one happening: a later message of the same
    incident replaces the earlier one on the phones. `own_words` says that title and
    message were written by somebody, and are told as they are, in every language;
    `wants_answer` that whoever tells it wants somebody to acknowledge it.
    """

    key: str
    at: Instant
    title: str
    message: str
    priority: Priority
    category: str = "general"
    source: str | None = None
    incident: str | None = None
    is_test: bool = False
    own_words: bool = False
    wants_answer: bool = False
    data: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UptimeSpan:
    """A stretch of minutes in which the pipeline's self-test gave one answer."""

    start: Instant
    end: Instant
    passed: bool
    reason: str = ""
