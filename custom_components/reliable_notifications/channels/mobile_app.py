"""A phone or tablet with Home Assistant's companion app.

The app's notify action takes everything we need (tag, buttons, receipts) but catches
every error of the push and only logs it: the courier listens to that logger. A phone on
the local channel is told over its websocket, where the return proves nothing. Must not
keep the action's name: it follows the phone's name, so it is looked up at every send.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import logging
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceNotFound
from homeassistant.helpers import device_registry as dr

from ..const import PUSH_INTENT
from ..engine.content.verbs import action_id, label, offered
from ..engine.vocabulary import AttemptResult, Evidence, Priority
from .interface import Channel, Choice, Envelope

MOBILE_APP = "mobile_app"
NOTIFY = "notify"

# Android shows a message at once only with both; the other way Google may hold it back
# for minutes to save battery (delivery reference 1.3, android#3296)
_ANDROID_AT_ONCE: Mapping[str, Any] = {"ttl": 0, "priority": "high"}

# How loud each priority is on either system (delivery reference 1.3 and 5.7). A channel
# of its own for quiet ones: Android freezes a channel's loudness at its first message.
_LOUDNESS: Mapping[Priority, Mapping[str, Any]] = {
    Priority.URGENT: {
        **_ANDROID_AT_ONCE,
        "channel": "alarm_stream",
        "push": {
            "interruption-level": "critical",
            "sound": {"name": "default", "critical": 1, "volume": 1.0},
        },
    },
    Priority.HIGH: {
        **_ANDROID_AT_ONCE,
        "push": {"interruption-level": "time-sensitive"},
    },
    Priority.MEDIUM: {"push": {"interruption-level": "active"}},
    Priority.LOW: {
        "channel": "Quiet",
        "importance": "low",
        "push": {"interruption-level": "passive"},
    },
}


class MobileApp(Channel):
    """One phone, kept by its device id."""

    kind = "mobile_app"
    # the relay's answer; that the phone has it is told by a receipt (Android)
    best_evidence = Evidence.ACCEPTED
    # the relay answers within a second; after this the next channel is the better bet
    # (delivery reference 5.3), the app's own limit of 10 s is too long to wait for
    patience = 4.0
    replaces = True

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The phones that can be sent messages."""
        found = [
            Choice(value=device.id, label=device.name_by_user or device.name or "?")
            for device in _phones(hass)
        ]
        return sorted(found, key=lambda choice: choice.label.casefold())

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether the device exists, and is a phone that can be sent messages."""
        if dr.async_get(hass).async_get(target) is None:
            return "target_gone"
        known = any(device.id == target for device in _phones(hass))
        return None if known else "not_a_phone"

    @property
    def loggers(self) -> Mapping[str, int]:
        """The app's notify platform; of its own sending it warns, too, of failures."""
        return {"homeassistant.components.mobile_app.notify": logging.WARNING}

    @property
    def confirms(self) -> bool:
        """An Android phone sends the receipt that we ask for; an iPhone has none."""
        registry = dr.async_get(self.hass)
        return any(
            device.id == self.target
            for entry in self.hass.config_entries.async_entries(MOBILE_APP)
            if entry.data.get("os_name") == "Android"
            for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        )

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Push it, or say why there is no such phone."""
        if (problem := self.problem(self.hass, self.target)) is not None:
            detail = (
                "The phone was removed from Home Assistant"
                if problem == "target_gone"
                else "The device is no phone with the companion app any more"
            )
            return AttemptResult(evidence=Evidence.REFUSED, detail=detail)
        webhook_id, action = self._address()
        on_local_channel = webhook_id in self.hass.data[MOBILE_APP]["push_channel"]
        extras = _extras(envelope, self.hass.config.language)
        await self._call(action, envelope.message, envelope.title, extras)
        if on_local_channel:
            return AttemptResult(
                evidence=Evidence.DISPATCHED,
                detail="Handed to the local channel, which does not tell what arrives",
            )
        return AttemptResult(
            evidence=Evidence.ACCEPTED, detail="The push service said yes"
        )

    async def async_clear(self, tag: str) -> None:
        """Take the message off the phone."""
        _, action = self._address()
        await self._call(action, "clear_notification", "", {"tag": tag})

    def _address(self) -> tuple[str, str]:
        """The phone's webhook id and notify action, by the app's own lookup.

        Raises ServiceNotFound while the app's notify platform is still loading.
        """
        if "notify" in self.hass.data.get(MOBILE_APP, {}):
            # imported here: the app pulls in camera and cloud, which only those pay
            # for who have it
            from homeassistant.components.mobile_app.util import (
                get_notify_service,
                webhook_id_from_device_id,
            )

            webhook_id = webhook_id_from_device_id(self.hass, self.target)
            if webhook_id and (action := get_notify_service(self.hass, webhook_id)):
                return webhook_id, action
        raise ServiceNotFound(NOTIFY, MOBILE_APP)

    async def _call(
        self, action: str, message: str, title: str, extras: Mapping[str, Any]
    ) -> None:
        data: dict[str, Any] = {"message": message, "data": dict(extras)}
        if title:
            data["title"] = title
        await self.hass.services.async_call(NOTIFY, action, data, blocking=True)


def _extras(envelope: Envelope, language: str) -> dict[str, Any]:
    """What makes the message replaceable, answerable and as loud as it should be."""
    actions = [
        {"action": action_id(verb, envelope.intent_id), "title": label(verb, language)}
        for verb in offered(envelope.data, envelope.priority)
    ]
    return {
        **_LOUDNESS[envelope.priority],
        "tag": envelope.tag,
        "confirmation": True,
        PUSH_INTENT: envelope.intent_id,
        # an iPhone gives back only what is in here
        "action_data": {PUSH_INTENT: envelope.intent_id},
        "actions": actions,
    }


def _phones(hass: HomeAssistant) -> Iterator[dr.DeviceEntry]:
    """The devices of the companion app that can be sent messages."""
    registry = dr.async_get(hass)
    for entry in hass.config_entries.async_entries(MOBILE_APP):
        if _can_be_pushed(entry.data):
            yield from dr.async_entries_for_config_entry(registry, entry.entry_id)


def _can_be_pushed(registration: Mapping[str, Any]) -> bool:
    """The app's own rule (`supports_push`), which knows only phones in operation."""
    app = registration.get("app_data", {})
    return (
        "push_token" in app and "push_url" in app
    ) or "push_websocket_channel" in app
