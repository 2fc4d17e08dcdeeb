"""Whether an event has been told already: the same happening within its window.

The same is: the same key, source and incident, to the same people; a message without an
incident, or one that somebody wrote, must also have the same words, for other words are
news. Words are never taken apart: *Door 1* and *Door 2* are two doors. Must not decide
what becomes of a duplicate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..vocabulary import Event, Instant, Priority
from .policy_row import Policies

# What is told again and again on purpose, of the same happening, in other words
_RECURRING = frozenset({"unload_reminder"})

_RANKS: Mapping[Priority, int] = {each: rank for rank, each in enumerate(Priority)}

type Fingerprint = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What was told before of the same happening, when, and how loudly."""

    notification_id: str
    at: Instant
    priority: Priority
    fingerprint: Fingerprint


def happening(event: Event, recipients: tuple[str, ...]) -> Fingerprint:
    """What the event is about; the latest thing told of it is what counts."""
    if event.incident is None:
        return fingerprint(event, recipients)
    return ("incident", event.source or "", event.incident, *sorted(recipients))


def fingerprint(event: Event, recipients: tuple[str, ...]) -> Fingerprint:
    """What is the same in a duplicate."""
    about: Fingerprint = (event.key, event.source or "", event.incident or "")
    written = event.source is None or event.incident is None
    if written or event.key in _RECURRING:
        about += (event.title, event.message)
    return ("event", *about, *sorted(recipients))


def is_duplicate(
    event: Event,
    mark: Fingerprint,
    earlier: Earlier | None,
    now: Instant,
    policies: Policies,
    *,
    still_told: bool = False,
) -> bool:
    """Whether this event says nothing new.

    `still_told` says whether the earlier one is still being brought to somebody. What
    has become more urgent is news, and so is what comes back after something else was
    told of the same incident.
    """
    if earlier is None or event.is_test or mark != earlier.fingerprint:
        return False
    if _RANKS[event.priority] < _RANKS[earlier.priority]:
        return False
    if event.priority is Priority.URGENT and still_told:
        return True
    window = policies[event.priority].dedupe
    return window is not None and 0 <= now - earlier.at < window
