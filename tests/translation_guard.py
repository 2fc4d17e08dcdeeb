"""Watches a running test: everything that Home Assistant would show has its text.

The contract tests read literals in the source; forms, errors and entities are often
put together at run time. What a test shows to a user is therefore checked while it is
shown: each step and field of a form, each error and abort, each error of an action, the
name of each entity, with the placeholders that the texts ask for.

It only watches: no result is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import (
    ConfigEntriesFlowManager,
    ConfigSubentryFlowManager,
    OptionsFlowManager,
)
from homeassistant.core import HomeAssistant, ServiceRegistry
from homeassistant.data_entry_flow import FlowManager, section
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from tests.contracts.translation_texts import KEY, placeholders

PACKAGE = "custom_components.reliable_notifications"
DOMAIN = "reliable_notifications"
TEXTS = Path(__file__).parents[1].joinpath(*PACKAGE.split("."), "translations/en.json")


class TranslationGuard:
    """Collects what was shown without a text."""

    def __init__(self) -> None:
        self.texts: dict[str, Any] = json.loads(TEXTS.read_text(encoding="utf-8"))
        self.breaches: list[str] = []

    def need(self, path: str, given: Mapping[str, Any] | None = None) -> None:
        """Note a breach unless the text is there and has all its placeholders."""
        value: Any = self.texts
        for key in path.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        if value is None:
            self.breaches.append(f"{path} is missing")
        elif isinstance(value, str):
            lacking = (placeholders(value) or set()) - set(given or {})
            if lacking:
                self.breaches.append(f"{path} is shown without {sorted(lacking)}")

    def flow_result(self, manager: FlowManager, flow: Any, result: Any) -> None:
        """Check what a flow of ours shows."""
        part = _section_of(manager, flow)
        if part is None or not isinstance(result, Mapping):
            return
        given = result.get("description_placeholders")
        match result["type"]:
            case "form":
                self._form(f"{part}.step.{result['step_id']}", result, given)
                for error in (result.get("errors") or {}).values():
                    self.need(f"{part}.error.{error}", given)
            case "menu":
                for option in result["menu_options"]:
                    self.need(f"{part}.step.{result['step_id']}.menu_options.{option}")
            case "abort":
                self.need(f"{part}.abort.{result['reason']}", given)

    def _form(self, step: str, result: Any, given: Mapping[str, Any] | None) -> None:
        self.need(f"{step}.title", given)
        schema = result.get("data_schema")
        for field, kind in (schema.schema if schema else {}).items():
            if isinstance(kind, section):
                self.need(f"{step}.sections.{field}.name", given)
                for inner in kind.schema.schema:
                    self.need(f"{step}.sections.{field}.data.{inner}", given)
            else:
                self.need(f"{step}.data.{field}", given)
                self.need(f"{step}.data_description.{field}", given)

    def _words_of(self, path: str) -> dict[str, Any]:
        """The placeholders of a text, whatever stands for them."""
        value: Any = self.texts
        for key in path.split("."):
            value = value.get(key, {})
        return (
            dict.fromkeys(placeholders(value) or ()) if isinstance(value, str) else {}
        )

    def error(self, service: str, error: HomeAssistantError) -> None:
        """Check what a failed action of ours says."""
        if error.translation_domain not in (None, DOMAIN):
            return
        if not error.translation_key:
            self.breaches.append(f"action {service} failed untranslated: {error!r}")
            return
        path = f"exceptions.{error.translation_key}.message"
        self.need(path, error.translation_placeholders)

    def entities(self, hass: HomeAssistant) -> None:
        """Check the names of all our entities, and the words of their states."""
        for entry in er.async_get(hass).entities.values():
            if entry.platform != DOMAIN or not entry.translation_key:
                continue
            path = f"entity.{entry.domain}.{entry.translation_key}"
            # the main entity of a device has the device's name and may have states only
            name = f"{path}.name" if entry.original_name else path
            # what Home Assistant could not fill in is still in braces
            is_filled = "{" not in (entry.original_name or "")
            self.need(name, self._words_of(name) if is_filled else None)
            if entry.domain in ("sensor", "select"):
                for option in (entry.capabilities or {}).get("options") or ():
                    if entry.domain == "select" and not KEY.fullmatch(option):
                        continue  # a word that a person has chosen can have no text
                    self.need(f"{path}.state.{option}")


def _section_of(manager: FlowManager, flow: Any) -> str | None:
    """Return where the texts of a flow are, or None if it is not one of ours."""
    if not type(flow).__module__.startswith(PACKAGE):
        return None
    if isinstance(manager, ConfigEntriesFlowManager):
        return "config"
    if isinstance(manager, OptionsFlowManager):
        return "options"
    if isinstance(manager, ConfigSubentryFlowManager):
        return f"config_subentries.{flow.handler[1]}"
    return None  # repairs: their texts are found by issue, see the contract tests


@contextmanager
def watching() -> Iterator[TranslationGuard]:
    """Watch flows and actions."""
    guard = TranslationGuard()
    handle_step, async_call = FlowManager._async_handle_step, ServiceRegistry.async_call

    async def watched_step(
        self: FlowManager, flow: Any, *args: Any, **kwargs: Any
    ) -> Any:
        result = await handle_step(self, flow, *args, **kwargs)
        guard.flow_result(self, flow, result)
        return result

    async def watched_call(
        self: ServiceRegistry, domain: str, service: str, *args: Any, **kwargs: Any
    ) -> Any:
        try:
            return await async_call(self, domain, service, *args, **kwargs)
        except HomeAssistantError as error:
            if domain == DOMAIN:
                guard.error(service, error)
            raise

    with (
        patch.object(FlowManager, "_async_handle_step", watched_step),
        patch.object(ServiceRegistry, "async_call", watched_call),
    ):
        yield guard
