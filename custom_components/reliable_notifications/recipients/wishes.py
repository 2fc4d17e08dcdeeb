"""What recipients wish, changed by themselves: kept in the entry, heard at once.

Everybody may change their own wishes, who runs the home those of all. A change of
wishes is no reason to begin anew with everything. Must not decide what follows from a
wish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError

from ..announcements import Announcements
from ..configured import recipients
from ..const import (
    CONF_DND_ENTITY,
    CONF_LANGUAGE,
    CONF_PREFERENCES,
    CONF_SLEEP_ENTITY,
    DOMAIN,
    SUBENTRY_RECIPIENT,
)
from ..engine.vocabulary import UnloadingEventKind
from .directory import Directory
from .logins import async_runs_the_home, is_login_of, recipient_of
from .wish_changes import without_snooze

type Stored = Mapping[str, Any]

# entities that are followed from the start: another one needs a new start
_FOLLOWED = (CONF_SLEEP_ENTITY, CONF_DND_ENTITY)


class Wishes:
    """The wishes of the recipients of one entry."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry[Any], directory: Directory
    ) -> None:
        """Know how everything is set up, to tell later what has changed."""
        self._hass = hass
        self._entry = entry
        self._directory = directory
        self._all_else = _all_else(entry)
        self._listeners: list[Callable[[], None]] = []

    @callback
    def listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Hear that somebody's wishes were changed."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def of(self, recipient_id: str) -> Stored:
        """What is stored of a recipient's wishes."""
        data = self._entry.subentries[recipient_id].data
        wishes: Stored = data.get(CONF_PREFERENCES, {})
        return wishes

    async def async_change(
        self,
        recipient_id: str,
        change: Callable[[Stored], Stored],
        context: Context | None,
    ) -> None:
        """Store what follows from the present wishes.

        Raises ServiceValidationError where they are not those of who is asking.
        """
        await self.async_check(recipient_id, context)
        self._store(recipient_id, change(self.of(recipient_id)))

    async def async_speak(
        self, recipient_id: str, language: str | None, context: Context | None
    ) -> None:
        """Speak this language to a recipient from now on; None: that of the house.

        Raises ServiceValidationError like `async_change`.
        """
        await self.async_check(recipient_id, context)
        subentry = self._entry.subentries[recipient_id]
        rest = {
            key: each for key, each in subentry.data.items() if key != CONF_LANGUAGE
        }
        data = rest if language is None else {**rest, CONF_LANGUAGE: language}
        self._hass.config_entries.async_update_subentry(
            self._entry, subentry, data=data
        )

    def whose(self, context: Context | None) -> str:
        """The id of the recipient that is asking.

        Raises ServiceValidationError where it is none.
        """
        people = self._directory.recipients.values()
        user_id = None if context is None else context.user_id
        asking = recipient_of(self._hass, people, user_id)
        if asking is None:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="whose_snooze"
            )
        return asking.id

    @callback
    def _store(self, recipient_id: str, wished: Stored) -> None:
        wishes = {
            key: value for key, value in wished.items() if value not in (None, [], {})
        }
        subentry = self._entry.subentries[recipient_id]
        rest = dict(subentry.data)
        rest.pop(CONF_PREFERENCES, None)
        data = {**rest, CONF_PREFERENCES: wishes} if wishes else rest
        self._hass.config_entries.async_update_subentry(
            self._entry, subentry, data=data
        )

    @callback
    def async_heard(self) -> bool:
        """Take on what was changed in the entry, if it was only wishes."""
        if _all_else(self._entry) != self._all_else:
            return False
        self._directory.async_renew(recipients(self._entry))
        for listener in tuple(self._listeners):
            listener()
        return True

    @callback
    def async_follow(
        self, announcements: Announcements, sources: Iterable[str]
    ) -> None:
        """End what was put off until an appliance is emptied, once it is."""
        for source in sources:
            announcements.async_listen(source, partial(self._happened, source))

    @callback
    def _happened(self, source: str, what: str, _data: Mapping[str, Any]) -> None:
        if what != UnloadingEventKind.EMPTIED:
            return
        for recipient_id in tuple(self._directory.recipients):
            before = self.of(recipient_id)
            after = without_snooze(before, source, only_until_emptied=True)
            if len(after["snoozes"]) != len(before.get("snoozes", ())):
                self._store(recipient_id, after)

    async def async_check(self, recipient_id: str, context: Context | None) -> None:
        """An automation may; a person may if they run the home, or it is their own.

        Raises ServiceValidationError for everybody else.
        """
        user_id = None if context is None else context.user_id
        if await async_runs_the_home(self._hass, user_id):
            return
        recipient = self._directory.recipients.get(recipient_id)
        if not is_login_of(self._hass, recipient, user_id):
            name = recipient_id if recipient is None else recipient.name
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="not_your_wishes",
                translation_placeholders={"recipient": name},
            )


def _all_else(entry: ConfigEntry[Any]) -> object:
    """Everything that is set up, but what recipients wish."""
    return (
        entry.title,
        dict(entry.options),
        {
            subentry.subentry_id: (subentry.title, _without_wishes(subentry))
            for subentry in entry.subentries.values()
        },
    )


def _without_wishes(subentry: Any) -> Stored:
    data = dict(subentry.data)
    if subentry.subentry_type == SUBENTRY_RECIPIENT:
        wishes = data.pop(CONF_PREFERENCES, {})
        data.pop(CONF_LANGUAGE, None)
        data |= {key: wishes.get(key) for key in _FOLLOWED}
    return data
