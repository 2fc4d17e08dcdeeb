"""What every way to reach a person must declare and do.

A channel type is one file with one class. It says what exists in this Home
Assistant, what evidence it can give and how long that takes, and it makes one
attempt when told to. It must not retry, wait for other channels, or decide
whether a message should go: that is the engine's.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..engine.vocabulary import (
    AttemptResult,
    ChannelTraits,
    ContactKind,
    Evidence,
    Instant,
    InterruptionLevel,
    Price,
    Priority,
    Scalar,
    Shape,
)

# The picture of the letterhead, a PNG; not there where nobody has given one
LOGO: HassKey[bytes] = HassKey(f"{DOMAIN}_logo")
# and what it is called as a medium of Home Assistant
LOGO_MEDIA = "logo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something in this Home Assistant that a channel can be made of."""

    value: str
    label: str


class SettingKind(StrEnum):
    """How a setting is filled in."""

    TEXT = "text"
    SECRET = "secret"  # never shown again, never in logs, states or diagnostics
    CHOICE = "choice"
    ENTITY = "entity"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a person fills in for a channel, besides its target and its name.

    `options` are the values of a choice, translated in the selector
    `channel_<key>`; `domains` those of an entity. `least` and `most` bound a number.
    `login` is part of how we log in, as every secret is: asked for anew, with nothing
    else, once the service does not accept it any more.
    """

    key: str
    kind: SettingKind = SettingKind.TEXT
    required: bool = True
    default: Scalar = None
    options: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    least: float = 0.0
    most: float = 100.0
    unit: str | None = None
    login: bool = False

    @property
    def is_login(self) -> bool:
        """Whether it is asked for when logging in anew."""
        return self.login or self.kind is SettingKind.SECRET


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may be sent over a channel; None where there is no bound.

    `kept` of the `per_day` are for what is urgent. `longest` counts characters.
    """

    per_minute: int | None = None
    per_hour: int | None = None
    per_day: int | None = None
    kept: int = 0
    longest: int | None = None


NO_LIMITS = Limits()

# what `async_check` says when it could not ask: that proves nothing, and passes
NOT_ASKED = frozenset({"aws_unreachable"})

# the setting that says what a paid channel may cost in a month
MONTHLY_CAP = "monthly_cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One message for one person, as a channel gets it.

    `tag` is the same for all attempts that replace each other; `attempt_id`
    names this attempt alone. `sent_at` is when the intent was stored, `deadline` when
    it is no news any more. `title` and `message` are in the form and language that the
    channel wants, `html` is the message of an e-mail for those who see HTML, with the
    picture LOGO at *cid:logo*; `address` is the recipient's own, for a channel that is
    an account.
    `acknowledge` says that an answer is asked for, `is_test` that somebody tries the
    channel out, `level` how far a device may disturb, `ring` how often the message has
    been brought to mind again on purpose: all attempts of one ring are the same to it.
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
    html: str = ""
    deadline: Instant | None = None
    address: str | None = None
    language: str | None = None
    acknowledge: bool = False
    is_test: bool = False
    level: InterruptionLevel | None = None
    ring: int = 0

    @property
    def subject(self) -> str:
        """The title in one line, for where it may become a header of a mail."""
        return " ".join(self.title.split())

    @property
    def loudness(self) -> Priority:
        """The priority whose messages disturb as far as this one may.

        Another one than its own where a correction comes softly, or where the
        household has edited how far a priority may disturb.
        """
        return self.priority if self.level is None else _AS_LOUD_AS[self.level]


_AS_LOUD_AS: Mapping[InterruptionLevel, Priority] = {
    InterruptionLevel.CRITICAL: Priority.URGENT,
    InterruptionLevel.TIME_SENSITIVE: Priority.HIGH,
    InterruptionLevel.ACTIVE: Priority.MEDIUM,
    InterruptionLevel.PASSIVE: Priority.LOW,
}


class Channel(ABC):
    """One configured way to reach people; subclasses are the channel types."""

    kind: ClassVar[str]
    # the highest rung that the channel reaches by itself, without a person acting
    best_evidence: ClassVar[Evidence]
    # seconds after which a call is given up; each subclass says why this long
    patience: ClassVar[float]
    # whether a second message with the same tag replaces the first
    replaces: ClassVar[bool]
    # the form in which it wants its words
    shape: ClassVar[Shape] = Shape.PUSH
    # whether it works without the internet
    local: ClassVar[bool] = False
    # by what it reaches a recipient; None where it is one place by itself
    contact: ClassVar[ContactKind | None] = None
    # how much may be sent over it, and where the figures come from
    limits: ClassVar[Limits] = NO_LIMITS
    # whether a message may cost money: then its costs are counted and shown
    paid: ClassVar[bool] = False
    # how one without a target is called until a person says otherwise; "": by its kind
    first_name: ClassVar[str] = ""
    # whether the user picks a target; the inbox needs none
    needs_target: ClassVar[bool] = True
    # what a person fills in besides target and name
    settings: ClassVar[tuple[Setting, ...]] = ()
    # whether `async_inspect` has something to say, which the form then shows
    tells_of_account: ClassVar[bool] = False
    # whether forms offer it; the last resort is there without being asked for
    offered: ClassVar[bool] = True

    def __init__(
        self,
        hass: HomeAssistant,
        channel_id: str,
        name: str,
        target: str,
        filled_in: Mapping[str, Any] | None = None,
    ) -> None:
        """Bind the type to one target; touches nothing yet.

        `filled_in` are the values of the settings, without those left out.
        """
        self.hass = hass
        self.channel_id = channel_id
        self.name = name
        self.target = target
        self.filled_in = filled_in or {}

    async def async_start(self) -> None:  # noqa: B027 - most have nothing to prepare
        """Prepare what must not be on the way of the first message. Must not raise."""

    async def async_stop(self) -> None:  # noqa: B027 - most hold nothing
        """Let go of what is held."""

    @property
    def room(self) -> str | None:
        """The id of the area in which it is heard; None: none, or not known."""
        return None

    def price(self, envelope: Envelope) -> Price | None:
        """What this message will cost; None where nobody knows.

        Of a channel that is not `paid` nobody asks.
        """
        return None

    @classmethod
    def unpriced(
        cls, hass: HomeAssistant, filled_in: Mapping[str, Any], addresses: Iterable[str]
    ) -> Sequence[str]:
        """Where these addresses are, of those to which nobody knows the price.

        Said to people. Where there is a cap, nothing is sent there: it would not hold.
        """
        return ()

    @property
    def currency(self) -> str:
        """In what its prices are, as an ISO code: that of the household, mostly."""
        return self.hass.config.currency

    @property
    def has_own_login(self) -> bool:
        """Whether a secret was filled in here, so that it can be filled in anew."""
        return bool(self.secrets)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What was filled in and may be seen by nobody."""
        return tuple(
            str(self.filled_in[each.key])
            for each in self.settings
            if each.kind is SettingKind.SECRET and self.filled_in.get(each.key)
        )

    @property
    def monthly_cap(self) -> float | None:
        """What it may cost in a month, in the currency of its prices; None: no bound.

        Filled in by a person; of what does not say what it costs, there is no bound.
        """
        cap = self.filled_in.get(MONTHLY_CAP)
        return float(cap) if cap is not None else None

    async def async_inspect(self) -> Mapping[str, Scalar]:
        """What the service says of the account: facts by name, nothing secret.

        Raises HomeAssistantError, with a sentence for people, if it does not answer.
        """
        return {}

    async def async_rehearse(self, envelope: Envelope) -> AttemptResult | None:
        """What the service would answer to this; None where it cannot tell unsent."""
        return None

    async def async_closed(self, addresses: Iterable[str]) -> Sequence[str]:
        """Which of these the service does not send to any more, asked anew.

        Because their owners have told it to stop, or messages have bounced. Raises
        HomeAssistantError, with a sentence for people, if it does not answer.
        """
        return ()

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
            shape=self.shape,
            local=self.local,
            contact=self.contact,
            room=self.room,
        )

    @property
    def hindrance(self) -> AttemptResult | None:
        """Why it could not take a message now, where that can be seen unsent."""
        return None

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where the platform hides failures that its call does not raise.

        Names of loggers, each with the level from which a line is a failure.
        """
        return {}

    @property
    def shared_failure(self) -> str:
        """How a line begins that tells of the failure of several calls at once.

        A platform that gathers messages logs it in the context of one of them; all that
        are being made then hear it. Empty where each call fails by itself.
        """
        return ""

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

    @classmethod
    def identity(cls, target: str, filled_in: Mapping[str, Any]) -> str:
        """What two channels of this kind must not have in common."""
        return f"{cls.kind}:{target}"

    @classmethod
    async def async_check(
        cls,
        hass: HomeAssistant,
        target: str,
        filled_in: Mapping[str, Any],
    ) -> Mapping[str, str]:
        """What is wrong with the settings: translation keys by the key of the setting.

        Asked by the form before it stores them; may ask the service. *base* is for
        what belongs to no field.
        """
        return {}

    @abstractmethod
    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Make one attempt. May raise: the courier turns errors into evidence."""

    async def async_clear(self, tag: str) -> None:  # noqa: B027 - most cannot
        """Take a message back where the channel can; otherwise do nothing."""

    async def async_take_back(self, tag: str, references: Sequence[str]) -> None:
        """Take back what was sent under a tag; `references` are the provider's ids.

        For a channel that knows a message by such an id only; others go by the tag.
        """
        await self.async_clear(tag)
