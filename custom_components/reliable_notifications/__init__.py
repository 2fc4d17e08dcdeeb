"""Reliable Notifications: appliance notifications that arrive, and prove it.

Sets up and unloads the one entry. What there is to do is put together in
`runtime` and ordered in `pipeline`.
"""

from __future__ import annotations

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

from . import services
from .answering.proposed_changes import async_forget_proposals
from .channels.parts.loudness import async_put_back_left_over
from .channels.parts.volumes import async_forget
from .const import DOMAIN
from .decisions.handover import async_take_over
from .frontend import dashboard
from .running import async_start, async_stop
from .runtime import RnConfigEntry, async_build
from .store import async_erase
from .texts import letter_preview
from .upkeep.reauthentication import Reauthentication

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.EVENT,
    Platform.NOTIFY,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TIME,
    Platform.TODO,
)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register what is there whether or not an entry is set up."""
    services.async_register(hass)
    letter_preview.async_register(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: RnConfigEntry) -> bool:
    """Build the parts, show the entities, then begin to watch and to send."""
    # first of all: what is added while we set up must bring about another reload
    entry.async_on_unload(entry.add_update_listener(_async_changed))
    entry.runtime_data = await async_build(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    entry.async_on_unload(Reauthentication(hass, entry).async_start())
    await async_start(entry.runtime_data)
    await async_put_back_left_over(hass)
    await dashboard.async_register(hass, entry)

    async def stop(_event: Event) -> None:
        await async_stop(hass, entry.runtime_data)

    # entries are not unloaded when Home Assistant stops
    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stop))
    return True


async def async_unload_entry(hass: HomeAssistant, entry: RnConfigEntry) -> bool:
    """Stop watching and sending; cycles and intents stay in the store."""
    if not await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        return False
    dashboard.async_unregister(hass)
    await async_stop(hass, entry.runtime_data)
    return True


async def async_remove_entry(hass: HomeAssistant, entry: RnConfigEntry) -> None:
    """Leave nothing behind."""
    async_forget_proposals(hass)
    async_take_over(hass)  # nobody comes who would tell what was heard meanwhile
    await async_erase(hass)
    await async_forget(hass)


async def _async_changed(hass: HomeAssistant, entry: RnConfigEntry) -> None:
    """Something was added, changed or removed in the UI: begin anew with it.

    Not for what recipients wish: that is heard as it is.
    """
    loaded = entry.state is ConfigEntryState.LOADED
    if loaded and entry.runtime_data.wishes.async_heard():
        return
    hass.config_entries.async_schedule_reload(entry.entry_id)
