"""Times that recipients set for themselves: quiet hours, sleep and digest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from functools import partial

from homeassistant.components.time import TimeEntity, TimeEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import WishEntity
from .recipients.wish_changes import (
    QUIET,
    SLEEP,
    Stored,
    digest_time,
    span_time,
    with_digest_time,
    with_span_time,
)
from .runtime import RnConfigEntry

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class WishTimeDescription(TimeEntityDescription):
    """One time: how it is, and what is stored once it is set."""

    value: Callable[[Stored], time | None]
    change: Callable[..., Stored]


TIMES: tuple[WishTimeDescription, ...] = (
    WishTimeDescription(
        key="quiet_from",
        value=partial(span_time, key=QUIET, end="start"),
        change=partial(with_span_time, key=QUIET, end="start"),
    ),
    WishTimeDescription(
        key="quiet_until",
        value=partial(span_time, key=QUIET, end="end"),
        change=partial(with_span_time, key=QUIET, end="end"),
    ),
    WishTimeDescription(
        key="sleep_from",
        value=partial(span_time, key=SLEEP, end="start"),
        change=partial(with_span_time, key=SLEEP, end="start"),
    ),
    WishTimeDescription(
        key="sleep_until",
        value=partial(span_time, key=SLEEP, end="end"),
        change=partial(with_span_time, key=SLEEP, end="end"),
    ),
    WishTimeDescription(
        key="digest_at",
        value=digest_time,
        change=with_digest_time,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add each recipient's times to their subentry."""
    for recipient_id in entry.runtime_data.pipeline.directory.recipients:
        async_add_entities(
            [WishTime(entry, recipient_id, each) for each in TIMES],
            config_subentry_id=recipient_id,
        )


class WishTime(WishEntity, TimeEntity):
    """A time that can be set while what it belongs to is on."""

    _attr_entity_category = EntityCategory.CONFIG
    entity_description: WishTimeDescription

    def __init__(
        self,
        entry: RnConfigEntry,
        recipient_id: str,
        description: WishTimeDescription,
    ) -> None:
        """Describe the time."""
        super().__init__(entry, recipient_id, description.key)
        self.entity_description = description

    @property
    def available(self) -> bool:
        """There is no time of what is off."""
        return self.native_value is not None

    @property
    def native_value(self) -> time | None:
        """The time as it is stored."""
        return self.entity_description.value(self._wishes)

    async def async_set_value(self, value: time) -> None:
        """Store another one."""
        await self._async_change(partial(self.entity_description.change, at=value))
