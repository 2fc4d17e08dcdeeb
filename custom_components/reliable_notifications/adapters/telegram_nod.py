"""Tells Telegram that a tap on a button was heard, and by whom it was.

Until that is told, the button looks as if it were still at work. Must not book the tap.
"""

from __future__ import annotations

from collections.abc import Mapping
import logging
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..compat import vol
from ..engine.content.verbs import answered, label

_LOGGER = logging.getLogger(__name__)

TELEGRAM = "telegram_bot"
ANSWER = "answer_callback_query"


def telegram_name(said: Mapping[str, Any]) -> str:
    """Who tapped, by the name that they have given themselves there."""
    names = (said.get("from_first"), said.get("from_last"))
    return " ".join(name for name in names if isinstance(name, str) and name)


async def async_nod(hass: HomeAssistant, said: Mapping[str, Any], action: str) -> None:
    """Show for a moment what was understood; `said` is what the event tells."""
    understood = answered(action)
    if understood is None or not hass.services.has_service(TELEGRAM, ANSWER):
        return
    data: dict[str, Any] = {
        "message": f"✓ {label(understood[0], hass.config.language)}",
        "callback_query_id": said.get("id"),
    }
    bot = said.get("bot")
    if isinstance(bot, Mapping) and "config_entry_id" in bot:  # there may be several
        data["config_entry_id"] = bot["config_entry_id"]
    try:
        await hass.services.async_call(TELEGRAM, ANSWER, data, blocking=True)
    except (HomeAssistantError, vol.Invalid) as error:
        _LOGGER.debug("Telegram was not told that a tap was heard: %s", error)
