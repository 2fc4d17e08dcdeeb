"""Who in Home Assistant is asked for which fact of the household.

What people have picked in a form stands in place of what would be found. Only looks
through registries; must not read what anybody says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..engine.vocabulary import Recipient, Span
from .senses import (
    Reader,
    Sense,
    is_asleep,
    names_of_rooms,
    phones_of,
    says_yes,
    senses_of_rooms,
    silence_of,
    silence_of_speaker,
    sleep_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What people have picked in forms; entities by entity-registry id or entity id.

    `sleep` and `do_not_disturb` are by recipient and stand in place of what is found;
    `whereabouts` name the room in which a recipient is.
    `vacation_after`: once everybody is away for so many seconds. `ignored` are sensors
    of rooms that are not to be heard.
    """

    guest: str | None = None
    vacation: str | None = None
    vacation_after: float | None = None
    internet: str | None = None
    sleep: Mapping[str, str] = field(default_factory=dict)
    do_not_disturb: Mapping[str, str] = field(default_factory=dict)
    whereabouts: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    quiet: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPlace:
    """Of a channel: its device, if any, and whether it needs the internet."""

    device_id: str | None
    kind: str
    local: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """By recipient, area or channel, who says something about it.

    `whereabouts` are the entities that name a recipient's room, `names` the areas by
    what they are called.
    """

    sleep: Mapping[str, tuple[Sense, ...]]
    silence: Mapping[str, tuple[Sense, ...]]
    rooms: Mapping[str, tuple[Sense, ...]]
    speakers: Mapping[str, tuple[Sense, ...]]
    whereabouts: Mapping[str, str]
    names: Mapping[str, str]
    guest: Sense | None
    vacation: Sense | None
    internet: Sense | None


def look(
    hass: HomeAssistant,
    recipients: Mapping[str, Recipient],
    channels: Mapping[str, ChannelPlace],
    picked: Picked,
) -> Asked:
    """Find them as they are now."""
    registry = er.async_get(hass)
    phones = {
        recipient_id: phones_of(hass, recipient.person, _devices(recipient, channels))
        for recipient_id, recipient in recipients.items()
    }
    return Asked(
        sleep={
            each: _picked(hass, picked.sleep.get(each), is_asleep)
            or sleep_of(hass, phones[each])
            for each in phones
        },
        silence={
            each: _picked(hass, picked.do_not_disturb.get(each), says_yes)
            or silence_of(hass, phones[each])
            for each in phones
        },
        rooms=senses_of_rooms(hass, picked.ignored, DOMAIN),
        speakers={
            channel_id: silence_of_speaker(hass, place.device_id)
            for channel_id, place in channels.items()
            if place.device_id is not None
        },
        whereabouts={
            each: entity_id
            for each, reference in picked.whereabouts.items()
            if (entity_id := er.async_resolve_entity_id(registry, reference))
        },
        names=names_of_rooms(hass),
        guest=_one(hass, picked.guest),
        vacation=_one(hass, picked.vacation),
        internet=_one(hass, picked.internet),
    )


def _devices(recipient: Recipient, channels: Mapping[str, ChannelPlace]) -> list[str]:
    """The devices behind a recipient's channels."""
    places = (channels.get(channel_id) for channel_id in recipient.channels)
    return [place.device_id for place in places if place and place.device_id]


def _picked(
    hass: HomeAssistant, reference: str | None, read: Reader
) -> tuple[Sense, ...]:
    """The entity that somebody picked; one that was deleted says nothing."""
    if reference is None:
        return ()
    entity_id = er.async_resolve_entity_id(er.async_get(hass), reference)
    return (Sense(entity_id or reference, read),)


def _one(hass: HomeAssistant, reference: str | None) -> Sense | None:
    return next(iter(_picked(hass, reference, says_yes)), None)
