"""A receiver of a webhook hears each ring once, and each withdrawal once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from custom_components.reliable_notifications.const import DOMAIN
from tests.channels.receiver import Receiver

from .test_secrets_of_webhooks import (
    Posting,
    posting as posting,  # noqa: PLC0414 - a fixture
)


def _keys(receiver: Receiver) -> list[str]:
    return [each.headers["Idempotency-Key"] for each in receiver.requests]


async def _leak(home: Posting) -> str:
    answer: Any = await home.hass.services.async_call(
        DOMAIN,
        "send",
        {"message": "Water", "priority": "urgent", "incident": "leak"},
        blocking=True,
        return_response=True,
    )
    await home.settle()
    return str(answer["intents"][0]["intent_id"])


async def _is_over(home: Posting) -> None:
    await home.hass.services.async_call(
        DOMAIN, "resolve", {"incident": "leak"}, blocking=True
    )
    await home.wait(20, step=2)


async def test_each_ring_is_a_delivery_of_its_own(
    posting: tuple[Posting, Receiver],
) -> None:
    home, receiver = posting
    receiver.status = HTTPStatus.ACCEPTED
    intent_id = await _leak(home)
    await home.wait(700, step=10)
    rings = _keys(receiver)
    assert rings[:3] == [intent_id, f"{intent_id}-1", f"{intent_id}-2"]
    assert len(set(rings)) == len(rings)

    await _is_over(home)
    assert _keys(receiver)[-1] == f"withdrawal-{rings[-1]}"


async def test_what_is_over_a_second_time_is_said_again(
    posting: tuple[Posting, Receiver],
) -> None:
    home, receiver = posting
    receiver.status = HTTPStatus.ACCEPTED
    told = []
    for _ in range(2):
        told.append(await _leak(home))
        await home.wait(10, step=2)
        await _is_over(home)
    over = [each for each in _keys(receiver) if each.startswith("withdrawal")]
    assert list(dict.fromkeys(over)) == [f"withdrawal-{each}" for each in told]
