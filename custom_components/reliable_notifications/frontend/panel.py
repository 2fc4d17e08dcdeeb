"""The dashboard as Home Assistant's own machinery wants it.

The base class is not an official interface, so all that touches it is here. The
layout is built anew for everybody who looks; nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from homeassistant.components import frontend
from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.components.lovelace.dashboard import LovelaceConfig
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.json import json_bytes, json_fragment
from homeassistant.util.hass_dict import HassKey

from ..const import DASHBOARD_URL, DOMAIN
from .layout import build
from .texts import async_load_texts

TITLE = "Reliable Notifications"
ICON = "mdi:bell-check"
# a dashboard that cannot be edited in the UI; its other mode would let people save
MODE = "yaml"


class ReliableDashboard(LovelaceConfig):
    """Our dashboard: read-only, and always up to date."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Describe the dashboard for the list in the settings."""
        super().__init__(
            hass,
            DASHBOARD_URL,
            {
                "mode": MODE,
                "title": TITLE,
                "icon": ICON,
                "show_in_sidebar": True,
                "require_admin": False,
            },
        )
        self._entry = entry

    @property
    def mode(self) -> str:
        """Cannot be edited."""
        return MODE

    async def async_get_info(self) -> dict[str, Any]:
        """Say how large it is, for the system information."""
        layout = await self.async_load(force=False)
        return {"mode": MODE, "views": len(layout["views"])}

    async def async_load(self, force: bool) -> dict[str, Any]:
        """Build the layout as it is now."""
        texts = await async_load_texts(self.hass)
        users = await self.hass.auth.async_get_users()
        admins = [user.id for user in users if user.is_admin]
        return build(self.hass, self._entry, texts, admins)

    async def async_json(self, force: bool) -> json_fragment:
        """Build the layout for a browser."""
        return json_fragment(json_bytes(await self.async_load(force)))

    @callback
    def async_refresh(self) -> None:
        """Have browsers that show it ask again."""
        self._config_updated()

    @callback
    def async_follow_renames(self) -> Callable[[], None]:
        """Have browsers ask again when an entity of ours was renamed or disabled."""

        @callback
        def changed(event: Event[er.EventEntityRegistryUpdatedData]) -> None:
            entity = er.async_get(self.hass).async_get(event.data["entity_id"])
            if entity is not None and entity.config_entry_id == self._entry.entry_id:
                self.async_refresh()

        return self.hass.bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    dashboard: ReliableDashboard
    stop_following: Callable[[], None]


_SHOWN: HassKey[_Shown] = HassKey(f"{DOMAIN}_dashboard")


@callback
def async_show(hass: HomeAssistant, entry: ConfigEntry) -> str | None:
    """Put the dashboard into the sidebar; returns why not, if not."""
    lovelace = hass.data.get(LOVELACE_DATA)
    if lovelace is None:
        return "this Home Assistant has no dashboards"
    if DASHBOARD_URL in lovelace.dashboards:
        return f"somebody else's dashboard is called {DASHBOARD_URL}"
    dashboard = ReliableDashboard(hass, entry)
    frontend.async_register_built_in_panel(
        hass,
        component_name="lovelace",
        sidebar_title=TITLE,
        sidebar_icon=ICON,
        frontend_url_path=DASHBOARD_URL,
        config={"mode": MODE},
        require_admin=False,
        update=True,
    )
    lovelace.dashboards[DASHBOARD_URL] = dashboard
    stop_following = dashboard.async_follow_renames()
    hass.data[_SHOWN] = _Shown(dashboard=dashboard, stop_following=stop_following)
    dashboard.async_refresh()
    return None


@callback
def async_hide(hass: HomeAssistant) -> None:
    """Take the dashboard out of the sidebar, if it is there."""
    shown = hass.data.pop(_SHOWN, None)
    if shown is None:
        return
    shown.stop_following()
    hass.data[LOVELACE_DATA].dashboards.pop(DASHBOARD_URL, None)
    frontend.async_remove_panel(hass, DASHBOARD_URL, warn_if_unknown=False)


@callback
def async_refresh(hass: HomeAssistant) -> None:
    """Have browsers that show the dashboard ask for it again."""
    if shown := hass.data.get(_SHOWN):
        shown.dashboard.async_refresh()
