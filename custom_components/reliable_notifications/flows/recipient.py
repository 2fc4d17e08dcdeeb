"""The form for a recipient: a name, perhaps a person, and channels in order.

It must not decide when which channel is used: that is the router's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.components.person import DOMAIN as PERSON
from homeassistant.const import CONF_NAME
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import EntityFilterSelectorConfig

from ..const import CONF_CHANNELS, CONF_PERSON, SUBENTRY_CHANNEL, SUBENTRY_RECIPIENT
from .fields import Field, entity_field, name_field, ordered_field
from .subentry_form import Answers, OnePageForm, Record


class RecipientFlow(OnePageForm):
    """Add a recipient, or change one."""

    def _obstacle(self) -> str | None:
        return None if self._siblings(SUBENTRY_CHANNEL) else "no_channels"

    def _fields(self) -> Iterable[Field]:
        persons = EntityFilterSelectorConfig(domain=PERSON)
        return (
            name_field(),
            ordered_field(CONF_CHANNELS, self._options()),
            entity_field(CONF_PERSON, [persons], required=False),
        )

    def _options(self) -> list[tuple[str, str]]:
        """The channels to choose from: those chosen before first, in their order."""
        names = self._channel_names()
        edited = self._edited
        chosen = [] if edited is None else self._still_there(edited.data)
        others = sorted(names.keys() - set(chosen), key=lambda each: names[each])
        return [(each, names[each]) for each in (*chosen, *others)]

    def _channel_names(self) -> dict[str, str]:
        return {
            each.subentry_id: each.title for each in self._siblings(SUBENTRY_CHANNEL)
        }

    def _still_there(self, data: Mapping[str, Any]) -> list[str]:
        names = self._channel_names()
        return [each for each in data[CONF_CHANNELS] if each in names]

    def _stored(self, data: Mapping[str, Any]) -> Answers:
        person = data.get(CONF_PERSON)
        shown = {} if person is None else {CONF_PERSON: person}
        return {CONF_CHANNELS: self._still_there(data), **shown}

    def _problems(self, answers: Answers) -> Mapping[str, str | None]:
        return {
            CONF_NAME: self._name_problem(answers[CONF_NAME], SUBENTRY_RECIPIENT),
            CONF_CHANNELS: self._channels_problem(answers.get(CONF_CHANNELS, [])),
            CONF_PERSON: self._person_problem(answers.get(CONF_PERSON)),
        }

    def _channels_problem(self, chosen: list[str]) -> str | None:
        if not chosen:
            return "channels_missing"
        return None if set(chosen) <= self._channel_names().keys() else "channel_gone"

    def _person_problem(self, entity: str | None) -> str | None:
        if entity is None:
            return None
        person = self._entity_id(entity)
        if person is None or self.hass.states.get(person) is None:
            return "person_gone"
        taken = any(
            each.data.get(CONF_PERSON) == person
            for each in self._siblings(SUBENTRY_RECIPIENT)
        )
        return "person_taken" if taken else None

    def _entity_id(self, entity: str) -> str | None:
        return er.async_resolve_entity_id(er.async_get(self.hass), entity)

    def _record(self, answers: Answers) -> Record:
        # chosen twice is chosen once, at the earlier place
        data: dict[str, Any] = {
            CONF_CHANNELS: list(dict.fromkeys(answers[CONF_CHANNELS]))
        }
        if (entity := answers.get(CONF_PERSON)) is not None:
            data[CONF_PERSON] = self._entity_id(entity)
        return Record(title=answers[CONF_NAME].strip(), data=data)
