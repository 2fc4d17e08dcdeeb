"""Text messages by AWS End User Messaging (`pinpoint-sms-voice-v2`).

Of Amazon's two ways the one that says at once why a message does not go: the sandbox,
an opted-out number, a spending limit, a blocked country. Must not decide how much may
be spent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..engine.vocabulary import (
    AttemptResult,
    Evidence,
    Scalar,
)
from .interface import Envelope, Setting
from .parts.aws.account import (
    ACCOUNT_SETTINGS,
    USD,
    told,
)
from .parts.aws.client import AwsClient, AwsError
from .parts.aws.errors import SMS, Kind
from .parts.aws.texts import MAX_PRICE_SETTING, AwsTexts
from .parts.sms_words import STYLE_SETTINGS, in_parts, words
from .parts.text_prices import cost_settings

ORIGINATION = "origination"
CONFIGURATION_SET = "configuration_set"

# Seconds that Amazon may try to bring a message to a phone that is off: what it allows
# (delivery reference 9.1); ours is what is left until the message is no news any more
SHORTEST_LIFE, LONGEST_LIFE = 5, 259_200

# Amazon's own opt-out list (SMS user guide, "Opt-out lists")
_USUAL_LIST = "Default"
# How it says that a number is not on a list, or that there is no such list
_ON_NO_LIST = frozenset({Kind.NO_SENDER})

_LIMIT = "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT"


class SmsAws(AwsTexts):
    """One account; each recipient is reached at their own number."""

    kind = "sms_aws"
    service = SMS
    first_name = "AWS SMS"
    # a little longer than boto3's own limits, so that it can say what happened
    patience = 6.0
    sender_setting = ORIGINATION
    settings = (
        *ACCOUNT_SETTINGS,
        Setting(key=ORIGINATION, required=False),
        Setting(key=CONFIGURATION_SET, required=False),
        *STYLE_SETTINGS,
        *cost_settings(USD),
        MAX_PRICE_SETTING,
    )

    async def deliver(self, envelope: Envelope, address: str) -> AttemptResult:
        """Send it; Amazon answers with the reason, if it does not."""
        text = words(envelope, self.filled_in)
        answer = await self.aws.async_call(
            "send_text_message", **self._request(envelope, address, text)
        )
        return AttemptResult(
            evidence=Evidence.ACCEPTED,
            detail=f"AWS took it {in_parts(text)}",
            reference=answer.get("MessageId"),
        )

    async def rehearse(self, envelope: Envelope, address: str) -> AttemptResult:
        """Let Amazon say what it would answer, without sending anything."""
        text = words(envelope, self.filled_in)
        request = self._request(envelope, address, text)
        await self.aws.async_call("send_text_message", **request, DryRun=True)
        return AttemptResult(
            evidence=Evidence.ACCEPTED, detail=f"AWS would take it {in_parts(text)}"
        )

    async def is_closed(self, address: str) -> bool:
        """Whether the number is on an opt-out list of ours."""
        for name in await self._opt_out_lists():
            try:
                answer = await self.aws.async_call(
                    "describe_opted_out_numbers",
                    OptOutListName=name,
                    OptedOutNumbers=[address],
                )
            except AwsError as error:
                if error.fault.kind not in _ON_NO_LIST:
                    raise
            else:
                found = answer.get("OptedOutNumbers", ())
                if any(each["OptedOutNumber"] == address for each in found):
                    return True
        return False

    async def _opt_out_lists(self) -> Iterable[str]:
        """Those of the numbers that we send from; a sender without one has Amazon's."""
        numbers = await told(self.aws, "describe_phone_numbers")
        lists = {each["OptOutListName"] for each in numbers.get("PhoneNumbers", ())}
        return sorted(lists | {_USUAL_LIST})

    def _request(self, envelope: Envelope, address: str, text: str) -> dict[str, Any]:
        request: dict[str, Any] = {
            "DestinationPhoneNumber": address,
            "MessageBody": text,
            "MessageType": "TRANSACTIONAL",
            "Context": {"notification": envelope.notification_id},
            "TimeToLive": _life(envelope),
        }
        for key, argument in (
            (ORIGINATION, "OriginationIdentity"),
            (CONFIGURATION_SET, "ConfigurationSetName"),
        ):
            if value := self.filled_in.get(key):
                request[argument] = value
        if (most := self.most_for(text)) is not None:
            request["MaxPrice"] = most
        return request

    async def facts(self) -> dict[str, Scalar]:
        """The tier, the limit, and the senders."""
        attributes = await told(self.aws, "describe_account_attributes")
        limits = await told(self.aws, "describe_spend_limits")
        numbers = await told(self.aws, "describe_phone_numbers")
        tiers = {
            each["Name"]: each["Value"]
            for each in attributes.get("AccountAttributes", ())
        }
        tier = tiers.get("ACCOUNT_TIER")
        limit = {
            each["Name"]: each["EnforcedLimit"]
            for each in limits.get("SpendLimits", ())
        }
        senders = [each["PhoneNumber"] for each in numbers.get("PhoneNumbers", ())]
        return {
            "sandbox": None if tier is None else tier == "SANDBOX",
            "monthly_limit_usd": limit.get(_LIMIT),
            "senders": len(senders) if numbers else None,
        }

    @classmethod
    async def examine(
        cls, aws: AwsClient, hass: HomeAssistant, filled_in: Mapping[str, Any]
    ) -> dict[str, str]:
        """Whether the keys are good, the sender is there, and the cap can hold."""
        await told(aws, "describe_account_attributes")
        sender = filled_in.get(ORIGINATION, "")
        if sender.startswith("+"):
            numbers = await told(aws, "describe_phone_numbers")
            known = {each["PhoneNumber"] for each in numbers.get("PhoneNumbers", ())}
            if numbers and sender not in known:
                return {ORIGINATION: "sms_no_such_sender"}
        return cls.cap_problem(hass, filled_in)


def _life(envelope: Envelope) -> int:
    """Seconds for which the message is worth bringing."""
    if envelope.deadline is None:
        return LONGEST_LIFE
    left = envelope.deadline - dt_util.utcnow().timestamp()
    return round(min(max(left, SHORTEST_LIFE), LONGEST_LIFE))
