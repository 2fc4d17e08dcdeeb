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
from homeassistant.util import dt as dt_util

from ..engine.routing.catalogue import Binding, Catalogue, bound_keys, entry_of
from ..engine.vocabulary import Event, Scalar

_LOGGER = logging.getLogger(__name__)

# What of an event's data is kept with the message, for its texts: single values, in
# number and length bounded, for what other systems send is not ours to trust
_MOST_DATA = 40
_LONGEST_VALUE = 200

type Say = Callable[[Event], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A binding as it was set up, with its own texts (templates; empty: the usual)."""

    name: str
    binding: Binding
    title: str = ""
    message: str = ""


class Bindings:
    """Listens while the entry is loaded."""

    def __init__(
        self,
        hass: HomeAssistant,
        bound: Iterable[Bound],
        catalogue: Catalogue,
        say: Say,
    ) -> None:
        """Listen to nothing yet; `say` has an event told."""
        self._hass = hass
        self._bound = tuple(bound)
        self._catalogue = catalogue
        self._say = say
        self._unhook: list[CALLBACK_TYPE] = []

    @callback
    def async_start(self) -> None:
        """Listen to the types that are bound, each once."""
        for event_type in {each.binding.event_type for each in self._bound}:
            self._unhook.append(self._hass.bus.async_listen(event_type, self._heard))

    @callback
    def async_stop(self) -> None:
        """Listen no more."""
        while self._unhook:
            self._unhook.pop()()

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
            entry = entry_of(key, "", self._catalogue)
            message = self._text(bound, bound.message, heard.data)
            event = Event(
                key=key,
                at=dt_util.utcnow().timestamp(),
                title=self._text(bound, bound.title, heard.data),
                message=message,
                priority=entry.priority,
                category=entry.category,
                data=_flat(heard.data),
                own_words=bool(message),
            )
            try:
                await self._say(event)
            except HomeAssistantError as error:
                _LOGGER.error("%s could not be told: %s", bound.name, error)

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
