"""Around a backup of Home Assistant.

The backup reads our file inside this process, which takes our locks on it away;
afterwards they are taken again. Must never stop the user's backup: what goes wrong
here is said in the log.
"""

from __future__ import annotations

import logging

from homeassistant.core import HomeAssistant

from .adapters.database import StorageFailed
from .const import DOMAIN

_LOGGER = logging.getLogger(__name__)


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Let the backup begin: messages go on while it runs."""


async def async_post_backup(hass: HomeAssistant) -> None:
    """Take the locks on the database again."""
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        try:
            await entry.runtime_data.database.renew()
        except StorageFailed as failure:
            _LOGGER.error(
                "After the backup the database could not be opened again; reload"
                " the integration: %s",
                failure,
            )
