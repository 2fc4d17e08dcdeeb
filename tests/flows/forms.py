"""Fills in the forms as the frontend does, and reads every text on the way.

All tests of flows go through here, so that no page, field, choice, error or way out
can be reached whose text is missing from the translations.
"""

from __future__ import annotations

from collections.abc import Mapping
import json
from pathlib import Path
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry, SubentryFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, section

import custom_components.reliable_notifications as integration

FOLDER = Path(next(iter(integration.__path__)))
TEXTS: Mapping[str, Any] = json.loads(
    (FOLDER / "translations" / "en.json").read_text("utf-8")
)

type Result = SubentryFlowResult


class Forms:
    """The pages of the subentry flows of one entry."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
        self.hass = hass
        self.entry = entry
        self._flows = hass.config_entries.subentries

    async def add(self, subentry_type: str) -> Result:
        """Press the button that adds one."""
        result = await self._flows.async_init(
            (self.entry.entry_id, subentry_type), context={"source": "user"}
        )
        return self._read(result)

    async def change(self, subentry: ConfigSubentry) -> Result:
        """Choose to change one."""
        result = await self._flows.async_init(
            (self.entry.entry_id, subentry.subentry_type),
            context={"source": "reconfigure", "subentry_id": subentry.subentry_id},
        )
        return self._read(result)

    async def pick(self, menu: Result, option: str) -> Result:
        """Choose an item of a menu."""
        assert menu["type"] is FlowResultType.MENU
        return await self._answer(menu, {"next_step_id": option})

    async def fill(self, form: Result, **answers: Any) -> Result:
        """Send a form with these answers."""
        assert form["type"] is FlowResultType.FORM
        return await self._answer(form, answers)

    def stored(self, subentry_type: str) -> list[ConfigSubentry]:
        """All subentries of a type."""
        return [
            each
            for each in self.entry.subentries.values()
            if each.subentry_type == subentry_type
        ]

    async def _answer(self, page: Result, answers: dict[str, Any]) -> Result:
        result = await self._flows.async_configure(page["flow_id"], answers)
        await self.hass.async_block_till_done()
        return self._read(result)

    def _read(self, result: Result) -> Result:
        read_page(TEXTS["config_subentries"][result["handler"][1]], result)
        return result


def read_page(texts: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    """Fail when something that is to be seen has no text."""
    match result["type"]:
        case FlowResultType.ABORT:
            assert texts["abort"][result["reason"]]
        case FlowResultType.MENU:
            page = texts["step"][result["step_id"]]
            assert page["title"]
            for option in result["menu_options"]:
                assert page["menu_options"][option]
                assert page["menu_option_descriptions"][option]
        case FlowResultType.FORM:
            page = texts["step"][result["step_id"]]
            assert page["title"]
            assert page["description"]
            for field, kind in _items(result):
                if isinstance(kind, section):
                    read_group(page["sections"][field], kind)
                else:
                    assert page["data"][field]
                    assert page["data_description"][field]
            for where, error in (result["errors"] or {}).items():
                assert where == "base" or where in fields(result)
                assert texts["error"][error]


def read_group(texts: Mapping[str, Any], group: section) -> None:
    """Fail when a group of fields lacks a text."""
    assert texts["name"]
    assert texts["description"]
    for field in map(str, group.schema.schema):
        assert texts["data"][field]
        assert texts["data_description"][field]


def _items(form: Mapping[str, Any]) -> list[tuple[str, Any]]:
    schema = form["data_schema"]
    return [] if schema is None else [(str(key), x) for key, x in schema.schema.items()]


def fields(form: Mapping[str, Any]) -> list[str]:
    """Names of the fields of a form, in order."""
    return [name for name, _ in _items(form)]


def shown(form: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the fields of a form; those of a group are a mapping."""
    return _values(form["data_schema"])


def _values(schema: Any) -> dict[str, Any]:
    values = {}
    for key, kind in schema.schema.items():
        if isinstance(kind, section):
            if inner := _values(kind.schema):
                values[str(key)] = inner
        elif key.description:
            values[str(key)] = key.description["suggested_value"]
    return values


def choices(form: Mapping[str, Any], field: str) -> list[dict[str, str]]:
    """What a field offers."""
    selector = next(
        value for key, value in form["data_schema"].schema.items() if key == field
    )
    offered: list[dict[str, str]] = selector.config["options"]
    return offered
