"""What the pages of the settings have in common: how one is shown, and how it is kept.

Must not know what is set on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow

from ..const import DOMAIN
from .fields import Field, Group, form_schema
from .subentry_form import Answers, Problems


class SettingsPages(OptionsFlow):
    """A flow that shows pages, each of which keeps what the others have stored."""

    def _show(
        self,
        step_id: str,
        fields: Iterable[Field | Group],
        values: Answers,
        problems: Problems | None = None,
        words: Mapping[str, str] | None = None,
        *,
        live: bool = False,
    ) -> ConfigFlowResult:
        """Show a page; a live one asks what becomes of that while it is typed."""
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                form_schema(fields), values
            ),
            errors=problems,
            description_placeholders=words,
            preview=DOMAIN if live else None,
        )

    def _keep(self, changed: Mapping[str, Any]) -> ConfigFlowResult:
        """Store a page's options beside those of the others; what is empty goes."""
        options = {**self.config_entry.options, **changed}
        return self.async_create_entry(
            data={key: each for key, each in options.items() if each}
        )
