"""The pipeline's self-test: whether a message would get through now.

Asks the parts, and says in words for people what is wrong; that the log can be written
and read is tested by who asks (`adapters/uptime`). Must not send or mend anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ..adapters.health import Health
from ..engine.vocabulary import ChannelTraits


class Courier(Protocol):
    """What is needed of the courier."""

    health: Health

    @property
    def is_running(self) -> bool:
        """Whether stored intents are being carried."""


class Proves(Protocol):
    """What is needed of a channel."""

    @property
    def traits(self) -> ChannelTraits:
        """What it can do."""


class Witness(Protocol):
    """What is needed of the watchdog."""

    async def async_verdict(self) -> str | None:
        """What is wrong with the courier, or None."""


async def async_trouble(
    courier: Courier, watchdog: Witness, channels: Mapping[str, Proves]
) -> str | None:
    """Say what is wrong, or None.

    The courier has to be at work and to have been seen so within the last minute, and
    of the channels that somebody has set up one that can prove delivery has to be well
    (delivery reference 5.12). Where none is set up there is nothing to fail yet.
    """
    if not courier.is_running:
        return "the courier does not run"
    if (doubt := await watchdog.async_verdict()) is not None:
        return doubt
    if not channels:
        return None
    truthful = [key for key, channel in channels.items() if channel.traits.can_tell]
    if not truthful:
        return "no channel is set up that can prove that a message arrives"
    if all(courier.health.of(key).is_down for key in truthful):
        return "every channel that can prove that a message arrives is down"
    return None
