"""Home Assistant's own notification list and the inbox: the last resort, always there.

It needs neither set-up nor network, and nobody is called to it. What lies on the list
is seen when somebody opens Home Assistant, and gone after a restart; in the inbox it
waits until somebody ticks it off. Nobody has chosen to look there, so it proves
nothing. Must not be offered as a channel of its own; the inbox is for that.
"""

from __future__ import annotations

import asyncio
import logging

from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from ..engine.vocabulary import AttemptResult, Evidence
from .interface import Channel, Choice, Envelope
from .parts.shelf import SHELF, lay_down

_LOGGER = logging.getLogger(__name__)


class Persistent(Channel):
    """One message per tag in Home Assistant's notification list, and in the inbox."""

    kind = "persistent"
    best_evidence = Evidence.DISPATCHED
    # a write into memory; more would mean that Home Assistant itself hangs (5.3)
    patience = 1.0
    replaces = True
    local = True
    needs_target = False
    offered = False

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """There is one, and nobody chooses it."""
        return []

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """It is part of Home Assistant's core: nothing can be wrong."""
        return None

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Put it on the list, and lay it into the inbox."""
        persistent_notification.async_create(
            self.hass, envelope.message, envelope.title or None, envelope.tag
        )
        where = "until the next restart"
        if SHELF in self.hass.data:
            self._lay_down(envelope)
            where = "until the next restart, and in the inbox until it is ticked off"
        return AttemptResult(
            evidence=Evidence.DISPATCHED,
            detail=f"In Home Assistant's notification list {where}",
        )

    async def async_clear(self, tag: str) -> None:
        """Take it off the list, and out of the inbox."""
        persistent_notification.async_dismiss(self.hass, tag)
        if (shelf := self.hass.data.get(SHELF)) is not None:
            await shelf.take_back(tag)

    def _lay_down(self, envelope: Envelope) -> None:
        """Begin to: it is stored before the end of this call is, and not waited for.

        A disk that hangs must not make a doubt of what stands on the list already.
        """
        self.hass.async_create_background_task(
            lay_down(self.hass.data[SHELF], envelope),
            f"{DOMAIN} lays the last resort into the inbox",
            eager_start=True,
        ).add_done_callback(_say_if_it_failed)


def _say_if_it_failed(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _LOGGER.warning("A message could not be laid into the inbox: %s", error)
