"""Accounts that are looked after: before a message goes, and once a day.

Must not need a message for what can be known without one.
"""

from __future__ import annotations

from botocore.exceptions import EndpointConnectionError
import pytest

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import ContactKind
from custom_components.reliable_notifications.upkeep.canary import FIRST

from .cottage import NUMBER, Cloud, Cottage, refusal


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
    answer = await hass.services.async_call(
        DOMAIN,
        "check_channel",
        {"channel": "Text", "recipient": "Anna"},
        blocking=True,
        return_response=True,
    )
    assert answer["would_send"] is False
    assert "nobody knows what a message to DE (+49) costs" in answer["detail"]
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


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("DESTINATION_PHONE_NUMBER_NOT_VERIFIED", "code_sandbox"),
        ("DESTINATION_PHONE_NUMBER_OPTED_OUT", "code_opted_out"),
    ],
)
async def test_a_code_that_is_refused_leaves_no_hint_for_nobody(
    cottage: Cottage, cloud: Cloud, reason: str, said: str
) -> None:
    cloud.refusal = refusal("ConflictException", reason)
    verification = cottage.runtime.verification
    number = "+4915187654321"
    answer = await verification.async_send(ContactKind.PHONE, number, "Ben", "de")
    assert answer == said
    await cottage.wait(5)
    assert cottage.hints() == {}
    assert tuple(cottage.runtime.pipeline.gate.opted_out) == ()


async def test_the_daily_look_does_not_ask_for_keys_that_are_good(
    cottage: Cottage, cloud: Cloud
) -> None:
    """The number that messages are sent from was given back; the keys are fine."""
    cloud.answers["describe_phone_numbers"] = {
        "PhoneNumbers": [{"PhoneNumber": "+15550001111", "OptOutListName": "Default"}]
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


async def test_edge_35_who_opts_out_after_a_message_is_found_by_the_daily_look(
    cottage: Cottage, cloud: Cloud
) -> None:
    not_found = refusal("ResourceNotFoundException")
    cloud.answers["describe_opted_out_numbers"] = not_found
    await cottage.wait(FIRST + 1, step=60)
    assert await cottage.say() == "Text"
    assert cottage.hints() == {}

    cloud.answers["describe_opted_out_numbers"] = {
        "OptedOutNumbers": [{"OptedOutNumber": NUMBER}]
    }
    await cottage.runtime.canary.async_look()
    await cottage.wait(120, step=60)
    hint = cottage.hints()[f"opted_out_{cottage.sms}_{cottage.anna}"]
    assert hint.translation_placeholders == {"channel": "Text", "recipient": "Anna"}
    assert hint.is_fixable
    sent = len(cloud.sent)
    assert await cottage.say() == "Inbox"
    assert len(cloud.sent) == sent
    assert cottage.hass.states.get("binary_sensor.text_problem").state == "off"

    # who is wanted again is asked about again
    await cottage.runtime.pipeline.gate.async_reopen(cottage.sms, cottage.anna)
    cloud.answers["describe_opted_out_numbers"] = not_found
    await cottage.runtime.canary.async_look()
    assert await cottage.say() == "Text"


async def test_a_look_that_does_not_come_off_is_taken_again_tomorrow(
    cottage: Cottage, cloud: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "custom_components.reliable_notifications")
    cloud.answers["describe_opted_out_numbers"] = refusal("InternalFailure", status=500)
    await cottage.runtime.canary.async_look()
    assert "Who is not reached any more was not told: AWS has a fault" in caplog.text
    assert await cottage.say() == "Text"
    assert cottage.hints() == {}


async def test_good_keys_are_kept_also_where_something_else_is_wrong(
    cottage: Cottage, cloud: Cloud
) -> None:
    """The form for the login shows nothing else, so it must not wait for it."""
    subentry = cottage.entry.subentries[cottage.sms]
    settings = {**subentry.data["settings"], "origination": "+15550002222"}
    cottage.hass.config_entries.async_update_subentry(
        cottage.entry, subentry, data={**subentry.data, "settings": settings}
    )
    await cottage.hass.async_block_till_done()
    cloud.refusal = refusal("UnrecognizedClientException", status=403)
    assert await cottage.say() == "Inbox"
    cloud.refusal = None
    cloud.answers["describe_phone_numbers"] = {
        "PhoneNumbers": [{"PhoneNumber": "+15550001111", "OptOutListName": "Default"}]
    }
    flows = cottage.hass.config_entries.flow
    (begun,) = flows.async_progress_by_handler(DOMAIN)
    page = await flows.async_configure(begun["flow_id"])
    unreached = EndpointConnectionError(endpoint_url="x")
    cloud.answers["describe_account_attributes"] = unreached
    answers = {"access_key_id": "AKIANEW", "secret_access_key": "right"}
    page = await flows.async_configure(page["flow_id"], answers)
    assert page["errors"] == {"base": "aws_unreachable"}
    del cloud.answers["describe_account_attributes"]
    done = await flows.async_configure(page["flow_id"], answers)
    assert done["reason"] == "reauth_successful"
    await cottage.hass.async_block_till_done()
    stored = cottage.entry.subentries[cottage.sms].data["settings"]
    assert stored["access_key_id"] == "AKIANEW"
    await cottage.runtime.canary.async_look()
    await cottage.wait(120, step=60)
    hint = cottage.hints()[f"channel_down_{cottage.sms}"]
    assert hint.translation_key == "channel_down_settings"
