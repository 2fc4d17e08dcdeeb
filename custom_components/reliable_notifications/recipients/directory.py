"""Who can be told, and over what: the recipients and channels of one entry.

Only knows them, and opens and closes the channels; must not decide who is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from homeassistant.core import HomeAssistant, callback

from ..channels.interface import Channel
from ..const import BUILT_IN_INBOX, DOMAIN
from ..engine.vocabulary import LAST_RESORT, ChannelTraits, Recipient, Shape


class Directory:
    """The recipients and channels, by their ids."""

    def __init__(
        self,
        hass: HomeAssistant,
        channels: Mapping[str, Channel],
        recipients: Mapping[str, Recipient],
    ) -> None:
        """Take them as they are set up."""
        self._hass = hass
        self.channels = channels
        self.recipients = dict(recipients)

    @property
    def configured(self) -> Mapping[str, Channel]:
        """The channels that somebody has set up, by id; the others need none."""
        return {
            channel_id: channel
            for channel_id, channel in self.channels.items()
            if channel_id not in (BUILT_IN_INBOX, LAST_RESORT)
        }

    @property
    def names(self) -> Mapping[str, str]:
        """Names of the channels by their ids."""
        return {key: channel.name for key, channel in self.channels.items()}

    @property
    def traits(self) -> Mapping[str, ChannelTraits]:
        """What the channels can do, by their ids."""
        return {key: channel.traits for key, channel in self.channels.items()}

    def shapes(self, channel_ids: Iterable[str]) -> set[Shape]:
        """The forms in which these channels want their words."""
        return {
            self.channels[each].shape for each in channel_ids if each in self.channels
        }

    def name(self, channel_id: str | None) -> str | None:
        """What a channel is called; its id where it is gone."""
        channel = self.channels.get(channel_id or "")
        return channel.name if channel else channel_id

    def named(self, text: str) -> str:
        """The same with the channels' names in place of their ids."""
        for channel_id, channel in self.channels.items():
            text = text.replace(channel_id, channel.name)
        return text

    @callback
    def async_renew(self, recipients: Mapping[str, Recipient]) -> None:
        """Take the same recipients with what they wish now."""
        self.recipients.update(recipients)

    @callback
    def async_open(self) -> None:
        """Let the channels prepare themselves; nobody waits for them."""
        for channel in self.channels.values():
            self._hass.async_create_background_task(
                channel.async_start(), f"{DOMAIN} opens {channel.name}"
            )

    async def async_close(self) -> None:
        """Let the channels let go of what they hold."""
        await asyncio.gather(
            *(channel.async_stop() for channel in self.channels.values())
        )
