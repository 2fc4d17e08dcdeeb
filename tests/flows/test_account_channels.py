"""The forms of the channels that are accounts at Amazon's: asked, stored, changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any

from botocore.exceptions import ClientError, EndpointConnectionError
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.channels.parts.aws import client

from .forms import Forms, Result, shown

SECRET = "canary/secret+key"
ACCOUNT = {
    "region": "eu-central-1",
    "access_key_id": "AKIACANARY",
    "secret_access_key": SECRET,
}
VERIFIED = {"VerifiedForSendingStatus": True}

type Says = Callable[..., None]


class Cloud:
    """What it answers by operation; an error is raised."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def answer(**_: Any) -> Any:
            value = self.answers.get(operation, {})
            if isinstance(value, Exception):
                raise value
            return value

        return answer


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    cloud = Cloud()
    monkeypatch.setattr(client, "_client", lambda service, keys: cloud)
    return cloud


def refusal(code: str, status: int = 400) -> ClientError:
    metadata = {"HTTPStatusCode": status}
    return ClientError(
        {"Error": {"Code": code, "Message": SECRET}, "ResponseMetadata": metadata}, "x"
    )


async def kept(forms: Forms, form: Result, **answers: Any) -> Result:
    """Fill in the form, and keep the account that is then shown."""
    return await forms.pick(await forms.fill(form, **answers), "keep")


def add_recipients(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """One each in Germany, France and the United States."""
    numbers = {"Anna": "+4915123456789", "Luc": "+33612345678", "Sam": "+12015550123"}
    for name, number in numbers.items():
        contact = {"phone": {"value": number, "verified": True}}
        recipient = ConfigSubentry(
            data=MappingProxyType({"channels": [], "contacts": contact}),
            subentry_type="recipient",
            title=name,
            unique_id=None,
        )
        hass.config_entries.async_add_subentry(entry, recipient)


async def test_mail_by_ses(forms: Forms, cloud: Cloud) -> None:
    cloud.answers["get_email_identity"] = VERIFIED
    form = await forms.pick(await forms.add("channel"), "ses")
    assert shown(form) == {"thousand_price": 0.16}
    form = await forms.fill(form, **ACCOUNT, sender="home")
    assert form["errors"] == {"sender": "ses_no_address"}
    answers = {**ACCOUNT, "sender": "home@example.org"}
    for address in ("http://example.org", "home@example.org", "mailto:<a@b.c>"):
        form = await forms.fill(form, **answers, unsubscribe=address)
        assert form["errors"] == {"unsubscribe": "ses_no_way_out"}
    result = await kept(forms, form, **answers)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    [channel] = forms.stored("channel")
    assert channel.title == "Amazon SES"
    assert channel.data["settings"] == {**ACCOUNT, "sender": "home@example.org"}
    assert SECRET not in (channel.unique_id or "")

    form = await forms.change(channel)
    assert SECRET not in str(form)
    answers = {key: ACCOUNT[key] for key in ("region", "access_key_id")}
    away = {"sender": "away@example.org", "name": "Mail"}
    result = await kept(forms, form, **answers, **away)
    assert result["reason"] == "reconfigure_successful"
    [channel] = forms.stored("channel")
    assert channel.data["settings"] == {**ACCOUNT, "sender": "away@example.org"}


@pytest.mark.parametrize(
    ("operation", "answer", "errors"),
    [
        (
            "get_account",
            refusal("UnrecognizedClientException", 403),
            {"secret_access_key": "aws_keys_refused"},
        ),
        (
            "get_account",
            refusal("SignatureDoesNotMatch", 403),
            {"secret_access_key": "aws_keys_refused"},
        ),
        (
            "get_account",
            EndpointConnectionError(endpoint_url="x"),
            {"base": "aws_unreachable"},
        ),
        ("get_account", refusal("InternalFailure", 500), {"base": "aws_unreachable"}),
        ("get_account", {"SendingEnabled": False}, {"base": "aws_stopped"}),
        ("get_account", refusal("AccountSuspendedException"), {"base": "aws_stopped"}),
        ("get_account", ValueError("Invalid endpoint"), {"region": "aws_no_region"}),
        (
            "get_email_identity",
            refusal("NotFoundException", 404),
            {"sender": "ses_sender_unverified"},
        ),
        (
            "get_email_identity",
            {"VerifiedForSendingStatus": False},
            {"sender": "ses_sender_unverified"},
        ),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    forms: Forms, cloud: Cloud, operation: str, answer: Any, errors: dict[str, str]
) -> None:
    cloud.answers |= {"get_email_identity": VERIFIED, operation: answer}
    form = await forms.pick(await forms.add("channel"), "ses")
    form = await forms.fill(form, **ACCOUNT, sender="home@example.org")
    assert form["errors"] == errors
    assert SECRET not in str(form["errors"])


async def test_keys_that_may_only_send_are_good_keys(
    forms: Forms, cloud: Cloud
) -> None:
    for operation in ("get_account", "get_email_identity"):
        cloud.answers[operation] = refusal("AccessDeniedException", 403)
    form = await forms.pick(await forms.add("channel"), "ses")
    page = await forms.fill(form, **ACCOUNT, sender="home@example.org")
    assert "may send, but not ask" in page["description_placeholders"]["facts"]
    result = await forms.pick(page, "keep")
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("kind", ["ses", "sms_aws", "sns"])
async def test_a_region_that_looks_like_none_is_not_asked(
    forms: Forms, cloud: Cloud, kind: str
) -> None:
    more = {"sender": "home@example.org"} if kind == "ses" else {"most_parts": 2}
    form = await forms.pick(await forms.add("channel"), kind)
    for region in ("Frankfurt", "eu-central", "eu-central-1.example.org"):
        answers = {**ACCOUNT, "region": region, **more}
        form = await forms.fill(form, **answers)
        assert form["errors"] == {"region": "aws_no_region"}


@pytest.mark.parametrize("kind", ["sms_aws", "sns"])
async def test_text_messages(
    hass: HomeAssistant, forms: Forms, cloud: Cloud, kind: str
) -> None:
    hass.config.country = "DE"
    form = await forms.pick(await forms.add("channel"), kind)
    assert shown(form) == {"most_parts": 2, "emoji": False, "accents": False}
    form = await forms.fill(form, **ACCOUNT, most_parts=2, monthly_cap=5)
    assert form["errors"] == {"part_price": "part_price_missing"}
    form = await kept(
        forms, form, **ACCOUNT, most_parts=2, monthly_cap=5, part_price=0.1
    )
    assert form["type"] is FlowResultType.CREATE_ENTRY
    [channel] = forms.stored("channel")
    assert channel.data["settings"]["monthly_cap"] == 5


async def test_a_cap_needs_the_price_to_each_country_with_a_recipient(
    hass: HomeAssistant, forms: Forms, cloud: Cloud, entry: MockConfigEntry
) -> None:
    hass.config.country = "DE"
    add_recipients(hass, entry)
    form = await forms.pick(await forms.add("channel"), "sms_aws")
    answers = {**ACCOUNT, "most_parts": 2, "part_price": 0.1}
    form = await forms.fill(form, **answers, monthly_cap=5)
    assert form["errors"] == {"base": "destination_price_missing"}
    # what it costs to the United States is known
    assert form["description_placeholders"]["countries"] == "FR (+33)"
    form = await kept(forms, form, **answers, monthly_cap=5, part_price_abroad=0.2)
    assert form["type"] is FlowResultType.CREATE_ENTRY


async def test_a_cap_needs_no_price_where_it_is_known(
    hass: HomeAssistant, forms: Forms, cloud: Cloud
) -> None:
    hass.config.country = "US"
    form = await forms.pick(await forms.add("channel"), "sms_aws")
    form = await kept(forms, form, **ACCOUNT, most_parts=2, monthly_cap=5)
    assert form["type"] is FlowResultType.CREATE_ENTRY


async def test_a_sender_that_the_account_has_not(forms: Forms, cloud: Cloud) -> None:
    cloud.answers["describe_phone_numbers"] = {
        "PhoneNumbers": [{"PhoneNumber": "+15550001111"}]
    }
    form = await forms.pick(await forms.add("channel"), "sms_aws")
    answers = {**ACCOUNT, "most_parts": 2}
    form = await forms.fill(form, **answers, origination="+15550002222")
    assert form["errors"] == {"origination": "sms_no_such_sender"}
    form = await kept(forms, form, **answers, origination="+15550001111")
    assert form["type"] is FlowResultType.CREATE_ENTRY


async def test_the_same_account_twice(forms: Forms, cloud: Cloud) -> None:
    for sender, errors in (("MYHOME", None), ("OTHER", None), ("MYHOME", "twice")):
        form = await forms.pick(await forms.add("channel"), "sns")
        answers = {**ACCOUNT, "most_parts": 2, "sender_id": sender}
        form = await forms.fill(form, **answers, name=sender + str(errors))
        assert (form["type"] is FlowResultType.FORM) == (errors is not None)
        if errors is None:
            await forms.pick(form, "keep")
    assert form["errors"] == {"base": "already_configured_channel"}


async def test_a_notify_action_that_sends_text_messages(
    hass: HomeAssistant, forms: Forms
) -> None:
    hass.services.async_register("notify", "twilio", lambda call: None)
    form = await forms.pick(await forms.add("channel"), "sms_action")
    assert shown(form)["with_number"] is True
    form = await forms.fill(
        form, target="notify.twilio", most_parts=1, with_number=False
    )
    assert form["type"] is FlowResultType.CREATE_ENTRY
    [channel] = forms.stored("channel")
    assert channel.data["settings"]["with_number"] is False


async def test_the_account_is_shown_before_it_is_kept(
    forms: Forms, cloud: Cloud
) -> None:
    cloud.answers["get_account"] = {
        "ProductionAccessEnabled": True,
        "SendingEnabled": True,
        "EnforcementStatus": "HEALTHY",
        "SendQuota": {
            "Max24HourSend": 50_000.0,
            "MaxSendRate": 14.0,
            "SentLast24Hours": 3.0,
        },
    }
    cloud.answers["get_email_identity"] = {
        **VERIFIED,
        "DkimAttributes": {"Status": "NOT_STARTED"},
    }
    form = await forms.pick(await forms.add("channel"), "ses")
    answers = {**ACCOUNT, "sender": "home@example.org"}
    page = await forms.fill(form, **answers)
    assert page["step_id"] == "look"
    assert page["description_placeholders"]["facts"].splitlines() == [
        "- Trial period (sandbox): **no**",
        "- May send: **yes**",
        "- Standing: **healthy**",
        "- Messages allowed in 24 hours: **50000**",
        "- Sent in the last 24 hours: **3**",
        "- Messages a second: **14**",
        "- Sender verified: **yes**",
        "- Signature of the sender (DKIM): **not set up**",
    ]
    assert forms.stored("channel") == []
    form = await forms.pick(page, "again")
    assert (form["step_id"], shown(form)["sender"]) == ("ses", "home@example.org")
    page = await forms.fill(form, **{**answers, "sender": "us@example.org"})
    await forms.pick(page, "keep")
    [channel] = forms.stored("channel")
    assert channel.data["settings"]["sender"] == "us@example.org"


@pytest.mark.parametrize(
    ("kind", "more", "operation", "answer"),
    [
        (
            "ses",
            {"sender": "home@example.org"},
            "get_account",
            {"ProductionAccessEnabled": False},
        ),
        (
            "sms_aws",
            {"most_parts": 2},
            "describe_account_attributes",
            {"AccountAttributes": [{"Name": "ACCOUNT_TIER", "Value": "SANDBOX"}]},
        ),
        (
            "sns",
            {"most_parts": 2},
            "get_sms_sandbox_account_status",
            {"IsInSandbox": True},
        ),
    ],
)
async def test_an_account_in_the_sandbox_is_not_added_without_a_word(
    forms: Forms,
    cloud: Cloud,
    kind: str,
    more: dict[str, Any],
    operation: str,
    answer: Any,
) -> None:
    cloud.answers |= {"get_email_identity": VERIFIED, operation: answer}
    form = await forms.pick(await forms.add("channel"), kind)
    page = await forms.fill(form, **ACCOUNT, **more)
    assert page["step_id"] == "look_sandbox"
    facts = page["description_placeholders"]["facts"].splitlines()
    assert "- Trial period (sandbox): **yes**" in facts
    await forms.pick(page, "keep")
    assert len(forms.stored("channel")) == 1


async def test_countries_of_unknown_price_are_shown_where_there_is_no_limit(
    hass: HomeAssistant, forms: Forms, cloud: Cloud, entry: MockConfigEntry
) -> None:
    hass.config.country = "DE"
    add_recipients(hass, entry)
    form = await forms.pick(await forms.add("channel"), "sms_aws")
    page = await forms.fill(form, **ACCOUNT, most_parts=2)
    facts = page["description_placeholders"]["facts"].splitlines()
    assert "- Price of a message not known for: **DE (+49), FR (+33)**" in facts


async def test_an_account_that_falls_silent_can_still_be_kept(
    forms: Forms, cloud: Cloud
) -> None:
    unreached = EndpointConnectionError(endpoint_url="x")
    cloud.answers["get_sms_sandbox_account_status"] = unreached
    form = await forms.pick(await forms.add("channel"), "sns")
    page = await forms.fill(form, **ACCOUNT, most_parts=2)
    assert page["step_id"] == "look"
    await forms.pick(page, "keep")
    assert len(forms.stored("channel")) == 1
