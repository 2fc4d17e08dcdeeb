"""What Home Assistant has that tells of people and rooms, and how each of it is read.

Finds by integration and device class: the phones of a person with their sleep and
do-not-disturb sensors, what notices somebody in a room, the do-not-disturb switch of a
speaker. What does not say is None, never a guess. Must not decide what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
import math

from homeassistant.components.binary_sensor import (
    DOMAIN as BINARY_SENSOR,
    BinarySensorDeviceClass,
)
from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER
from homeassistant.const import STATE_HOME, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.util import slugify

MOBILE_APP = "mobile_app"

# How sure a phone has to be of sleep, and of being awake, in percent. Google gives no
# limit for its Sleep API, only the scale; between the two nothing is said.
ASLEEP_FROM = 75.0
AWAKE_UP_TO = 25.0

# Ends of the companion apps' unique ids (webhook id, then these): Android's silence and
# sleep, the focus of an iPhone (companion.home-assistant.io/docs/core/sensors)
_SILENCE = ("_dnd_sensor", "_focus")
_SLEEP = ("_sleep_confidence",)

# The same on the speakers' integrations: Amazon's own and Alexa Media Player
_SPEAKERS = frozenset({"alexa_devices", "alexa_media"})

# Yes and no in the words of switches and of Android's silence
_WORDS: Mapping[str, bool] = {
    "on": True,
    "off": False,
    "true": True,
    "false": False,
    "yes": True,
    "no": False,
    "priority_only": True,
    "alarms_only": True,
    "total_silence": True,
}

type Reader = Callable[[State | None], bool | None]


def is_home(state: State | None) -> bool | None:
    """Whether a person is home; any other zone is away."""
    if state is None or state.state in (STATE_UNKNOWN, STATE_UNAVAILABLE):
        return None
    return state.state == STATE_HOME


def says_yes(state: State | None) -> bool | None:
    """What a switch, a schedule or a phone's silence says."""
    return None if state is None else _WORDS.get(state.state.lower())


def is_asleep(state: State | None) -> bool | None:
    """Whether somebody sleeps: yes or no, or how sure a phone is, in percent."""
    if state is None:
        return None
    try:
        sure = float(state.state)
    except ValueError:
        return says_yes(state)
    if not math.isfinite(sure) or AWAKE_UP_TO < sure < ASLEEP_FROM:
        return None
    return sure >= ASLEEP_FROM


def moves(state: State | None) -> bool | None:
    """Motion proves somebody; that nothing moves proves nothing."""
    return True if says_yes(state) else None


def plays(state: State | None) -> bool | None:
    """Music proves that somebody listens, as far as we can know; silence nothing."""
    return True if state is not None and state.state == "playing" else None


def names_of_rooms(hass: HomeAssistant) -> Mapping[str, str]:
    """The ids of all areas by what they may be called: id, name and other names.

    Also as plain words, *living_room*: so a node of a room sensor is called.
    """
    names: dict[str, str] = {}
    for area in ar.async_get(hass).async_list_areas():
        for name in (area.id, area.name, *sorted(area.aliases)):
            names.setdefault(name.casefold(), area.id)
            names.setdefault(slugify(name), area.id)
    return names


def room_said(
    hass: HomeAssistant, entity_id: str | None, names: Mapping[str, str]
) -> str | None:
    """The id of the area that an entity names.

    So say ESPresense, Bermuda and room presence over MQTT where somebody's phone or
    tag is; *not_home*, or a room that is no area, is not known.
    """
    state = hass.states.get(entity_id) if entity_id else None
    return None if state is None else names.get(state.state.strip().casefold())


@dataclass(frozen=True, slots=True)
class Sense:
    """An entity, and how its state is read."""

    entity_id: str
    read: Reader

    def ask(self, hass: HomeAssistant) -> bool | None:
        """What it says now."""
        return self.read(hass.states.get(self.entity_id))


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """One yes is enough; no only where all who answer say so, and somebody does."""
    known = list(answers)
    if any(known):
        return True
    return False if known and None not in known else None


def agreed(answers: Iterable[bool | None]) -> bool | None:
    """What all say that say anything; None where they contradict each other."""
    known = {answer for answer in answers if answer is not None}
    return known.pop() if len(known) == 1 else None


def occupied(answers: Iterable[tuple[Reader, bool | None]]) -> bool | None:
    """Whether somebody is in a room: only who can tell an empty one is asked for it."""
    known = list(answers)
    if any(answer for _, answer in known):
        return True
    able = [answer for read, answer in known if read is says_yes]
    return any_of(able)


def phones_of(
    hass: HomeAssistant, person: str | None, channel_devices: Iterable[str]
) -> frozenset[str]:
    """The ids of a person's devices with a companion app.

    Those on which the person's user is logged in, those that track the person, and
    those that the recipient has channels to.
    """
    devices, entities = dr.async_get(hass), er.async_get(hass)
    found = set(channel_devices)
    state = hass.states.get(person or "")
    attributes: Mapping[str, object] = {} if state is None else state.attributes
    user_id, trackers = attributes.get("user_id"), attributes.get("device_trackers")
    for tracker in trackers if isinstance(trackers, list | tuple) else ():
        entity = entities.async_get(str(tracker))
        if entity is not None and entity.device_id is not None:
            found.add(entity.device_id)
    ours: set[str] = set()
    for entry in hass.config_entries.async_entries(MOBILE_APP):
        for device in dr.async_entries_for_config_entry(devices, entry.entry_id):
            if device.id in found or (user_id and entry.data.get("user_id") == user_id):
                ours.add(device.id)
    return frozenset(ours)


def silence_of(hass: HomeAssistant, phones: Iterable[str]) -> tuple[Sense, ...]:
    """What says whether these phones are to be left alone."""
    return tuple(_of_app(hass, phones, _SILENCE, says_yes))


def sleep_of(hass: HomeAssistant, phones: Iterable[str]) -> tuple[Sense, ...]:
    """What says whether the owner of these phones sleeps."""
    return tuple(_of_app(hass, phones, _SLEEP, is_asleep))


def _of_app(
    hass: HomeAssistant, phones: Iterable[str], ends: tuple[str, ...], read: Reader
) -> Iterator[Sense]:
    registry = er.async_get(hass)
    for phone in sorted(phones):
        for entity in er.async_entries_for_device(registry, phone):
            if entity.platform == MOBILE_APP and entity.unique_id.endswith(ends):
                yield Sense(entity.entity_id, read)


def silence_of_speaker(hass: HomeAssistant, device_id: str) -> tuple[Sense, ...]:
    """The do-not-disturb switch of a speaker, if it has one."""
    return tuple(
        Sense(entity.entity_id, says_yes)
        for entity in er.async_entries_for_device(er.async_get(hass), device_id)
        if entity.domain == "switch"
        and entity.platform in _SPEAKERS
        and (
            entity.translation_key == "do_not_disturb"
            or "do_not_disturb" in entity.entity_id
            or entity.unique_id.endswith("-dnd")
        )
    )


def senses_of_rooms(
    hass: HomeAssistant, ignored: frozenset[str], own_platform: str
) -> Mapping[str, tuple[Sense, ...]]:
    """By the id of each area, what notices somebody there."""
    devices = dr.async_get(hass)
    rooms: dict[str, list[Sense]] = {}
    for entity in er.async_get(hass).entities.values():
        read = _reader_of_room(entity)
        if read is None or entity.disabled or entity.platform == own_platform:
            continue
        if {entity.entity_id, entity.id} & ignored:
            continue
        area = entity.area_id
        if area is None and entity.device_id is not None:
            device = devices.async_get(entity.device_id)
            area = None if device is None else device.area_id
        if area is not None:
            rooms.setdefault(area, []).append(Sense(entity.entity_id, read))
    return {area: tuple(found) for area, found in rooms.items()}


def _reader_of_room(entity: er.RegistryEntry) -> Reader | None:
    if entity.domain == MEDIA_PLAYER:
        return plays
    if entity.domain != BINARY_SENSOR:
        return None
    match entity.device_class or entity.original_device_class:
        case BinarySensorDeviceClass.OCCUPANCY | BinarySensorDeviceClass.PRESENCE:
            return says_yes
        case BinarySensorDeviceClass.MOTION:
            return moves
    return None
