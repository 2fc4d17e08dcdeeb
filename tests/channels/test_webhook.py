"""Messages that are posted to a web address."""

from __future__ import annotations

from collections.abc import AsyncIterator
import logging
from pathlib import Path
import time
from typing import Any

from aiohttp import ClientConnectorDNSError, ServerDisconnectedError
from aioresponses import aioresponses
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.reliable_notifications.channels.webhook import (
    Webhook,
    signature,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import open_desk
from tests.channels.envelopes import envelope
from tests.channels.receiver import SECRET, Receiver

ADDRESS = "https://hooks.example.org/in/canary-token"


@pytest.fixture
async def receiver(socket_enabled: None) -> AsyncIterator[tuple[Receiver, str]]:
    receiver = Receiver()
    async with receiver.running() as address:
        yield receiver, address


def hook(hass: HomeAssistant, address: str, **settings: Any) -> Webhook:
    return Webhook(hass, "hook", "Hook", "", {"address": address, **settings})


def test_it_signs_as_the_standard_says() -> None:
    """The example that comes with Standard Webhooks."""
    assert (
        signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            b'{"test": 2432232314}',
        )
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


async def test_a_receiver_that_checks_everything_takes_it_once(
    hass: HomeAssistant, tmp_path: Path, receiver: tuple[Receiver, str]
) -> None:
    taker, address = receiver
    channel = hook(hass, address, secret=SECRET)
    async with open_desk(hass, tmp_path, hook=channel) as desk:
        intent_id = await desk.send("hook", tag="rn-washer-1", priority=Priority.HIGH)
        record = await desk.proven(intent_id)
        (parcel,) = await desk.outbox.load([intent_id])

    assert record.evidence is Evidence.ACCEPTED
    body = taker.taken[intent_id]
    assert body["schema"] == 1
    assert (body["title"], body["message"]) == (
        "Washing machine",
        "Washing machine finished",
    )
    assert (body["priority"], body["tag"]) == ("high", "rn-washer-1")
    assert body["recipient"] == parcel.recipient_name
    assert body["data"] == {"appliance": "Washing machine"}

    # the same message in a second attempt: known by its key
    await channel.async_send(envelope(intent_id=intent_id, attempt_id="second"))
    assert list(taker.taken) == [intent_id]
    assert len(taker.requests) == 2

    # brought to mind again: another delivery, whose attempts are one again
    for attempt_id in ("third", "fourth"):
        again = envelope(intent_id=intent_id, attempt_id=attempt_id, ring=1)
        result = await channel.async_send(again)
    assert list(taker.taken) == [intent_id, f"{intent_id}-1"]
    assert (body["ring"], taker.taken[f"{intent_id}-1"]["ring"]) == (0, 1)
    assert result.reference == f"{intent_id}-1"

    over = {"schema": 1, "type": "withdrawal", "tag": "rn-washer-1"}
    await channel.async_clear("rn-washer-1")
    assert taker.taken["withdrawal-rn-washer-1"] == over
    await channel.async_take_back("rn-washer-1", [intent_id, f"{intent_id}-1"])
    assert taker.taken[f"withdrawal-{intent_id}-1"] == over


async def test_a_wrong_secret_is_a_matter_of_the_login(
    hass: HomeAssistant, tmp_path: Path, receiver: tuple[Receiver, str]
) -> None:
    _, address = receiver
    channel = hook(hass, address, secret="another secret of many letters")
    async with open_desk(hass, tmp_path, hook=channel) as desk:
        intent_id = await desk.send("hook")
        await desk.over(intent_id)

        assert (await desk.attempts(intent_id))[0] == (
            "hook",
            "refused",
            "The server answered with HTTP status 401",
        )
        assert desk.courier.health.of("hook").is_down


async def test_what_was_recorded_cannot_be_sent_again_later(
    hass: HomeAssistant, receiver: tuple[Receiver, str]
) -> None:
    taker, address = receiver
    taker.clock = lambda: time.time() + 301
    with pytest.raises(HomeAssistantError, match="401"):
        await hook(hass, address, secret=SECRET).async_send(envelope())


async def test_a_redirect_is_not_followed(
    hass: HomeAssistant, receiver: tuple[Receiver, str]
) -> None:
    taker, address = receiver
    taker.status, taker.headers = 307, {"Location": address}
    result = await hook(hass, address).async_send(envelope())

    assert result.evidence is Evidence.REFUSED
    assert "elsewhere" in result.detail
    assert len(taker.requests) == 1


@pytest.mark.parametrize("hint", ["120", "Wed, 25 Nov 2026 12:02:00 GMT"])
async def test_a_server_that_wants_to_be_let_alone_is(
    hass: HomeAssistant,
    tmp_path: Path,
    receiver: tuple[Receiver, str],
    freezer: Any,
    hint: str,
) -> None:
    freezer.move_to("2026-11-25T12:00:00Z")
    taker, address = receiver
    taker.status, taker.headers = 503, {"Retry-After": hint}
    async with open_desk(hass, tmp_path, hook=hook(hass, address)) as desk:
        intent_id = await desk.send("hook")
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)
        (parcel,) = await desk.outbox.load([intent_id])

    (track, _) = parcel.delivery.tracks
    assert track.ready_at == pytest.approx(time.time() + 120)


async def test_no_signature_without_a_secret(
    hass: HomeAssistant, receiver: tuple[Receiver, str]
) -> None:
    taker, address = receiver
    taker.status = 204
    result = await hook(hass, address).async_send(envelope())

    assert result.evidence is Evidence.ACCEPTED
    (request,) = taker.requests
    assert request.headers["Idempotency-Key"] == "01INTENT"
    assert "webhook-signature" not in request.headers


@pytest.mark.parametrize(
    ("error", "evidence", "detail"),
    [
        (ServerDisconnectedError(), "unknown", "broke off before the server answered"),
        (
            ClientConnectorDNSError(
                type("Key", (), {"host": "canary-token", "port": 1, "ssl": True})(),  # type: ignore[arg-type]
                OSError("canary-token"),
            ),
            "unreachable",
            "name of the server is not known",
        ),
        (TimeoutError(), "timed_out", "no answer within 15 s"),
    ],
)
async def test_errors_of_the_library_are_our_verdicts_and_tell_no_address(
    hass: HomeAssistant,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    evidence: str,
    detail: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    with aioresponses() as web:
        web.post(ADDRESS, exception=error, repeat=True)
        async with open_desk(hass, tmp_path, hook=hook(hass, ADDRESS)) as desk:
            intent_id = await desk.send("hook")
            await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)
            _, found, said = (await desk.attempts(intent_id))[0]

    assert found == evidence
    assert detail in said
    assert "canary-token" not in said
    ours = [each for each in caplog.messages if "canary-token" in each]
    assert ours == []


@pytest.mark.parametrize(
    ("settings", "problems"),
    [
        ({"address": "https://example.org/hook"}, {}),
        ({"address": "http://192.168.1.20:8123/hook"}, {}),
        ({"address": "http://nas.local/hook"}, {}),
        ({"address": "http://nodered:1880/hook"}, {}),
        ({"address": "http://[::1]/hook"}, {}),
        ({"address": "http://example.org/hook"}, {"address": "not_encrypted"}),
        (
            {"address": "https://example.org/hook", "check_certificate": False},
            {"address": "not_encrypted"},
        ),
        ({"address": "https://nas.lan/hook", "check_certificate": False}, {}),
        ({"address": "ftp://example.org"}, {"address": "not_a_web_address"}),
        ({"address": "https://"}, {"address": "not_an_address"}),
        ({"address": "https://example.org:port"}, {"address": "not_an_address"}),
        ({"address": "https://example.org/a b"}, {"address": "not_an_address"}),
        ({"address": "https://example.org/#part"}, {"address": "not_an_address"}),
        (
            {"address": "https://example.org/" + 2000 * "x"},
            {"address": "not_an_address"},
        ),
        (
            {"address": "https://example.org", "secret": "short"},
            {"secret": "secret_too_short"},
        ),
        (
            {"address": "https://example.org", "secret": "whsec_not base64"},
            {"secret": "secret_not_readable"},
        ),
        ({"address": "https://example.org", "secret": SECRET}, {}),
    ],
)
async def test_what_is_filled_in_is_checked(
    hass: HomeAssistant, settings: dict[str, Any], problems: dict[str, str]
) -> None:
    assert await Webhook.async_check(hass, "", settings) == problems


def test_two_channels_to_one_address_are_one_and_its_name_tells_nothing() -> None:
    one = Webhook.identity("", {"address": ADDRESS, "secret": "a"})
    assert one == Webhook.identity("", {"address": ADDRESS, "secret": "b"})
    assert one != Webhook.identity("", {"address": f"{ADDRESS}2"})
    assert "canary" not in one


@pytest.mark.parametrize(
    ("address", "local"),
    [("http://192.168.1.20/in", True), (ADDRESS, False)],
)
def test_a_server_at_home_needs_no_internet(
    hass: HomeAssistant, address: str, *, local: bool
) -> None:
    assert hook(hass, address).traits.local is local
