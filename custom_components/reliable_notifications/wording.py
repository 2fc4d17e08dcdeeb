"""Puts what happened into words.

Knows the household's language and local time; must not decide who is told.
"""

from __future__ import annotations

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .bulletins import duration
from .chronicle import Happening
from .engine.content.messages import compose, compose_reminder
from .engine.content.verbs import OFFERS, Verb
from .engine.vocabulary import Event, Instant, Message, Priority, UnloadingEvent
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
        spec, event = happening.spec, happening.event
        message = self._message(happening)
        return Event(
            key=event.kind.value,
            at=now,
            title=message.title,
            message=message.message,
            priority=priority,
            category="appliance",
            source=spec.id,
            incident=incident(happening),
            data={
                "appliance": spec.name,
                "cycle_id": event.cycle_id,
                **({OFFERS: Verb.EMPTIED.value} if wants_emptying(happening) else {}),
            },
        )

    def _message(self, happening: Happening) -> Message:
        spec, event = happening.spec, happening.event
        language = self._hass.config.language
        if isinstance(event, UnloadingEvent):
            return compose_reminder(
                appliance=spec.name, idle_s=event.idle_s, language=language
            )
        return compose(
            event.kind,
            appliance=spec.name,
            duration_s=duration(event),
            energy_wh=event.energy_wh,
            started_local=_local_time(event.started_at),
            ended_local=_local_time(event.ended_at),
            expected_local=_local_time(event.expected_at),
            estimated=event.estimated,
            language=language,
        )


def incident(happening: Happening) -> str:
    """One cycle, one message on the phone: a later one replaces it."""
    return f"{happening.spec.id}-{happening.event.cycle_id}"


def _local_time(instant: Instant | None) -> str | None:
    if instant is None:
        return None
    return dt_util.as_local(dt_util.utc_from_timestamp(instant)).strftime("%H:%M")
