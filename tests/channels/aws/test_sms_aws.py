"""Text messages by End User Messaging: every parameter, and what Amazon may answer."""

from __future__ import annotations

from typing import Any

from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.channels.interface import Envelope
from custom_components.reliable_notifications.channels.sms_aws import SmsAws
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    Price,
    Trouble,
)
from tests.channels.aws.conftest import Open, ready
from tests.channels.aws.table import SAYINGS, SMS, Said
from tests.channels.envelopes import envelope

ANNA = "+4915123456789"
SEND = "send_text_message"


def text(**changes: Any) -> Envelope:
    return envelope(**({"address": ANNA} | changes))


@pytest.mark.parametrize(
    ("left", "life"),
    [(600.0, 600), (1.0, 5), (-5.0, 5), (9e9, 259_200), (None, 259_200)],
)
async def test_what_is_asked_of_amazon(
    channel: Open, left: float | None, life: int, freezer: Any
) -> None:
    sms = channel(
        SmsAws,
        origination="+15550001111",
        configuration_set="events",
        max_price=0.05,
        most_parts=1,
    )
    now = dt_util.utcnow().timestamp()
    stub = await ready(sms)
    expected = {
        "DestinationPhoneNumber": ANNA,
        "MessageBody": "Washing machine finished",
        "MessageType": "TRANSACTIONAL",
        "Context": {"notification": "notification"},
        "TimeToLive": life,
        "OriginationIdentity": "+15550001111",
        "ConfigurationSetName": "events",
        "MaxPrice": "0.05000",
    }
    stub.add_response(SEND, {"MessageId": "m-1"}, expected)
    message = text(deadline=None if left is None else now + left)
    result = await sms.async_send(message)
    assert (result.evidence, result.reference) == (Evidence.ACCEPTED, "m-1")
    stub.add_response(SEND, {}, {**expected, "DryRun": True})
    rehearsed = await sms.async_rehearse(message)
    assert (rehearsed.evidence, rehearsed.reference) == (Evidence.ACCEPTED, None)
    assert rehearsed.detail == "AWS would take it in 1 part"
    stub.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("parts", "highest", "most"),
    [(1, 0.05, "0.05000"), (2, 0.05, "0.10000"), (3, 50.0, "99.00000")],
)
async def test_amazon_s_highest_price_is_by_the_message_and_ours_by_the_part(
    channel: Open, parts: int, highest: float, most: str
) -> None:
    sms = channel(SmsAws, max_price=highest, most_parts=3)
    cloud = await ready(sms)
    said: list[str] = []
    sms.aws._client.meta.events.register(
        "provide-client-params.pinpoint-sms-voice-v2.SendTextMessage",
        lambda params, **_: said.append(params["MaxPrice"]),
    )
    cloud.add_response(SEND, {"MessageId": "m"})
    result = await sms.async_send(text(title="", message="x" * 153 * parts))
    assert result.detail.endswith("in 1 part" if parts == 1 else f"in {parts} parts")
    assert said == [most]


async def test_nothing_is_asked_that_was_not_filled_in(channel: Open) -> None:
    sms = channel(SmsAws)
    stub = await ready(sms)
    stub.add_response(
        SEND,
        {"MessageId": "m"},
        {
            "DestinationPhoneNumber": ANNA,
            "MessageBody": "Leak",
            "MessageType": "TRANSACTIONAL",
            "Context": {"notification": "notification"},
            "TimeToLive": 259_200,
        },
    )
    await sms.async_send(text(title="", message="Leak", deadline=None))
    stub.assert_no_pending_responses()


@pytest.mark.parametrize(
    "said", [each for each in SAYINGS if each.service == SMS], ids=str
)
async def test_each_refusal_is_a_verdict(channel: Open, said: Said) -> None:
    sms = channel(SmsAws)
    stub = await ready(sms)
    stub.add_client_error(
        SEND,
        said.code,
        said.message,
        http_status_code=said.status,
        modeled_fields={"Reason": said.reason} if said.reason else None,
    )
    result = await sms.async_send(text())
    assert (result.evidence, result.trouble) == (said.evidence, said.trouble)


async def test_who_has_opted_out_is_refused_at_once(channel: Open) -> None:
    sms = channel(SmsAws)
    stub = await ready(sms)
    stub.add_client_error(
        SEND,
        "ConflictException",
        modeled_fields={"Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT"},
    )
    result = await sms.async_send(text())
    assert (result.evidence, result.trouble) == (Evidence.REFUSED, Trouble.OPTED_OUT)


async def test_the_price_counts_parts(channel: Open) -> None:
    sms = channel(SmsAws, part_price=0.08, most_parts=3)
    assert sms.price(text()) == Price(amount=0.08, currency="USD")
    long = text(message="żółw " * 40)
    assert sms.price(long) == Price(amount=0.16, currency="USD")
    exact = channel(SmsAws, part_price=0.08, most_parts=3, accents=True)
    assert exact.price(long) == Price(amount=3 * 0.08, currency="USD")
    assert channel(SmsAws).price(text(address=None)) is None


async def test_what_amazon_says_of_the_account(channel: Open) -> None:
    sms = channel(SmsAws)
    stub = await ready(sms)
    stub.add_response(
        "describe_account_attributes",
        {
            "AccountAttributes": [
                {"Name": "DEFAULT_PROTECT_CONFIGURATION_ID", "Value": "p"},
                {"Name": "ACCOUNT_TIER", "Value": "SANDBOX"},
            ]
        },
    )
    stub.add_response(
        "describe_spend_limits",
        {
            "SpendLimits": [
                {
                    "Name": "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT",
                    "EnforcedLimit": 1,
                    "MaxLimit": 1,
                    "Overridden": False,
                }
            ]
        },
    )
    stub.add_response("describe_phone_numbers", {"PhoneNumbers": [number("+1555")]})
    assert await sms.async_inspect() == {
        "sandbox": True,
        "monthly_limit_usd": 1,
        "senders": 1,
    }
    for operation in (
        "describe_account_attributes",
        "describe_spend_limits",
        "describe_phone_numbers",
    ):
        stub.add_client_error(operation, "AccessDeniedException", http_status_code=403)
    assert set((await sms.async_inspect()).values()) == {None}


def number(e164: str) -> dict[str, Any]:
    return {
        "PhoneNumberArn": "arn",
        "PhoneNumber": e164,
        "Status": "ACTIVE",
        "IsoCountryCode": "US",
        "MessageType": "TRANSACTIONAL",
        "NumberCapabilities": ["SMS"],
        "NumberType": "TOLL_FREE",
        "MonthlyLeasingPrice": "2.00",
        "TwoWayEnabled": False,
        "SelfManagedOptOutsEnabled": False,
        "OptOutListName": "Default",
        "DeletionProtectionEnabled": False,
        "CreatedTimestamp": 0,
    }
