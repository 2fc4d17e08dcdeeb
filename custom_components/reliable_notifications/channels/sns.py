"""Text messages by Amazon SNS (`Publish` to a number): the older way.

It takes a message and says nothing of why it will not arrive, so what can be asked
before is asked before: the sandbox, and who has opted out. Prefer `sms_aws`. Must not
decide how much may be spent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant

from ..engine.vocabulary import (
    AttemptResult,
    Evidence,
    Scalar,
)
from .interface import Envelope, Setting
from .parts.aws.account import (
    ACCOUNT_SETTINGS,
    USD,
    refusal,
    told,
)
from .parts.aws.client import AwsClient
from .parts.aws.errors import SNS, Kind
from .parts.aws.known import Known
from .parts.aws.texts import MAX_PRICE_SETTING, AwsTexts
from .parts.sms_words import STYLE_SETTINGS, in_parts, words
from .parts.text_prices import cost_settings

SENDER = "sender_id"

_ATTRIBUTE = "AWS.SNS.SMS"


class Sns(AwsTexts):
    """One account; each recipient is reached at their own number."""

    kind = "sns"
    service = SNS
    first_name = "Amazon SNS"
    # boto3's own limits, and before them a question or two, once a day
    patience = 9.0
    sender_setting = SENDER
    settings = (
        *ACCOUNT_SETTINGS,
        Setting(key=SENDER, required=False),
        *STYLE_SETTINGS,
        *cost_settings(USD),
        MAX_PRICE_SETTING,
    )

    def __init__(
        self,
        hass: HomeAssistant,
        channel_id: str,
        name: str,
        target: str,
        filled_in: Mapping[str, Any] | None = None,
    ) -> None:
        """Nothing is known of any number yet."""
        super().__init__(hass, channel_id, name, target, filled_in)
        self._opted_out = Known(hass.loop.time)
        self._unverified = Known(hass.loop.time)

    async def deliver(self, envelope: Envelope, address: str) -> AttemptResult:
        """Publish it, unless it is known that it would not arrive."""
        await self._look(address)
        text = words(envelope, self.filled_in)
        answer = await self.aws.async_call(
            "publish",
            PhoneNumber=address,
            Message=text,
            MessageAttributes=self._attributes(text),
        )
        return AttemptResult(
            evidence=Evidence.ACCEPTED,
            detail=f"AWS took it {in_parts(text)}",
            reference=answer.get("MessageId"),
        )

    async def rehearse(self, envelope: Envelope, address: str) -> AttemptResult:
        """All that can be asked beforehand."""
        self._opted_out.forget()
        self._unverified.forget()
        await self._look(address)
        return AttemptResult(
            evidence=Evidence.DISPATCHED, detail="AWS knows nothing against it"
        )

    async def _look(self, address: str) -> None:
        """Raise what Amazon would only write into a log, hours later."""
        if await self._opted_out.of(address, lambda: self._has_opted_out(address)):
            raise refusal(Kind.OPTED_OUT, "CheckIfPhoneNumberIsOptedOut")
        if await self._unverified.of(address, lambda: self._is_unverified(address)):
            raise refusal(Kind.UNVERIFIED, "ListSMSSandboxPhoneNumbers")

    async def is_closed(self, address: str) -> bool:
        """Whether the number has opted out by now; messages need not ask for a day."""
        answer = await self.aws.async_call(
            "check_if_phone_number_is_opted_out", phoneNumber=address
        )
        opted_out = bool(answer.get("isOptedOut"))
        self._opted_out.learn(address, opted_out)
        return opted_out

    async def _has_opted_out(self, address: str) -> bool | None:
        answer = await self.beforehand(
            "check_if_phone_number_is_opted_out", phoneNumber=address
        )
        return answer.get("isOptedOut")

    async def _is_unverified(self, address: str) -> bool | None:
        status = await self.beforehand("get_sms_sandbox_account_status")
        if not status.get("IsInSandbox"):
            return False if status else None
        answer = await self.beforehand("list_sms_sandbox_phone_numbers")
        if not answer:
            return None
        # at most ten numbers can be verified in the sandbox (delivery reference 9.3)
        return not any(
            each["PhoneNumber"] == address and each["Status"] == "Verified"
            for each in answer.get("PhoneNumbers", ())
        )

    def _attributes(self, text: str) -> dict[str, dict[str, str]]:
        attributes = {f"{_ATTRIBUTE}.SMSType": _text("Transactional")}
        if sender := self.filled_in.get(SENDER):
            attributes[f"{_ATTRIBUTE}.SenderID"] = _text(sender)
        if (most := self.most_for(text)) is not None:
            number = {"DataType": "Number", "StringValue": most}
            attributes[f"{_ATTRIBUTE}.MaxPrice"] = number
        return attributes

    async def facts(self) -> dict[str, Scalar]:
        """The sandbox, and the limit."""
        status = await told(self.aws, "get_sms_sandbox_account_status")
        answer = await told(self.aws, "get_sms_attributes")
        limit = answer.get("attributes", {}).get("MonthlySpendLimit")
        return {
            "sandbox": status.get("IsInSandbox"),
            "monthly_limit_usd": None if limit is None else float(limit),
        }

    @classmethod
    async def examine(
        cls, aws: AwsClient, hass: HomeAssistant, filled_in: Mapping[str, Any]
    ) -> dict[str, str]:
        """Whether the keys are good, and the cap can hold."""
        await told(aws, "get_sms_attributes")
        return cls.cap_problem(hass, filled_in)


def _text(value: str) -> dict[str, str]:
    return {"DataType": "String", "StringValue": value}
