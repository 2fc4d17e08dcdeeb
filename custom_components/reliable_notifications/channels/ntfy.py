"""A topic of Home Assistant's ntfy integration, on a server in the net or at home.

Newer versions have an action of their own, which knows how urgent a message is and
which one it replaces; with older ones the words alone are published. Both wait for the
server's answer. Must not give answers a way back: whoever knows a topic can read it,
and could answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError, get_url

from ..const import DASHBOARD_URL
from ..engine.content.verbs import more_label
from ..engine.vocabulary import AttemptResult, ChannelTraits, Evidence, Priority
from .interface import Channel, Choice, Envelope, Limits, Setting, SettingKind
from .parts.targets import (
    entity_choices,
    entity_hindrance,
    entity_id_of,
    platform_of,
)

NOTIFY = "notify"
NTFY = "ntfy"
PUBLISH = "publish"
DELETE = "delete"
LINK = "link"

# ntfy's own levels (docs.ntfy.sh/publish/#message-priority): 5 pops up and vibrates
# long, 2 makes no sound
_PRIORITIES: Mapping[Priority, int] = {
    Priority.URGENT: 5,
    Priority.HIGH: 4,
    Priority.MEDIUM: 3,
    Priority.LOW: 2,
}


class Ntfy(Channel):
    """One topic, kept by the registry id of its notify entity."""

    kind = "ntfy"
    # the server has it; whether a phone does, it does not tell
    best_evidence = Evidence.ACCEPTED
    # a server answers within a second (delivery reference 5.3)
    patience = 4.0
    # where the version knows sequences of messages (see `traits`)
    replaces = True
    # ntfy.sh gives 250 messages a day to who has no account, and turns what is longer
    # than 4096 bytes into a file (docs.ntfy.sh/publish/#limitations); a sign may take
    # four bytes
    limits = Limits(per_day=250, kept=25, longest=1000)
    settings = (
        # off: readers of the topic would learn the home's address
        Setting(key=LINK, kind=SettingKind.YES_NO, required=False, default=False),
    )

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The topics that can be published to."""
        return entity_choices(
            hass,
            (NOTIFY,),
            lambda state: platform_of(hass, state.entity_id) == NTFY,
        )

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether the topic is there."""
        found = platform_of(hass, entity_id_of(hass, target))
        return None if found == NTFY else "target_gone"

    @property
    def traits(self) -> ChannelTraits:
        """The declaration, with what this version can do."""
        return replace(super().traits, replaces=self._has(DELETE))

    @property
    def hindrance(self) -> AttemptResult | None:
        """The entity is gone, or unavailable: a call would not say so."""
        return entity_hindrance(self.hass, entity_id_of(self.hass, self.target))

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Publish it."""
        if (hindrance := self.hindrance) is not None:
            return hindrance
        entity_id = entity_id_of(self.hass, self.target)
        data: dict[str, Any] = {"entity_id": entity_id, "message": envelope.message}
        if envelope.title:
            data["title"] = envelope.title
        if self._has(PUBLISH):
            await self._call(NTFY, PUBLISH, data | self._extras(envelope))
        else:
            await self._call(NOTIFY, "send_message", data)
        return AttemptResult(evidence=Evidence.ACCEPTED, detail="The server took it")

    async def async_clear(self, tag: str) -> None:
        """Delete it from the phones, where the version can."""
        entity_id = entity_id_of(self.hass, self.target)
        if entity_id is not None and self._has(DELETE):
            data = {"entity_id": entity_id, "sequence_id": tag}
            await self._call(NTFY, DELETE, data)

    def _extras(self, envelope: Envelope) -> dict[str, Any]:
        """How loud it is, what it replaces, and where a tap leads."""
        extras: dict[str, Any] = {"priority": _PRIORITIES[envelope.loudness]}
        if self._has(DELETE):  # it knows sequences since it can end one
            extras["sequence_id"] = envelope.tag
        if address := self._address():
            language = envelope.language or self.hass.config.language
            button = {"action": "view", "label": more_label(language), "url": address}
            extras |= {"click": address, "actions": [button]}
        return extras

    def _address(self) -> str | None:
        """Of the dashboard, if the topic's readers may know it."""
        if not self.filled_in.get(LINK):
            return None
        try:
            return f"{get_url(self.hass, prefer_external=True)}/{DASHBOARD_URL}"
        except NoURLAvailableError:
            return None

    def _has(self, action: str) -> bool:
        return self.hass.services.has_service(NTFY, action)

    async def _call(self, domain: str, action: str, data: Mapping[str, Any]) -> None:
        await self.hass.services.async_call(domain, action, {**data}, blocking=True)
