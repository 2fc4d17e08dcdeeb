"""The inbox as a to-do list: what waits to be read, ticked off when it was."""

from __future__ import annotations

from homeassistant.components.todo import (
    TodoItem,
    TodoItemStatus,
    TodoListEntity,
    TodoListEntityFeature,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .entity import HubEntity
from .runtime import RnConfigEntry

# two people may tick items at once: one after the other
PARALLEL_UPDATES = 1


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the inbox."""
    async_add_entities([InboxList(entry)], update_before_add=True)


class InboxList(HubEntity, TodoListEntity):
    """Messages in the inbox. Ticking one off acknowledges it."""

    _attr_supported_features = TodoListEntityFeature.UPDATE_TODO_ITEM

    def __init__(self, entry: RnConfigEntry) -> None:
        """Describe the list."""
        super().__init__(entry, "inbox")
        self._attr_todo_items: list[TodoItem] = []

    async def async_added_to_hass(self) -> None:
        """Look again whenever the inbox has changed, or what is old was deleted."""
        runtime = self._runtime
        self.async_on_remove(runtime.inbox.async_listen(self._look_again))
        self.async_on_remove(runtime.scoreboard.async_listen(self._look_again))

    @callback
    def _look_again(self) -> None:
        self.async_schedule_update_ha_state(force_refresh=True)

    async def async_update(self) -> None:
        """Read the open items."""
        self._attr_todo_items = [
            TodoItem(
                uid=item.intent_id,
                summary=item.title or item.message,
                description=item.message if item.title else None,
                status=TodoItemStatus.NEEDS_ACTION,
            )
            for item in await self._runtime.inbox.async_look()
        ]

    async def async_update_todo_item(self, item: TodoItem) -> None:
        """Tick a message off; its text cannot be changed."""
        if item.status != TodoItemStatus.COMPLETED or item.uid is None:
            return
        who = self._context.user_id if self._context else None
        if not await self._runtime.inbox.async_tick_off(item.uid, who or ""):
            raise HomeAssistantError(
                translation_domain=DOMAIN, translation_key="inbox_item_gone"
            )
        await self.async_update()
        self.async_write_ha_state()
