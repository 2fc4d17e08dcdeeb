"""The entities beside the power sensor: follows them, and gives each its hearing.

A door, what shakes, a counter, a price, and what the appliance says of itself. While
the past of a new appliance is gone through, what they say waits in order like the
readings.

Must not judge what their words mean: neither for a cycle (the detector does) nor for a
load or a bill.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from homeassistant.core import HomeAssistant, State, callback
from homeassistant.util import dt as dt_util

from ..adapters.followed_entity import FollowedEntity
from ..adapters.price_forecast import given_prices
from ..adapters.witnesses import counted_wh, is_on, price_per_kwh, says
from ..engine.cycles.detector import Detector
from ..engine.cycles.native_tracker import NativeReading, NativeTracker
from ..engine.cycles.witness import Counted, Door, Said, Shaking, Word
from ..engine.vocabulary import Instant, Reading, UnloadingEvent
from .chronicle import ApplianceSpec
from .consequences import Consequences


class Hearing(Protocol):
    """Where testimony is heard: the watch over one appliance."""

    detector: Detector | NativeTracker
    consequences: Consequences

    def when_learned(self, do: Callable[[], None]) -> None:
        """Do it now, or after what is being learned."""

    def note_presence(self, at: Instant, *, is_there: bool) -> None:
        """Note whether the appliance can be heard."""

    def step(self, now: Instant, said: Reading | NativeReading | None) -> None:
        """Let the detector find what follows."""

    def testify(self, now: Instant, said: Said) -> None:
        """Let the detector of the power find what follows from a witness."""

    def unload(self, event: UnloadingEvent | None, now: Instant) -> None:
        """Tell what happened to the load, if something did."""

    def show(self, now: Instant) -> None:
        """Show what is new."""


class Testimony:
    """The witnesses of one appliance."""

    def __init__(
        self, hass: HomeAssistant, spec: ApplianceSpec, hearing: Hearing
    ) -> None:
        """Prepare; nothing is followed before `async_start`."""
        self._hass = hass
        self._hearing = hearing
        self._followed: list[FollowedEntity] = []
        decides = spec.power_entity is None
        self._follow(
            spec.native_entity, self._native_said if decides else self._word_said
        )
        self._follow(spec.door_entity, self._door_said)
        self._follow(spec.vibration_entity, self._shaking_said)
        # that it still stands where it stood is what a counter has to say of an outage
        self._follow(spec.counter_entity, self._counter_said, hears_repeats=True)
        self._follow(spec.price_entity, self._price_said)

    def _follow(
        self,
        reference: str | None,
        said: Callable[[State | None, Instant], None],
        *,
        hears_repeats: bool = False,
    ) -> None:
        def take(state: State | None, _: Instant) -> None:
            now = dt_util.utcnow().timestamp()
            self._hearing.when_learned(lambda: said(state, now))

        if reference is not None:
            self._followed.append(
                FollowedEntity(self._hass, reference, take, hears_repeats=hears_repeats)
            )

    @callback
    def async_start(self) -> None:
        """Hear what each says now, and from now on."""
        for witness in self._followed:
            witness.async_start()

    @callback
    def async_stop(self) -> None:
        """Stop listening."""
        for witness in self._followed:
            witness.async_stop()

    def _native_said(self, state: State | None, now: Instant) -> None:
        word = says(state)
        self._hearing.note_presence(now, is_there=word is not None)
        self._hearing.step(now, NativeReading(now, word))

    def _word_said(self, state: State | None, now: Instant) -> None:
        self._hearing.testify(now, Word(says(state)))

    def _door_said(self, state: State | None, now: Instant) -> None:
        self._hearing.testify(now, Door(is_on(state)))
        event = self._hearing.consequences.unloading.door(is_on(state), now)
        self._hearing.unload(event, now)

    def _shaking_said(self, state: State | None, now: Instant) -> None:
        self._hearing.testify(now, Shaking(is_on(state)))

    def _counter_said(self, state: State | None, now: Instant) -> None:
        if (wh := counted_wh(state)) is not None:
            bill = self._hearing.consequences.bill
            bill.counted(wh, now)
            self._hearing.testify(now, Counted(wh))
            bill.used(self._hearing.detector.energy_wh, now)
            self._hearing.show(now)

    def _price_said(self, state: State | None, now: Instant) -> None:
        self._hearing.step(now, None)  # what was used up to now had the price before
        currency = self._hass.config.currency
        price, given = price_per_kwh(state, currency), given_prices(state, currency)
        self._hearing.consequences.priced(price, given, now)
        self._hearing.show(now)
