"""The form for a channel with the channel types that are shipped."""

from __future__ import annotations

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .forms import Forms, choices, shown

# what can be had without any other integration
BARE = ["ses", "sms_aws", "sns", "inbox", "webhook"]

PUSH = {"push_token": "t", "push_url": "http://127.0.0.1/push"}


def add_phone(
    hass: HomeAssistant, name: str, app_data: dict[str, Any]
) -> dr.DeviceEntry:
    """What a phone leaves behind when it logs in with the companion app."""
    entry = MockConfigEntry(
        domain="mobile_app", title=name, data={"app_data": app_data, "webhook_id": name}
    )
    entry.add_to_hass(hass)
    return dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("mobile_app", name)}, name=name
    )


@pytest.fixture
def own_entity(hass: HomeAssistant, entry: MockConfigEntry) -> er.RegistryEntry:
    """Our own notify entity, which must not become a channel of ours."""
    own = er.async_get(hass).async_get_or_create(
        "notify", "reliable_notifications", "household", config_entry=entry
    )
    hass.states.async_set(own.entity_id, "unknown")
    return own


async def test_a_bare_home_assistant_has_the_inbox(forms: Forms) -> None:
    menu = await forms.add("channel")
    assert menu["menu_options"] == BARE
    form = await forms.pick(menu, "inbox")
    await forms.fill(form)
    [inbox] = forms.stored("channel")
    assert (inbox.title, inbox.unique_id) == ("Inbox", "inbox:")
    # there is one inbox, but there may be several servers
    # there is one inbox, but there may be several accounts
    menu = await forms.add("channel")
    assert menu["menu_options"] == [each for each in BARE if each != "inbox"]


async def test_a_phone(hass: HomeAssistant, forms: Forms) -> None:
    phone = add_phone(hass, "Pixel", PUSH)
    add_phone(hass, "Wall tablet without push", {})
    form = await forms.pick(await forms.add("channel"), "mobile_app")
    assert choices(form, "target") == [{"value": phone.id, "label": "Pixel"}]
    await forms.fill(form, target=phone.id)
    [channel] = forms.stored("channel")
    assert channel.title == "Pixel"
    assert channel.data == {"kind": "mobile_app", "target": phone.id}


async def test_a_phone_that_leaves(hass: HomeAssistant, forms: Forms) -> None:
    old, other = add_phone(hass, "Old", PUSH), add_phone(hass, "Other", PUSH)
    form = await forms.pick(await forms.add("channel"), "mobile_app")
    [entry] = [
        each
        for each in hass.config_entries.async_entries("mobile_app")
        if each.title == "Old"
    ]
    hass.config_entries.async_update_entry(entry, data={"app_data": {}})
    form = await forms.fill(form, target=old.id)
    assert form["errors"] == {"target": "not_a_phone"}
    dr.async_get(hass).async_remove_device(old.id)
    form = await forms.fill(form, target=old.id)
    assert form["errors"] == {"target": "target_gone"}
    assert shown(form) == {"target": old.id}
    assert {"value": old.id, "label": "Old"} in choices(form, "target")
    result = await forms.fill(form, target=other.id)
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_a_notify_action(hass: HomeAssistant, forms: Forms) -> None:
    for name in ("smtp", "mobile_app_pixel", "send_message", "persistent_notification"):
        hass.services.async_register("notify", name, lambda call: None)
    form = await forms.pick(await forms.add("channel"), "notify_action")
    assert choices(form, "target") == [{"value": "notify.smtp", "label": "Smtp"}]
    hass.services.async_remove("notify", "smtp")
    form = await forms.fill(form, target="notify.smtp", name="Mail")
    assert form["errors"] == {"target": "action_missing"}
    hass.services.async_register("notify", "smtp", lambda call: None)
    await forms.fill(form, target="notify.smtp", name="Mail")
    [channel] = forms.stored("channel")
    assert (channel.title, channel.unique_id) == ("Mail", "notify_action:notify.smtp")


async def test_a_notify_entity(
    hass: HomeAssistant, forms: Forms, own_entity: er.RegistryEntry
) -> None:
    assert (await forms.add("channel"))["menu_options"] == BARE
    speaker = er.async_get(hass).async_get_or_create("notify", "test", "speaker")
    hass.states.async_set(
        speaker.entity_id, "unknown", {"friendly_name": "Kitchen speaker"}
    )
    form = await forms.pick(await forms.add("channel"), "notify_entity")
    assert choices(form, "target") == [
        {"value": speaker.id, "label": "Kitchen speaker"}
    ]
    await forms.fill(form, target=speaker.id)
    [channel] = forms.stored("channel")
    # by registry id: a rename changes nothing
    er.async_get(hass).async_update_entity(
        speaker.entity_id, new_entity_id="notify.kitchen"
    )
    result = await forms.fill(
        await forms.change(channel), target=speaker.id, name="Kitchen"
    )
    assert result["reason"] == "reconfigure_successful"
    assert forms.stored("channel")[0].data["target"] == speaker.id


async def test_a_channel_must_not_lead_back_to_us(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    forms: Forms,
    own_entity: er.RegistryEntry,
) -> None:
    """Not offered, and refused where it comes in another way, say an old backup."""
    speaker = er.async_get(hass).async_get_or_create("notify", "test", "speaker")
    hass.states.async_set(speaker.entity_id, "unknown")
    await forms.fill(
        await forms.pick(await forms.add("channel"), "notify_entity"), target=speaker.id
    )
    [channel] = forms.stored("channel")
    hass.config_entries.async_update_subentry(
        entry, channel, data={"kind": "notify_entity", "target": own_entity.id}
    )
    form = await forms.fill(await forms.change(channel), target=own_entity.id)
    assert form["errors"] == {"target": "own_channel"}
    result = await forms.fill(form, target=speaker.id)
    assert result["reason"] == "reconfigure_successful"


async def test_a_notify_entity_that_is_better_served_is_not_offered_as_one(
    hass: HomeAssistant, forms: Forms
) -> None:
    for platform in ("ntfy", "discord"):
        entity = er.async_get(hass).async_get_or_create("notify", platform, "it")
        hass.states.async_set(entity.entity_id, "unknown", {"friendly_name": platform})
    menu = await forms.add("channel")
    assert menu["menu_options"] == ["ntfy", "notify_entity", *BARE]
    form = await forms.pick(menu, "notify_entity")
    assert [each["label"] for each in choices(form, "target")] == ["discord"]


async def test_a_phone_keeps_its_settings(hass: HomeAssistant, forms: Forms) -> None:
    phone = add_phone(hass, "Pixel", PUSH)
    form = await forms.pick(await forms.add("channel"), "mobile_app")
    assert shown(form) == {"break_silence": True, "live_progress": False}
    await forms.fill(form, target=phone.id, break_silence=False, live_progress=True)
    [channel] = forms.stored("channel")
    settings = {"break_silence": False, "live_progress": True}
    assert channel.data["settings"] == settings
    form = await forms.change(channel)
    assert shown(form) == {"target": phone.id, "name": "Pixel", **settings}


async def test_a_webhook(forms: Forms) -> None:
    form = await forms.pick(await forms.add("channel"), "webhook")
    assert shown(form) == {"check_certificate": True}
    form = await forms.fill(form, address="http://example.org/in", secret="short")
    assert form["errors"] == {
        "address": "not_encrypted",
        "secret": "secret_too_short",
    }
    secret = "a secret of more than 24 letters"
    await forms.fill(form, address="https://example.org/in", secret=secret)
    [channel] = forms.stored("channel")
    assert channel.title == "Webhook"
    assert channel.data["settings"]["secret"] == secret
    assert "example" not in (channel.unique_id or "")

    form = await forms.change(channel)
    assert "secret" not in shown(form)
    await forms.fill(form, address="https://example.org/out", name="Node-RED")
    [channel] = forms.stored("channel")
    assert channel.data["settings"]["address"] == "https://example.org/out"
    assert channel.data["settings"]["secret"] == secret

    form = await forms.pick(await forms.add("channel"), "webhook")
    form = await forms.fill(form, address="https://example.org/out", name="Again")
    assert form["errors"] == {"base": "already_configured_channel"}


async def test_a_satellite_and_how_loud_it_speaks(
    hass: HomeAssistant, forms: Forms
) -> None:
    """Numbers may be left out, and be taken away again."""
    satellite = er.async_get(hass).async_get_or_create(
        "assist_satellite", "test", "kitchen"
    )
    hass.states.async_set(
        satellite.entity_id,
        "idle",
        {"friendly_name": "Kitchen", "supported_features": 1},
    )
    form = await forms.pick(await forms.add("channel"), "satellite")
    assert choices(form, "target") == [{"value": satellite.id, "label": "Kitchen"}]
    await forms.fill(form, target=satellite.id, volume=70, night_from=21)
    [channel] = forms.stored("channel")
    assert channel.data["settings"] == {"volume": 70, "night_from": 21}

    form = await forms.change(channel)
    assert shown(form)["volume"] == 70
    await forms.fill(form, target=satellite.id, name="Kitchen")
    assert "settings" not in forms.stored("channel")[0].data


async def test_a_speaker_without_a_voice(hass: HomeAssistant, forms: Forms) -> None:
    player = er.async_get(hass).async_get_or_create("media_player", "test", "kitchen")
    hass.states.async_set(player.entity_id, "idle", {"supported_features": 512})
    form = await forms.pick(await forms.add("channel"), "speaker")
    form = await forms.fill(form, target=player.id)
    assert form["errors"] == {"base": "no_voice"}
    hass.states.async_set("tts.voice", "unknown")
    form = await forms.fill(form, target=player.id, engine="tts.other")
    assert form["errors"] == {"engine": "target_gone"}
    await forms.fill(form, target=player.id, engine="tts.voice")
    assert forms.stored("channel")[0].data["settings"] == {"engine": "tts.voice"}


async def test_a_sign_without_words(hass: HomeAssistant, forms: Forms) -> None:
    lamp = er.async_get(hass).async_get_or_create("light", "test", "lamp")
    hass.states.async_set(lamp.entity_id, "off")
    form = await forms.pick(await forms.add("channel"), "signal")
    assert shown(form)["least_priority"] == "high"
    await forms.fill(form, target=lamp.id, least_priority="urgent", seconds=5)
    assert forms.stored("channel")[0].data["settings"] == {
        "least_priority": "urgent",
        "seconds": 5,
    }
