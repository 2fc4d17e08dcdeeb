"""E-mail by Amazon SES (`sesv2`).

Its yes means that it has taken the message; that it bounced comes later, in Amazon's
event streams. So its list of addresses that bounced is asked beforehand, and once a
day. Must not make the look of a mail: that is the engine's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from email.utils import parseaddr
import re
from typing import Any

from homeassistant.core import HomeAssistant

from ..engine.vocabulary import (
    AttemptResult,
    ContactKind,
    Evidence,
    Price,
    Scalar,
    Shape,
    Trouble,
)
from .interface import LOGO, MONTHLY_CAP, Envelope, Setting, SettingKind
from .parts.aws.account import (
    ACCOUNT_SETTINGS,
    QUESTION_PATIENCE,
    USD,
    AwsChannel,
    refusal,
    told,
)
from .parts.aws.client import AwsClient, AwsError
from .parts.aws.errors import SES, Kind
from .parts.aws.known import Known
from .parts.aws.pace import Pace
from .parts.logo import with_logo_inside

SENDER = "sender"
CONFIGURATION_SET = "configuration_set"
UNSUBSCRIBE = "unsubscribe"
THOUSAND_PRICE = "thousand_price"

# US dollars for a thousand messages: plan Essentials, the dearer of the two that
# accounts have by default; on the price list of 2026-07-22 (delivery reference 9.3)
USUAL_THOUSAND_PRICE = 0.16

_UTF8 = "UTF-8"
# an address of RFC 2369, as long as the value of a header may be (870 characters,
# SendEmail, MessageHeader)
_UNSUBSCRIBE = re.compile(r"(mailto:|https://)[^\s<>]{3,850}")

# How Amazon says that an address is not on its list: there is nothing to be found
_ON_NO_LIST = frozenset({Kind.NO_SENDER})

_BOUNCED = AttemptResult(
    evidence=Evidence.REFUSED,
    detail="The address is on the account's list of those that bounced or complained",
    trouble=Trouble.OPTED_OUT,
)


class Ses(AwsChannel):
    """One account; each recipient is reached at their own address."""

    kind = "ses"
    service = SES
    sender_setting = SENDER
    first_name = "Amazon SES"
    # mail may take its time (delivery reference 5.3): a question beforehand, once a
    # day, a turn of the account's rate, and boto3's own limits
    patience = 10.0
    shape = Shape.EMAIL
    contact = ContactKind.EMAIL
    settings = (
        *ACCOUNT_SETTINGS,
        Setting(key=SENDER),
        Setting(key=CONFIGURATION_SET, required=False),
        Setting(key=UNSUBSCRIBE, required=False),
        Setting(
            key=THOUSAND_PRICE,
            kind=SettingKind.NUMBER,
            required=False,
            default=USUAL_THOUSAND_PRICE,
            unit=USD,
        ),
        Setting(
            key=MONTHLY_CAP,
            kind=SettingKind.NUMBER,
            required=False,
            most=10_000.0,
            unit=USD,
        ),
    )

    def __init__(
        self,
        hass: HomeAssistant,
        channel_id: str,
        name: str,
        target: str,
        filled_in: Mapping[str, Any] | None = None,
    ) -> None:
        """Nothing is known of any address, nor how fast the account may send."""
        super().__init__(hass, channel_id, name, target, filled_in)
        self._bounced = Known(hass.loop.time)
        self._pace = Pace(hass.loop.time)
        # its rate is not told to these keys
        self._no_pace = False

    def price(self, envelope: Envelope) -> Price | None:
        """By the message, whatever is in it."""
        thousand = self.filled_in.get(THOUSAND_PRICE, USUAL_THOUSAND_PRICE)
        return Price(amount=thousand / 1000.0, currency=USD)

    async def deliver(self, envelope: Envelope, address: str) -> AttemptResult:
        """Send it, in its turn, unless it is known that it would bounce."""
        until = self.hass.loop.time() + QUESTION_PATIENCE
        if await self._bounced.of(address, lambda: self._has_bounced(address)):
            return _BOUNCED
        await self._learn_pace(until)
        if not await self._pace.turn():
            raise refusal(Kind.THROTTLED, "MaxSendRate")
        try:
            answer = await self.aws.async_call(
                "send_email", **await self._request(envelope, address)
            )
        except AwsError as error:
            raise await self._whose_fault(error) from None
        return AttemptResult(
            evidence=Evidence.ACCEPTED,
            detail="AWS took it",
            reference=answer.get("MessageId"),
        )

    async def rehearse(self, envelope: Envelope, address: str) -> AttemptResult:
        """Look at the address again, and at the sender."""
        self._bounced.forget()
        if await self._bounced.of(address, lambda: self._has_bounced(address)):
            return _BOUNCED
        if await _is_verified(self.aws, self._address) is False:
            raise refusal(Kind.NO_SENDER, "GetEmailIdentity")
        return AttemptResult(
            evidence=Evidence.DISPATCHED, detail="AWS knows nothing against it"
        )

    @property
    def _address(self) -> str:
        return parseaddr(self.filled_in[SENDER])[1]

    async def _has_bounced(self, address: str) -> bool | None:
        try:
            answer = await self.beforehand(
                "get_suppressed_destination", _ON_NO_LIST, EmailAddress=address
            )
        except AwsError as error:
            if error.fault.kind in _ON_NO_LIST:
                return False
            raise
        return True if answer else None

    async def is_closed(self, address: str) -> bool:
        """Whether it is on the list by now; messages need not ask for a day."""
        try:
            await self.aws.async_call(
                "get_suppressed_destination", EmailAddress=address
            )
        except AwsError as error:
            if error.fault.kind not in _ON_NO_LIST:
                raise
            self._bounced.learn(address, False)
            return False
        self._bounced.learn(address, True)
        return True

    async def renew(self) -> None:
        """How fast the account may send: Amazon raises that by and by."""
        self._take_pace(await told(self.aws, "get_account"))

    async def _learn_pace(self, until: float) -> None:
        """Ask for the rate before the first mail, where the start could not.

        Both questions before a mail share one patience; the next mail asks again.
        """
        if self._pace.is_known or self._no_pace:
            return
        with suppress(TimeoutError, AwsError):
            async with asyncio.timeout_at(until):
                await self.renew()

    def _take_pace(self, account: Mapping[str, Any]) -> None:
        rate = account.get("SendQuota", {}).get("MaxSendRate")
        self._no_pace = not rate
        if rate:
            self._pace.keep_to(rate)

    async def _whose_fault(self, error: AwsError) -> AwsError:
        """Whether it is the sender who is not verified: then nobody gets anything."""
        if error.fault.kind is not Kind.UNVERIFIED:
            return error
        try:
            verified = await _is_verified(self.aws, self._address)
        except AwsError:
            return error
        return (
            error
            if verified is not False
            else refusal(Kind.NO_SENDER, error.fault.name)
        )

    async def _request(self, envelope: Envelope, address: str) -> dict[str, Any]:
        logo = self.hass.data.get(LOGO) if envelope.html else None
        attached = logo and await self.aws.async_knows("Attachment")
        if logo and not attached:
            html = with_logo_inside(self.hass, envelope.html)
            envelope = replace(envelope, html=html)
        letter = _letter(envelope)
        if logo and attached:
            letter["Attachments"] = [_picture(logo)]
        request: dict[str, Any] = {
            "FromEmailAddress": self.filled_in[SENDER],
            "Destination": {"ToAddresses": [address]},
            "Content": {"Simple": {**letter, "Headers": self._headers()}},
            "EmailTags": [{"Name": "notification", "Value": envelope.notification_id}],
        }
        if name := self.filled_in.get(CONFIGURATION_SET):
            request["ConfigurationSetName"] = name
        return request

    def _headers(self) -> list[dict[str, str]]:
        """How to be rid of these mails, in the mail program's own button (RFC 2369)."""
        where = self.filled_in.get(UNSUBSCRIBE)
        where = where or f"mailto:{self._address}?subject=unsubscribe"
        headers = {"List-Unsubscribe": f"<{where}>"}
        if where.startswith("https:"):  # RFC 8058
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return [{"Name": name, "Value": value} for name, value in headers.items()]

    async def facts(self) -> dict[str, Scalar]:
        """The sandbox, the quota, the rate, the sender and his signature."""
        account = await told(self.aws, "get_account")
        identity = await _identity(self.aws, self._address) or {}
        quota = account.get("SendQuota", {})
        self._take_pace(account)
        production = account.get("ProductionAccessEnabled")
        return {
            "sandbox": None if production is None else not production,
            "sending": account.get("SendingEnabled"),
            "standing": account.get("EnforcementStatus"),
            "quota_of_a_day": quota.get("Max24HourSend"),
            "sent_in_a_day": quota.get("SentLast24Hours"),
            "per_second": quota.get("MaxSendRate"),
            "sender_verified": identity.get("VerifiedForSendingStatus"),
            "dkim": identity.get("DkimAttributes", {}).get("Status"),
        }

    @classmethod
    async def examine(
        cls, aws: AwsClient, hass: HomeAssistant, filled_in: Mapping[str, Any]
    ) -> dict[str, str]:
        """Whether the keys are good, and the sender may send."""
        sender = parseaddr(filled_in[SENDER])[1]
        if "@" not in sender:
            return {SENDER: "ses_no_address"}
        where = filled_in.get(UNSUBSCRIBE, "")
        if where and not _UNSUBSCRIBE.fullmatch(where):
            return {UNSUBSCRIBE: "ses_no_way_out"}
        account = await told(aws, "get_account")
        if account.get("SendingEnabled") is False:
            return {"base": "aws_stopped"}
        if await _is_verified(aws, sender) is False:
            return {SENDER: "ses_sender_unverified"}
        return {}


def _letter(envelope: Envelope) -> dict[str, Any]:
    """Subject, text, and the same as HTML for those who see that."""
    first, _, _ = envelope.message.partition("\n")
    subject = envelope.title or first
    body = {"Text": {"Data": envelope.message, "Charset": _UTF8}}
    if envelope.html:
        body["Html"] = {"Data": envelope.html, "Charset": _UTF8}
    return {
        "Subject": {"Data": " ".join(subject.split()), "Charset": _UTF8},
        "Body": body,
    }


def _picture(png: bytes) -> dict[str, Any]:
    """The logo, where the HTML looks for it: mail programs show it there by themselves.

    An older boto3 cannot send it so; then it is inside of the HTML, which some hide.
    """
    return {
        "RawContent": png,
        "FileName": "logo.png",
        "ContentType": "image/png",
        "ContentDisposition": "INLINE",
        "ContentId": "logo",
        "ContentTransferEncoding": "BASE64",
    }


async def _is_verified(aws: AwsClient, sender: str) -> bool | None:
    """Whether an address may be written from; None where Amazon does not tell us."""
    identity = await _identity(aws, sender)
    if identity is None:
        return None
    return bool(identity.get("VerifiedForSendingStatus"))


async def _identity(aws: AwsClient, sender: str) -> Mapping[str, Any] | None:
    """What is verified: the address itself, or else its domain. None: not told."""
    found: Mapping[str, Any] = {}
    for name in (sender, sender.rpartition("@")[2]):
        try:
            answer = await aws.async_call("get_email_identity", EmailIdentity=name)
        except AwsError as error:
            if error.fault.kind is Kind.NO_SENDER:
                continue
            if error.fault.kind is Kind.NOT_ALLOWED:
                return None
            raise
        if answer.get("VerifiedForSendingStatus"):
            return answer
        found = found or answer
    return found
