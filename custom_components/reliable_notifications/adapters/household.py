"""The household at a moment: people, rooms, channels, and what was switched.

Who is asked is looked up when registries change, so that a snapshot only reads states.
It also says when something changed that a held message may have waited for. Every fact
may be unknown; none is guessed. Must not decide what follows from a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.event import async_call_later, async_track_state_change_event
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util
from homeassistant.util.event_type import EventType

from ..compat import host_has_internet
from ..const import DOMAIN
from ..engine.vocabulary import (
    ChannelFacts,
    HouseholdFacts,
    Instant,
    PersonFacts,
    Recipient,
    Trouble,
)
from .alarm_clock import now
from .asked import Asked, ChannelPlace, Picked, look
from .database import Database
from .health import Health
from .house_modes import HouseModes
from .last_known import LastKnown
from .senses import Sense, agreed, any_of, is_home, occupied, room_said

# Seconds after a change of a registry before it is looked through again: while Home
# Assistant starts, and when a device is added, changes come by the dozen
SETTLE = 1.0

# What a channel answers when the way to its service is broken
_NO_WAY = frozenset({Trouble.OUTAGE, Trouble.SILENCE})

# One service may be down by itself; two at once are taken for the way to all of them
_SERVICES_DOWN = 2

_REGISTRIES: tuple[EventType[Any], ...] = (
    ar.EVENT_AREA_REGISTRY_UPDATED,
    dr.EVENT_DEVICE_REGISTRY_UPDATED,
    er.EVENT_ENTITY_REGISTRY_UPDATED,
)


class Household:
    """Takes snapshots."""

    def __init__(
        self,
        hass: HomeAssistant,
        database: Database,
        *,
        recipients: Mapping[str, Recipient],
        channels: Mapping[str, ChannelPlace],
        picked: Picked,
        modes: HouseModes,
        health: Health,
    ) -> None:
        """Look once; `async_start` goes on looking."""
        self._hass = hass
        self._recipients = recipients
        self._channels = channels
        self._picked = picked
        self.modes = modes
        self.health = health
        self._last = LastKnown(database)
        self._listeners: list[Callable[[], None]] = []
        self._unhook: list[CALLBACK_TYPE] = []
        self._states: CALLBACK_TYPE | None = None
        self._later: CALLBACK_TYPE | None = None
        self._asked = self._look()
        self._also: tuple[str, ...] = ()
        self._rooms: tuple[str, ...] = ()

    def unasked(self) -> HouseholdFacts:
        """What is known without asking anything: the time, and what is set."""
        zone = dt_util.get_default_time_zone()
        return HouseholdFacts(at=now(), zone=zone, quiet=self._picked.quiet)

    def facts(
        self,
        references: Iterable[str] = (),
        conditions: Mapping[str, bool | None] | None = None,
    ) -> HouseholdFacts:
        """How everything is now.

        `references` are the entities that rules ask for, `conditions` what Home
        Assistant's conditions of rules have come to, by the id of the rule.
        """
        at, switched = now(), self.modes.switched
        asked = self._asked
        return HouseholdFacts(
            at=at,
            zone=dt_util.get_default_time_zone(),
            people={
                recipient_id: self._person(recipient_id, at)
                for recipient_id in self._recipients
                if self._is_followed(recipient_id)
            },
            rooms={
                area: occupied((each.read, each.ask(self._hass)) for each in found)
                for area, found in asked.rooms.items()
            },
            guest=_switched(switched.guest, self._ask(asked.guest), asked.guest),
            vacation=switched.vacation or self._vacation(at),
            paused_until=switched.paused_until,
            internet=self._internet(),
            channels={each: self._channel(each, at) for each in self._channels},
            states={each: self._state(each) for each in references},
            conditions=conditions or {},
            quiet=self._picked.quiet,
            off_channels=switched.off_channels,
            off_categories=switched.off_categories,
        )

    @callback
    def listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Hear that something has changed that a held message may have waited for."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def async_start(
        self, also: Iterable[str] = (), rooms: Iterable[str] = ()
    ) -> None:
        """Remember what an earlier run knew, and follow what changes.

        That is what messages wait for in any case, and `also` these entities and
        `rooms`, for which rules let them wait.
        """
        self._also, self._rooms = tuple(also), tuple(rooms)
        await self._last.async_load()
        listen = self._hass.bus.async_listen
        self._unhook += [listen(each, self._look_soon) for each in _REGISTRIES]
        self._unhook.append(self.modes.listen(self._tell))
        self._look_again(dt_util.utcnow())
        self._unhook.append(async_at_started(self._hass, self._started))

    async def async_stop(self) -> None:
        """Follow nothing any more, and keep where everybody was."""
        while self._unhook:
            self._unhook.pop()()
        for stop in (self._states, self._later):
            if stop is not None:
                stop()
        self._states = self._later = None
        self.modes.async_stop()
        self._note_everybody(now())
        await self._last.async_save()

    # --- single facts ---

    def _is_followed(self, recipient_id: str) -> bool:
        """A recipient of whom nothing can be known is not an unknown inhabitant."""
        person = self._recipients[recipient_id].person
        asked = self._asked
        return bool(
            person
            or asked.sleep[recipient_id]
            or asked.silence[recipient_id]
            or recipient_id in asked.whereabouts
        )

    def _person(self, recipient_id: str, at: Instant) -> PersonFacts:
        person = self._recipients[recipient_id].person or ""
        home = is_home(self._hass.states.get(person))
        last = self._last.of(person) if home is None else (home, at)
        asked = self._asked
        return PersonFacts(
            home=home,
            last_home=None if last is None else last[0],
            home_at=None if last is None else last[1],
            asleep=agreed(each.ask(self._hass) for each in asked.sleep[recipient_id]),
            do_not_disturb=any_of(
                each.ask(self._hass) for each in asked.silence[recipient_id]
            ),
            room=room_said(
                self._hass, asked.whereabouts.get(recipient_id), asked.names
            ),
        )

    def _vacation(self, at: Instant) -> bool | None:
        """By what was picked, and by how long everybody is away."""
        answers = []
        if self._asked.vacation is not None:
            answers.append(self._ask(self._asked.vacation))
        if self._picked.vacation_after is not None:
            answers.append(self._are_away_for(self._picked.vacation_after, at))
        return any_of(answers) if answers else False

    def _are_away_for(self, least: float, at: Instant) -> bool | None:
        persons = {each.person for each in self._recipients.values() if each.person}
        home = any_of(is_home(self._hass.states.get(each)) for each in persons)
        if home is not False:
            return None if home is None else False
        since = [self._last.away_since(each) for each in persons]
        return all(each is not None and at - each >= least for each in since)

    def _channel(self, channel_id: str, at: Instant) -> ChannelFacts:
        """One that has rested is asked again like any other: else nobody ever would."""
        breaker = self.health.of(channel_id)
        until = breaker.rests_until(at)
        return ChannelFacts(
            healthy=until is None,
            until=until,
            reason=breaker.detail,
            do_not_disturb=any_of(
                each.ask(self._hass)
                for each in self._asked.speakers.get(channel_id, ())
            ),
        )

    def _internet(self) -> bool | None:
        """What was picked knows best, then the host, then what channels have met."""
        if self._asked.internet is not None:
            return self._ask(self._asked.internet)
        if (known := host_has_internet(self._hass)) is not None:
            return known
        down = {
            place.kind
            for channel_id, place in self._channels.items()
            if not place.local
            and (breaker := self.health.of(channel_id)).is_down
            and breaker.trouble in _NO_WAY
        }
        return False if len(down) >= _SERVICES_DOWN else None

    def _state(self, reference: str) -> str | None:
        """Asked for by its id in the registry, it is found under its present name."""
        state = self._hass.states.get(self._entity_id(reference) or "")
        if state is None or state.state in ("unknown", "unavailable"):
            return None
        return state.state

    def _entity_id(self, reference: str) -> str | None:
        return er.async_resolve_entity_id(er.async_get(self._hass), reference)

    def _ask(self, sense: Sense | None) -> bool | None:
        return None if sense is None else sense.ask(self._hass)

    # --- looking, and following ---

    def _look(self) -> Asked:
        return look(self._hass, self._recipients, self._channels, self._picked)

    @callback
    def _look_soon(self, _event: Event[Any] | None = None) -> None:
        if self._later is None:
            self._later = async_call_later(self._hass, SETTLE, self._look_again)

    @callback
    def _started(self, _hass: HomeAssistant) -> None:
        self._look_soon()

    @callback
    def _look_again(self, _at: datetime) -> None:
        self._later = None
        self._asked = self._look()
        if self._states is not None:
            self._states()
        self._states = async_track_state_change_event(
            self._hass, self._followed(), self._changed
        )
        self._note_everybody(now())
        self._tell()

    def _followed(self) -> list[str]:
        """All whose change may let a held message go."""
        asked = self._asked
        people = {each.person for each in self._recipients.values() if each.person}
        rooms = (asked.rooms.get(each, ()) for each in self._rooms)
        told = (*asked.sleep.values(), *asked.silence.values(), *rooms)
        single = (asked.guest, asked.vacation)
        also = (self._entity_id(each) for each in self._also)
        return sorted(
            people
            | {entity_id for entity_id in also if entity_id is not None}
            | (set(asked.whereabouts.values()) if self._rooms else set())
            | {sense.entity_id for found in told for sense in found}
            | {sense.entity_id for sense in single if sense is not None}
        )

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        old, new = event.data["old_state"], event.data["new_state"]
        if old is None or new is None or old.attributes != new.attributes:
            self._look_soon()  # a person may have got another phone
        if (old and old.state) == (new and new.state):
            return
        entity_id, at = event.data["entity_id"], event.time_fired.timestamp()
        if any(entity_id == each.person for each in self._recipients.values()):
            before, after = is_home(old), is_home(new)
            known = before if after is None else after
            if known is not None:
                differs = self._last.note(entity_id, at, home=known)
                if differs or after is None:
                    self._save()
        self._tell()

    def _note_everybody(self, at: Instant) -> None:
        for recipient in self._recipients.values():
            home = is_home(self._hass.states.get(recipient.person or ""))
            if recipient.person is not None and home is not None:
                self._last.note(recipient.person, at, home=home)

    @callback
    def _save(self) -> None:
        self._hass.async_create_background_task(
            self._last.async_save(), f"{DOMAIN} remembers where people are"
        )

    @callback
    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def _switched(ours: bool, picked: bool | None, sense: Sense | None) -> bool | None:
    """Our own switch, or what somebody picked; unknown only where that is silent."""
    if ours or sense is None:
        return ours
    return picked
