"""Buttons: what a person knows better than the sensors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from homeassistant.components.button import (
    DOMAIN as BUTTON,
    ButtonEntity,
    ButtonEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .appliances.appliance import ApplianceWatch
from .const import DOMAIN
from .engine.vocabulary import EmptiedBy
from .entity import (
    ApplianceEntity,
    ChannelEntity,
    RecipientEntity,
    WishEntity,
    async_forget,
)
from .recipients.wish_changes import (
    Stored,
    tomorrow,
    with_snooze,
    without_snoozes,
)
from .runtime import RnConfigEntry

PARALLEL_UPDATES = 0

UNTIL_EMPTIED = "snooze_until_emptied"


@dataclass(frozen=True, kw_only=True)
class ApplianceButtonDescription(ButtonEntityDescription):
    """A button of an appliance, what it does, and which appliances have it."""

    press: Callable[[ApplianceWatch], None]
    offered: Callable[[ApplianceWatch], bool]


def _has_power(watch: ApplianceWatch) -> bool:
    """What says itself what it is doing need not be told."""
    return watch.spec.power_entity is not None


# Each is without effect when there is nothing to empty, to finish or to discard.
BUTTONS: tuple[ApplianceButtonDescription, ...] = (
    ApplianceButtonDescription(
        key="emptied",
        press=lambda watch: watch.async_emptied(EmptiedBy.BUTTON),
        offered=lambda watch: watch.consequences.holds_a_load,
    ),
    ApplianceButtonDescription(
        key="finished_now",
        entity_category=EntityCategory.CONFIG,
        press=lambda watch: watch.async_end(discard=False),
        offered=_has_power,
    ),
    ApplianceButtonDescription(
        key="discard",
        entity_category=EntityCategory.CONFIG,
        press=lambda watch: watch.async_end(discard=True),
        offered=_has_power,
    ),
)


@dataclass(frozen=True, kw_only=True)
class WishButtonDescription(ButtonEntityDescription):
    """A button of a recipient, and what is stored once it is pressed at an instant."""

    change: Callable[[Stored, datetime], Stored]


def _until_tomorrow(wishes: Stored, now: datetime) -> Stored:
    """Nothing but what is urgent until then."""
    return with_snooze(wishes, None, tomorrow(now).timestamp(), now.timestamp())


WISH_BUTTONS: tuple[WishButtonDescription, ...] = (
    WishButtonDescription(key="snooze_until_tomorrow", change=_until_tomorrow),
    WishButtonDescription(
        key="end_snooze", change=lambda wishes, _now: without_snoozes(wishes)
    ),
)


# what can be said of the latest message, in the words of engine/routing/feedback
COMPLAINTS: tuple[ButtonEntityDescription, ...] = (
    ButtonEntityDescription(key="wrong_person"),
    ButtonEntityDescription(key="too_late"),
    ButtonEntityDescription(key="too_loud"),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: RnConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the buttons of each appliance and channel to its subentry."""
    for channel_id in entry.runtime_data.pipeline.directory.configured:
        async_add_entities(
            [ChannelTestButton(entry, channel_id)], config_subentry_id=channel_id
        )
    for watch in entry.runtime_data.watches.values():
        buttons: list[ButtonEntity] = []
        for description in BUTTONS:
            if description.offered(watch):
                buttons.append(ApplianceButton(entry, watch, description))
            else:
                async_forget(hass, BUTTON, watch, description.key)
        if watch.consequences.holds_a_load:
            buttons.append(SnoozeUntilEmptied(entry, watch))
        else:
            async_forget(hass, BUTTON, watch, UNTIL_EMPTIED)
        async_add_entities(buttons, config_subentry_id=watch.spec.id)
    for recipient_id in entry.runtime_data.pipeline.directory.recipients:
        wishes = [WishButton(entry, recipient_id, each) for each in WISH_BUTTONS]
        complaints = [ComplaintButton(entry, recipient_id, each) for each in COMPLAINTS]
        async_add_entities([*wishes, *complaints], config_subentry_id=recipient_id)


class ApplianceButton(ApplianceEntity, ButtonEntity):
    """Something that a person says of an appliance."""

    entity_description: ApplianceButtonDescription

    def __init__(
        self,
        entry: RnConfigEntry,
        watch: ApplianceWatch,
        description: ApplianceButtonDescription,
    ) -> None:
        """Describe the button."""
        super().__init__(entry, watch, description.key)
        self.entity_description = description

    async def async_press(self) -> None:
        """Pass it on."""
        self.entity_description.press(self._watch)


class SnoozeUntilEmptied(ApplianceEntity, ButtonEntity):
    """Tells whoever presses it nothing more of the appliance until it is emptied."""

    def __init__(self, entry: RnConfigEntry, watch: ApplianceWatch) -> None:
        """Describe the button."""
        super().__init__(entry, watch, UNTIL_EMPTIED)
        self._wishes = entry.runtime_data.wishes

    async def async_press(self) -> None:
        """Put it off for the recipient who is asking."""
        change = partial(
            with_snooze,
            source=self._watch.spec.id,
            until=None,
            now=dt_util.utcnow().timestamp(),
        )
        who = self._wishes.whose(self._context)
        await self._wishes.async_change(who, change, self._context)


class WishButton(WishEntity, ButtonEntity):
    """Something that a recipient wishes from now on."""

    entity_description: WishButtonDescription

    def __init__(
        self,
        entry: RnConfigEntry,
        recipient_id: str,
        description: WishButtonDescription,
    ) -> None:
        """Describe the button."""
        super().__init__(entry, recipient_id, description.key)
        self.entity_description = description

    async def async_press(self) -> None:
        """Store it."""
        change = self.entity_description.change
        await self._async_change(lambda wishes: change(wishes, dt_util.now()))


class ComplaintButton(RecipientEntity, ButtonEntity):
    """Says what was wrong with the latest message to a recipient."""

    def __init__(
        self,
        entry: RnConfigEntry,
        recipient_id: str,
        description: ButtonEntityDescription,
    ) -> None:
        """Describe the button."""
        super().__init__(entry, recipient_id, description.key)
        self.entity_description = description

    async def async_press(self) -> None:
        """Pass it on, if it is said of one's own."""
        context = self._context or Context()
        await self._runtime.wishes.async_check(self._recipient_id, context)
        latest = self._runtime.latest_messages.told(self._recipient_id)
        if latest is None:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="nothing_told_yet"
            )
        key = self.entity_description.key
        await self._runtime.complaints.async_say(latest.intent_id, key, context)


class ChannelTestButton(ChannelEntity, ButtonEntity):
    """Sends a test message; the sensor beside it shows what that proved."""

    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, entry: RnConfigEntry, channel_id: str) -> None:
        """Describe the button."""
        super().__init__(entry, channel_id, "test")
        self._trials = entry.runtime_data.pipeline.trials

    async def async_press(self) -> None:
        """Test the channel, to its end."""
        await self._trials.async_run(self._channel_id)
