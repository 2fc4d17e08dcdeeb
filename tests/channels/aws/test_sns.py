"""Text messages through a cloud that speaks SNS."""

from __future__ import annotations

from typing import Any

from botocore.stub import Stubber
from moto.backends import get_backend
import pytest

from custom_components.reliable_notifications.channels.interface import Envelope
from custom_components.reliable_notifications.channels.sns import Sns
from custom_components.reliable_notifications.engine.vocabulary import (
    ContactKind,
    Evidence,
    Price,
    Shape,
    Trouble,
)
from tests.channels.aws.conftest import REGION, Open, post, ready
from tests.channels.envelopes import envelope

ANNA = "+4915123456789"


def text(**changes: Any) -> Envelope:
    return envelope(**({"address": ANNA} | changes))


def sent() -> list[tuple[str, str]]:
    backend = get_backend("sns")["123456789012"][REGION]
    return [tuple(each) for each in backend.sms_messages.values()]


def nothing_against_it(stub: Stubber) -> None:
    stub.add_response("check_if_phone_number_is_opted_out", {"isOptedOut": False})
    stub.add_response("get_sms_sandbox_account_status", {"IsInSandbox": False})


async def test_a_text_message_arrives(channel: Open, moto: str) -> None:
    sns = channel(Sns)
    await sns.async_start()
    result = await sns.async_send(
        text(title="Wäsche", message="fertig um 14:05 – “ja”")
    )
    assert result.evidence is Evidence.ACCEPTED
    assert result.detail == "AWS took it in 1 part"
    assert result.reference
    assert sent() == [(ANNA, 'Wäsche: fertig um 14:05 - "ja"')]


async def test_edge_34_a_long_message_is_made_to_fit(channel: Open, moto: str) -> None:
    sns = channel(Sns, most_parts=1)
    await sns.async_send(text(title="", message="Pralka skończyła pranie. " * 20))
    ((_, short),) = sent()
    assert short == " ".join(["Pralka skonczyla pranie."] * 6)


async def test_a_number_that_is_none(channel: Open, moto: str) -> None:
    result = await channel(Sns).async_send(text(address="anna"))
    assert (result.evidence, result.trouble) == (Evidence.REFUSED, Trouble.REJECTED)


async def test_keys_that_are_refused(channel: Open, moto: str) -> None:
    post(f"{moto}/moto-api/reset-auth", b"0")
    try:
        result = await channel(Sns).async_send(text())
    finally:
        post(f"{moto}/moto-api/reset-auth", b"inf")
    assert (result.evidence, result.trouble) == (Evidence.REFUSED, Trouble.LOGIN)
    assert sent() == []


async def test_what_it_says_of_itself(channel: Open) -> None:
    sns = channel(Sns)
    assert (sns.traits.shape, sns.traits.contact) == (
        Shape.SHORT_TEXT,
        ContactKind.PHONE,
    )
    assert sns.price(text()) is None  # what a message to Germany costs nobody told
    assert sns.price(text(address="+12015550123")) == Price(
        amount=0.00645, currency="USD"
    )
    known = channel(Sns, part_price=0.1)
    assert known.price(text(message="long " * 50)) == Price(amount=0.2, currency="USD")
    assert sns.price(text(address="+12015550123", message="ü" * 161)) == Price(
        amount=2 * 0.00645, currency="USD"
    )


async def test_what_is_asked_of_amazon(channel: Open) -> None:
    sns = channel(Sns, sender_id="Home", max_price=0.2)
    stub = await ready(sns)
    nothing_against_it(stub)
    stub.add_response(
        "publish",
        {"MessageId": "m-1"},
        {
            "PhoneNumber": ANNA,
            "Message": "Washing machine finished",
            "MessageAttributes": {
                "AWS.SNS.SMS.SMSType": {
                    "DataType": "String",
                    "StringValue": "Transactional",
                },
                "AWS.SNS.SMS.SenderID": {"DataType": "String", "StringValue": "Home"},
                "AWS.SNS.SMS.MaxPrice": {
                    "DataType": "Number",
                    "StringValue": "0.20000",
                },
            },
        },
    )
    assert (await sns.async_send(text())).reference == "m-1"
    stub.add_response("publish", {"MessageId": "m-2"})  # nobody asks again for a day
    assert (await sns.async_send(text())).reference == "m-2"
    stub.assert_no_pending_responses()


async def test_the_highest_price_is_by_the_message_and_ours_by_the_part(
    channel: Open,
) -> None:
    sns = channel(Sns, max_price=0.05, most_parts=2)
    cloud = await ready(sns)
    nothing_against_it(cloud)
    said: list[str] = []
    sns.aws._client.meta.events.register(
        "provide-client-params.sns.Publish",
        lambda params, **_: said.append(
            params["MessageAttributes"]["AWS.SNS.SMS.MaxPrice"]["StringValue"]
        ),
    )
    cloud.add_response("publish", {"MessageId": "m"})
    await sns.async_send(text(title="", message="x" * 300))
    assert said == ["0.10000"]


async def test_who_has_opted_out_is_not_sent_anything(channel: Open) -> None:
    sns = channel(Sns)
    stub = await ready(sns)
    for _ in range(2):  # asked again: they may have answered START
        stub.add_response(
            "check_if_phone_number_is_opted_out",
            {"isOptedOut": True},
            {"phoneNumber": ANNA},
        )
        result = await sns.async_send(text())
        assert (result.evidence, result.trouble) == (
            Evidence.REFUSED,
            Trouble.OPTED_OUT,
        )
    stub.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("numbers", "trouble"),
    [
        ([], Trouble.UNVERIFIED),
        ([{"PhoneNumber": ANNA, "Status": "Pending"}], Trouble.UNVERIFIED),
        ([{"PhoneNumber": ANNA, "Status": "Verified"}], None),
    ],
)
async def test_the_sandbox_is_asked_beforehand(
    channel: Open, numbers: list[dict[str, str]], trouble: Trouble | None
) -> None:
    sns = channel(Sns)
    stub = await ready(sns)
    stub.add_response("check_if_phone_number_is_opted_out", {"isOptedOut": False})
    stub.add_response("get_sms_sandbox_account_status", {"IsInSandbox": True})
    stub.add_response("list_sms_sandbox_phone_numbers", {"PhoneNumbers": numbers})
    if trouble is None:
        stub.add_response("publish", {"MessageId": "m"})
    result = await sns.async_send(text())
    assert result.trouble is trouble
    stub.assert_no_pending_responses()


async def test_a_number_that_is_verified_meanwhile_is_sent_to_at_once(
    channel: Open,
) -> None:
    sns = channel(Sns)
    stub = await ready(sns)
    stub.add_response("check_if_phone_number_is_opted_out", {"isOptedOut": False})
    for numbers in ([], [{"PhoneNumber": ANNA, "Status": "Verified"}]):
        stub.add_response("get_sms_sandbox_account_status", {"IsInSandbox": True})
        stub.add_response("list_sms_sandbox_phone_numbers", {"PhoneNumbers": numbers})
    stub.add_response("publish", {"MessageId": "m"})
    assert (await sns.async_send(text())).trouble is Trouble.UNVERIFIED
    assert (await sns.async_send(text())).evidence is Evidence.ACCEPTED
    stub.assert_no_pending_responses()


async def test_what_may_not_be_asked_holds_nothing_up(channel: Open) -> None:
    sns = channel(Sns)
    stub = await ready(sns)
    for operation in (
        "check_if_phone_number_is_opted_out",
        "get_sms_sandbox_account_status",
    ):
        stub.add_client_error(operation, "AuthorizationError", http_status_code=403)
    stub.add_response("publish", {"MessageId": "m"})
    assert (await sns.async_send(text())).evidence is Evidence.ACCEPTED
    stub.add_response("check_if_phone_number_is_opted_out", {"isOptedOut": False})
    stub.add_response("get_sms_sandbox_account_status", {"IsInSandbox": True})
    stub.add_client_error("list_sms_sandbox_phone_numbers", "AuthorizationError")
    stub.add_response("publish", {"MessageId": "m"})
    assert (await sns.async_send(text())).evidence is Evidence.ACCEPTED
    stub.assert_no_pending_responses()


async def test_what_amazon_says_of_the_account(channel: Open) -> None:
    sns = channel(Sns)
    stub = await ready(sns)
    stub.add_response("get_sms_sandbox_account_status", {"IsInSandbox": True})
    stub.add_response("get_sms_attributes", {"attributes": {"MonthlySpendLimit": "1"}})
    assert await sns.async_inspect() == {"sandbox": True, "monthly_limit_usd": 1.0}
    for operation in ("get_sms_sandbox_account_status", "get_sms_attributes"):
        stub.add_client_error(operation, "AuthorizationError", http_status_code=403)
    assert await sns.async_inspect() == {"sandbox": None, "monthly_limit_usd": None}


async def test_a_rehearsal_asks_anew_and_sends_nothing(channel: Open) -> None:
    sns = channel(Sns)
    stub = await ready(sns)
    for _ in range(2):
        nothing_against_it(stub)
        result = await sns.async_rehearse(text())
        assert (result.evidence, result.trouble) == (Evidence.DISPATCHED, None)
    stub.assert_no_pending_responses()
