"""Channels that are accounts: what they cost, and what a person is told of them.

The household's kettle is told of by text message; the cloud is one of our own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path
import time
from typing import Any

from botocore.exceptions import ClientError
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.components.repairs.issue_handler import RepairsFlowManager
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest

from custom_components.reliable_notifications.channels.parts.aws import client
from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.diagnostics import (
    async_get_config_entry_diagnostics,
)

from .home import PLUG, Home, lived_in

SECRET = "canary/secret+key"
KEYS = {
    "region": "eu-central-1",
    "access_key_id": "AKIACANARY",
    "secret_access_key": SECRET,
}
STYLE = {"most_parts": 1, "part_price": 0.4, "monthly_cap": 1.0}
NUMBER = "+4915123456789"


class Cloud:
    """It takes text messages, or says why not."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.refusal: Exception | None = None
        self.answers: dict[str, Any] = {}

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def answer(**arguments: Any) -> Any:
            if self.refusal is not None:
                raise self.refusal
            if operation != "send_text_message":
                return self.answers.get(operation, {})
            self.sent.append(arguments)
            return {"MessageId": f"m-{len(self.sent)}"}

        return answer


def refusal(code: str, reason: str = "", status: int = 400) -> ClientError:
    return ClientError(
        {
            "Error": {"Code": code, "Message": f"{SECRET} {NUMBER}"},
            "ResponseMetadata": {"HTTPStatusCode": status},
            "Reason": reason,
        },
        "SendTextMessage",
    )


_NUMBER = count()


class Cottage(Home):
    """A home that is told by text message, else by the inbox."""

    async def add(self) -> None:
        await self.watts(0)
        self.entry.add_to_hass(self.hass)
        settings = {**KEYS, **STYLE}
        self.sms = self._add(
            "channel", "Text", kind="sms_aws", target="", settings=settings
        )
        inbox = self._add("channel", "Inbox", kind="inbox", target="")
        self.anna = self._add(
            "recipient",
            "Anna",
            channels=[self.sms, inbox],
            contacts={"phone": {"value": NUMBER, "verified": True}},
        )
        self._add("appliance", "Kettle", kind="kettle", power_entity=PLUG)

    @property
    def runtime(self) -> Any:
        return self.entry.runtime_data

    def hints(self) -> dict[str, ir.IssueEntry]:
        issues = ir.async_get(self.hass).issues.values()
        return {each.issue_id: each for each in issues if each.domain == DOMAIN}

    async def say(self, message: str = "", priority: str = "medium") -> str:
        """Send a new message, and return by which channel it came.

        Not the same again, which is told once, and not within seconds of another one,
        or they would be told in one.
        """
        message = message or f"Leak {next(_NUMBER)}"
        answer = await self.hass.services.async_call(
            DOMAIN,
            "send",
            {"message": message, "priority": priority},
            blocking=True,
            return_response=True,
        )
        intent_id = answer["intents"][0]["intent_id"]
        for _ in range(30):  # the cloud is asked in a thread of its own
            # real time: each turn takes a second of the patience by the frozen clock
            await self.hass.async_add_executor_job(time.sleep, 0.05)
            await self.wait(1)
            (parcel,) = await self.runtime.outbox.load([intent_id])
            if parcel.delivery.state.is_terminal:
                break
        await self.wait(6)
        return str(self.runtime.pipeline.directory.name(parcel.delivery.channel_id))


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Cloud:
    cloud = Cloud()
    monkeypatch.setattr(client, "_client", lambda service, keys: cloud)
    return cloud


@pytest.fixture
async def cottage(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, cloud: Cloud, tmp_path: Path
) -> AsyncIterator[Cottage]:
    freezer.move_to("2026-11-20 12:00:00+00:00")
    hass.config.config_dir = str(tmp_path)
    async with lived_in(Cottage(hass, freezer)) as place:
        yield place


async def test_a_message_is_sent_to_the_number_and_its_cost_is_shown(
    cottage: Cottage, cloud: Cloud
) -> None:
    cost = cottage.entity("sensor", "channel_cost")
    state = cottage.hass.states.get(cost)
    assert state.state == "0.0"
    assert state.attributes["unit_of_measurement"] == "USD"
    assert state.attributes["device_class"] == "monetary"
    assert state.attributes["state_class"] == "total"

    assert await cottage.say("Leak in the basement – now") == "Text"
    (request,) = cloud.sent
    assert request["DestinationPhoneNumber"] == NUMBER
    assert request["MessageBody"] == "Leak in the basement - now"
    state = cottage.hass.states.get(cost)
    assert state.state == "0.4"
    assert state.attributes["messages"] == 1
    assert state.attributes["recipients"] == {"Anna": 0.4}
    assert state.attributes["last_reset"].startswith("2026-11-01")
    assert NUMBER not in str(state.attributes)


async def test_edge_37_one_notice_of_the_cap_and_a_new_beginning_next_month(
    cottage: Cottage, cloud: Cloud
) -> None:
    downs: list[Any] = []
    cottage.hass.bus.async_listen(f"{DOMAIN}_channel_down", downs.append)
    for expected in ("Text", "Text", "Inbox", "Inbox", "Inbox"):
        assert await cottage.say() == expected
    assert len(cloud.sent) == 2
    assert [each.data["reason"] for each in downs] == ["used_up"]
    hint = cottage.hints()[f"cap_reached_{cottage.sms}"]
    assert hint.translation_placeholders == {"channel": "Text", "limit": "1.00 USD"}
    assert not any(key.startswith("channel_down") for key in cottage.hints())

    cottage.clock.move_to("2026-12-01 12:00:00+00:00")
    await cottage.wait(120, step=60)
    assert cottage.hints() == {}
    assert await cottage.say() == "Text"


async def test_a_limit_holds_for_numbers_abroad(cottage: Cottage, cloud: Cloud) -> None:
    """Nobody has said what it costs there, which is said before anything is lost."""
    hass = cottage.hass
    cottage.hass.config.country = "FR"
    await cottage.wait(120, step=60)
    hint = cottage.hints()[f"unpriced_{cottage.sms}"]
    assert hint.translation_placeholders == {"channel": "Text", "countries": "DE (+49)"}
    for priority in ("medium", "urgent"):
        assert await cottage.say(priority=priority) == "Inbox"
    assert cloud.sent == []
    assert hass.states.get("binary_sensor.text_problem").state == "off"

    channel = cottage.runtime.pipeline.directory.configured[cottage.sms]
    settings = channel.filled_in
    channel.filled_in = {**settings, "part_price_abroad": 0.5}
    assert await cottage.say() == "Text"
    assert hass.states.get("sensor.text_cost_this_month").state == "0.5"
    await cottage.wait(120, step=60)
    assert cottage.hints() == {}

    channel.filled_in = {k: v for k, v in settings.items() if k != "monthly_cap"}
    assert await cottage.say() == "Text"
    cost = hass.states.get("sensor.text_cost_this_month")
    assert (cost.state, cost.attributes["unpriced"]) == ("0.5", 1)
    assert cottage.hints() == {}


async def test_edge_35_a_person_can_say_that_messages_are_wanted_again(
    cottage: Cottage, cloud: Cloud
) -> None:
    await async_setup_component(cottage.hass, REPAIRS, {})
    cloud.refusal = refusal("ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT")
    assert await cottage.say() == "Inbox"
    cloud.refusal = None
    assert await cottage.say() == "Inbox"
    issue_id = f"opted_out_{cottage.sms}_{cottage.anna}"
    hint = cottage.hints()[issue_id]
    assert hint.is_fixable
    assert hint.translation_placeholders == {"channel": "Text", "recipient": "Anna"}

    flows: RepairsFlowManager = cottage.hass.data[REPAIRS]["flow_manager"]
    page = await flows.async_init(DOMAIN, data={"issue_id": issue_id})
    assert (page["type"], page["step_id"]) == (FlowResultType.FORM, "confirm")
    done = await flows.async_configure(page["flow_id"], {})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert cottage.hints() == {}
    assert await cottage.say() == "Text"


async def test_edge_36_who_is_not_verified_in_the_sandbox_is_named(
    cottage: Cottage, cloud: Cloud
) -> None:
    cloud.refusal = refusal(
        "ConflictException", "DESTINATION_PHONE_NUMBER_NOT_VERIFIED"
    )
    assert await cottage.say() == "Inbox"
    hint = cottage.hints()[f"unverified_{cottage.sms}_{cottage.anna}"]
    assert hint.translation_placeholders == {"channel": "Text", "recipient": "Anna"}
    assert not hint.is_fixable
    cloud.refusal = None
    assert await cottage.say() == "Text"
    await cottage.wait(5)
    assert cottage.hints() == {}


async def test_edge_38_keys_that_are_refused_are_asked_for_anew(
    cottage: Cottage, cloud: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    cloud.refusal = refusal("UnrecognizedClientException", status=403)
    assert await cottage.say() == "Inbox"
    assert await cottage.say() == "Inbox"  # the breaker is open: nobody is asked
    assert f"channel_down_{cottage.sms}" in cottage.hints()
    hint = cottage.hints()[f"channel_down_{cottage.sms}"]
    assert hint.translation_key == "channel_down_own_login"

    flows = cottage.hass.config_entries.flow
    (begun,) = flows.async_progress_by_handler(DOMAIN)
    assert begun["context"]["source"] == SOURCE_REAUTH
    page = await flows.async_configure(begun["flow_id"])
    assert page["description_placeholders"]["channel"] == "Text"
    fields = {str(key) for key in page["data_schema"].schema}
    assert fields == {"access_key_id", "secret_access_key"}
    assert SECRET not in str(page)

    answers = {"access_key_id": "AKIANEW", "secret_access_key": "wrong"}
    page = await flows.async_configure(begun["flow_id"], answers)
    assert page["errors"] == {"secret_access_key": "aws_keys_refused"}
    cloud.refusal = None
    answers["secret_access_key"] = "right"
    done = await flows.async_configure(begun["flow_id"], answers)
    assert done["reason"] == "reauth_successful"
    await cottage.hass.async_block_till_done()
    assert cottage.entry.state is ConfigEntryState.LOADED
    stored = cottage.entry.subentries[cottage.sms].data["settings"]
    assert stored == {**KEYS, **answers, **STYLE}
    assert await cottage.say() == "Text"
    said = [each.getMessage() for each in caplog.records if "botocore" not in each.name]
    assert said
    assert not any(SECRET in each or "AKIACANARY" in each for each in said)
    assert NUMBER not in str([each for each in said if DOMAIN in each])


async def test_the_daily_look_does_not_ask_for_keys_that_are_good(
    cottage: Cottage, cloud: Cloud
) -> None:
    """The number that messages are sent from was given back; the keys are fine."""
    cloud.answers["describe_phone_numbers"] = {
        "PhoneNumbers": [{"PhoneNumber": "+15550001111"}]
    }
    channel = cottage.runtime.pipeline.directory.configured[cottage.sms]
    channel.filled_in = {**channel.filled_in, "origination": "+15550002222"}
    await cottage.runtime.canary.async_look()
    await cottage.wait(5)
    hint = cottage.hints()[f"channel_down_{cottage.sms}"]
    assert hint.translation_key == "channel_down_settings"
    assert "no such phone number" in hint.translation_placeholders["detail"]
    flows = cottage.hass.config_entries.flow
    assert flows.async_progress_by_handler(DOMAIN) == []

    channel.filled_in = {**channel.filled_in, "origination": "+15550001111"}
    await cottage.runtime.canary.async_look()
    await cottage.wait(5)
    assert cottage.hints() == {}


async def test_the_login_of_a_channel_that_was_deleted_is_asked_for_by_nobody(
    cottage: Cottage, cloud: Cloud
) -> None:
    cloud.refusal = refusal("UnrecognizedClientException", status=403)
    await cottage.say()
    flows = cottage.hass.config_entries.flow
    (begun,) = flows.async_progress_by_handler(DOMAIN)
    await flows.async_configure(begun["flow_id"])
    # the form is open while it is deleted
    kept = cottage.entry.subentries
    object.__setattr__(cottage.entry, "subentries", {})
    answer = await flows.async_configure(begun["flow_id"], {"access_key_id": "x"})
    object.__setattr__(cottage.entry, "subentries", kept)
    assert answer["reason"] == "channel_gone"


async def test_the_same_login_once_more_is_tried_anew(
    cottage: Cottage, cloud: Cloud
) -> None:
    cloud.refusal = refusal("SignatureDoesNotMatch", status=403)  # the clock was wrong
    await cottage.say()
    cloud.refusal = None
    flows = cottage.hass.config_entries.flow
    (begun,) = flows.async_progress_by_handler(DOMAIN)
    page = await flows.async_configure(begun["flow_id"])
    answers = {"access_key_id": KEYS["access_key_id"]}
    done = await flows.async_configure(page["flow_id"], answers)
    assert done["reason"] == "reauth_successful"
    await cottage.hass.async_block_till_done()
    assert await cottage.say() == "Text"


async def test_the_account_can_be_looked_at_and_nothing_is_sent(
    cottage: Cottage, cloud: Cloud
) -> None:
    cloud.answers["describe_account_attributes"] = {
        "AccountAttributes": [{"Name": "ACCOUNT_TIER", "Value": "SANDBOX"}]
    }

    async def check(**data: str) -> Any:
        return await cottage.hass.services.async_call(
            DOMAIN, "check_channel", data, blocking=True, return_response=True
        )

    answer = await check(channel="text", recipient="anna")
    assert answer["account"] == {
        "sandbox": True,
        "monthly_limit_usd": None,
        "senders": None,
    }
    assert (answer["would_send"], answer["detail"]) == (
        True,
        "AWS would take it in 1 part",
    )
    assert [each["DryRun"] for each in cloud.sent] == [True]
    assert (await check(channel="Inbox"))["account"] == {}
    assert (await check(channel="Text"))["would_send"] is None

    found = await async_get_config_entry_diagnostics(cottage.hass, cottage.entry)
    (account,) = found["accounts"]
    assert (account["kind"], account["sandbox"]) == ("sms_aws", True)
    cloud.refusal = refusal("UnrecognizedClientException", status=403)
    with pytest.raises(HomeAssistantError, match="does not accept the access key"):
        await check(channel="Text")
    found = await async_get_config_entry_diagnostics(cottage.hass, cottage.entry)
    assert "does not accept" in found["accounts"][0]["problem"]
    for secret in (SECRET, KEYS["access_key_id"], NUMBER):
        assert secret not in str(found)
        assert secret not in str(cottage.hass.states.async_all())
    with pytest.raises(ServiceValidationError):
        await check(channel="Fax")
