"""Builds forms out of plain declarations of their fields.

Knows Home Assistant's selectors so that the flows need not. It must not check
anything beyond what the selectors check by themselves: a translated error at
the field is the flow's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from homeassistant.const import CONF_NAME, UnitOfTime
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntityFilterSelectorConfig,
    EntitySelector,
    EntitySelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    Selector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from ..compat import vol

# what an answer field holds
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form; its texts are in the translations under `key`."""

    key: str
    selector: Selector[Any]
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields under a heading of their own, folded away unless they are needed.

    Home Assistant shows an error only at the group, so its text names the field.
    """

    key: str
    fields: tuple[Field, ...]
    folded: bool = True


def name_field(*, required: bool = True) -> Field:
    """What people call the thing."""
    return Field(key=CONF_NAME, selector=TextSelector(), required=required)


def words_field(
    key: str, words: type[StrEnum], translation_key: str, *, required: bool = True
) -> Field:
    """One word of an enumeration, shown translated."""
    values = [word.value for word in words]
    return word_field(key, values, translation_key, required=required)


def choice_field(
    key: str,
    options: Iterable[tuple[str, str]],
    translation_key: str | None = None,
    *,
    required: bool = True,
) -> Field:
    """One of (value, label); free text is not possible.

    A label that has a translation is shown in the user's language.
    """
    config = _dropdown(options)
    if translation_key is not None:
        config["translation_key"] = translation_key
    return Field(key=key, selector=SelectSelector(config), required=required)


def ordered_field(key: str, options: Iterable[tuple[str, str]]) -> Field:
    """Several of (value, label), in the order in which they are chosen.

    Optional for the form, so that choosing none gets our translated error instead
    of Home Assistant's untranslated one.
    """
    # always a dropdown: its chips stand in the order of choosing, while the tick
    # boxes that Home Assistant shows for short lists hide that order
    config = _dropdown(options)
    config["multiple"] = True
    return Field(key=key, selector=SelectSelector(config), required=False)


def several_field(
    key: str, options: Iterable[str], translation_key: str, *, free: bool = False
) -> Field:
    """Any number of several values, shown translated; `free` lets others be typed."""
    config = SelectSelectorConfig(
        options=list(options),
        mode=SelectSelectorMode.DROPDOWN,
        multiple=True,
        custom_value=free,
        translation_key=translation_key,
    )
    return Field(key=key, selector=SelectSelector(config), required=False)


def entity_field(
    key: str,
    filters: Iterable[EntityFilterSelectorConfig],
    *,
    required: bool = True,
    several: bool = False,
) -> Field:
    """An entity, or several; the filters limit what is offered, not what is taken."""
    # Home Assistant gives filters with a device another type in each release
    config = EntitySelectorConfig(filter=cast(Any, list(filters)), multiple=several)
    return Field(key=key, selector=EntitySelector(config), required=required)


def text_field(key: str, *, secret: bool = False, required: bool = True) -> Field:
    """A line of text; a secret one is not shown while it is typed."""
    kind = TextSelectorType.PASSWORD if secret else TextSelectorType.TEXT
    selector = TextSelector(TextSelectorConfig(type=kind))
    return Field(key=key, selector=selector, required=required)


def word_field(
    key: str, options: Iterable[str], translation_key: str, *, required: bool = True
) -> Field:
    """One of several values, shown translated."""
    config = SelectSelectorConfig(
        options=list(options),
        mode=SelectSelectorMode.DROPDOWN,
        translation_key=translation_key,
    )
    return Field(key=key, selector=SelectSelector(config), required=required)


def number_field(
    key: str, *, least: float, most: float, unit: str | None, required: bool = True
) -> Field:
    """A number in a box."""
    config = NumberSelectorConfig(
        min=least, max=most, step="any", mode=NumberSelectorMode.BOX
    )
    if unit is not None:
        config["unit_of_measurement"] = unit
    return Field(key=key, selector=NumberSelector(config), required=required)


def minutes_field(key: str, *, least: int, most: int) -> Field:
    """A whole number of minutes; free to be left out."""
    config = NumberSelectorConfig(
        min=least,
        max=most,
        step=1,
        mode=NumberSelectorMode.BOX,
        unit_of_measurement=UnitOfTime.MINUTES,
    )
    return Field(key=key, selector=NumberSelector(config), required=False)


def yes_no_field(key: str) -> Field:
    """Something that is wanted, or not."""
    return Field(key=key, selector=BooleanSelector(), required=False)


def answer_field(key: str) -> Field:
    """Yes or no in words, of which one has to be chosen."""
    return word_field(key, (YES, NO), "yes_no")


def form_schema(fields: Iterable[Field | Group]) -> vol.Schema:
    """The form as Home Assistant wants it."""
    return vol.Schema(dict(_entry(each) for each in fields))


def _entry(item: Field | Group) -> tuple[vol.Marker, Selector[Any] | section]:
    if isinstance(item, Group):
        inner = form_schema(item.fields)
        # not required: a form that is filled in by an automation may leave it out
        return vol.Optional(item.key), section(inner, {"collapsed": item.folded})
    marker = vol.Required if item.required else vol.Optional
    # a word of an enumeration is no plain text to the older validator
    return marker(str(item.key)), item.selector


def _dropdown(options: Iterable[tuple[str, str]]) -> SelectSelectorConfig:
    return SelectSelectorConfig(
        options=[
            SelectOptionDict(value=value, label=label) for value, label in options
        ],
        mode=SelectSelectorMode.DROPDOWN,
    )
