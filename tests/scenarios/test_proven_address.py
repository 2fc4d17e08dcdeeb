"""From an account to a proven address to a mail that arrives, as a person sets it up.

A real Home Assistant core, the real forms, boto3, and Amazon's other side on loopback.
"""

from __future__ import annotations

from pathlib import Path
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from moto.backends import get_backend
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.const import DOMAIN
from tests.channels.aws.conftest import (
    ACCOUNT,
    REGION,
    moto as moto,  # noqa: PLC0414 - a fixture
)
from tests.flows.forms import Forms

SENDER = "house@example.org"


def _mails() -> list[Any]:
    return list(get_backend("ses")["123456789012"][REGION].sent_messages)


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    return str(tmp_path)


@pytest.fixture
async def forms(hass: HomeAssistant, moto: str) -> Forms:
    entry = MockConfigEntry(domain=DOMAIN, title="Reliable Notifications", data={})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return Forms(hass, entry)


async def test_an_address_is_used_once_it_is_proven(
    hass: HomeAssistant, forms: Forms
) -> None:
    amazon = get_backend("ses")["123456789012"][REGION]
    amazon.verify_email_identity(SENDER)
    amazon.create_email_identity_v2(SENDER, None, None, None)
    form = await forms.pick(await forms.add("channel"), "ses")
    form = await forms.fill(form, **ACCOUNT, sender=SENDER, name="Mail")
    # Amazon has not heard back from the sender yet, and the form says so
    assert form["errors"] == {"sender": "ses_sender_unverified"}
    amazon.email_identities[SENDER].verified_for_sending_status = True
    page = await forms.fill(form, **ACCOUNT, sender=SENDER, name="Mail")
    result = await forms.pick(page, "keep")
    assert result["type"] is FlowResultType.CREATE_ENTRY, result
    [mail] = forms.stored("channel")
    await hass.async_block_till_done()

    form = await forms.add("recipient")
    form = await forms.fill(
        form,
        name="Anna",
        channels=[mail.subentry_id],
        email="anna@example.net",
        language="de",
    )
    assert (form["step_id"], form["errors"]) == ("code", {})
    [sent] = _mails()
    code = re.search(r"\d{3} \d{3}", str(sent.subject or sent.body))
    assert code is not None, vars(sent)
    await forms.fill(form, code=code[0])
    [anna] = forms.stored("recipient")
    assert anna.data["contacts"]["email"]["verified"] is True
    await hass.async_block_till_done()

    await hass.services.async_call(
        DOMAIN,
        "send",
        {"title": "Keller", "message": "Wasser auf dem Boden", "priority": "high"},
        blocking=True,
    )
    for _ in range(100):
        await hass.async_block_till_done(wait_background_tasks=True)
        if len(_mails()) > 1:
            break
    assert len(_mails()) == 2
    assert "Wasser auf dem Boden" in str(vars(_mails()[1]))
