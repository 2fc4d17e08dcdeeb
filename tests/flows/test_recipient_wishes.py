"""The pages of the form for a recipient on which they say what they wish."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.engine.vocabulary import (
    EVERY_CHANNEL,
    ContactKind,
    DigestWish,
    Priority,
    Recipient,
    Role,
    Span,
)
from custom_components.reliable_notifications.recipients.people import (
    contacts,
    recipient,
)

from .forms import Forms, choices, shown

PHONE = "0PHONE"


@pytest.fixture
def anna(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigSubentry:
    """A phone, and Anna who is reached over it."""
    phone = ConfigSubentry(
        data=MappingProxyType({"kind": "inbox", "target": "x"}),
        subentry_id=PHONE,
        subentry_type="channel",
        title="Phone",
        unique_id="inbox:x",
    )
    person = ConfigSubentry(
        data=MappingProxyType({"channels": [PHONE]}),
        subentry_type="recipient",
        title="Anna",
        unique_id=None,
    )
    for subentry in (phone, person):
        hass.config_entries.async_add_subentry(entry, subentry)
    return person


def _now(forms: Forms) -> Recipient:
    [stored] = forms.stored("recipient")
    return recipient(stored.subentry_id, stored.title, stored.data)


async def _change(forms: Forms, page: str, **answers: Any) -> Any:
    [stored] = forms.stored("recipient")
    form = await forms.pick(await forms.change(stored), page)
    return await forms.fill(form, **answers)


async def test_who_wishes_nothing_has_the_defaults(
    forms: Forms, anna: ConfigSubentry
) -> None:
    assert _now(forms) == Recipient(id=anna.subentry_id, name="Anna", channels=(PHONE,))
    for page in ("calm", "reading"):
        result = await _change(forms, page)
        assert result["reason"] == "reconfigure_successful"
    assert forms.stored("recipient")[0].data == {"channels": [PHONE]}


async def test_roles_and_language(forms: Forms, anna: ConfigSubentry) -> None:
    await _change(
        forms,
        "about",
        name="Anna",
        channels=[PHONE],
        roles=["technician", "manager"],
        language="de",
    )
    assert _now(forms).roles == {Role.TECHNICIAN, Role.MANAGER}
    assert _now(forms).language == "de"
    usual = ["household", "adult"]
    await _change(forms, "about", name="Anna", channels=[PHONE], roles=usual)
    assert forms.stored("recipient")[0].data == {"channels": [PHONE]}


async def test_no_role_is_a_choice(forms: Forms, anna: ConfigSubentry) -> None:
    """Somebody on call hears only of what a rule or a caller names them for."""
    await _change(forms, "about", name="Anna", channels=[PHONE], roles=[])
    assert forms.stored("recipient")[0].data == {"channels": [PHONE], "roles": []}
    assert _now(forms).roles == frozenset()
    [stored] = forms.stored("recipient")
    form = await forms.pick(await forms.change(stored), "about")
    assert shown(form)["roles"] == []


async def test_quiet_hours_over_midnight_and_other_ones_at_the_weekend(
    hass: HomeAssistant, forms: Forms, anna: ConfigSubentry
) -> None:
    weekdays = ["mon", "tue", "wed", "thu", "sun"]
    await _change(
        forms,
        "calm",
        quiet={"start": "22:00:00", "end": "06:30:00", "weekdays": weekdays},
        more_quiet={"start": "23:30:00", "end": "09:00:00", "weekdays": ["fri", "sat"]},
        sleep={"start": "23:00:00", "end": "06:00:00", "weekdays": []},
        do_not_disturb={"do_not_disturb_entity": "input_boolean.call"},
    )
    wishes = _now(forms).preferences
    assert wishes.quiet == (
        Span(start=1320, end=390, weekdays=frozenset({0, 1, 2, 3, 6})),
        Span(start=1410, end=540, weekdays=frozenset({4, 5})),
    )
    assert wishes.sleep == (Span(start=1380, end=360),)
    [stored] = forms.stored("recipient")
    form = await forms.pick(await forms.change(stored), "calm")
    assert shown(form)["quiet"]["weekdays"] == ["mon", "tue", "wed", "thu", "sun"]
    assert shown(form)["more_quiet"]["start"] == "23:30:00"
    assert shown(form)["do_not_disturb"] == {
        "do_not_disturb_entity": "input_boolean.call"
    }
    # taken back again
    await forms.fill(form)
    assert forms.stored("recipient")[0].data == {"channels": [PHONE]}


async def test_what_says_that_somebody_sleeps_outlives_a_rename(
    hass: HomeAssistant, forms: Forms, anna: ConfigSubentry
) -> None:
    registry = er.async_get(hass)
    bed = registry.async_get_or_create("binary_sensor", "test", "bed")
    await _change(forms, "calm", sleep={"sleep_entity": bed.entity_id})
    [stored] = forms.stored("recipient")
    assert stored.data["preferences"] == {"sleep_entity": bed.id}

    registry.async_update_entity(bed.entity_id, new_entity_id="binary_sensor.annas_bed")
    form = await forms.pick(await forms.change(stored), "calm")
    assert shown(form)["sleep"] == {"sleep_entity": "binary_sensor.annas_bed"}


async def test_half_a_span_is_none(forms: Forms, anna: ConfigSubentry) -> None:
    form = await _change(
        forms,
        "calm",
        quiet={"start": "22:00:00"},
        sleep={"start": "22:00:00", "end": "22:00:00"},
    )
    assert form["errors"] == {"quiet": "span_half", "sleep": "span_empty"}


async def test_a_digest_on_sundays_and_few_words(
    forms: Forms, anna: ConfigSubentry
) -> None:
    form = await _change(forms, "reading", digest={"wanted": True})
    assert form["errors"] == {"digest": "digest_time_missing"}
    await forms.fill(
        form,
        detailed=False,
        private_speakers=True,
        private_lock_screen=True,
        digest={"wanted": True, "time": "18:15:00", "weekdays": ["sun"]},
    )
    wishes = _now(forms).preferences
    assert wishes.digest == DigestWish(minute=1095, weekdays=frozenset({6}))
    assert not wishes.detailed
    assert wishes.private_speakers
    assert wishes.private_lock_screen
    [stored] = forms.stored("recipient")
    form = await forms.pick(await forms.change(stored), "reading")
    assert shown(form)["digest"] == {
        "wanted": True,
        "time": "18:15:00",
        "weekdays": ["sun"],
        "on_arrival": False,
    }


async def test_wishes_for_one_channel_and_for_all(
    forms: Forms, anna: ConfigSubentry
) -> None:
    form = await _change(forms, "channel", channel=PHONE)
    await forms.fill(form, least="high", not_wanted=["reward"])
    form = await _change(forms, "channel", channel="all")
    assert "least" not in {str(key) for key in form["data_schema"].schema}
    await forms.fill(form, not_wanted=["system"])
    wishes = _now(forms).preferences
    assert wishes.least == {PHONE: Priority.HIGH}
    assert wishes.muted == {("reward", PHONE), ("system", EVERY_CHANNEL)}
    # shown again, and taken back
    [stored] = forms.stored("recipient")
    form = await forms.pick(await forms.change(stored), "channel")
    assert [each["value"] for each in choices(form, "channel")] == ["all", PHONE]
    form = await forms.fill(form, channel=PHONE)
    assert shown(form) == {"least": "high", "not_wanted": ["reward"]}
    await forms.fill(form)
    assert _now(forms).preferences.muted == {("system", EVERY_CHANNEL)}
    assert _now(forms).preferences.least == {}


async def test_contact_points_are_checked_and_wait_to_be_proven(
    hass: HomeAssistant, forms: Forms, anna: ConfigSubentry
) -> None:
    hass.config.country = "DE"
    form = await _change(forms, "contacts", email="anna@", phone="030 1234567")
    assert form["errors"] == {
        "email": "email_not_an_address",
        "phone": "phone_no_texts",
    }
    await forms.fill(form, email=" Anna@Example.org", phone="0151 23456789")
    [stored] = forms.stored("recipient")
    assert {
        each.kind: (each.value, each.verified) for each in contacts(stored.data)
    } == {
        ContactKind.EMAIL: ("Anna@example.org", False),
        ContactKind.PHONE: ("+4915123456789", False),
    }
    # cleared
    await _change(forms, "contacts")
    assert forms.stored("recipient")[0].data == {"channels": [PHONE]}
