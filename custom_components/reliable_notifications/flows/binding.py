"""The form for an event of Home Assistant's bus that stands for one of ours.

So a repair shop or a ticket system needs no automation. It must not listen to anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
import re
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
)
from homeassistant.helpers.template import is_template_string

from ..const import EVENT_PREFIX, SUBENTRY_APPLIANCE, SUBENTRY_BINDING
from ..engine.routing.catalogue import CATALOGUE
from .fields import Field, name_field
from .subentry_form import Answers, OnePageForm, Record

EVENT_TYPE, KEY, MATCH = "event_type", "key", "match"
APPLIANCE, TITLE, MESSAGE = "appliance", "title", "message"

# Home Assistant takes no longer event types (its MAX_LENGTH_EVENT_EVENT_TYPE)
_EVENT_TYPE = re.compile(r"[A-Za-z0-9_.\-]{1,64}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")

# Of these Home Assistant fires thousands an hour, and they are no news
_TOO_MANY = {"state_changed", "state_reported", "time_changed", "call_service"}


class BindingFlow(OnePageForm):
    """Add a binding, or change one."""

    def _fields(self) -> Iterable[Field]:
        lines = TextSelector(TextSelectorConfig(multiline=True))
        return (
            name_field(),
            Field(key=EVENT_TYPE, selector=TextSelector()),
            Field(key=MATCH, selector=lines, required=False),
            Field(key=KEY, selector=SelectSelector(_keys())),
            Field(
                key=APPLIANCE,
                selector=SelectSelector(self._appliances()),
                required=False,
            ),
            Field(key=TITLE, selector=TextSelector(), required=False),
            Field(key=MESSAGE, selector=lines, required=False),
        )

    def _stored(self, data: Mapping[str, Any]) -> Answers:
        match = data.get(MATCH, {})
        return {
            **{
                key: data[key]
                for key in (EVENT_TYPE, KEY, APPLIANCE, TITLE, MESSAGE)
                if key in data
            },
            MATCH: "\n".join(f"{path} = {value}" for path, value in match.items()),
        }

    def _problems(self, answers: Answers) -> Mapping[str, str | None]:
        return {
            CONF_NAME: self._name_problem(answers[CONF_NAME], SUBENTRY_BINDING),
            EVENT_TYPE: _event_problem(answers[EVENT_TYPE].strip()),
            MATCH: None if _matches(answers) is not None else "match_unreadable",
            KEY: None if _KEY.fullmatch(answers[KEY].strip()) else "key_unreadable",
            APPLIANCE: self._appliance_problem(answers.get(APPLIANCE, "").strip()),
        }

    def _appliance_problem(self, wanted: str) -> str | None:
        """A template is tried with each event; a name can be looked up now."""
        known = {
            word.casefold()
            for each in self._specs
            for word in (each.subentry_id, each.title)
        }
        fits = not wanted or is_template_string(wanted) or wanted.casefold() in known
        return None if fits else "appliance_unknown"

    @property
    def _specs(self) -> list[ConfigSubentry]:
        return [
            each
            for each in self._get_entry().subentries.values()
            if each.subentry_type == SUBENTRY_APPLIANCE
        ]

    def _appliances(self) -> SelectSelectorConfig:
        return SelectSelectorConfig(
            options=[
                SelectOptionDict(value=each.subentry_id, label=each.title)
                for each in self._specs
            ],
            custom_value=True,
            mode=SelectSelectorMode.DROPDOWN,
        )

    def _record(self, answers: Answers) -> Record:
        data: dict[str, Any] = {
            EVENT_TYPE: answers[EVENT_TYPE].strip(),
            KEY: answers[KEY].strip(),
        }
        if match := _matches(answers):
            data[MATCH] = match
        for key in (APPLIANCE, TITLE, MESSAGE):
            if written := answers.get(key, "").strip():
                data[key] = written
        return Record(title=answers[CONF_NAME].strip(), data=data)


def _keys() -> SelectSelectorConfig:
    return SelectSelectorConfig(
        options=sorted(CATALOGUE),
        custom_value=True,
        mode=SelectSelectorMode.DROPDOWN,
        translation_key="event_key",
    )


def _event_problem(event_type: str) -> str | None:
    if not _EVENT_TYPE.fullmatch(event_type):
        return "event_type_unreadable"
    if event_type in _TOO_MANY:
        return "event_type_too_many"
    return "event_type_ours" if event_type.startswith(EVENT_PREFIX) else None


def _matches(answers: Answers) -> dict[str, str] | None:
    """Lines of *path = value*; None if one of them is not."""
    match: dict[str, str] = {}
    for line in answers.get(MATCH, "").splitlines():
        if not line.strip():
            continue
        path, sign, value = line.partition("=")
        if not sign or not path.strip():
            return None
        match[path.strip()] = value.strip()
    return match
