"""Channels that are accounts: what they cost, and what a person is told of them.

The household's kettle is told of by text message; the cloud is one of our own.
"""

from __future__ import annotations

from typing import Any

from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.components.repairs.issue_handler import RepairsFlowManager
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.diagnostics import (
    async_get_config_entry_diagnostics,
)

from .cottage import KEYS, NUMBER, SECRET, STYLE, Cloud, Cottage, refusal


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
