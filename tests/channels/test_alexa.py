"""Echos: who may speak when, several at once, and what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
import json
import logging
from pathlib import Path
from typing import Any

from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest

from custom_components.reliable_notifications.channels import alexa as module
from custom_components.reliable_notifications.channels.alexa import Alexa
from custom_components.reliable_notifications.channels.notify_entity import NotifyEntity
from custom_components.reliable_notifications.channels.parts import echo as echo_parts
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import open_desk
from tests.channels.echoes import BATCHES, PATH, Account, echo
from tests.channels.envelopes import envelope
from tests.channels.faults.matrix import Fault
from tests.channels.faults.other_side import OtherSide
from tests.channels.voices import area

SERIALS = ("one", "two", "three", "four")


class Amazon(OtherSide):
    """What Amazon was asked to have done."""

    def __init__(self) -> None:
        super().__init__()
        self.takes(PATH, {}, {})

    def steps(self) -> list[tuple[str, dict[str, Any]]]:
        """Type and payload of each step, in order."""
        found: list[tuple[str, dict[str, Any]]] = []

        def walk(node: dict[str, Any]) -> None:
            for inner in node.get("nodesToExecute", ()):
                walk(inner)
            if "operationPayload" in node:
                found.append((node["type"], node["operationPayload"]))

        for _, _, body in self.got:
            walk(json.loads(json.loads(body)["sequenceJson"])["startNode"])
        return found

    def said(self) -> list[tuple[str, str]]:
        """How, and what."""
        return [
            (name, payload["textToSpeak"])
            if "textToSpeak" in payload
            else (name, payload["content"][0]["speak"]["value"])
            for name, payload in self.steps()
            if "textToSpeak" in payload or "content" in payload
        ]


@pytest.fixture
async def amazon(socket_enabled: None) -> AsyncIterator[Amazon]:
    server = Amazon()
    yield server
    await server.close()


@pytest.fixture
async def account(
    hass: HomeAssistant, amazon: Amazon, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Account]:
    devices = {serial: echo(serial, account_name=serial) for serial in SERIALS}
    made = Account(hass, monkeypatch, await amazon.open(), devices)
    await made.add()
    yield made
    amazon.let_go()
    await made.close()


def channel(hass: HomeAssistant, account: Account, serial: str, **how: Any) -> Alexa:
    return Alexa(hass, serial, serial, account.device_id(serial), how)


async def test_an_announcement_is_accepted_once_amazon_took_it(
    hass: HomeAssistant, account: Account, amazon: Amazon
) -> None:
    one = channel(hass, account, "one")

    result = await one.async_send(envelope(title="Basement", message="Water!"))

    assert result.evidence is one.traits.best_evidence is Evidence.ACCEPTED
    assert amazon.said() == [("AlexaAnnouncement", "Basement. Water!")]


async def test_edge_12_four_echos_are_one_call(
    hass: HomeAssistant,
    account: Account,
    amazon: Amazon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "SPACING", 0.6)
    channels = [channel(hass, account, serial) for serial in SERIALS]

    async def seconds_for_all() -> float:
        began = hass.loop.time()
        results = await asyncio.gather(
            *(each.async_send(envelope()) for each in channels)
        )
        assert {each.evidence for each in results} == {Evidence.ACCEPTED}
        return hass.loop.time() - began

    first = await seconds_for_all()
    assert len(amazon.said()) == 4
    if not BATCHES:  # there the library makes a call for each: they are spaced
        assert (amazon.took, first >= 3 * 0.6) == (4, True)
        return
    assert amazon.took == 1
    # what comes soon after goes out a while later, together again
    assert first + await seconds_for_all() >= 0.6 + 0.3
    assert amazon.took == 2


async def test_edge_12_a_batch_that_is_turned_away_fails_for_all_in_it(
    hass: HomeAssistant,
    account: Account,
    amazon: Amazon,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The library logs it for the first one only."""
    if not BATCHES:  # there each has a turn of its own, and would be tried again before
        monkeypatch.setattr(module, "SPACING", 0.05)
    amazon.mood = Fault.THROTTLES
    channels = {serial: channel(hass, account, serial) for serial in SERIALS}
    async with open_desk(hass, tmp_path, **channels) as desk:
        intents = [await desk.send(serial) for serial in SERIALS]
        for intent_id in intents:
            await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)
            attempts = await desk.attempts(intent_id)
            assert attempts[0][1] == "unreachable"
    assert amazon.took == 0


@pytest.mark.skipif(not BATCHES, reason="there each call fails by itself")
async def test_a_batch_that_somebody_else_has_begun_fails_for_us_too(
    hass: HomeAssistant, account: Account, amazon: Amazon, tmp_path: Path
) -> None:
    amazon.mood = Fault.SWALLOWS
    theirs = account.entity_id("notify", "two-announce")
    await hass.services.async_call(
        "notify", "send_message", {"entity_id": theirs, "message": "x"}, blocking=True
    )
    async with open_desk(hass, tmp_path, one=channel(hass, account, "one")) as desk:
        intent_id = await desk.send("one")
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)
        attempts = await desk.attempts(intent_id)

    assert len(amazon.got) == 1
    assert attempts[0][1:] == ("unreachable", "Failed to send batch of 2 operations")


async def test_edge_11_an_echo_that_is_off_leaves_it_to_the_next(
    hass: HomeAssistant, account: Account, amazon: Amazon, tmp_path: Path
) -> None:
    account.devices = {
        "one": echo("one", online=False),
        "two": echo("two", account_name="two"),
    }
    one, two = (channel(hass, account, serial) for serial in ("one", "two"))
    await account.entry.runtime_data.async_refresh()
    await hass.async_block_till_done()
    assert two.hindrance is None
    assert one.hindrance is not None  # which the daily look finds, too
    async with open_desk(hass, tmp_path, one=one, two=two) as desk:
        intent_id = await desk.send("one", "two")
        record = await desk.over(intent_id)
        attempts = await desk.attempts(intent_id)

    assert (record.evidence, record.channel_id) == (Evidence.ACCEPTED, "two")
    assert attempts[0] == ("one", "unreachable", "The Echo is offline")
    assert len(amazon.said()) == 1


@pytest.mark.skipif(not BATCHES, reason="2025.6 knows no such switches")
@pytest.mark.parametrize("switch", ["communications", "announcements"])
async def test_edge_11_a_switch_against_announcements_is_respected(
    hass: HomeAssistant, account: Account, amazon: Amazon, switch: str
) -> None:
    settings = {"communications": "ON", "announcements": "ON"}
    devices = {
        "off": echo("off", communication_settings={**settings, switch: "OFF"}),
        "on": echo("on", communication_settings=settings),
    }
    account.devices = devices
    await account.entry.runtime_data.async_refresh()
    await hass.async_block_till_done()

    off, on = (channel(hass, account, serial) for serial in devices)
    result = await off.async_send(envelope())
    assert result.evidence is Evidence.REFUSED
    assert result.detail == f"The Echo's switch for {switch} is off"
    assert (await on.async_send(envelope())).evidence is Evidence.ACCEPTED
    plainly = channel(hass, account, "off", manner="speak")
    assert (await plainly.async_send(envelope())).evidence is Evidence.ACCEPTED

    urgent = await off.async_send(envelope(priority=Priority.URGENT))
    assert urgent.evidence is Evidence.ACCEPTED
    assert urgent.detail.endswith("is off, but it is urgent")
    assert [how for how, _ in amazon.said()] == [
        "AlexaAnnouncement",
        "Alexa.Speak",
        "Alexa.Speak",
    ]


async def test_do_not_disturb_holds_back_what_is_not_urgent(
    hass: HomeAssistant, account: Account, amazon: Amazon
) -> None:
    await account.do_not_disturb("one")

    for manner in ("announce", "speak"):
        one = channel(hass, account, "one", manner=manner)
        calm = await one.async_send(envelope(priority=Priority.HIGH))
        assert calm.evidence is Evidence.REFUSED
        assert calm.detail == "Do not disturb is on at the Echo"
    urgent = await channel(hass, account, "one").async_send(
        envelope(priority=Priority.URGENT)
    )

    assert urgent.evidence is Evidence.ACCEPTED
    assert "Do not disturb is on at the Echo, but it is urgent" in urgent.detail
    assert [how for how, _ in amazon.said()] == ["Alexa.Speak"]


async def test_it_whispers_at_night_what_is_not_urgent(
    hass: HomeAssistant,
    account: Account,
    amazon: Amazon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "SPACING", 0.0)
    night = [False]
    monkeypatch.setattr(echo_parts, "is_night", lambda _: night[0])
    one = channel(hass, account, "one", manner="speak", whisper=True)
    loud = channel(hass, account, "one", manner="announce", whisper=True)
    text = {"message": "Tea & cake", "title": ""}
    await one.async_send(envelope(**text))
    night[0] = True
    await one.async_send(envelope(**text))
    await one.async_send(envelope(**text, priority=Priority.URGENT))
    await loud.async_send(envelope(**text))

    assert [words for _, words in amazon.said()] == [
        "Tea & cake",
        '<amazon:effect name="whispered">Tea &amp; cake</amazon:effect>',
        "Tea & cake",
        "Tea & cake",
    ]


@pytest.mark.skipif(not BATCHES, reason="2025.6 knows no volume of an Echo")
async def test_its_volume_is_set_before_and_given_back_after_the_words(
    hass: HomeAssistant,
    account: Account,
    amazon: Amazon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from aioamazondevices.structures import AmazonVolumeState

    monkeypatch.setattr(module, "seconds_to_say", lambda _: 0.05)
    account.api._device_handler._final_devices = account.devices
    monkeypatch.setattr(
        type(account.api._device_handler), "devices", account.devices, raising=False
    )
    await account.entry.runtime_data.volume_state_event_handler(
        {"one": AmazonVolumeState(volume=30, is_muted=False)}
    )
    await hass.async_block_till_done()

    await channel(hass, account, "one", volume=70).async_send(envelope())
    await hass.async_block_till_done(wait_background_tasks=True)
    await account.close()

    assert [(name, payload.get("value")) for name, payload in amazon.steps()] == [
        ("Alexa.DeviceControls.Volume", "70"),
        ("AlexaAnnouncement", None),
        ("Alexa.DeviceControls.Volume", "30"),
    ]


async def test_what_is_offered_and_where_it_is_heard(
    hass: HomeAssistant, account: Account
) -> None:
    assert [each.label for each in Alexa.choices(hass)] == sorted(SERIALS)
    one = channel(hass, account, "one")
    assert Alexa.problem(hass, one.target) is None
    assert Alexa.problem(hass, "gone") == "target_gone"
    other = dr.async_get(hass).async_get_or_create(
        config_entry_id=account.entry.entry_id, identifiers={("alexa_devices", "tv")}
    )
    assert Alexa.problem(hass, other.id) == "not_an_echo"
    # it has a channel of its own: the general one does not offer it
    assert NotifyEntity.choices(hass) == []

    assert one.traits.room is None
    registry = dr.async_get(hass)
    registry.async_update_device(one.target, area_id=area(hass, "Kitchen"))
    assert one.traits.room == "kitchen"


async def test_what_cannot_be_called(hass: HomeAssistant, account: Account) -> None:
    one, nobody = channel(hass, account, "one"), Alexa(hass, "x", "X", "no device")
    assert (await nobody.async_send(envelope())).evidence is Evidence.REFUSED
    assert nobody.traits.best_evidence is Evidence.DISPATCHED

    silent = dr.async_get(hass).async_get_or_create(
        config_entry_id=account.entry.entry_id, identifiers={("alexa_devices", "tv")}
    )
    mute = Alexa(hass, "tv", "TV", silent.id)
    assert (await mute.async_send(envelope())).evidence is Evidence.REFUSED
    hass.set_state(CoreState.starting)
    assert (await mute.async_send(envelope())).evidence is Evidence.UNREACHABLE
    hass.set_state(CoreState.running)
    assert one.traits.best_evidence is Evidence.ACCEPTED


async def test_a_library_that_we_do_not_know_proves_nothing(
    hass: HomeAssistant,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(module, "GIVES_UP_AFTER", 0.5)
    for name in ("echo_batches", "echo_calls_wait"):
        monkeypatch.setattr(module, name, lambda _: None)
    one = channel(hass, account, "one")
    assert one.traits.best_evidence is Evidence.DISPATCHED
    async with open_desk(hass, tmp_path, one=one) as desk:
        record = await desk.over(await desk.send("one"))
    assert record.evidence is Evidence.DISPATCHED


def test_what_is_listened_to_is_there(caplog: pytest.LogCaptureFixture) -> None:
    """The library's line is found by its first words: they are its own."""
    if not BATCHES:
        pytest.skip("there each call fails by itself")
    import inspect

    from aioamazondevices.implementation import sequence

    assert logging.getLogger("aioamazondevices") is sequence._LOGGER
    assert f'"{module._GAVE_UP}' in inspect.getsource(sequence)
