"""What a household has set up, read from its entry in the words of the parts.

What is stored was checked by a form; what this version does not know any more is left
out. Must not start anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant

from .appliances.chronicle import ApplianceSpec
from .channels import CHANNELS
from .channels.inbox import Inbox
from .channels.interface import Channel
from .channels.persistent import Persistent
from .const import (
    BUILT_IN_INBOX,
    BUILT_IN_INBOX_NAME,
    CONF_ALMOST_DONE_MINUTES,
    CONF_COUNTER_ENTITY,
    CONF_DOOR_ENTITY,
    CONF_KIND,
    CONF_NATIVE_ENTITY,
    CONF_POWER_ENTITY,
    CONF_PRICE_ENTITY,
    CONF_PRIORITY,
    CONF_SETTINGS,
    CONF_TARGET,
    CONF_TELL_ALMOST_DONE,
    CONF_TELL_STARTED,
    CONF_VIBRATION_ENTITY,
    SUBENTRY_APPLIANCE,
    SUBENTRY_BINDING,
    SUBENTRY_CHANNEL,
    SUBENTRY_RECIPIENT,
    SUBENTRY_RULE,
    SUBENTRY_TEMPLATE,
)
from .decisions.bindings import Bound
from .decisions.rulebook import binding, rule
from .engine.cycles.expectation import LEAD_S
from .engine.vocabulary import LAST_RESORT, ApplianceKind, Priority, Recipient, Rule
from .recipients.people import recipient
from .texts.message_templates import MessageTemplate

type Entry = ConfigEntry[Any]


def message_templates(entry: Entry) -> Iterable[MessageTemplate]:
    """The texts that somebody has put in place of ours."""
    return map(MessageTemplate.of, _subentries(entry, SUBENTRY_TEMPLATE))


def appliances(entry: Entry) -> Iterable[ApplianceSpec]:
    """The appliances."""
    for subentry in _subentries(entry, SUBENTRY_APPLIANCE):
        yield ApplianceSpec(
            id=subentry.subentry_id,
            name=subentry.title,
            kind=ApplianceKind(subentry.data[CONF_KIND]),
            power_entity=subentry.data.get(CONF_POWER_ENTITY),
            door_entity=subentry.data.get(CONF_DOOR_ENTITY),
            vibration_entity=subentry.data.get(CONF_VIBRATION_ENTITY),
            native_entity=subentry.data.get(CONF_NATIVE_ENTITY),
            counter_entity=subentry.data.get(CONF_COUNTER_ENTITY),
            price_entity=subentry.data.get(CONF_PRICE_ENTITY),
            almost_done_s=60.0
            * subentry.data.get(CONF_ALMOST_DONE_MINUTES, LEAD_S / 60.0),
            tell_almost_done=subentry.data.get(CONF_TELL_ALMOST_DONE, False),
            tell_started=subentry.data.get(CONF_TELL_STARTED, False),
            priority=_priority(subentry.data.get(CONF_PRIORITY)),
        )


def recipients(entry: Entry) -> Mapping[str, Recipient]:
    """The recipients, by their ids."""
    return {
        subentry.subentry_id: recipient(
            subentry.subentry_id, subentry.title, subentry.data
        )
        for subentry in _subentries(entry, SUBENTRY_RECIPIENT)
    }


def channels(hass: HomeAssistant, entry: Entry) -> Mapping[str, Channel]:
    """The channels by their ids, with the inbox and the last resort, always there."""
    types = {channel.kind: channel for channel in CHANNELS}
    known = {
        subentry.subentry_id: types[subentry.data[CONF_KIND]](
            hass,
            subentry.subentry_id,
            subentry.title,
            subentry.data.get(CONF_TARGET, ""),
            subentry.data.get(CONF_SETTINGS),
        )
        for subentry in _subentries(entry, SUBENTRY_CHANNEL)
        if subentry.data[CONF_KIND] in types
    }
    last: Channel = Persistent(hass, LAST_RESORT, "Home Assistant notifications", "")
    # under an id of its own, so that what names it holds whatever is added or removed
    inbox: Channel = Inbox(hass, BUILT_IN_INBOX, BUILT_IN_INBOX_NAME, "")
    return {**known, BUILT_IN_INBOX: inbox, LAST_RESORT: last}


def rules(entry: Entry) -> tuple[Rule, ...]:
    """The rules; their order is in themselves."""
    return tuple(
        rule(subentry.subentry_id, subentry.title, subentry.data)
        for subentry in _subentries(entry, SUBENTRY_RULE)
    )


def bindings(entry: Entry) -> Iterable[Bound]:
    """The events of other systems that people are told of."""
    for subentry in _subentries(entry, SUBENTRY_BINDING):
        yield Bound(
            name=subentry.title,
            binding=binding(subentry.data),
            title=subentry.data.get("title", ""),
            message=subentry.data.get("message", ""),
            appliance=subentry.data.get("appliance", ""),
        )


def _priority(stored: str | None) -> Priority | None:
    return None if stored is None else Priority(stored)


def _subentries(entry: Entry, kind: str) -> Iterable[ConfigSubentry]:
    return (
        subentry
        for subentry in entry.subentries.values()
        if subentry.subentry_type == kind
    )
