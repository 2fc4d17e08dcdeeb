"""What every channel through Amazon's cloud does alike: log in, look, send, let go.

The keys are settings of the channel, so each may be another account. Must not know what
is sent: a subclass does that.
"""

from __future__ import annotations

from abc import abstractmethod
import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
import logging
import re
from typing import Any, ClassVar

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ....engine.vocabulary import AttemptResult, Evidence, Scalar, Trouble
from ...interface import Channel, Choice, Envelope, Setting, SettingKind
from .client import AwsClient, AwsError, Keys
from .errors import Fault, Kind

_LOGGER = logging.getLogger(__name__)

USD = "USD"

REGION = "region"
ACCESS_KEY_ID = "access_key_id"
SECRET_ACCESS_KEY = "secret_access_key"

ACCOUNT_SETTINGS = (
    Setting(key=REGION),
    Setting(key=ACCESS_KEY_ID, login=True),
    Setting(key=SECRET_ACCESS_KEY, kind=SettingKind.SECRET),
)

# as in eu-central-1, us-gov-west-1
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d{1,2}")

# Questions about the account that the keys need no right to ask: a policy may allow
# sending and nothing else
_NOT_TOLD = frozenset({Kind.NOT_ALLOWED, Kind.NO_SENDER, Kind.BAD_MESSAGE})

# What a question and the sending after it have in common
_IN_COMMON = frozenset({Kind.NOT_SENT, Kind.CREDENTIALS, Kind.CLOCK, Kind.NO_REGION})

# Seconds that a question may hold up a message: longer than it takes boto3 to find that
# Amazon cannot be reached at all, shorter than it waits for an answer
QUESTION_PATIENCE = 2.5

# Where the form says what is wrong with the account
_PROBLEMS: Mapping[Kind, tuple[str, str]] = {
    Kind.CREDENTIALS: (SECRET_ACCESS_KEY, "aws_keys_refused"),
    Kind.CLOCK: (SECRET_ACCESS_KEY, "aws_keys_refused"),
    Kind.NO_REGION: (REGION, "aws_no_region"),
    Kind.STOPPED: ("base", "aws_stopped"),
}
_UNREACHED = ("base", "aws_unreachable")

NO_ADDRESS = AttemptResult(
    evidence=Evidence.REFUSED,
    detail="The recipient has no address for this channel",
    trouble=Trouble.REJECTED,
)


class AwsChannel(Channel):
    """An account at Amazon's that sends."""

    service: ClassVar[str]
    # the key of the setting that names who sends
    sender_setting: ClassVar[str]
    # Amazon answers with the id of the message that it has taken
    best_evidence = Evidence.ACCEPTED
    replaces = False
    needs_target = False
    paid = True
    tells_of_account = True

    def __init__(
        self,
        hass: HomeAssistant,
        channel_id: str,
        name: str,
        target: str,
        filled_in: Mapping[str, Any] | None = None,
    ) -> None:
        """Prepare a client; it is made at the start, or with the first message."""
        super().__init__(hass, channel_id, name, target, filled_in)
        self.aws = AwsClient(hass, self.service, keys_of(self.filled_in))
        self._silence_is_known = False

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """An account is filled in, not chosen."""
        return []

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """There is no target."""
        return None

    @classmethod
    def identity(cls, target: str, filled_in: Mapping[str, Any]) -> str:
        """Two senders of one account are two channels."""
        parts = (REGION, ACCESS_KEY_ID, cls.sender_setting)
        return ":".join([cls.kind, *(filled_in.get(each, "") for each in parts)])

    @property
    def currency(self) -> str:
        """Amazon's bills are in dollars."""
        return USD

    async def async_start(self) -> None:
        """Import boto3, make the client and open the connection ahead of time."""
        try:
            await self.aws.async_start()
            await self.facts()
        except AwsError as error:
            _LOGGER.warning("%s is not ready: %s", self.name, error.result.detail)

    async def async_stop(self) -> None:
        """Let the threads end."""
        await self.aws.async_stop()

    @classmethod
    async def async_check(
        cls, hass: HomeAssistant, target: str, filled_in: Mapping[str, Any]
    ) -> Mapping[str, str]:
        """Ask Amazon whether the keys are good, and the sender too."""
        if not _REGION.fullmatch(filled_in[REGION]):
            return {REGION: "aws_no_region"}
        aws = AwsClient(hass, cls.service, keys_of(filled_in))
        try:
            return await cls.examine(aws, hass, filled_in)
        except AwsError as error:
            return dict([_PROBLEMS.get(error.fault.kind, _UNREACHED)])
        finally:
            await aws.async_stop()

    async def async_inspect(self) -> Mapping[str, Scalar]:
        """What Amazon says of the account."""
        try:
            return await self.facts()
        except AwsError as error:
            raise HomeAssistantError(error.result.detail) from error

    async def async_closed(self, addresses: Iterable[str]) -> Sequence[str]:
        """Ask about each; what the keys may not ask is said once, and no trouble."""
        try:
            await self.renew()
            return [each for each in addresses if await self.is_closed(each)]
        except AwsError as error:
            if error.fault.kind is not Kind.NOT_ALLOWED:
                raise HomeAssistantError(error.result.detail) from error
        if not self._silence_is_known:
            self._silence_is_known = True
            _LOGGER.info(
                "The keys of %s may not ask who has opted out or bounced", self.name
            )
        return ()

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Hand it over, or say why not."""
        return await self._asked(self.deliver, envelope)

    async def async_rehearse(self, envelope: Envelope) -> AttemptResult | None:
        """What Amazon would answer; nothing is sent."""
        return await self._asked(self.rehearse, envelope)

    async def _asked(
        self,
        ask: Callable[[Envelope, str], Awaitable[AttemptResult]],
        envelope: Envelope,
    ) -> AttemptResult:
        if not envelope.address:
            return NO_ADDRESS
        try:
            return await ask(envelope, envelope.address)
        except AwsError as error:
            return error.result

    async def beforehand(
        self, operation: str, /, telling: frozenset[Kind] = frozenset(), **ask: Any
    ) -> Mapping[str, Any]:
        """Ask something before sending; nothing, if there is no answer in time.

        Raises AwsError where the sending would fail for the same reason, and what is
        `telling`: an answer that Amazon gives as an error.
        """
        try:
            async with asyncio.timeout(QUESTION_PATIENCE):
                return await self.aws.async_call(operation, **ask)
        except TimeoutError:
            return {}
        except AwsError as error:
            if error.fault.kind in _IN_COMMON | telling:
                raise
            return {}

    @classmethod
    @abstractmethod
    async def examine(
        cls, aws: AwsClient, hass: HomeAssistant, filled_in: Mapping[str, Any]
    ) -> dict[str, str]:
        """What is wrong with the account or the settings; raises AwsError."""

    async def renew(self) -> None:
        """Learn anew what is kept of the account; raises AwsError."""

    @abstractmethod
    async def is_closed(self, address: str) -> bool:
        """Whether its owner has opted out, or it has bounced; raises AwsError."""

    @abstractmethod
    async def facts(self) -> dict[str, Scalar]:
        """What is known of the account; raises AwsError."""

    @abstractmethod
    async def deliver(self, envelope: Envelope, address: str) -> AttemptResult:
        """Send to an address; raises AwsError."""

    @abstractmethod
    async def rehearse(self, envelope: Envelope, address: str) -> AttemptResult:
        """Do everything but sending; raises AwsError."""


def keys_of(filled_in: Mapping[str, Any]) -> Keys:
    """The keys, as they are filled in."""
    return Keys(
        region=filled_in.get(REGION, ""),
        access_key_id=filled_in.get(ACCESS_KEY_ID, ""),
        secret_access_key=filled_in.get(SECRET_ACCESS_KEY, ""),
    )


async def told(
    aws: AwsClient, operation: str, /, **arguments: Any
) -> Mapping[str, Any]:
    """Ask about the account; nothing where Amazon does not tell these keys.

    Raises AwsError for everything else.
    """
    try:
        return await aws.async_call(operation, **arguments)
    except AwsError as error:
        if error.fault.kind in _NOT_TOLD:
            return {}
        raise


def refusal(kind: Kind, name: str) -> AwsError:
    """What Amazon would have said, had we asked: it is known beforehand."""
    return AwsError(Fault(kind, name))
