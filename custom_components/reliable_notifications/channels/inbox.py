"""The household's inbox inside Home Assistant, kept in our database.

A message there outlives restarts and waits to be read; *accepted* says no more than
that. There is one, whether or not somebody has added it.
"""

from __future__ import annotations

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..engine.vocabulary import AttemptResult, Evidence
from .interface import Channel, Choice, Envelope
from .parts.shelf import SHELF, Shelf, lay_down


class Inbox(Channel):
    """The inbox; there is one for the household, whether or not it was added."""

    kind = "inbox"
    best_evidence = Evidence.ACCEPTED
    # one row in a local file: a second is long even on a slow memory card
    patience = 3.0
    replaces = True
    local = True
    needs_target = False

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """There is one: nothing to choose."""
        return []

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """It belongs to us: nothing can be wrong with it."""
        return None

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Lay it down."""
        await lay_down(self._shelf, envelope)
        return AttemptResult(evidence=Evidence.ACCEPTED, detail="In the inbox")

    async def async_clear(self, tag: str) -> None:
        """Take it out again."""
        await self._shelf.take_back(tag)

    @property
    def _shelf(self) -> Shelf:
        shelf = self.hass.data.get(SHELF)
        if shelf is None:
            raise HomeAssistantError("The inbox is closed")
        return shelf
