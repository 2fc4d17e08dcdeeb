"""Hears events of other systems on Home Assistant's bus, and has them told to people.

What an event means was set up in a form; a text of one's own is a template that gets
the event's data. One that fails is told with the usual text, and said in the log. Must
not decide who is told.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
import logging
from typing import Any

from homeassistant.core import CALLBACK_TYPE, Event as BusEvent, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, TemplateError
from homeassistant.helpers.template import Template

from ..appliances.chronicle import ApplianceSpec
from ..appliances.naming import named
from ..const import ATTR_APPLIANCE, DOMAIN
from ..engine.routing.catalogue import (
    Binding,
    Catalogue,
    Category,
    Entry,
    bound_keys,
    entry_of,
    priority_of,
)
from ..engine.vocabulary import Event, Scalar
from ..reporting.telling import about, own_priority
from .handover import async_leave, async_take_over

_LOGGER = logging.getLogger(__name__)

# What of an event's data is kept with the message, for its texts: single values, in
# number and length bounded, for what other systems send is not ours to trust
_MOST_DATA = 40
_LONGEST_VALUE = 200

type Say = Callable[[Event], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A binding as it was set up, with its own texts (templates; empty: the usual).

    `appliance` is the id or the name of the one that it is about, or a template of it.
    """

    name: str
    binding: Binding
    title: str = ""
    message: str = ""
    appliance: str = ""


class Bindings:
    """Listens while the entry is loaded."""

    def __init__(
        self,
        hass: HomeAssistant,
        bound: Iterable[Bound],
        catalogue: Catalogue,
        say: Say,
        appliances: Iterable[ApplianceSpec] = (),
    ) -> None:
        """Listen to nothing yet; `say` has an event told."""
        self._hass = hass
        self._bound = tuple(bound)
        self._catalogue = catalogue
        self._say = say
        self._appliances = tuple(appliances)
        self._unhook: list[CALLBACK_TYPE] = []

    @callback
    def async_start(self) -> None:
        """Listen to the types that are bound, each once; first to what was missed."""
        for event in async_take_over(self._hass):
            self._hass.async_create_task(
                self._heard(event), f"{DOMAIN} tells what was heard meanwhile"
            )
        for event_type in self._types:
            self._unhook.append(self._hass.bus.async_listen(event_type, self._heard))

    @callback
    def async_stop(self) -> None:
        """Listen no more, and have the next one told what is said until then."""
        while self._unhook:
            self._unhook.pop()()
        async_leave(self._hass, self._types)

    @property
    def _types(self) -> set[str]:
        return {each.binding.event_type for each in self._bound}

    async def _heard(self, heard: BusEvent[Any]) -> None:
        """Tell it once for each key, by the first binding that has it."""
        bindings = tuple(each.binding for each in self._bound)
        for key in bound_keys(bindings, str(heard.event_type), heard.data):
            bound = next(
                each
                for each in self._bound
                if each.binding.key == key
                and bound_keys((each.binding,), str(heard.event_type), heard.data)
            )
            try:
                await self._say(self._event(bound, heard))
            except HomeAssistantError as error:
                _LOGGER.error("%s could not be told: %s", bound.name, error)

    def _event(self, bound: Bound, heard: BusEvent[Any]) -> Event:
        data: Mapping[str, Any] = heard.data
        entry = entry_of(bound.binding.key, "", self._catalogue)
        spec = self._appliance(bound, entry, data)
        message = self._text(bound, bound.message, data)
        own = None if spec is None else own_priority(entry.key, spec)
        event = Event(
            key=entry.key,
            at=heard.time_fired.timestamp(),
            title=self._text(bound, bound.title, data),
            message=message,
            priority=priority_of(entry, appliance=own),
            category=entry.category,
            incident=entry.incident,
            data=_flat(data),
            own_words=bool(message),
        )
        return event if spec is None else about(event, spec)

    def _appliance(
        self, bound: Bound, entry: Entry, data: Mapping[str, Any]
    ) -> ApplianceSpec | None:
        """Which one it is about; one that we do not watch is told all the same."""
        if not bound.appliance:
            said = data.get(ATTR_APPLIANCE)
            is_ours = entry.category == Category.APPLIANCE and isinstance(said, str)
            return named(self._appliances, str(said)) if is_ours else None
        wanted = self._text(bound, bound.appliance, data)
        found = named(self._appliances, wanted)
        if found is None:
            _LOGGER.warning(
                "%s is about an appliance that is not set up: %s",
                bound.name,
                wanted or "-",
            )
        return found

    def _text(self, bound: Bound, written: str, data: Mapping[str, Any]) -> str:
        if not written:
            return ""
        try:
            text = Template(written, self._hass).async_render(
                {"event": dict(data)}, parse_result=False
            )
        except TemplateError as error:
            _LOGGER.warning(
                "The text of %s cannot be made, so the usual one is told: %s",
                bound.name,
                error,
            )
            return ""
        return str(text).strip()


def _flat(data: Mapping[str, Any]) -> Mapping[str, Scalar]:
    """The single values of an event's data by their paths, *ticket_state*."""
    found: dict[str, Scalar] = {}
    _gather(data, "", found)
    return found


def _gather(data: Mapping[str, Any], before: str, found: dict[str, Scalar]) -> None:
    for key, value in data.items():
        if len(found) >= _MOST_DATA:
            return
        path = f"{before}{key}"
        if isinstance(value, Mapping):
            _gather(value, f"{path}_", found)
        elif isinstance(value, str):
            found[path] = value[:_LONGEST_VALUE]
        elif value is None or isinstance(value, bool | int | float):
            found[path] = value
