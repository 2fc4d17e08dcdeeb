"""A notify entity of any platform, called through `notify.send_message`.

Its errors are raised, but a missing or unavailable entity is only logged by Home
Assistant: that is asked before the call, and of the members of a group after it. Must
not call what leads back to us.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..engine.vocabulary import AttemptResult, ChannelTraits, Evidence
from .interface import (
    Channel,
    Choice,
    Envelope,
)
from .parts.platforms import loggers_of
from .parts.targets import (
    entity_choices,
    entity_hindrance,
    entity_id_of,
    features,
    is_known,
    platform_of,
)

NOTIFY = "notify"

# NotifyEntityFeature.TITLE; importing the platform for one number would load it
_TITLE = 1

# Platforms whose call returns only after their server said yes, and raises otherwise
# (delivery reference 1.2). The return of any other proves nothing: speakers enqueue,
# groups and MQTT do not hear the other end.
_TRUTHFUL = frozenset(
    {"discord", "html5", "ntfy", "prowl", "smtp", "telegram_bot", "threema"}
)

# it tells all its members, and raises what the first of them raises
_GROUP = "group"

# these have channels of their own, which know more than words
_BETTER_SERVED = frozenset(
    {"alexa_devices", "html5", "mobile_app", "ntfy", "telegram_bot", "smtp"}
)


class NotifyEntity(Channel):
    """One entity, kept by its registry id where there is one: renames do no harm."""

    kind = "notify_entity"
    # of an unknown platform; a truthful one reaches *accepted*
    best_evidence = Evidence.DISPATCHED
    # mail is the slowest: our limit for it (delivery reference 5.3), its own is 60 s
    patience = 10.0
    replaces = False

    @property
    def traits(self) -> ChannelTraits:
        """The declaration, with what the entity's platform can prove."""
        return replace(super().traits, best_evidence=self._evidence())

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The notify entities there are now, but ours and what is better served."""
        return entity_choices(
            hass,
            (NOTIFY,),
            lambda state: (
                platform_of(hass, state.entity_id) not in _BETTER_SERVED
                and not _leads_to_us(hass, state.entity_id)
            ),
        )

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether the entity exists, is a notify entity, and not one of ours."""
        entity_id = entity_id_of(hass, target)
        if entity_id is None or not entity_id.startswith(f"{NOTIFY}."):
            return "target_gone"
        if _leads_to_us(hass, entity_id):
            return "own_channel"
        return None if is_known(hass, entity_id) else "target_gone"

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where the integration behind the entity logs its errors, if it hides them."""
        platform = self._platform()
        if platform is None or platform in _TRUTHFUL:
            return {}
        return loggers_of(self.hass, platform)

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Look before calling: for what is not there, the call returns as if sent."""
        entity_id = entity_id_of(self.hass, self.target)
        if (hindrance := self.hindrance) is not None:
            return hindrance
        assert entity_id is not None  # a hindrance otherwise
        data = self._data(entity_id, envelope)
        try:
            await self.hass.services.async_call(
                NOTIFY, "send_message", data, blocking=True
            )
        except HomeAssistantError:
            if self._platform() != _GROUP:
                raise
            return _partly("one of them failed")
        if absent := self._absent_members(entity_id):
            return _partly(f"{', '.join(absent)} cannot be reached")
        evidence = self._evidence()
        detail = (
            "The service said yes"
            if evidence.is_success
            else "The entity took it; it cannot tell more"
        )
        return AttemptResult(evidence=evidence, detail=detail)

    def _data(self, entity_id: str, envelope: Envelope) -> dict[str, str]:
        """What to call with; a title without a place of its own goes into the text."""
        data = {"entity_id": entity_id, "message": envelope.message}
        if envelope.title and features(self.hass, entity_id) & _TITLE:
            data["title"] = envelope.subject
        elif envelope.title:
            data["message"] = f"{envelope.title}\n{envelope.message}"
        if self._platform() == _GROUP:
            # 2025.6 hands on None as the title otherwise, which all members refuse
            data.setdefault("title", "")
        return data

    @property
    def hindrance(self) -> AttemptResult | None:
        """Why it makes no sense to call, if so."""
        entity_id = entity_id_of(self.hass, self.target)
        if entity_id is not None and _leads_to_us(self.hass, entity_id):
            return AttemptResult(
                evidence=Evidence.REFUSED, detail="The entity would lead back to us"
            )
        return entity_hindrance(self.hass, entity_id)

    def _absent_members(self, entity_id: str) -> list[str]:
        """Members of a group that get nothing, of which Home Assistant says nothing."""
        return [
            member
            for member in _members(self.hass, entity_id)
            if (state := self.hass.states.get(member)) is None
            or state.state == STATE_UNAVAILABLE
        ]

    def _evidence(self) -> Evidence:
        """What a quiet return proves, by the platform behind the entity."""
        return (
            Evidence.ACCEPTED if self._platform() in _TRUTHFUL else self.best_evidence
        )

    def _platform(self) -> str | None:
        """The integration behind the entity, where the registry knows it."""
        return platform_of(self.hass, entity_id_of(self.hass, self.target))


def _leads_to_us(hass: HomeAssistant, entity_id: str) -> bool:
    """Whether it is one of ours, or a group that has one of ours in it."""
    registry = er.async_get(hass)
    seen: set[str] = set()
    ahead = [entity_id]
    while ahead:
        current = ahead.pop()
        if current in seen:
            continue
        seen.add(current)
        entry = registry.async_get(current)
        if entry is not None and entry.platform == DOMAIN:
            return True
        ahead.extend(_members(hass, current))
    return False


def _members(hass: HomeAssistant, entity_id: str) -> list[str]:
    """Whom a group tells; nobody, if it is none."""
    state = hass.states.get(entity_id)
    members = state.attributes.get("entity_id") if state else None
    if not isinstance(members, list | tuple):
        return []
    return [str(member) for member in members]


def _partly(why: str) -> AttemptResult:
    """Some of a group may have it: telling all of them again would be a nuisance."""
    return AttemptResult(
        evidence=Evidence.UNKNOWN, detail=f"Not everybody of the group has it: {why}"
    )
