"""Text messages by notify actions of any platform."""

from __future__ import annotations

from functools import partial
from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError, ServiceNotFound
import pytest

from custom_components.reliable_notifications.channels.interface import Envelope
from custom_components.reliable_notifications.channels.sms_action import SmsAction
from custom_components.reliable_notifications.engine.vocabulary import (
    ContactKind,
    Evidence,
    Price,
    Shape,
    Trouble,
)
from tests.channels.envelopes import envelope

ANNA = "+4915123456789"
ACTION = "notify.sms"


def text(**changes: Any) -> Envelope:
    return envelope(**({"address": ANNA} | changes))


def register(hass: HomeAssistant, module: str | None = None) -> list[dict[str, Any]]:
    """An action as a platform registers it, and what it was called with."""
    calls: list[dict[str, Any]] = []

    async def send(call: ServiceCall) -> None:
        calls.append(dict(call.data))

    if module is not None:
        send.__module__ = module
    hass.services.async_register("notify", "sms", send)
    return calls


def channel(hass: HomeAssistant, **settings: Any) -> SmsAction:
    return SmsAction(hass, "it", "Text messages", ACTION, settings)


async def test_a_message_goes_to_the_number_of_its_recipient(
    hass: HomeAssistant,
) -> None:
    calls = register(hass)
    result = await channel(hass).async_send(
        text(title="Wäsche", message="fertig – “gleich” 🧺")
    )
    assert calls == [{"message": 'Wäsche: fertig - "gleich"', "target": [ANNA]}]
    assert result.evidence is Evidence.DISPATCHED
    assert result.detail == "Sent in 1 part: the action returned; it cannot tell more"


async def test_edge_34_a_long_message_is_made_to_fit(hass: HomeAssistant) -> None:
    calls = register(hass)
    message = "The machine is done. " * 30
    await channel(hass, most_parts=1).async_send(text(message=message))
    await channel(hass, most_parts=3).async_send(text(message=message))
    short, long = (call["message"] for call in calls)
    assert len(short) <= 160 < len(long) <= 459
    assert short.endswith("The machine is done.")


@pytest.mark.parametrize("platform", ["twilio_sms", "sinch", "message_bird"])
async def test_some_platforms_raise_what_their_service_refuses(
    hass: HomeAssistant, platform: str
) -> None:
    register(hass, f"homeassistant.components.{platform}.notify")
    sms = channel(hass)
    assert sms.traits.can_tell
    result = await sms.async_send(text())
    assert result.evidence is Evidence.ACCEPTED
    assert "said yes" in result.detail


async def test_others_prove_nothing(hass: HomeAssistant) -> None:
    register(hass, "homeassistant.components.clicksend.notify")
    assert not channel(hass).traits.can_tell
    hass.services.async_remove("notify", "sms")
    assert not channel(hass).traits.can_tell


async def test_a_platform_that_has_the_number_itself(hass: HomeAssistant) -> None:
    calls = register(hass)
    sms = channel(hass, with_number=False)
    assert (sms.traits.contact, sms.traits.shape) == (None, Shape.SHORT_TEXT)
    assert channel(hass).traits.contact is ContactKind.PHONE
    await sms.async_send(text(address=None))
    assert calls == [{"message": "Washing machine finished"}]


async def test_nobody_to_send_to(hass: HomeAssistant) -> None:
    calls = register(hass)
    result = await channel(hass).async_send(text(address=None))
    assert (result.evidence, result.trouble) == (Evidence.REFUSED, Trouble.REJECTED)
    assert calls == []


async def test_what_the_platform_raises_is_raised(hass: HomeAssistant) -> None:
    with pytest.raises(ServiceNotFound):
        await channel(hass).async_send(text())

    async def refuse(call: ServiceCall) -> None:
        raise HomeAssistantError("no credit")

    hass.services.async_register("notify", "sms", refuse)
    with pytest.raises(HomeAssistantError, match="no credit"):
        await channel(hass).async_send(text())


async def test_it_must_not_lead_back_to_us(hass: HomeAssistant) -> None:
    own = "notify.reliable_notifications_household"
    hass.services.async_register(*own.split(".", 1), lambda call: None)
    assert SmsAction.problem(hass, own) == "own_channel"
    result = await SmsAction(hass, "it", "Ours", own).async_send(text())
    assert result.evidence is Evidence.REFUSED


async def test_what_can_be_chosen(hass: HomeAssistant) -> None:
    for name in ("sms", "mobile_app_pixel", "send_message", "persistent_notification"):
        hass.services.async_register("notify", name, lambda call: None)
    assert [each.value for each in SmsAction.choices(hass)] == [ACTION]
    assert SmsAction.problem(hass, ACTION) is None
    assert SmsAction.problem(hass, "notify.gone") == "action_missing"


async def test_the_price_is_what_the_household_pays(hass: HomeAssistant) -> None:
    await hass.config.async_update(currency="EUR")
    assert channel(hass).price(text()) is None
    sms = channel(hass, part_price=0.07, monthly_cap=3.0, most_parts=3)
    assert sms.price(text(message="x" * 200)) == Price(amount=0.14, currency="EUR")
    assert sms.monthly_cap == 3.0
    assert sms.price(text(address="+12015550123")) == Price(
        amount=0.07,  # nobody has said where home is
        currency="EUR",
    )
    check = SmsAction.async_check
    assert await check(hass, ACTION, {"monthly_cap": 3.0, "part_price": 0.07}) == {}
    assert await check(hass, ACTION, {"part_price": 0.07}) == {}
    problem = {"part_price": "part_price_missing"}
    assert await check(hass, ACTION, {"monthly_cap": 3.0}) == problem


async def test_other_countries_have_a_price_of_their_own(hass: HomeAssistant) -> None:
    await hass.config.async_update(currency="EUR", country="DE")
    sms = channel(hass, part_price=0.07)
    french, american = "+33612345678", "+12015550123"
    assert sms.price(text()) == Price(amount=0.07, currency="EUR")
    assert sms.price(text(address=french)) is None
    unpriced = partial(SmsAction.unpriced, hass)
    numbers = [text().address, french, american]
    assert unpriced({"part_price": 0.07}, numbers) == ["FR (+33)", "US (+1)"]
    assert unpriced({}, [""]) == ["DE (+49)"]
    assert unpriced({}, ["+88213300655"]) == ["DE (+49)"]  # a satellite
    # where the action has the number by itself, it does not matter whom it is for
    assert unpriced({"part_price": 0.07, "with_number": False}, numbers) == []
    assert unpriced({"with_number": False}, numbers) == ["DE (+49)"]
    dear = {"part_price": 0.07, "part_price_abroad": 0.2}
    assert unpriced(dear, numbers) == []
    assert channel(hass, **dear).price(text(address=french)) == Price(
        amount=0.2, currency="EUR"
    )
