"""Mail through a cloud that speaks SES, and what it says when it does not."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.stub import Stubber
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from moto.backends import get_backend
from packaging import version
import pytest

from custom_components.reliable_notifications.channels.interface import LOGO, Envelope
from custom_components.reliable_notifications.channels.parts.aws.known import (
    KEPT,
    Known,
)
from custom_components.reliable_notifications.channels.ses import Ses
from custom_components.reliable_notifications.engine.vocabulary import (
    ContactKind,
    Evidence,
    Price,
    Shape,
    Trouble,
)
from tests.channels.aws import conftest
from tests.channels.aws.conftest import ACCOUNT, KEY_ID, REGION, SECRET, Cloud, Open
from tests.channels.envelopes import envelope

SENDER = "Home <home@example.org>"
ANNA = "anna@example.com"
VERIFIED = {"VerifiedForSendingStatus": True, "DkimAttributes": {"Status": "SUCCESS"}}


def mail(**changes: Any) -> Envelope:
    return envelope(**({"address": ANNA} | changes))


def sent() -> list[Any]:
    return get_backend("ses")["123456789012"][REGION].sent_messages


async def ready(ses: Any) -> Cloud:
    """A cloud that was asked at the start how fast the account may send."""
    cloud = await conftest.ready(ses)
    ses._pace.keep_to(1000.0)
    return cloud


def not_suppressed(stub: Stubber) -> None:
    stub.add_client_error(
        "get_suppressed_destination", "NotFoundException", http_status_code=404
    )


async def test_what_it_says_of_itself(channel: Open) -> None:
    ses = channel(Ses, sender=SENDER)
    traits = ses.traits
    assert (traits.shape, traits.contact) == (Shape.EMAIL, ContactKind.EMAIL)
    assert traits.can_tell
    assert not traits.replaces
    assert ses.price(mail()) == Price(amount=0.00016, currency="USD")
    dearer = channel(Ses, sender=SENDER, thousand_price=1.0, monthly_cap=5)
    assert dearer.price(mail()) == Price(amount=0.001, currency="USD")
    assert (ses.monthly_cap, dearer.monthly_cap) == (None, 5.0)
    assert ses.identity("", ses.filled_in) != channel(Ses, sender="b@c.d").identity(
        "", {**ACCOUNT, "sender": "b@c.d"}
    )


async def test_a_mail_arrives(channel: Open, moto: str) -> None:
    ses = channel(Ses, sender=SENDER)
    await ses.async_start()
    await ses.aws.async_call("create_email_identity", EmailIdentity="home@example.org")
    result = await ses.async_send(mail(title="Washer: done", message="Ran 2 h.\nBye"))
    assert result.evidence is Evidence.ACCEPTED
    (message,) = sent()
    assert message.id == result.reference
    assert message.subject == "Washer: done"
    assert message.body == "Ran 2 h.\nBye"
    assert message.destinations["ToAddresses"] == [ANNA]


async def test_a_sender_that_is_not_verified_blocks_the_channel(
    channel: Open, moto: str
) -> None:
    ses = channel(Ses, sender=SENDER)
    result = await ses.async_send(mail())
    assert result.evidence is Evidence.REFUSED
    assert result.trouble is Trouble.BLOCKED
    assert sent() == []


async def test_an_address_that_the_sandbox_does_not_know(
    channel: Open,
) -> None:
    ses = channel(Ses, sender=SENDER)
    stub = await ready(ses)
    not_suppressed(stub)
    stub.add_client_error(
        "send_email", "MessageRejected", "Email address is not verified."
    )
    stub.add_response("get_email_identity", VERIFIED)
    result = await ses.async_send(mail())
    stub.assert_no_pending_responses()
    # it is the recipient's fault, so nobody else has to do without the channel
    assert (result.evidence, result.trouble) == (Evidence.REFUSED, Trouble.UNVERIFIED)
    assert "sandbox" in result.detail


async def test_whose_fault_it_is_may_not_be_told(channel: Open) -> None:
    ses = channel(Ses, sender=SENDER)
    stub = await ready(ses)
    for code in ("AccessDeniedException", "InternalFailure"):
        not_suppressed(stub) if code == "AccessDeniedException" else None
        stub.add_client_error("send_email", "MessageRejected", "not verified")
        stub.add_client_error("get_email_identity", code, http_status_code=500)
        result = await ses.async_send(mail())
        assert result.trouble is Trouble.UNVERIFIED
    stub.assert_no_pending_responses()


async def test_what_is_asked_of_amazon(channel: Open) -> None:
    ses = channel(
        Ses,
        sender=SENDER,
        configuration_set="events",
        unsubscribe="https://example.org/no",
    )
    stub = await ready(ses)
    not_suppressed(stub)
    stub.add_response(
        "send_email",
        {"MessageId": "m-1"},
        {
            "FromEmailAddress": SENDER,
            "Destination": {"ToAddresses": [ANNA]},
            "Content": {
                "Simple": {
                    "Subject": {"Data": "Leak in the basement", "Charset": "UTF-8"},
                    "Body": {"Text": {"Data": "Leak\nnow", "Charset": "UTF-8"}},
                    "Headers": [
                        {
                            "Name": "List-Unsubscribe",
                            "Value": "<https://example.org/no>",
                        },
                        {
                            "Name": "List-Unsubscribe-Post",
                            "Value": "List-Unsubscribe=One-Click",
                        },
                    ],
                }
            },
            "EmailTags": [{"Name": "notification", "Value": "notification"}],
            "ConfigurationSetName": "events",
        },
    )
    result = await ses.async_send(
        mail(title="Leak in the\nbasement", message="Leak\nnow")
    )
    stub.assert_no_pending_responses()
    assert result.reference == "m-1"


async def test_html_goes_beside_the_text_and_the_logo_where_boto3_can(
    hass: HomeAssistant, channel: Open
) -> None:
    hass.data[LOGO] = b"png"
    ses = channel(Ses, sender=SENDER)
    stub = await ready(ses)
    not_suppressed(stub)
    stub.add_response("send_email", {"MessageId": "m"})
    requests: list[dict[str, Any]] = []
    ses.aws._client.meta.events.register(
        "provide-client-params.sesv2.SendEmail",
        lambda params, **_: requests.append(params),
    )
    message = mail(html='<img src="cid:logo" alt="Home">', message="Done")
    assert (await ses.async_send(message)).evidence is Evidence.ACCEPTED
    content = requests[0]["Content"]["Simple"]
    assert content["Body"]["Text"]["Data"] == "Done"
    if await ses.aws.async_knows("Attachment"):  # not in the boto3 of 2025.6
        (picture,) = content["Attachments"]
        assert (picture["ContentId"], picture["RawContent"]) == ("logo", b"png")
        assert content["Body"]["Html"]["Data"] == message.html
    else:
        assert "Attachments" not in content
        assert "data:image/png;base64," in content["Body"]["Html"]["Data"]
        assert version.parse(boto3.__version__) < version.parse("1.40")


async def test_without_a_title_the_first_line_is_the_subject(
    channel: Open, moto: str
) -> None:
    ses = channel(Ses, sender=SENDER)
    await ses.aws.async_call("create_email_identity", EmailIdentity="example.org")
    await ses.async_send(mail(title="", message="Leak\nin the basement"))
    assert [each.subject for each in sent()] == ["Leak"]


async def test_an_address_that_has_bounced_is_not_written_to(channel: Open) -> None:
    ses = channel(Ses, sender=SENDER)
    stub = await ready(ses)
    for _ in range(2):  # asked again: it may have been taken off the list
        stub.add_response(
            "get_suppressed_destination",
            {
                "SuppressedDestination": {
                    "EmailAddress": ANNA,
                    "Reason": "BOUNCE",
                    "LastUpdateTime": 0,
                }
            },
            {"EmailAddress": ANNA},
        )
        result = await ses.async_send(mail())
        assert (result.evidence, result.trouble) == (
            Evidence.REFUSED,
            Trouble.OPTED_OUT,
        )
    not_suppressed(stub)
    stub.add_response("send_email", {"MessageId": "m"})
    assert (await ses.async_send(mail())).evidence is Evidence.ACCEPTED
    stub.assert_no_pending_responses()


async def test_an_address_on_no_list_is_asked_about_once_a_day(
    channel: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    ses = channel(Ses, sender=SENDER)
    now = 0.0
    monkeypatch.setattr(ses, "_bounced", Known(lambda: now))
    cloud = await ready(ses)
    not_suppressed(cloud)
    for number in range(3):
        cloud.add_response("send_email", {"MessageId": f"m-{number}"})
    for _ in range(3):
        assert (await ses.async_send(mail())).evidence is Evidence.ACCEPTED
    assert cloud.asked == ["GetSuppressedDestination", *["SendEmail"] * 3]
    now = KEPT
    not_suppressed(cloud)
    cloud.add_response("send_email", {"MessageId": "m-3"})
    assert (await ses.async_send(mail())).reference == "m-3"
    cloud.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("code", "status"), [("AccessDeniedException", 403), ("InternalFailure", 500)]
)
async def test_a_list_that_may_not_be_read_holds_nothing_up(
    channel: Open, code: str, status: int
) -> None:
    ses = channel(Ses, sender=SENDER)
    stub = await ready(ses)
    for number in (1, 2):  # asked again: nothing was learned
        stub.add_client_error(
            "get_suppressed_destination", code, http_status_code=status
        )
        stub.add_response("send_email", {"MessageId": f"m-{number}"})
        assert (await ses.async_send(mail())).reference == f"m-{number}"
    stub.assert_no_pending_responses()


async def test_keys_that_are_refused_are_found_with_the_first_question(
    channel: Open,
) -> None:
    ses = channel(Ses, sender=SENDER)
    stub = await ready(ses)
    stub.add_client_error(
        "get_suppressed_destination",
        "UnrecognizedClientException",
        http_status_code=403,
    )
    result = await ses.async_send(mail())
    assert (result.evidence, result.trouble) == (Evidence.REFUSED, Trouble.LOGIN)


async def test_nobody_to_write_to(channel: Open) -> None:
    result = await channel(Ses, sender=SENDER).async_send(envelope())
    assert (result.evidence, result.trouble) == (Evidence.REFUSED, Trouble.REJECTED)


ACCOUNT_SAYS = {
    "ProductionAccessEnabled": False,
    "SendingEnabled": True,
    "EnforcementStatus": "HEALTHY",
    "SendQuota": {"Max24HourSend": 200.0, "MaxSendRate": 1.0, "SentLast24Hours": 3.0},
}


async def test_what_amazon_says_of_the_account(channel: Open) -> None:
    ses = channel(Ses, sender=SENDER)
    stub = await ready(ses)
    stub.add_response("get_account", ACCOUNT_SAYS)
    stub.add_client_error("get_email_identity", "NotFoundException")
    stub.add_response("get_email_identity", VERIFIED, {"EmailIdentity": "example.org"})
    assert await ses.async_inspect() == {
        "sandbox": True,
        "sending": True,
        "standing": "HEALTHY",
        "quota_of_a_day": 200.0,
        "sent_in_a_day": 3.0,
        "per_second": 1.0,
        "sender_verified": True,
        "dkim": "SUCCESS",
    }
    stub.add_client_error("get_account", "InvalidClientTokenId", http_status_code=403)
    with pytest.raises(HomeAssistantError, match="does not accept the access key"):
        await ses.async_inspect()


async def test_keys_that_may_only_send_are_enough(channel: Open) -> None:
    ses = channel(Ses, sender=SENDER)
    stub = await ready(ses)
    for operation in ("get_account", "get_email_identity"):
        stub.add_client_error(operation, "AccessDeniedException", http_status_code=403)
    assert set((await ses.async_inspect()).values()) == {None}


async def test_the_rate_of_the_account_is_kept(
    hass: HomeAssistant, channel: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(
        "custom_components.reliable_notifications.channels.parts.aws.pace.asyncio.sleep",
        sleep,
    )
    ses = channel(Ses, sender=SENDER)
    ses._pace._clock = lambda: 100.0
    stub = await ready(ses)
    stub.add_response("get_account", ACCOUNT_SAYS)
    stub.add_response("get_email_identity", VERIFIED)
    await ses.async_start()
    not_suppressed(stub)
    for number in range(3):
        stub.add_response("send_email", {"MessageId": str(number)})
        assert (await ses.async_send(mail())).reference == str(number)
    late = await ses.async_send(mail())
    stub.assert_no_pending_responses()
    assert slept == [1.0, 2.0]
    assert (late.evidence, late.trouble) == (Evidence.UNREACHABLE, Trouble.THROTTLED)


async def test_a_rehearsal_looks_at_both_ends_and_sends_nothing(
    channel: Open,
) -> None:
    ses = channel(Ses, sender=SENDER)
    stub = await ready(ses)
    for identity in ({"VerifiedForSendingStatus": False}, VERIFIED):
        not_suppressed(stub)
        stub.add_response("get_email_identity", identity)
        if identity is not VERIFIED:  # then its domain may be
            stub.add_client_error("get_email_identity", "NotFoundException")
    assert (await ses.async_rehearse(mail())).trouble is Trouble.BLOCKED
    result = await ses.async_rehearse(mail())
    assert (result.evidence, result.trouble) == (Evidence.DISPATCHED, None)
    stub.add_response(
        "get_suppressed_destination",
        {
            "SuppressedDestination": {
                "EmailAddress": ANNA,
                "Reason": "COMPLAINT",
                "LastUpdateTime": 0,
            }
        },
    )
    assert (await ses.async_rehearse(mail())).trouble is Trouble.OPTED_OUT
    stub.assert_no_pending_responses()


async def test_keys_are_nowhere_to_be_read(
    channel: Open, moto: str, caplog: pytest.LogCaptureFixture
) -> None:
    ses = channel(Ses, sender=SENDER)
    await ses.async_start()
    await ses.async_send(mail())
    # boto3 logs what it signs where somebody has it log everything; not the secret
    ours = [each.message for each in caplog.records if "botocore" not in each.name]
    assert ours
    assert KEY_ID not in f"{ses.aws._keys!r} {ours}"
    assert SECRET not in f"{ses.aws!r} {ses.aws._keys!r} {caplog.text}"
