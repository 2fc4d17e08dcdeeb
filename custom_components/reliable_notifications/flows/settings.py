"""The form of what concerns the whole integration.

Checks what was filled in, as far as that can be told from looking at it; whether
somebody answers at the address is shown by its sensor.
"""

from __future__ import annotations

from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import (
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from yarl import URL

from ..compat import vol
from ..const import CONF_HEARTBEAT_URL

# Web servers take no longer ones (RFC 9110 asks for 8000, many stop at 2 kB)
_LONGEST_ADDRESS = 2000


class SettingsFlow(OptionsFlow):
    """Settings of the entry."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show the form, or take what was filled in."""
        errors: dict[str, str] = {}
        if user_input is not None:
            address = user_input.get(CONF_HEARTBEAT_URL, "").strip()
            if not address:
                return self.async_create_entry(data={})
            if (problem := address_problem(address)) is None:
                return self.async_create_entry(data={CONF_HEARTBEAT_URL: address})
            errors[CONF_HEARTBEAT_URL] = problem
        shown = self.config_entry.options if user_input is None else user_input
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(_SCHEMA, shown),
            errors=errors,
        )


_SCHEMA = vol.Schema(
    {
        vol.Optional(CONF_HEARTBEAT_URL): TextSelector(
            TextSelectorConfig(type=TextSelectorType.URL, autocomplete="off")
        )
    }
)


def address_problem(address: str) -> str | None:
    """What keeps a text from being an address that can be asked, if anything."""
    if len(address) > _LONGEST_ADDRESS or any(sign.isspace() for sign in address):
        return "not_an_address"
    try:
        url = URL(address)
        port = url.port
    except ValueError:
        return "not_an_address"
    if url.scheme not in ("http", "https"):
        return "not_a_web_address"
    if not url.host or not port:
        return "not_an_address"
    if url.fragment:
        return "not_an_address"
    return None
