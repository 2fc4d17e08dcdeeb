"""The fields of what a channel type asks for besides its target and its name.

Turns the declarations of a channel into fields, and answers into what is stored. Must
not know any channel type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..channels.interface import Channel, Setting, SettingKind
from .fields import (
    Field,
    entity_field,
    number_field,
    text_field,
    word_field,
    yes_no_field,
)

_FIELDS: Mapping[SettingKind, Callable[[Setting], Field]] = {
    SettingKind.TEXT: lambda each: text_field(each.key, required=each.required),
    # not required: left empty while changing a channel, the stored one is kept
    SettingKind.SECRET: lambda each: text_field(each.key, secret=True, required=False),
    SettingKind.CHOICE: lambda each: word_field(
        each.key, each.options, f"channel_{each.key}", required=each.required
    ),
    SettingKind.ENTITY: lambda each: entity_field(
        each.key,
        [{"domain": list(each.domains)}],
        required=each.required,
    ),
    SettingKind.NUMBER: lambda each: number_field(
        each.key,
        least=each.least,
        most=each.most,
        unit=each.unit,
        required=each.required,
    ),
    SettingKind.YES_NO: lambda each: yes_no_field(each.key),
}


def setting_fields(channel: type[Channel]) -> Iterable[Field]:
    """One field for each setting, in the order of their declaration."""
    return [_FIELDS[each.kind](each) for each in channel.settings]


def login_fields(channel: type[Channel]) -> Iterable[Field]:
    """Only those with which we log in."""
    return [_FIELDS[each.kind](each) for each in channel.settings if each.is_login]


def shown(channel: type[Channel], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of what is stored: never a secret."""
    return {
        each.key: value
        for each in channel.settings
        if each.kind is not SettingKind.SECRET
        and (value := stored.get(each.key, each.default)) is not None
    }


def filled_in(
    channel: type[Channel], answers: Mapping[str, Any], stored: Mapping[str, Any]
) -> dict[str, Any]:
    """What is to be stored: a secret that was left empty stays as it was."""
    values = {each.key: _value(each, answers, stored) for each in channel.settings}
    return {key: value for key, value in values.items() if value is not None}


def missing(channel: type[Channel], values: Mapping[str, Any]) -> dict[str, str]:
    """The required settings that are not filled in, each with its problem."""
    return {
        each.key: "setting_missing"
        for each in channel.settings
        if each.required and each.key not in values
    }


def _value(
    setting: Setting, answers: Mapping[str, Any], stored: Mapping[str, Any]
) -> Any:
    value = answers.get(setting.key)
    if isinstance(value, str):
        value = value.strip() or None
    if value is None and setting.kind is SettingKind.SECRET:
        return stored.get(setting.key)
    return value
