"""An Echo, through Home Assistant's own integration `alexa_devices`.

An announcement (with a chime, and on the screen where there is one) or plain speech.
Amazon's *do not disturb* and its switches for communications hold back what is not
urgent; an urgent message is spoken plainly, which they let through. Where the library
gathers messages and sends them in a task of its own, that task is waited for: what the
call itself returns proves nothing. Must not call an account so often that Amazon turns
us away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.util.hass_dict import HassKey

from ..compat import echo_batches, echo_calls_wait
from ..const import DOMAIN
from ..engine.vocabulary import (
    AttemptResult,
    ChannelTraits,
    Evidence,
    Priority,
    Shape,
)
from .interface import (
    Channel,
    Choice,
    Envelope,
)
from .parts.echo import ANNOUNCE, ECHO_SETTINGS, SPEAK, manner_wanted, words_for
from .parts.loudness import MEDIA_PLAYER, Loudness
from .parts.platforms import loggers_of
from .parts.speech import LIMITS, seconds_to_say, spoken
from .parts.targets import by_label, entities_of_device, room_of_device

ALEXA = "alexa_devices"
NOTIFY = "notify"

# its switches, by the ends that their unique ids have had
_DO_NOT_DISTURB = ("dnd", "do_not_disturb")
_MUST_BE_ON = ("communications", "announcements")

# Seconds until the library has given up sending a message: 0.3 to gather, tries after
# 0, 2 and 5, and a little for the answers (delivery reference 1.2)
GIVES_UP_AFTER = 8.5

# What the library writes when it has given up sending what it has gathered; in the task
# of whoever came first, so that the others would not hear of it
_GAVE_UP = "Failed to send batch"

# Seconds within which calls of one account go out together; the library gathers for
# 0.3, and a call that comes at the very end of them may miss it
GATHERING = 0.2

# Seconds between two calls of one account otherwise (delivery reference, edge 12): four
# Echos within a second were answered with 429
SPACING = 1.0


class Alexa(Channel):
    """One Echo, or a group of them, kept by its device id."""

    kind = "alexa"
    shape = Shape.SPEECH
    limits = LIMITS
    # Amazon took it; that the Echo has spoken is told by nobody
    best_evidence = Evidence.ACCEPTED
    # the library's own time, after its turn has come
    patience = GIVES_UP_AFTER + SPACING + 0.5
    replaces = False
    settings = ECHO_SETTINGS

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The Echos and groups that can speak."""
        registry = dr.async_get(hass)
        return by_label(
            Choice(value=device.id, label=device.name_by_user or device.name or "?")
            for entry in hass.config_entries.async_entries(ALEXA)
            for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
            if _speakers(hass, device.id)
        )

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether the device exists, and is an Echo that can speak."""
        if dr.async_get(hass).async_get(target) is None:
            return "target_gone"
        return None if _speakers(hass, target) else "not_an_echo"

    @property
    def traits(self) -> ChannelTraits:
        """The declaration, with what this version of the library lets us see."""
        return replace(super().traits, best_evidence=self._provable())

    @property
    def room(self) -> str | None:
        """Where the Echo stands; a group stands where a person has put it."""
        return room_of_device(self.hass, self.target)

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where the integration and its library log what they could not send."""
        return loggers_of(self.hass, ALEXA)

    @property
    def shared_failure(self) -> str:
        """One line tells of the failure of all that was gathered."""
        return _GAVE_UP

    @property
    def linger(self) -> float:
        """As long as the library tries, where its task cannot be waited for."""
        return GIVES_UP_AFTER

    @property
    def hindrance(self) -> AttemptResult | None:
        """It is offline, or its login is: urgent messages find no way either."""
        way = self._way(Priority.URGENT)
        return way if isinstance(way, AttemptResult) else None

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Say it, if the Echo may speak now."""
        if dr.async_get(self.hass).async_get(self.target) is None:
            return AttemptResult(
                evidence=Evidence.REFUSED, detail="The Echo was removed"
            )
        way = self._way(envelope.priority)
        if isinstance(way, AttemptResult):
            return way
        player = next(
            iter(entities_of_device(self.hass, self.target, MEDIA_PLAYER)), None
        )
        loudness = Loudness(self.hass, player, self.filled_in, envelope.priority)
        if (silence := loudness.silence()) is not None:
            return silence
        words = spoken(envelope)
        said = words_for(way.manner, words, self.filled_in, envelope.priority)
        account = self._account()
        await _turn(self.hass, account)
        await loudness.take()
        try:
            return await self._say(account, way, said)
        finally:
            loudness.give_back_after(seconds_to_say(words))

    async def _say(
        self, account: ConfigEntry | None, way: _Way, words: str
    ) -> AttemptResult:
        """Call, and wait until the library has sent what it has gathered."""
        before = echo_batches(account)
        data = {"entity_id": way.entity_id, "message": words}
        await self.hass.services.async_call(NOTIFY, "send_message", data, blocking=True)
        after = echo_batches(account)
        if after is None or before is None:
            sent = echo_calls_wait(account)
        elif batches := (after - before) or after:
            await asyncio.wait(batches)
            sent = True
        else:
            sent = False
        if sent:
            detail = f"Amazon took it{way.remark}"
            return AttemptResult(evidence=Evidence.ACCEPTED, detail=detail)
        detail = f"The integration took it; it cannot tell more{way.remark}"
        return AttemptResult(evidence=Evidence.DISPATCHED, detail=detail)

    def _way(self, priority: Priority) -> _Way | AttemptResult:
        """The entity to call; or why this Echo is not to speak now."""
        speakers = _speakers(self.hass, self.target)
        manner = manner_wanted(self.filled_in)
        if manner not in speakers:
            manner = next(iter(speakers), manner)
        remark = ""
        if (reason := self._held_back(manner)) is not None:
            if priority is not Priority.URGENT:
                return AttemptResult(evidence=Evidence.REFUSED, detail=reason)
            manner = SPEAK if SPEAK in speakers else manner
            remark = f"; {reason}, but it is urgent"
        entity_id = speakers.get(manner)
        state = self.hass.states.get(entity_id) if entity_id else None
        if state is None or state.state == STATE_UNAVAILABLE:
            # at start, entities appear late: not final
            gone = entity_id is None and self.hass.state is CoreState.running
            return AttemptResult(
                evidence=Evidence.REFUSED if gone else Evidence.UNREACHABLE,
                detail="It cannot speak any more" if gone else "The Echo is offline",
            )
        return _Way(state.entity_id, manner, remark)

    def _held_back(self, manner: str) -> str | None:
        """What a person has switched in Amazon's app or here against speech."""
        switches = dict(_switches(self.hass, self.target))
        if any(switches.get(name) == STATE_ON for name in _DO_NOT_DISTURB):
            return "Do not disturb is on at the Echo"
        for name in _MUST_BE_ON:
            if manner == ANNOUNCE and switches.get(name) == STATE_OFF:
                return f"The Echo's switch for {name} is off"
        return None

    def _provable(self) -> Evidence:
        """What a quiet end proves, by what this version of the library lets us see."""
        account = self._account()
        sees = echo_batches(account) is not None or echo_calls_wait(account)
        return Evidence.ACCEPTED if sees else Evidence.DISPATCHED

    def _account(self) -> ConfigEntry | None:
        """The login that the Echo belongs to."""
        registry = dr.async_get(self.hass)
        return next(
            (
                entry
                for entry in self.hass.config_entries.async_entries(ALEXA)
                for device in dr.async_entries_for_config_entry(
                    registry, entry.entry_id
                )
                if device.id == self.target
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class _Way:
    """How an Echo is made to speak."""

    entity_id: str
    manner: str
    remark: str


@dataclass(slots=True)
class _Turns:
    """When calls of an account went out last."""

    opened: float = -SPACING


_TURNS: HassKey[dict[str, _Turns]] = HassKey(f"{DOMAIN}_alexa_turns")


async def _turn(hass: HomeAssistant, account: ConfigEntry | None) -> None:
    """Wait until this account may be called: with others at once, or a while later.

    Where the library gathers, all who wait go out together in one call to Amazon; where
    it does not, one after the other.
    """
    account_id = account.entry_id if account else ""
    turns = hass.data.setdefault(_TURNS, {}).setdefault(account_id, _Turns())
    together = 0.0 if echo_batches(account) is None else GATHERING
    while (since := hass.loop.time() - turns.opened) < SPACING:
        if since < together:
            return
        await asyncio.sleep(SPACING - since)
    turns.opened = hass.loop.time()


def _speakers(hass: HomeAssistant, device_id: str) -> Mapping[str, str]:
    """The entities of an Echo that speak, by their manner."""
    entities = entities_of_device(hass, device_id, NOTIFY).values()
    return {
        manner: entry.entity_id
        for manner in (ANNOUNCE, SPEAK)
        for entry in entities
        if entry.platform == ALEXA and entry.unique_id.endswith(f"-{manner}")
    }


def _switches(hass: HomeAssistant, device_id: str) -> Iterator[tuple[str, str]]:
    """The switches of an Echo that are about speech, and their states."""
    for entry in entities_of_device(hass, device_id, "switch").values():
        name = entry.unique_id.rpartition("-")[2]
        state = hass.states.get(entry.entity_id)
        if name in (*_DO_NOT_DISTURB, *_MUST_BE_ON) and state is not None:
            yield name, state.state
