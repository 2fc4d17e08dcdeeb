"""Contact points are proven by a code before anything else is sent to them."""

from __future__ import annotations

from types import MappingProxyType, SimpleNamespace
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.channels.interface import (
    Channel,
    Choice,
    Envelope,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    ContactKind,
    Evidence,
    Shape,
    Trouble,
)
from custom_components.reliable_notifications.recipients.verification import (
    Verification,
)
from custom_components.reliable_notifications.texts.wording import Wording

from .forms import Forms

PHONE = "0PHONE"


class Mail(Channel):
    """Mail that the test reads."""

    kind = "mail"
    best_evidence = Evidence.ACCEPTED
    patience = 3.0
    replaces = False
    needs_target = False
    contact = ContactKind.EMAIL
    shape = Shape.EMAIL

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        return []

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        return None

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        raise NotImplementedError


class PostOffice:
    """Takes what is sent; `answers` is what it says to each, by channel."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Envelope]] = []
        self.answers: dict[str, Evidence] = {}
        self.troubles: dict[str, Trouble] = {}

    async def ask(self, channel_id: str, envelope: Envelope) -> AttemptResult:
        self.sent.append((channel_id, envelope))
        answer = self.answers.get(channel_id, Evidence.ACCEPTED)
        return AttemptResult(evidence=answer, trouble=self.troubles.get(channel_id))

    @property
    def code(self) -> str:
        """The code of the last message, as a person reads it."""
        return self.sent[-1][1].title[-7:]


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def forms_at_work(
    hass: HomeAssistant, entry: MockConfigEntry, forms: Forms, office: PostOffice
) -> Forms:
    """The forms of an entry that is loaded and has two mail accounts."""
    ways = {each: Mail(hass, each, each, "") for each in ("first", "second")}
    entry.runtime_data = SimpleNamespace(
        verification=Verification(ways, Wording(hass), office.ask)
    )
    entry.mock_state(hass, ConfigEntryState.LOADED)
    phone = ConfigSubentry(
        data=MappingProxyType({"kind": "inbox", "target": "x"}),
        subentry_id=PHONE,
        subentry_type="channel",
        title="Phone",
        unique_id="inbox:x",
    )
    hass.config_entries.async_add_subentry(entry, phone)
    return forms


async def _added(forms: Forms, **answers: Any) -> Any:
    form = await forms.add("recipient")
    return await forms.fill(form, name="Anna", channels=[PHONE], **answers)


def _stored(forms: Forms) -> Any:
    [stored] = forms.stored("recipient")
    return stored.data.get("contacts")


async def test_a_code_proves_the_address(
    forms_at_work: Forms, office: PostOffice
) -> None:
    form = await _added(forms_at_work, email="anna@example.org", language="de")
    assert form["step_id"] == "code"
    assert form["description_placeholders"] == {"contact": "anna@example.org"}
    [(channel, envelope)] = office.sent
    assert (channel, envelope.address) == ("first", "anna@example.org")
    assert envelope.recipient_name == "Anna"
    assert envelope.title == f"Dein Code: {office.code}"
    assert "10 min" in envelope.message
    wrong = "000000" if office.code != "000 000" else "111111"
    form = await forms_at_work.fill(form, code=wrong)
    assert form["errors"] == {"code": "code_wrong"}
    result = await forms_at_work.fill(form, code=office.code)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert _stored(forms_at_work) == {
        "email": {"value": "anna@example.org", "verified": True}
    }


async def test_left_empty_it_is_kept_unproven(
    forms_at_work: Forms, office: PostOffice
) -> None:
    form = await _added(forms_at_work, email="anna@example.org")
    await forms_at_work.fill(form)
    assert _stored(forms_at_work)["email"]["verified"] is False
    # and asked again when somebody looks at it the next time
    [stored] = forms_at_work.stored("recipient")
    form = await forms_at_work.pick(await forms_at_work.change(stored), "contacts")
    form = await forms_at_work.fill(form, email="anna@example.org")
    assert form["errors"] == {"base": "code_wait"}  # less than a minute ago
    await forms_at_work.fill(form, code=office.code)
    assert _stored(forms_at_work)["email"]["verified"] is True
    # proven once, it stays so while it is the same
    form = await forms_at_work.pick(await forms_at_work.change(stored), "contacts")
    result = await forms_at_work.fill(form, email="anna@example.org")
    assert result["type"] is FlowResultType.ABORT
    assert _stored(forms_at_work)["email"]["verified"] is True
    form = await forms_at_work.pick(await forms_at_work.change(stored), "contacts")
    form = await forms_at_work.fill(form, email="ben@example.org")
    assert form["step_id"] == "code"


async def test_a_new_code_after_a_minute(
    forms_at_work: Forms, office: PostOffice, freezer: FrozenDateTimeFactory
) -> None:
    form = await _added(forms_at_work, email="anna@example.org")
    form = await forms_at_work.fill(form, again=True)
    assert form["errors"] == {"base": "code_wait"}
    freezer.tick(601)
    form = await forms_at_work.fill(form, code=office.code)
    assert form["errors"] == {"code": "code_too_old"}
    form = await forms_at_work.fill(form, again=True)
    assert not form["errors"]
    assert len(office.sent) == 2
    await forms_at_work.fill(form, code=office.code)
    assert _stored(forms_at_work)["email"]["verified"] is True


async def test_the_next_account_is_tried_and_if_none_works_it_is_said(
    forms_at_work: Forms, office: PostOffice
) -> None:
    office.answers["first"] = Evidence.REFUSED
    form = await _added(forms_at_work, email="anna@example.org")
    assert [channel for channel, _ in office.sent] == ["first", "second"]
    assert not form["errors"]
    office.answers["second"] = Evidence.UNREACHABLE
    form = await forms_at_work.add("recipient")
    form = await forms_at_work.fill(
        form, name="Ben", channels=[PHONE], email="ben@example.org"
    )
    assert form["errors"] == {"base": "code_not_sent"}
    # nothing is lost: it is stored, and proven another time
    result = await forms_at_work.fill(form)
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (Trouble.UNVERIFIED, Trouble.OUTAGE, "code_sandbox"),
        (Trouble.OUTAGE, Trouble.OPTED_OUT, "code_opted_out"),
        (Trouble.UNPRICED, Trouble.USED_UP, "code_unpriced"),
        (Trouble.USED_UP, Trouble.REJECTED, "code_used_up"),
        (Trouble.REJECTED, Trouble.REJECTED, "code_refused"),
        (Trouble.LOGIN, Trouble.OUTAGE, "code_not_sent"),
    ],
)
async def test_why_a_code_could_not_be_sent_is_said(
    forms_at_work: Forms,
    office: PostOffice,
    first: Trouble,
    second: Trouble,
    said: str,
) -> None:
    office.answers = dict.fromkeys(("first", "second"), Evidence.REFUSED)
    office.troubles = {"first": first, "second": second}
    form = await _added(forms_at_work, email="anna@example.org")
    assert form["errors"] == {"base": said}


async def test_without_a_way_there_no_code_is_asked_for(
    hass: HomeAssistant, forms_at_work: Forms, office: PostOffice
) -> None:
    hass.config.country = "DE"
    result = await _added(forms_at_work, phone="0151 23456789")
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert office.sent == []
    assert _stored(forms_at_work)["phone"] == {
        "value": "+4915123456789",
        "verified": False,
    }


async def test_a_stranger_cannot_be_flooded(
    forms_at_work: Forms, office: PostOffice, freezer: FrozenDateTimeFactory
) -> None:
    form = await _added(forms_at_work, email="anna@example.org")
    for _ in range(4):
        freezer.tick(61)
        form = await forms_at_work.fill(form, again=True)
        assert not form["errors"]
    freezer.tick(61)
    form = await forms_at_work.fill(form, again=True)
    assert form["errors"] == {"base": "code_enough"}
    assert len(office.sent) == 5
