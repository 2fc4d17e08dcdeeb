"""Notify entities: the household, roles and recipients, for any automation to use.

Each returns when the message is stored: from then on it cannot be lost, and the
pipeline goes on by itself. Each raises when it could not be stored.
"""

from __future__ import annotations

from homeassistant.components.notify import (
    DOMAIN,
    NotifyEntity,
    NotifyEntityFeature,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .engine.vocabulary import Role
from .entity import HubEntity, RecipientEntity, async_forget_of_hub
from .runtime import RnConfigEntry

# the pipeline orders and bounds what is sent; nothing is gained by waiting here
PARALLEL_UPDATES = 0

# the household has an entity of its own, for everybody
ROLES = tuple(role for role in Role if role is not Role.HOUSEHOLD)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the household, each role that somebody has, and each recipient."""
    recipients = entry.runtime_data.pipeline.directory.recipients
    async_add_entities([HouseholdNotify(entry)])
    for role in ROLES:
        if any(role in each.roles for each in recipients.values()):
            async_add_entities([RoleNotify(entry, role)])
        else:
            async_forget_of_hub(hass, DOMAIN, entry, f"role_{role}")
    for recipient_id in recipients:
        async_add_entities(
            [RecipientNotify(entry, recipient_id)], config_subentry_id=recipient_id
        )


class HouseholdNotify(HubEntity, NotifyEntity):
    """Everybody at once."""

    _attr_supported_features = NotifyEntityFeature.TITLE

    def __init__(self, entry: RnConfigEntry) -> None:
        """Describe the entity."""
        super().__init__(entry, "household")

    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Give a message to the pipeline."""
        await self._runtime.pipeline.async_write(message, title)


class RoleNotify(HubEntity, NotifyEntity):
    """All who have a role at the moment of the message."""

    _attr_supported_features = NotifyEntityFeature.TITLE

    def __init__(self, entry: RnConfigEntry, role: Role) -> None:
        """Describe the entity."""
        super().__init__(entry, f"role_{role}")
        self._role = role

    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Give a message for them to the pipeline."""
        recipients = self._runtime.pipeline.directory.recipients.values()
        told = [each.id for each in recipients if self._role in each.roles]
        await self._runtime.pipeline.async_write(message, title, recipients=told)


class RecipientNotify(RecipientEntity, NotifyEntity):
    """One recipient, over whatever channels are right."""

    _attr_supported_features = NotifyEntityFeature.TITLE
    _attr_name = None  # it is called like the recipient

    def __init__(self, entry: RnConfigEntry, recipient_id: str) -> None:
        """Describe the entity."""
        super().__init__(entry, recipient_id, "recipient")

    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Give a message for this recipient to the pipeline."""
        await self._runtime.pipeline.async_write(
            message, title, recipients=[self._recipient_id]
        )
