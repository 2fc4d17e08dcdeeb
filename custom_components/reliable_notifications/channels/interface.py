"""What every way to reach a person must declare and do.

A channel type is one file with one class. It says what exists in this Home
Assistant, what evidence it can give and how long that takes, and it makes one
attempt when told to. It must not retry, wait for other channels, or decide
whether a message should go: that is the engine's.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
import logging
from typing import ClassVar

from homeassistant.core import HomeAssistant
from homeassistant.loader import IntegrationNotLoaded, async_get_loaded_integration

from ..engine.vocabulary import (
    AttemptResult,
    ChannelTraits,
    Evidence,
    Instant,
    Priority,
    Scalar,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something in this Home Assistant that a channel can be made of."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One message for one person, as a channel gets it.

    `tag` is the same for all attempts that replace each other; `attempt_id`
    names this attempt alone. `sent_at` is when the intent was stored.
    """

    attempt_id: str
    intent_id: str
    notification_id: str
    recipient_id: str
    recipient_name: str
    priority: Priority
    title: str
    message: str
    tag: str
    sent_at: Instant
    data: Mapping[str, Scalar]


def loggers_of(hass: HomeAssistant, domain: str) -> Mapping[str, int]:
    """Where an integration, and the library that its manifest names, log their errors.

    Errors only: of platforms that we do not know one by one, warnings also tell of
    settings that will go, of retries, of pictures that were left out.
    """
    try:
        integration = async_get_loaded_integration(hass, domain)
    except IntegrationNotLoaded:
        return {}
    names = (integration.pkg_path, *(integration.loggers or ()))
    return dict.fromkeys(names, logging.ERROR)


class Channel(ABC):
    """One configured way to reach people; subclasses are the channel types."""

    kind: ClassVar[str]
    # the highest rung that the channel reaches by itself, without a person acting
    best_evidence: ClassVar[Evidence]
    # seconds after which a call is given up; each subclass says why this long
    patience: ClassVar[float]
    # whether a second message with the same tag replaces the first
    replaces: ClassVar[bool]
    # whether the user picks a target; the inbox needs none
    needs_target: ClassVar[bool] = True
    # whether forms offer it; the last resort is there without being asked for
    offered: ClassVar[bool] = True

    def __init__(
        self, hass: HomeAssistant, channel_id: str, name: str, target: str
    ) -> None:
        """Bind the type to one target; touches nothing yet."""
        self.hass = hass
        self.channel_id = channel_id
        self.name = name
        self.target = target

    @property
    def confirms(self) -> bool:
        """Whether the device sends a receipt by itself when it has the message."""
        return False

    @property
    def traits(self) -> ChannelTraits:
        """The declaration in the engine's words."""
        return ChannelTraits(
            id=self.channel_id,
            kind=self.kind,
            name=self.name,
            best_evidence=self.best_evidence,
            patience=self.patience,
            replaces=self.replaces,
            confirms=self.confirms,
        )

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where the platform hides failures that its call does not raise.

        Names of loggers, each with the level from which a line is a failure.
        """
        return {}

    @property
    def linger(self) -> float:
        """Seconds from the call in which the platform may yet log a failure.

        For those that only queue a message: the courier listens for so long before it
        takes their word. Less than `patience`.
        """
        return 0.0

    @classmethod
    @abstractmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """All targets that exist now, sorted by label."""

    @classmethod
    @abstractmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Translation key of what is wrong with a target, or None."""

    @abstractmethod
    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Make one attempt. May raise: the courier turns errors into evidence."""

    async def async_clear(self, tag: str) -> None:  # noqa: B027 - most cannot
        """Take a message back where the channel can; otherwise do nothing."""
