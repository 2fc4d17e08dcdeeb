"""Around a backup of Home Assistant.

The backup reads our file inside this process: before, the file is made to stand still
and marked as a copy; afterwards our locks, which that took away, are taken again. Must
never stop or hold up the user's backup: what goes wrong here is said in the log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
import logging
from typing import Any

from homeassistant.core import HomeAssistant

from .const import DOMAIN

_LOGGER = logging.getLogger(__name__)

# Seconds; a disk that takes longer for two rows is no reason for having no backup
_PATIENCE = 10.0


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Make the file stand still: messages go on while the backup runs."""
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        await _unhindered(
            hass,
            entry.runtime_data.origin.async_begin_backup,
            "The backup may lack the latest messages",
        )


async def async_post_backup(hass: HomeAssistant) -> None:
    """Take the locks on the database again."""
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        await _unhindered(
            hass,
            entry.runtime_data.origin.async_end_backup,
            "After the backup the database could not be opened again; reload the"
            " integration",
        )


async def _unhindered(
    hass: HomeAssistant, work: Callable[[], Coroutine[Any, Any, None]], consequence: str
) -> None:
    """Wait for it, but not for ever: then it goes on by itself."""
    task = hass.async_create_background_task(work(), f"{DOMAIN} around a backup")
    done, _ = await asyncio.wait([task], timeout=_PATIENCE)
    if not done:
        _LOGGER.error("%s: no answer within %.0f seconds", consequence, _PATIENCE)
    elif error := task.exception():
        _LOGGER.error("%s: %s", consequence, error)
