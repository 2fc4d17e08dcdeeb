"""Recipients as a household has set them up: what is stored, in the engine's words.

What is stored of a recipient is plain data that a form has checked; whatever is missing
from it has its default here, and what cannot be read any more is left out. Must not
decide what follows from a wish.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..const import (
    CONF_CHANNELS,
    CONF_CONTACTS,
    CONF_LANGUAGE,
    CONF_PERSON,
    CONF_PREFERENCES,
    CONF_ROLES,
)
from ..engine.vocabulary import (
    EVERY_DAY,
    Contact,
    ContactKind,
    DigestWish,
    Preferences,
    Priority,
    Recipient,
    Role,
    Snooze,
    Span,
)

DEFAULT_ROLES = (Role.HOUSEHOLD, Role.ADULT)


def recipient(recipient_id: str, name: str, data: Mapping[str, Any]) -> Recipient:
    """Read what is stored of a recipient."""
    return Recipient(
        id=recipient_id,
        name=name,
        channels=tuple(data[CONF_CHANNELS]),
        person=data.get(CONF_PERSON),
        roles=frozenset(Role(each) for each in data.get(CONF_ROLES, DEFAULT_ROLES)),
        contacts=tuple(contacts(data)),
        language=data.get(CONF_LANGUAGE),
        preferences=preferences(data.get(CONF_PREFERENCES, {})),
    )


def contacts(data: Mapping[str, Any]) -> Iterable[Contact]:
    """The contact points of a recipient."""
    for kind in ContactKind:
        if (stored := data.get(CONF_CONTACTS, {}).get(kind)) is not None:
            yield Contact(
                kind=kind, value=stored["value"], verified=stored.get("verified", False)
            )


def preferences(data: Mapping[str, Any]) -> Preferences:
    """What a recipient wishes."""
    wished = Preferences()
    return Preferences(
        muted=frozenset(
            (category, channel_id) for category, channel_id in data.get("muted", ())
        ),
        least={
            channel_id: Priority(priority)
            for channel_id, priority in data.get("least", {}).items()
        },
        quiet=spans(data.get("quiet", ())),
        sleep=spans(data.get("sleep", ())),
        digest=_digest(data.get("digest")),
        detailed=data.get("detailed", wished.detailed),
        private_speakers=data.get("private_speakers", wished.private_speakers),
        private_lock_screen=data.get("private_lock_screen", wished.private_lock_screen),
        snoozes=tuple(
            Snooze(source=each["source"], until=each["until"])
            for each in data.get("snoozes", ())
        ),
    )


def spans(stored: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    """Times of the day, in minutes, each with its weekdays."""
    return tuple(
        Span(start=each["start"], end=each["end"], weekdays=_weekdays(each))
        for each in stored
    )


def _digest(stored: Mapping[str, Any] | None) -> DigestWish | None:
    if stored is None:
        return None
    return DigestWish(
        minute=stored["minute"],
        weekdays=_weekdays(stored),
        on_arrival=stored.get("on_arrival", False),
    )


def _weekdays(stored: Mapping[str, Any]) -> frozenset[int]:
    return frozenset(stored.get("weekdays", EVERY_DAY))
