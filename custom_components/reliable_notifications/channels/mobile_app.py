"""A phone or tablet with Home Assistant's companion app.

The app's notify action takes everything we need (tag, buttons, receipts) but catches
every error of the push and only logs it: the courier listens to that logger. A phone on
the local channel is told over its websocket, where the return proves nothing; its
confirmation does. Must not keep the action's name: it follows the phone's name, so it
is looked up at every send.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
import logging
from typing import Any

from homeassistant.components.person import entities_in_person
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceNotFound
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util

from ..const import DASHBOARD_URL, PUSH_INTENT
from ..engine.content.verbs import Offer
from ..engine.vocabulary import (
    AttemptResult,
    ChannelTraits,
    Evidence,
    Instant,
    Priority,
)
from .interface import Channel, Choice, Envelope, Limits, Setting, SettingKind
from .parts.phone_buttons import answer, buttons

MOBILE_APP = "mobile_app"
NOTIFY = "notify"

BREAK_SILENCE = "break_silence"
LIVE_PROGRESS = "live_progress"

# Android shows a message at once only with both; the other way Google may hold it back
# for minutes to save battery (delivery reference 1.3, android#3296)
_ANDROID_AT_ONCE: Mapping[str, Any] = {"ttl": 0, "priority": "high"}

# How loud each priority is on either system (delivery reference 1.3 and 5.7). A channel
# of its own for quiet ones: Android freezes a channel's loudness at its first message.
_ON_ANDROID: Mapping[Priority, Mapping[str, Any]] = {
    # the alarm stream is heard through silent mode, and a tap does not take it away
    Priority.URGENT: {**_ANDROID_AT_ONCE, "channel": "alarm_stream", "sticky": "true"},
    Priority.HIGH: _ANDROID_AT_ONCE,
    Priority.MEDIUM: {},
    Priority.LOW: {"channel": "Quiet", "importance": "low"},
}
_ON_IPHONE: Mapping[Priority, Mapping[str, Any]] = {
    Priority.URGENT: {
        "interruption-level": "critical",
        "sound": {"name": "default", "critical": 1, "volume": 1.0},
    },
    Priority.HIGH: {"interruption-level": "time-sensitive"},
    Priority.MEDIUM: {"interruption-level": "active"},
    Priority.LOW: {"interruption-level": "passive"},
}

# Seconds after which Android takes away what was offered after a tap: who has tapped is
# looking at the phone
_OFFERED_FOR = 120

# Where the app's integration keeps the local channels of the phones that are at home
_LOCAL = "push_channel"

# Seconds in which a phone at home confirms, which takes it a fraction of one; less than
# the patience of the channel. And seconds between two looks: nobody says when it does
_CONFIRMS_WITHIN = 3.0
_LOOKS_EVERY = 0.05

# What an iPhone that may show live activities has given, and where Home Assistant keeps
# track of them since 2026.7. Without either, each step would come as a plain message.
_MAY_BEGIN = "start_live_activity_token"
_UNDER_WAY = "live_activity_tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far something is that goes on, to be shown in place.

    `share` is 0 to 1; `ends_at` when it is expected to end. Either may be unknown.
    """

    tag: str
    title: str
    message: str
    share: float | None = None
    ends_at: Instant | None = None


class MobileApp(Channel):
    """One phone, kept by its device id."""

    kind = "mobile_app"
    # the relay's answer; that the phone has it is told by a receipt (Android)
    best_evidence = Evidence.ACCEPTED
    # the relay answers within a second; after this the next channel is the better bet
    # (delivery reference 5.3), the app's own limit of 10 s is too long to wait for
    patience = 4.0
    replaces = True
    # the relay counts 500 a day; we keep 50 for what is urgent, and stop at what may
    # be counted differently (delivery reference 1.3 and 5.10)
    limits = Limits(per_minute=10, per_hour=60, per_day=500, kept=50, longest=1000)
    settings = (
        Setting(
            key=BREAK_SILENCE, kind=SettingKind.YES_NO, required=False, default=True
        ),
        Setting(
            key=LIVE_PROGRESS, kind=SettingKind.YES_NO, required=False, default=False
        ),
    )

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The phones that can be sent messages."""
        found = [
            Choice(value=device.id, label=device.name_by_user or device.name or "?")
            for device, _ in _phones(hass)
        ]
        return sorted(found, key=lambda choice: choice.label.casefold())

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether the device exists, and is a phone that can be sent messages."""
        if dr.async_get(hass).async_get(target) is None:
            return "target_gone"
        known = any(device.id == target for device, _ in _phones(hass))
        return None if known else "not_a_phone"

    @property
    def loggers(self) -> Mapping[str, int]:
        """The app's notify platform; of its own sending it warns, too, of failures."""
        return {"homeassistant.components.mobile_app.notify": logging.WARNING}

    @property
    def traits(self) -> ChannelTraits:
        """The declaration; at home a phone needs no internet."""
        local = self.hass.data.get(MOBILE_APP, {}).get(_LOCAL, {})
        at_home = any(
            device.id == self.target and entry.data.get("webhook_id") in local
            for device, entry in _phones(self.hass)
        )
        return replace(super().traits, local=at_home)

    @property
    def confirms(self) -> bool:
        """An Android phone sends the receipt that we ask for; an iPhone has none."""
        return self._system() == "Android"

    @property
    def shows_progress(self) -> bool:
        """Whether what goes on is to be shown on this phone, and can be."""
        if not self.filled_in.get(LIVE_PROGRESS):
            return False
        if self._system() != "iOS":
            return True
        allowed = any(
            device.id == self.target and _MAY_BEGIN in entry.data["app_data"]
            for device, entry in _phones(self.hass)
        )
        return allowed and _UNDER_WAY in self.hass.data.get(MOBILE_APP, {})

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
        local = self.hass.data[MOBILE_APP][_LOCAL].get(webhook_id)
        before = _unconfirmed(local)
        await self._call(
            action, envelope.message, envelope.title, self._extras(envelope)
        )
        if local is not None:
            return await self._of_local_channel(webhook_id, local, before)
        return AttemptResult(
            evidence=Evidence.ACCEPTED, detail="The push service said yes"
        )

    async def _of_local_channel(
        self, webhook_id: str, local: Any, before: frozenset[str]
    ) -> AttemptResult:
        """Wait for the phone to confirm; the call has returned before it could.

        A message that the phone has not confirmed is sent over the cloud by the app's
        integration after ten seconds, and the local channel is given up.
        """
        if ours := _unconfirmed(local) - before:
            for _ in range(round(_CONFIRMS_WITHIN / _LOOKS_EVERY)):
                await asyncio.sleep(_LOOKS_EVERY)
                if not ours & _unconfirmed(local):
                    break
        still_there = self.hass.data[MOBILE_APP][_LOCAL].get(webhook_id) is local
        if ours and still_there and not ours & _unconfirmed(local):
            return AttemptResult(
                evidence=Evidence.DELIVERED,
                detail="The phone confirmed it over the local channel",
            )
        return AttemptResult(
            evidence=Evidence.DISPATCHED,
            detail="Handed to the local channel; the phone has not confirmed it",
        )

    async def async_offer(self, offer: Offer) -> None:
        """Show what else can be answered, silently, for a while.

        Android takes a message away with the tap, so it has a tag of its own. An iPhone
        has offered all of it at once, and keeps what is shown: there only the end is
        said, when nothing is left to choose.
        """
        if self._is_iphone and offer.verbs:
            return
        language = offer.language or self.hass.config.language
        extras = {
            **self._loudness(Priority.LOW),
            "tag": f"rn-offer-{offer.intent_id}",
            "url": f"/{DASHBOARD_URL}",
            "clickAction": f"/{DASHBOARD_URL}",
            "timeout": _OFFERED_FOR,
            "actions": [
                answer(each, offer.intent_id, language) for each in offer.verbs
            ],
        }
        _, action = self._address()
        await self._call(action, offer.text or offer.message, offer.title, extras)

    async def async_clear(self, tag: str) -> None:
        """Take the message off the phone."""
        _, action = self._address()
        await self._call(action, "clear_notification", "", {"tag": tag})

    async def async_show_progress(self, progress: Progress) -> None:
        """Show how far it is, or bring up to date what is shown."""
        _, action = self._address()
        extras: dict[str, Any] = {
            "tag": progress.tag,
            "live_update": True,
            "alert_once": True,
            "silent": True,
            "url": f"/{DASHBOARD_URL}",
            "clickAction": f"/{DASHBOARD_URL}",
        }
        if progress.share is not None:
            extras |= {"progress": round(100 * progress.share), "progress_max": 100}
        if progress.ends_at is not None:
            extras |= {"chronometer": True, "when": round(progress.ends_at)}
        await self._call(action, progress.message, progress.title, extras)

    def _extras(self, envelope: Envelope) -> dict[str, Any]:
        """What makes it replaceable, answerable and as loud as it should be."""
        language = envelope.language or self.hass.config.language
        extras = {
            **self._loudness(envelope.loudness),
            "tag": envelope.tag,
            "group": str(envelope.data.get("appliance") or "Home Assistant"),
            "confirmation": True,
            "url": f"/{DASHBOARD_URL}",
            "clickAction": f"/{DASHBOARD_URL}",
            PUSH_INTENT: envelope.intent_id,
            # an iPhone gives back only what is in here
            "action_data": {PUSH_INTENT: envelope.intent_id},
            "actions": buttons(envelope, language, self._is_iphone),
        }
        if (image := envelope.data.get("image")) is not None:
            extras["image"] = image
        if envelope.deadline is not None:
            left = envelope.deadline - dt_util.utcnow().timestamp()
            extras["timeout"] = max(1, round(left))
        return extras

    def _loudness(self, priority: Priority) -> dict[str, Any]:
        """For the phone's system; for both where that is not known."""
        system = self._system()
        may_break = self.filled_in.get(BREAK_SILENCE, True)
        if priority is Priority.URGENT and not may_break:
            priority = Priority.HIGH
        android = {} if system == "iOS" else dict(_ON_ANDROID[priority])
        iphone = {} if system == "Android" else {"push": dict(_ON_IPHONE[priority])}
        return android | iphone

    @property
    def _is_iphone(self) -> bool:
        return self._system() == "iOS"

    def _system(self) -> str | None:
        """The phone's operating system; None where it is not known."""
        for device, entry in _phones(self.hass):
            if device.id == self.target:
                name = entry.data.get("os_name")
                return "iOS" if name in ("iOS", "iPadOS") else name
        return None

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


def phones_of(hass: HomeAssistant, person: str) -> list[str]:
    """The device ids of the phones that a person carries, by their device trackers.

    `person` is an entity id. Only phones that can be sent messages, in the order in
    which the person names their trackers.
    """
    registry = er.async_get(hass)
    carried = [
        entry.device_id
        for tracker in entities_in_person(hass, person)
        if (entry := registry.async_get(tracker)) and entry.platform == MOBILE_APP
    ]
    able = {device.id for device, _ in _phones(hass)}
    return [
        each for each in dict.fromkeys(carried) if each is not None and each in able
    ]


def _unconfirmed(local: Any) -> frozenset[str]:
    """The ids of the messages that a phone has not confirmed over its local channel.

    None of them where its app is too old to confirm anything.
    """
    return frozenset(getattr(local, "pending_confirms", ()))


def _phones(hass: HomeAssistant) -> Iterator[tuple[dr.DeviceEntry, ConfigEntry]]:
    """The devices of the companion app that can be sent messages."""
    registry = dr.async_get(hass)
    for entry in hass.config_entries.async_entries(MOBILE_APP):
        if _can_be_pushed(entry.data):
            for device in dr.async_entries_for_config_entry(registry, entry.entry_id):
                yield device, entry


def _can_be_pushed(registration: Mapping[str, Any]) -> bool:
    """The app's own rule (`supports_push`), which knows only phones in operation."""
    app = registration.get("app_data", {})
    return (
        "push_token" in app and "push_url" in app
    ) or "push_websocket_channel" in app
