"""Puts the dashboard into the sidebar, and takes it out again.

Nothing depends on it: where this Home Assistant has no dashboards, or a future
one has changed how they are made, set-up goes on without ours.
"""

from __future__ import annotations

import logging

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

try:
    from . import panel
except ImportError:  # parts of Home Assistant that are not official, and so may go
    _CAN_SHOW = False
else:
    _CAN_SHOW = True

_LOGGER = logging.getLogger(__name__)

_NOT_SHOWN = "There is no dashboard, all else works: %s"

# what Python says when a class or a function of somebody else's was changed
_CHANGED = (AttributeError, KeyError, TypeError, ValueError)


async def async_register(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Show the dashboard in the sidebar, where there are dashboards."""
    if not _CAN_SHOW:
        _LOGGER.warning(_NOT_SHOWN, "dashboards are made in another way here")
        return
    try:
        obstacle = panel.async_show(hass, entry)
    except _CHANGED as error:
        _LOGGER.warning(_NOT_SHOWN, error)
        return
    if obstacle is not None:
        _LOGGER.info(_NOT_SHOWN, obstacle)


@callback
def async_unregister(hass: HomeAssistant) -> None:
    """Take the dashboard out of the sidebar."""
    if _CAN_SHOW:
        panel.async_hide(hass)


@callback
def async_refresh(hass: HomeAssistant) -> None:
    """Have browsers that show the dashboard ask for it again."""
    if _CAN_SHOW:
        panel.async_refresh(hass)
