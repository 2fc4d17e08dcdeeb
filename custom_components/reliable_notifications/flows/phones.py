"""The phones that a person carries, as channels of a recipient.

Who names a person and no channel means the phones of that person: those that are
channels already are taken, and the others become channels. Must not ask or check
anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant

from ..channels.mobile_app import MobileApp, phones_of
from ..const import CONF_KIND, CONF_TARGET, SUBENTRY_CHANNEL


def carries_phones(hass: HomeAssistant, person: str | None) -> bool:
    """Whether somebody has a phone that can be sent messages; an entity id."""
    return person is not None and bool(phones_of(hass, person))


def any_phones(hass: HomeAssistant) -> bool:
    """Whether there is a phone at all."""
    return bool(MobileApp.choices(hass))


def phones_as_channels(
    hass: HomeAssistant, entry: ConfigEntry, person: str
) -> list[str]:
    """The channels to the phones of a person, by their ids; new ones are added."""
    known = {
        each.data[CONF_TARGET]: each.subentry_id
        for each in _channels(entry)
        if each.data[CONF_KIND] == MobileApp.kind
    }
    labels = {each.value: each.label for each in MobileApp.choices(hass)}
    return [
        known.get(phone) or _added(hass, entry, phone, labels[phone])
        for phone in phones_of(hass, person)
    ]


def _added(hass: HomeAssistant, entry: ConfigEntry, phone: str, label: str) -> str:
    taken = {each.title.casefold() for each in _channels(entry)}
    names = (label, *(f"{label} {number}" for number in range(2, len(taken) + 3)))
    channel = ConfigSubentry(
        data=MappingProxyType({CONF_KIND: MobileApp.kind, CONF_TARGET: phone}),
        subentry_type=SUBENTRY_CHANNEL,
        title=next(name for name in names if name.casefold() not in taken),
        unique_id=MobileApp.identity(phone, {}),
    )
    hass.config_entries.async_add_subentry(entry, channel)
    return channel.subentry_id


def _channels(entry: ConfigEntry) -> Iterator[ConfigSubentry]:
    return (
        each
        for each in entry.subentries.values()
        if each.subentry_type == SUBENTRY_CHANNEL
    )
