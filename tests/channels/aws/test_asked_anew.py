"""What changes behind our back: the rate of an account, and who is not sent to."""

from __future__ import annotations

import asyncio
from typing import Any

from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.reliable_notifications.channels import ses as ses_channel
from custom_components.reliable_notifications.channels.ses import Ses
from custom_components.reliable_notifications.channels.sms_aws import SmsAws
from custom_components.reliable_notifications.channels.sns import Sns
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    Trouble,
)
from tests.channels.aws.conftest import Cloud, Open, ready
from tests.channels.envelopes import envelope

SENDER = "Home <home@example.org>"
ANNA, BEN = "anna@example.com", "ben@example.com"
PHONE, OTHER = "+4915123456789", "+4915187654321"
SUPPRESSED = {
    "SuppressedDestination": {
        "EmailAddress": BEN,
        "Reason": "BOUNCE",
        "LastUpdateTime": 0,
    }
}


def mail(address: str = ANNA) -> Any:
    return envelope(address=address)


def rate(cloud: Cloud, per_second: float) -> None:
    cloud.add_response("get_account", {"SendQuota": {"MaxSendRate": per_second}})


def not_suppressed(cloud: Cloud) -> None:
    cloud.add_client_error(
        "get_suppressed_destination", "NotFoundException", http_status_code=404
    )


async def test_the_rate_is_learned_with_the_first_mail_if_the_start_could_not(
    channel: Open,
) -> None:
    ses = channel(Ses, sender=SENDER)
    cloud = await ready(ses)
    cloud.add_client_error("get_account", "InternalFailure", http_status_code=500)
    await ses.async_start()
    assert not ses._pace.is_known
    not_suppressed(cloud)
    cloud.add_client_error("get_account", "InternalFailure", http_status_code=500)
    cloud.add_response("send_email", {"MessageId": "m-1"})
    assert (await ses.async_send(mail())).reference == "m-1"
    rate(cloud, 14.0)
    for number in (2, 3):
        cloud.add_response("send_email", {"MessageId": f"m-{number}"})
        assert (await ses.async_send(mail())).reference == f"m-{number}"
    cloud.assert_no_pending_responses()
    assert ses._pace._space == pytest.approx(1 / 14)
    assert cloud.asked.count("GetAccount") == 3


async def test_a_rate_that_may_not_be_asked_is_not_asked_with_every_mail(
    channel: Open,
) -> None:
    ses = channel(Ses, sender=SENDER)
    cloud = await ready(ses)
    not_suppressed(cloud)
    cloud.add_client_error("get_account", "AccessDeniedException", http_status_code=403)
    for number in range(3):
        cloud.add_response("send_email", {"MessageId": f"m-{number}"})
    for _ in range(3):
        assert (await ses.async_send(mail())).evidence is Evidence.ACCEPTED
    assert cloud.asked.count("GetAccount") == 1
    cloud.assert_no_pending_responses()


async def test_a_question_without_an_answer_does_not_hold_a_mail_up(
    channel: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ses_channel, "QUESTION_PATIENCE", 0.05)
    ses = channel(Ses, sender=SENDER)

    async def call(operation: str, /, **_: Any) -> dict[str, Any]:
        if operation == "get_account":
            await asyncio.Event().wait()
        return {"MessageId": "m"} if operation == "send_email" else {}

    monkeypatch.setattr(ses.aws, "async_call", call)
    async with asyncio.timeout(2):
        assert (await ses.async_send(mail())).evidence is Evidence.ACCEPTED


async def test_who_has_bounced_meanwhile_is_found_and_the_rate_is_renewed(
    channel: Open,
) -> None:
    ses = channel(Ses, sender=SENDER)
    cloud = await ready(ses)
    rate(cloud, 1.0)
    not_suppressed(cloud)
    cloud.add_response("get_suppressed_destination", SUPPRESSED, {"EmailAddress": BEN})
    assert await ses.async_closed([ANNA, BEN]) == [BEN]
    # nobody has to ask about Anna for a day; Ben may be taken off the list
    cloud.add_response("send_email", {"MessageId": "m"})
    assert (await ses.async_send(mail())).evidence is Evidence.ACCEPTED
    cloud.add_response("get_suppressed_destination", SUPPRESSED, {"EmailAddress": BEN})
    assert (await ses.async_send(mail(BEN))).trouble is Trouble.OPTED_OUT
    cloud.assert_no_pending_responses()
    rate(cloud, 14.0)
    assert await ses.async_closed([]) == []
    assert ses._pace._space == pytest.approx(1 / 14)


async def test_a_number_is_looked_for_on_the_lists_of_the_numbers_we_send_from(
    channel: Open,
) -> None:
    sms = channel(SmsAws)
    cloud = await ready(sms)

    def lists(*names: str) -> None:
        numbers = [number(name) for name in names]
        cloud.add_response("describe_phone_numbers", {"PhoneNumbers": numbers})

    def on(name: str, e164: str, *, found: bool) -> None:
        asked = {"OptOutListName": name, "OptedOutNumbers": [e164]}
        if found:
            row = {
                "OptedOutNumber": e164,
                "OptedOutTimestamp": 0,
                "EndUserOptedOut": True,
            }
            answer = {"OptedOutNumbers": [row]}
            cloud.add_response("describe_opted_out_numbers", answer, asked)
        else:
            cloud.add_client_error(
                "describe_opted_out_numbers",
                "ResourceNotFoundException",
                expected_params=asked,
            )

    lists("Home", "Home")
    on("Default", PHONE, found=False)
    on("Home", PHONE, found=False)
    lists()
    on("Default", OTHER, found=True)
    assert await sms.async_closed([PHONE, OTHER]) == [OTHER]
    cloud.assert_no_pending_responses()


async def test_a_number_that_has_opted_out_at_sns(channel: Open, moto: str) -> None:
    sns = channel(Sns)
    opted_out = "+4915123456799"  # to moto, all that end in 99
    assert await sns.async_closed([PHONE, opted_out]) == [opted_out]
    result = await sns.async_send(envelope(address=opted_out))
    assert (result.evidence, result.trouble) == (Evidence.REFUSED, Trouble.OPTED_OUT)


@pytest.mark.parametrize(
    ("kind", "settings", "operations", "code"),
    [
        (
            Ses,
            {"sender": SENDER},
            ["get_account", "get_suppressed_destination"],
            "AccessDeniedException",
        ),
        (
            SmsAws,
            {},
            ["describe_phone_numbers", "describe_opted_out_numbers"],
            "AccessDeniedException",
        ),
        (Sns, {}, ["check_if_phone_number_is_opted_out"], "AuthorizationError"),
    ],
)
async def test_keys_that_may_not_ask_are_no_trouble_and_it_is_said_once(
    channel: Open,
    caplog: pytest.LogCaptureFixture,
    kind: Any,
    settings: dict[str, Any],
    operations: list[str],
    code: str,
) -> None:
    caplog.set_level("INFO", "custom_components.reliable_notifications")
    account = channel(kind, **settings)
    cloud = await ready(account)
    for _ in range(2):
        for operation in operations:
            cloud.add_client_error(operation, code, http_status_code=403)
        assert await account.async_closed([ANNA if kind is Ses else PHONE]) == ()
    cloud.assert_no_pending_responses()
    said = [each for each in caplog.messages if "may not ask who" in each]
    assert said == ["The keys of Ours may not ask who has opted out or bounced"]


async def test_what_else_goes_wrong_is_raised(channel: Open) -> None:
    sns = channel(Sns)
    cloud = await ready(sns)
    cloud.add_client_error("check_if_phone_number_is_opted_out", "InternalFailure")
    with pytest.raises(HomeAssistantError, match="AWS"):
        await sns.async_closed([PHONE])


def number(opt_out_list: str) -> dict[str, Any]:
    return {
        "PhoneNumberArn": "arn",
        "PhoneNumber": "+1555",
        "Status": "ACTIVE",
        "IsoCountryCode": "US",
        "MessageType": "TRANSACTIONAL",
        "NumberCapabilities": ["SMS"],
        "NumberType": "TOLL_FREE",
        "MonthlyLeasingPrice": "2.00",
        "TwoWayEnabled": False,
        "SelfManagedOptOutsEnabled": False,
        "OptOutListName": opt_out_list,
        "DeletionProtectionEnabled": False,
        "CreatedTimestamp": 0,
    }
