"""Who a recipient is: a person perhaps, roles, channels in order, language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.components.person import DOMAIN as PERSON
from homeassistant.helpers.selector import (
    EntityFilterSelectorConfig,
    LanguageSelector,
    LanguageSelectorConfig,
)

from ...const import (
    CONF_CHANNELS,
    CONF_LANGUAGE,
    CONF_PERSON,
    CONF_ROLES,
    CONF_ROOM_ENTITY,
)
from ...engine.content.languages import LANGUAGES
from ...engine.vocabulary import Role
from ...recipients.people import DEFAULT_ROLES
from ..entity_references import entity_id_of, reference_of
from ..fields import Field, Group, entity_field, ordered_field, several_field
from ..phones import carries_phones
from ..subentry_form import Answers
from .page import Page, Stored, Surroundings

# what can name a room: sensors of phones and tags, and what is chosen by hand
_NAME_ROOMS = ["sensor", "input_select", "select", "input_text"]


class About(Page):
    """Who it is, and over what they are reached."""

    key = "about"

    def fields(self, around: Surroundings, stored: Stored) -> Iterable[Field | Group]:
        """Channels first: without them nobody is reached."""
        persons = EntityFilterSelectorConfig(domain=PERSON)
        names_rooms = EntityFilterSelectorConfig(domain=_NAME_ROOMS)
        languages = LanguageSelectorConfig(languages=sorted(LANGUAGES))
        return (
            ordered_field(CONF_CHANNELS, _options(around, stored)),
            entity_field(CONF_PERSON, [persons], required=False),
            entity_field(CONF_ROOM_ENTITY, [names_rooms], required=False),
            several_field(CONF_ROLES, [role.value for role in Role], "role"),
            Field(
                key=CONF_LANGUAGE,
                selector=LanguageSelector(languages),
                required=False,
            ),
        )

    def shown(self, around: Surroundings, stored: Stored) -> Answers:
        """Channels that are gone are not shown."""
        shown = {
            key: stored[key] for key in (CONF_PERSON, CONF_LANGUAGE) if key in stored
        }
        room = entity_id_of(around.hass, stored.get(CONF_ROOM_ENTITY, ""))
        if room is not None:
            shown[CONF_ROOM_ENTITY] = room
        roles = stored.get(CONF_ROLES, [role.value for role in DEFAULT_ROLES])
        if CONF_CHANNELS in stored:
            shown[CONF_CHANNELS] = _still_there(around, stored)
        return {**shown, CONF_ROLES: roles}

    def problems(
        self, around: Surroundings, answers: Answers
    ) -> Mapping[str, str | None]:
        """A person belongs to one recipient; some channel there must be."""
        return {
            CONF_CHANNELS: _channels_problem(around, answers),
            CONF_PERSON: _person_problem(around, answers.get(CONF_PERSON)),
            CONF_ROOM_ENTITY: _room_problem(around, answers.get(CONF_ROOM_ENTITY)),
        }

    def changed(
        self, around: Surroundings, stored: Stored, answers: Answers
    ) -> dict[str, Any]:
        """Chosen twice is chosen once, at the earlier place.

        To choose no role is a choice: whom only rules and callers name.
        """
        own = (
            *(CONF_CHANNELS, CONF_PERSON, CONF_ROLES, CONF_LANGUAGE),
            CONF_ROOM_ENTITY,
        )
        data: dict[str, Any] = {
            CONF_CHANNELS: list(dict.fromkeys(answers.get(CONF_CHANNELS, ())))
        }
        if (entity := answers.get(CONF_PERSON)) is not None:
            data[CONF_PERSON] = entity_id_of(around.hass, entity)
        chosen = answers.get(CONF_ROLES, DEFAULT_ROLES)
        if set(chosen) != set(DEFAULT_ROLES):
            data[CONF_ROLES] = [role.value for role in Role if role in chosen]
        if (room := answers.get(CONF_ROOM_ENTITY)) is not None:
            data[CONF_ROOM_ENTITY] = reference_of(around.hass, room)
        if language := answers.get(CONF_LANGUAGE):
            data[CONF_LANGUAGE] = language
        return {key: each for key, each in stored.items() if key not in own} | data


def _options(around: Surroundings, stored: Stored) -> list[tuple[str, str]]:
    """The channels to choose from: those chosen before first, in their order."""
    names = around.channel_names
    chosen = _still_there(around, stored)
    others = sorted(names.keys() - set(chosen), key=lambda each: names[each])
    return [(each, names[each]) for each in (*chosen, *others)]


def _still_there(around: Surroundings, stored: Stored) -> list[str]:
    names = around.channel_names
    return [each for each in stored.get(CONF_CHANNELS, ()) if each in names]


def _channels_problem(around: Surroundings, answers: Answers) -> str | None:
    """Without a channel, those to the person's phones are meant."""
    chosen = answers.get(CONF_CHANNELS, [])
    if not chosen:
        person = entity_id_of(around.hass, answers.get(CONF_PERSON, ""))
        return None if carries_phones(around.hass, person) else "channels_missing"
    return None if set(chosen) <= around.channel_names.keys() else "channel_gone"


def _person_problem(around: Surroundings, entity: str | None) -> str | None:
    if entity is None:
        return None
    person = entity_id_of(around.hass, entity)
    if person is None or around.hass.states.get(person) is None:
        return "person_gone"
    taken = any(each.get(CONF_PERSON) == person for each in around.other_recipients)
    return "person_taken" if taken else None


def _room_problem(around: Surroundings, entity: str | None) -> str | None:
    if entity is None:
        return None
    entity_id = entity_id_of(around.hass, entity)
    gone = entity_id is None or around.hass.states.get(entity_id) is None
    return "room_entity_gone" if gone else None
