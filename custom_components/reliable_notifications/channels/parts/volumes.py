"""What was changed on players and is to be put back, kept over our death.

It is stored before it is changed: whoever starts after a death in mid-speech finds how
loud the player was. Must not change a volume.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TypedDict

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN

# Seconds that storing it may hold a speech up: a disk that hangs is no reason to be
# silent, and the file is only for the case that we die meanwhile
_PATIENCE = 1.0


@dataclass(slots=True)
class Before:
    """How a player was, for whoever gives it back last; `users` speak over it now."""

    level: float | None
    muted: bool
    set_to: float | None = None
    unmuted: bool = False
    users: int = 0


class _Row(TypedDict):
    level: float | None
    set_to: float | None
    unmuted: bool


_CHANGED: HassKey[dict[str, Before]] = HassKey(f"{DOMAIN}_changed_volumes")
_FILE: HassKey[Store[dict[str, _Row]]] = HassKey(f"{DOMAIN}_volumes_file")


def changed_on(hass: HomeAssistant) -> dict[str, Before]:
    """The players that are changed, by their entity ids."""
    return hass.data.setdefault(_CHANGED, {})


async def async_keep(hass: HomeAssistant) -> None:
    """Store them as they are now."""
    rows = {
        player: _Row(level=each.level, set_to=each.set_to, unmuted=each.unmuted)
        for player, each in changed_on(hass).items()
        if each.set_to is not None or each.unmuted
    }
    saving = hass.async_create_background_task(
        _file(hass).async_save(rows), f"{DOMAIN} keeps volumes"
    )
    await asyncio.wait({saving}, timeout=_PATIENCE)


async def async_left_over(hass: HomeAssistant) -> list[str]:
    """The players that nobody has given back, from now on known as changed."""
    rows = await _file(hass).async_load() or {}
    changed = changed_on(hass)
    left = [player for player in rows if player not in changed]
    for player in left:
        row = rows[player]
        changed[player] = Before(
            level=row["level"],
            muted=row["unmuted"],
            set_to=row["set_to"],
            unmuted=row["unmuted"],
        )
    return left


async def async_forget(hass: HomeAssistant) -> None:
    """Leave no file behind."""
    await _file(hass).async_remove()


def _file(hass: HomeAssistant) -> Store[dict[str, _Row]]:
    if _FILE not in hass.data:
        hass.data[_FILE] = Store(hass, 1, f"{DOMAIN}.volumes")
    return hass.data[_FILE]
