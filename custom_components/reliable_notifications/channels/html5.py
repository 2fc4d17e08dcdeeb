"""A browser that takes web push, through Home Assistant's html5 integration.

Newer versions have an entity for each browser and an action that raises what goes
wrong; the browser says when a message has come, was clicked or closed. Older ones have
a notify action that only logs. Must not keep a message longer at the push service than
it is news.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import DASHBOARD_URL, PUSH_INTENT
from ..engine.content.verbs import action_id, label, offered
from ..engine.vocabulary import AttemptResult, ChannelTraits, Evidence, Priority
from .interface import (
    Channel,
    Choice,
    Envelope,
    Limits,
)
from .parts.platforms import loggers_of
from .parts.targets import (
    entity_choices,
    entity_hindrance,
    entity_id_of,
    platform_of,
)

NOTIFY = "notify"
HTML5 = "html5"
SEND = "send_message"
DISMISS = "dismiss_message"
OLD_DISMISS = "dismiss"

# Browsers show two buttons (`Notification.maxActions` of Chrome)
_MOST_BUTTONS = 2

# The words of web push (RFC 8030): *high* wakes a device that saves its battery
_URGENCIES: Mapping[Priority, str] = {
    Priority.URGENT: "high",
    Priority.HIGH: "high",
    Priority.MEDIUM: "normal",
    Priority.LOW: "low",
}
_LOUD = frozenset({Priority.URGENT, Priority.HIGH})


class Html5(Channel):
    """One browser: its notify entity, or its notify action in an old version."""

    kind = "html5"
    # the push service's answer; that the browser has it is told by a receipt
    best_evidence = Evidence.ACCEPTED
    # push services answer within a second (delivery reference 5.3)
    patience = 4.0
    replaces = True
    # push services take 4096 bytes (RFC 8291), of which the rest of the message needs
    # a quarter; a sign may take four bytes
    limits = Limits(longest=750)

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The browsers that have registered."""
        if hass.services.has_service(HTML5, SEND):
            return entity_choices(
                hass,
                (NOTIFY,),
                lambda state: platform_of(hass, state.entity_id) == HTML5,
            )
        return [
            Choice(value=f"{NOTIFY}.{name}", label=_readable(name))
            for name in sorted(hass.services.async_services_for_domain(NOTIFY))
            if _is_old(f"{NOTIFY}.{name}")
        ]

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether the browser is there."""
        if _is_old(target):
            name = target.partition(".")[2]
            return None if hass.services.has_service(NOTIFY, name) else "target_gone"
        found = platform_of(hass, entity_id_of(hass, target))
        return None if found == HTML5 else "target_gone"

    @property
    def traits(self) -> ChannelTraits:
        """The declaration; an old version cannot tell what became of a message."""
        if not _is_old(self.target):
            return super().traits
        return replace(super().traits, best_evidence=Evidence.DISPATCHED)

    @property
    def confirms(self) -> bool:
        """A browser says that a message has come, where there is an entity for it."""
        return not _is_old(self.target)

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where an old version logs its errors; a newer one raises them."""
        return loggers_of(self.hass, HTML5) if _is_old(self.target) else {}

    @property
    def hindrance(self) -> AttemptResult | None:
        """The entity is gone, or unavailable: a call would not say so."""
        if _is_old(self.target):
            return None
        return entity_hindrance(self.hass, entity_id_of(self.hass, self.target))

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Push it."""
        if _is_old(self.target):
            return await self._send_by_action(envelope)
        if (hindrance := self.hindrance) is not None:
            return hindrance
        entity_id = entity_id_of(self.hass, self.target)
        data: dict[str, Any] = {
            "entity_id": entity_id,
            "title": envelope.title or envelope.recipient_name,
            "message": envelope.message,
            **self._shown(envelope),
            "require_interaction": envelope.priority is Priority.URGENT,
            "urgency": _URGENCIES[envelope.loudness],
            "data": self._given_back(envelope),
        }
        if envelope.deadline is not None:
            left = envelope.deadline - dt_util.utcnow().timestamp()
            data["ttl"] = timedelta(seconds=max(0, round(left)))
        await self._call(HTML5, SEND, data)
        return AttemptResult(
            evidence=Evidence.ACCEPTED, detail="The push service took it"
        )

    async def async_clear(self, tag: str) -> None:
        """Take it off the screen."""
        if _is_old(self.target):
            await self._call(HTML5, OLD_DISMISS, {"data": {"tag": tag}})
        elif (entity_id := entity_id_of(self.hass, self.target)) is not None:
            await self._call(HTML5, DISMISS, {"entity_id": entity_id, "tag": tag})

    async def _send_by_action(self, envelope: Envelope) -> AttemptResult:
        """What an old version can: whether it worked is seen in its log only."""
        extras = {
            **self._shown(envelope),
            **self._given_back(envelope),
            "requireInteraction": envelope.priority is Priority.URGENT,
        }
        data: dict[str, Any] = {"message": envelope.message, "data": extras}
        if envelope.title:
            data["title"] = envelope.title
        await self._call(NOTIFY, self.target.partition(".")[2], data)
        return AttemptResult(
            evidence=Evidence.DISPATCHED,
            detail="The action returned; it cannot tell more",
        )

    def _shown(self, envelope: Envelope) -> dict[str, Any]:
        language = envelope.language or self.hass.config.language
        verbs = offered(envelope.data, envelope.priority)[:_MOST_BUTTONS]
        return {
            "tag": envelope.tag,
            "renotify": envelope.loudness in _LOUD,
            "silent": envelope.loudness is Priority.LOW,
            "actions": [
                {
                    "action": action_id(verb, envelope.intent_id),
                    "title": label(verb, language),
                }
                for verb in verbs
            ],
        }

    def _given_back(self, envelope: Envelope) -> dict[str, Any]:
        """What the browser tells with its answers, and where a click leads."""
        return {PUSH_INTENT: envelope.intent_id, "url": f"/{DASHBOARD_URL}"}

    async def _call(self, domain: str, action: str, data: Mapping[str, Any]) -> None:
        await self.hass.services.async_call(domain, action, {**data}, blocking=True)


def _is_old(target: str) -> bool:
    """Whether a target is an action; an entity is known by its registry id."""
    return target.startswith(f"{NOTIFY}.{HTML5}")


def _readable(name: str) -> str:
    return name.removeprefix(f"{HTML5}_").replace("_", " ").capitalize()
