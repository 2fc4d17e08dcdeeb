"""Puts what happened into words.

Knows the household's language and local time; must not decide who is told.
"""

from __future__ import annotations

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .bulletins import duration
from .chronicle import Happening
from .engine.content.facts import Place, in_words
from .engine.content.languages import language_of
from .engine.content.messages import compose
from .engine.content.verbs import OFFERS, Verb
from .engine.vocabulary import (
    Event,
    Instant,
    Message,
    Priority,
    Scalar,
    Shape,
    UnloadingEvent,
)
from .telling import wants_emptying


class Wording:
    """Makes events that can be told out of what happened."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Speak the household's language."""
        self._hass = hass

    def of_appliance(
        self, happening: Happening, priority: Priority, now: Instant
    ) -> Event:
        """What happened to a cycle or to a load, as an event to be told."""
        data = facts_of(happening)
        message = self._message(happening.event.kind.value, data, now)
        return Event(
            key=happening.event.kind.value,
            at=now,
            title=message.title,
            message=message.message,
            priority=priority,
            category="appliance",
            source=happening.spec.id,
            incident=incident(happening),
            data=data,
        )

    def of_progress(
        self, appliance: str, started_at: Instant | None, ends_at: Instant | None
    ) -> str:
        """Where a running cycle is: when it will end, or since when it runs."""
        key = "cycle_started" if ends_at is None else "almost_done"
        data: dict[str, Scalar] = {
            "appliance": appliance,
            "started_at": started_at,
            "expected_at": ends_at,
        }
        return self._message(key, data, dt_util.utcnow().timestamp()).message

    def _message(self, key: str, data: dict[str, Scalar], now: Instant) -> Message:
        language = language_of(self._hass.config.language)
        zone = dt_util.get_default_time_zone()
        words = in_words(data, Place(language=language, zone=zone, now=now))
        composed = compose(key, words, language, Shape.PUSH)
        return composed or Message(title=words.get("appliance", ""), message=key)


def facts_of(happening: Happening) -> dict[str, Scalar]:
    """What is known of it, by the names that texts and templates use."""
    spec, event = happening.spec, happening.event
    facts: dict[str, Scalar] = {"appliance": spec.name, "cycle_id": event.cycle_id}
    if isinstance(event, UnloadingEvent):
        facts |= {"idle_s": event.idle_s, "ended_at": event.finished_at}
    else:
        facts |= {
            "duration_s": duration(event),
            "energy_wh": event.energy_wh,
            "started_at": event.started_at,
            "ended_at": event.ended_at,
            "expected_at": event.expected_at,
            "estimated": event.estimated,
            "cost": event.cost,
        }
    if wants_emptying(happening):
        facts[OFFERS] = Verb.EMPTIED.value
    return {name: value for name, value in facts.items() if value is not None}


def incident(happening: Happening) -> str:
    """One cycle, one message on the phone: a later one replaces it."""
    return f"{happening.spec.id}-{happening.event.cycle_id}"
