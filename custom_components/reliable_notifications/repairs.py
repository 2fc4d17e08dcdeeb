"""What a person can mend in the hint itself.

Saying that somebody wants messages again, and making a change that somebody else has
asked for. Home Assistant shows both to administrators only. Must not find out what is
wrong: that is the hints'.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from homeassistant.components.repairs import RepairsFlow
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from .adapters.database import StorageFailed
from .const import CHANGE_HINT, DOMAIN
from .runtime import Runtime

if TYPE_CHECKING:  # it has no name of its own in Home Assistant 2025.6
    from homeassistant.components.repairs import RepairsFlowResult

_OPTED_OUT = "opted_out_"


class _OnePage(RepairsFlow):
    """Asks on one page, and does it."""

    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """What comes in here is the hint, and no answer."""
        return await self.async_step_confirm()

    @abstractmethod
    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Show the page, then do what was confirmed."""

    def _runtimes(self) -> Iterator[Runtime]:
        for entry in self.hass.config_entries.async_loaded_entries(DOMAIN):
            yield entry.runtime_data


class WantsMessagesAgain(_OnePage):
    """Asks whether the recipient has told the service so, and lets messages through."""

    def __init__(self, channel_id: str, recipient_id: str) -> None:
        """Remember whom it is about."""
        self._channel_id = channel_id
        self._recipient_id = recipient_id

    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Let messages through from now on."""
        if user_input is None:
            return self.async_show_form(step_id="confirm")
        for runtime in self._runtimes():
            try:
                await runtime.pipeline.gate.async_reopen(
                    self._channel_id, self._recipient_id
                )
            except StorageFailed:
                return self.async_abort(reason="not_stored")
            runtime.hints.async_look()
        return self.async_create_entry(data={})


class ConfirmsChange(_OnePage):
    """Shows what would be changed, and changes it."""

    def __init__(self, change: Mapping[str, Any]) -> None:
        """Remember what was proposed."""
        self._change = change

    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Make the change. The words are those of the hint."""
        if user_input is None:
            registry = ir.async_get(self.hass)
            issue = registry.async_get_issue(self.handler, self.issue_id)
            return self.async_show_form(
                step_id="confirm",
                description_placeholders=issue.translation_placeholders
                if issue
                else None,
            )
        for runtime in self._runtimes():
            if await runtime.changes.async_confirmed(self._change):
                return self.async_create_entry(data={})
        return self.async_abort(reason="not_there")


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """The page of a hint that can be mended in it."""
    if issue_id.startswith(CHANGE_HINT) and data is not None:
        return ConfirmsChange(data)
    channel_id, _, recipient_id = issue_id.removeprefix(_OPTED_OUT).partition("_")
    return WantsMessagesAgain(channel_id, recipient_id)
