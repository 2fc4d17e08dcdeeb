"""Signs without words: given, seen to be given, and undone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, ClassVar

from homeassistant.components.light import (
    ATTR_BRIGHTNESS,
    ATTR_HS_COLOR,
    ColorMode,
    LightEntity,
)
from homeassistant.components.siren import SirenEntity, SirenEntityFeature
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
import pytest

from custom_components.reliable_notifications.channels import signal as module
from custom_components.reliable_notifications.channels.signal import Signal
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import open_desk
from tests.channels import voices
from tests.channels.envelopes import envelope
from tests.channels.voices import registry_id


class Lamp(LightEntity):
    """A lamp of many colours."""

    _attr_should_poll = False
    _attr_supported_color_modes: ClassVar = {ColorMode.HS}
    _attr_color_mode = ColorMode.HS

    def __init__(self, *, on: bool = False, deaf: bool = False) -> None:
        self._attr_name = self._attr_unique_id = "Lamp"
        self._attr_is_on = on
        self._attr_brightness = 77
        self._attr_hs_color = (120.0, 50.0)
        self.deaf = deaf
        self.ready = asyncio.Event()
        self.ready.set()
        self.error: Exception | None = None
        self.turns: list[str] = []

    async def async_turn_on(self, **kwargs: Any) -> None:
        await self._turn("on")
        self._attr_brightness = kwargs.get(ATTR_BRIGHTNESS, self.brightness)
        self._attr_hs_color = kwargs.get(ATTR_HS_COLOR, self.hs_color)
        self.async_write_ha_state()

    async def async_turn_off(self, **kwargs: Any) -> None:
        await self._turn("off")

    async def _turn(self, how: str) -> None:
        if self.error is not None:
            raise self.error
        await self.ready.wait()
        self.turns.append(how)
        if not self.deaf:
            self._attr_is_on = how == "on"
            self.async_write_ha_state()


class Siren(SirenEntity):
    """A siren that notes what it is told."""

    _attr_should_poll = False

    def __init__(self, features: SirenEntityFeature, *, on: bool = False) -> None:
        self._attr_name = self._attr_unique_id = "Siren"
        self._attr_supported_features = features
        self._attr_is_on = on
        self.turns: list[Any] = []

    async def async_turn_on(self, **kwargs: Any) -> None:
        self.turns.append(kwargs)
        self._attr_is_on = True
        self.async_write_ha_state()

    async def async_turn_off(self, **kwargs: Any) -> None:
        self.turns.append("off")
        self._attr_is_on = False
        self.async_write_ha_state()


ON_OFF = SirenEntityFeature.TURN_ON | SirenEntityFeature.TURN_OFF


@pytest.fixture
async def home(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> HomeAssistant:
    monkeypatch.setattr(module, "FLASH", 0.02)
    monkeypatch.setattr(module, "SHOWS_WITHIN", 0.1)
    for domain in ("homeassistant", "light", "siren"):
        assert await async_setup_component(hass, domain, {})
    return hass


def channel(hass: HomeAssistant, entity_id: str, seconds: float = 0.1) -> Signal:
    target = registry_id(hass, entity_id)
    return Signal(hass, "sign", "Sign", target, {"seconds": seconds})


def urgent(**changes: Any) -> Any:
    return envelope(priority=Priority.URGENT, **changes)


async def over(hass: HomeAssistant) -> None:
    """Until the sign has ended."""
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.mark.parametrize("on", [False, True])
async def test_a_light_flashes_and_is_then_as_before(
    home: HomeAssistant, on: bool
) -> None:
    lamp = Lamp(on=on)
    await voices.add(home, "light", lamp)
    before = home.states.get("light.lamp")
    assert before is not None

    result = await channel(home, "light.lamp").async_send(urgent())
    assert result.evidence is Evidence.DELIVERED
    await over(home)

    first, second = ("off", "on") if on else ("on", "off")
    assert lamp.turns[:4] == [first, second, first, second]
    after = home.states.get("light.lamp")
    assert after is not None
    assert (after.state, after.attributes) == (before.state, before.attributes)


async def test_two_who_want_the_same_lamp_get_one_sign(home: HomeAssistant) -> None:
    lamp = Lamp()
    await voices.add(home, "light", lamp)

    results = await asyncio.gather(
        *(channel(home, "light.lamp").async_send(urgent()) for _ in range(3))
    )
    await over(home)

    assert [each.evidence for each in results] == [Evidence.DELIVERED] * 3
    assert len(lamp.turns) in (5, 6)
    assert lamp.is_on is False


async def test_a_light_that_does_not_follow_proves_nothing(home: HomeAssistant) -> None:
    await voices.add(home, "light", Lamp(deaf=True))

    result = await channel(home, "light.lamp").async_send(urgent())

    assert result.evidence is Evidence.DISPATCHED
    await over(home)


async def test_a_light_that_only_assumes_proves_nothing(home: HomeAssistant) -> None:
    lamp = Lamp()
    lamp._attr_assumed_state = True
    await voices.add(home, "light", lamp)

    result = await channel(home, "light.lamp").async_send(urgent())

    assert result.evidence is Evidence.DISPATCHED
    await over(home)


async def test_what_a_light_raises_goes_to_the_courier(
    home: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    lamp = Lamp()
    await voices.add(home, "light", lamp)
    lamp.error = HomeAssistantError("out of reach")
    with pytest.raises(HomeAssistantError, match="out of reach"):
        await channel(home, "light.lamp").async_send(urgent())

    lamp.error = None  # and one that fails in the middle has given its sign
    sign = channel(home, "light.lamp", seconds=5)
    assert (await sign.async_send(urgent())).evidence is Evidence.DELIVERED
    lamp.error = HomeAssistantError("gone dark")
    await over(home)
    assert "The sign of light.lamp broke off: gone dark" in caplog.text


async def test_a_sign_that_is_broken_off_is_undone(home: HomeAssistant) -> None:
    lamp = Lamp()
    siren = Siren(ON_OFF)
    await voices.add(home, "light", lamp)
    await voices.add(home, "siren", siren)
    for entity_id in ("light.lamp", "siren.siren"):
        sign = channel(home, entity_id, seconds=600)
        await sign.async_send(urgent())
        await sign.async_stop()
    await over(home)

    assert (lamp.is_on, siren.is_on) == (False, False)
    await channel(home, "light.lamp").async_stop()  # nothing to end


async def test_a_siren_sounds_for_so_long(home: HomeAssistant) -> None:
    siren = Siren(ON_OFF | SirenEntityFeature.DURATION)
    await voices.add(home, "siren", siren)

    result = await channel(home, "siren.siren", seconds=1).async_send(urgent())

    assert result.evidence is Evidence.DELIVERED
    assert siren.is_on
    await over(home)
    assert siren.turns == [{"duration": 1}, "off"]


async def test_a_siren_that_sounds_already_is_not_ended(home: HomeAssistant) -> None:
    siren = Siren(ON_OFF, on=True)
    await voices.add(home, "siren", siren)

    await channel(home, "siren.siren").async_send(urgent())
    await over(home)

    assert siren.turns == [{}]
    assert siren.is_on


@pytest.mark.parametrize(
    ("least", "given"),
    [
        (None, [Priority.URGENT, Priority.HIGH]),
        ("urgent", [Priority.URGENT]),
        ("low", list(Priority)),
    ],
)
async def test_only_what_is_important_is_signalled(
    home: HomeAssistant, least: str | None, given: list[Priority]
) -> None:
    lamp = Lamp()
    await voices.add(home, "light", lamp)
    settings = {"seconds": 0.1} | ({"least_priority": least} if least else {})
    sign = Signal(home, "x", "X", registry_id(home, "light.lamp"), settings)

    results = {
        each: await sign.async_send(envelope(priority=each)) for each in Priority
    }
    await over(home)

    refused = {each for each in Priority if each not in given}
    assert {
        each for each, result in results.items() if result.evidence is Evidence.REFUSED
    } == refused
    assert all("signalled" in results[each].detail for each in refused)
    # who presses *Test* wants to see it
    tried = await sign.async_send(envelope(priority=Priority.LOW, is_test=True))
    assert tried.evidence is Evidence.DELIVERED
    await over(home)


async def test_scenes_and_scripts_are_started_and_prove_nothing(
    home: HomeAssistant, tmp_path: Path
) -> None:
    calls: list[dict[str, Any]] = []

    async def note(call: ServiceCall) -> None:
        calls.append(dict(call.data))

    home.services.async_register("test", "note", note)
    await voices.add(home, "light", Lamp())
    words = {"words": "{{ priority }}: {{ title }}, {{ message }}"}
    assert await async_setup_component(
        home,
        "script",
        {
            "script": {
                "alarm": {"sequence": [{"action": "test.note", "data": words}]},
                "broken": {"sequence": [{"action": "test.nobody"}]},
            }
        },
    )
    scene = {"name": "Alarm", "entities": {"light.lamp": "on"}, "id": "alarm"}
    assert await async_setup_component(home, "scene", {"scene": [scene]})
    await home.async_block_till_done()

    for entity_id in ("script.alarm", "scene.alarm"):
        sign = Signal(home, "x", "X", entity_id)
        result = await sign.async_send(urgent(title="Basement", message="Water"))
        await home.async_block_till_done()
        assert result.evidence is sign.traits.best_evidence is Evidence.DISPATCHED
    assert calls == [{"words": "urgent: Basement, Water"}]
    lamp = home.states.get("light.lamp")
    assert lamp is not None
    assert lamp.state == "on"

    # a script fails in a task that nobody waits for, which fails a test otherwise
    failures: list[str] = []
    home.loop.set_exception_handler(lambda _, each: failures.append(each["message"]))
    broken = Signal(home, "x", "X", "script.broken")
    async with open_desk(home, tmp_path, x=broken) as desk:
        intent_id = await desk.send("x", priority=Priority.HIGH)
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)
        attempt = (await desk.attempts(intent_id))[0]
    assert attempt[1] == "unreachable"
    assert "test.nobody" in attempt[2]


async def test_what_is_offered_and_what_cannot_be_called(home: HomeAssistant) -> None:
    lamp = Lamp()
    await voices.add(home, "light", lamp)
    await voices.add(home, "siren", Siren(SirenEntityFeature.TURN_ON))
    target = registry_id(home, "light.lamp")

    # the siren could not be ended
    assert [each.value for each in Signal.choices(home)] == [target]
    assert Signal.problem(home, target) is None
    assert Signal.problem(home, "siren.siren") == "no_sign"
    home.states.async_set("switch.fan", "off")
    assert Signal.problem(home, "switch.fan") == "no_sign"
    assert Signal.problem(home, "light.nobody") == "target_gone"

    traits = channel(home, "light.lamp").traits
    assert (traits.best_evidence, traits.room) == (Evidence.DELIVERED, None)
    lamp._attr_available = False
    lamp.async_write_ha_state()
    result = await channel(home, "light.lamp").async_send(urgent())
    assert result.evidence is Evidence.UNREACHABLE
    assert channel(home, "light.lamp").hindrance == result
