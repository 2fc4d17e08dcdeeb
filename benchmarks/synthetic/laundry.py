"""Washing machines, dryers and washer-dryers, as wide as such machines are said to be.

Must not fit any one machine: ranges are of the kind (drums, heaters, timers), and
the index only sees to it that every household has each habit once.
"""

from __future__ import annotations

import random

from benchmarks.synthetic.design import Design, Programme, falling
from benchmarks.synthetic.parts import (
    Part,
    Recorder,
    blips,
    glow,
    maybe,
    pulses,
    pump,
    rest,
    several,
    soak,
    spin,
    tumble,
    warm_tumble,
)

WASHERS, DRYERS, WASHER_DRYERS = 8, 6, 4


class _Drum:
    """Motor, heater, timer and pump of one machine."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.motor = chance.uniform(60, 220)
        self.heater = chance.uniform(1400, 2300)
        self.on, self.off = chance.uniform(6, 14), chance.uniform(5, 16)
        self.drain = chance.uniform(20, 35)
        self.spinning = spin(chance.uniform(4, 9), chance.uniform(250, 600))
        self.loosening = tumble(
            chance.uniform(0.5, 4), 4, chance.uniform(8, 15), self.motor * 0.6
        )

    def turn(self, minutes: float) -> Part:
        return tumble(minutes, self.on, self.off, self.motor)

    def cotton(self, soaking: Programme = (), *, gentle: bool = False) -> Programme:
        """Wash warm or cold, soak, rinse and spin."""
        return [*self._rinsed(soaking, gentle=gentle), *self.close()]

    def held(self) -> Programme:
        """Stop in the last rinse until the timer, or its user, lets it go on."""
        return [*self._rinsed(), rest(self.chance.uniform(5, 25)), *self.close()]

    def _rinsed(self, soaking: Programme = (), *, gentle: bool = False) -> Programme:
        chance = self.chance
        warm = chance.choice((0.0, 6.0, 14.0, 25.0))
        main = chance.uniform(15, 70)
        parts = [pump(20, self.drain), self.turn(4)]
        if warm:
            parts.append(warm_tumble(warm, self.on, self.off, self.motor, self.heater))
        parts.append(tumble(main, 3, 42, self.motor) if gentle else self.turn(main))
        if soaking:
            parts += [*soaking, self.turn(5)]
        for _ in range(chance.randint(1, 3)):
            parts += [pump(60, self.drain), spin(1.5, 250), self.turn(6)]
        return [*parts, maybe(0.15, self.turn(6))]

    def close(self) -> Programme:
        """Drain and spin, again where the load is out of balance, and loosen."""
        again = [self.turn(1), spin(0.8, 200)]
        return [
            pump(45, self.drain),
            several(0, 2, *again),
            self.spinning,
            self.loosening,
        ]

    def soaked(self) -> Programme:
        """Soak, 5 to 40 minutes, without a turn of the drum or with some."""
        minutes = self.chance.uniform(5, 40)
        if self.chance.random() < 0.5:
            return [rest(minutes)]
        return [soak(minutes, self.chance.uniform(120, 300), self.motor)]

    def hand_wash(self) -> Programme:
        """Rock at 20 W, with little else; the spin is short and slow."""
        rocking, off = self.chance.uniform(20, 30), self.chance.uniform(6, 20)
        return [
            pump(20, self.drain),
            tumble(self.chance.uniform(20, 40), 6, off, rocking),
            pump(50, self.drain),
            tumble(6, 6, off, rocking),
            pump(50, self.drain),
            spin(1.2, 120),
        ]


def washer(chance: random.Random, index: int) -> Design:
    """Draw a washing machine."""
    drum = _Drum(chance)
    programmes = [
        drum.cotton(gentle=chance.random() < 0.2)
        for _ in range(chance.randint(1 if index else 2, 3))
    ]
    if index in {1, 2} or chance.random() < 0.2:
        programmes.insert(index % 2, drum.cotton(drum.soaked()))
    if index == 3 or chance.random() < 0.2:
        programmes.append(drum.hand_wash())
    if index == 5 or chance.random() < 0.15:
        programmes.append(drum.held())
    stays_on = index in {4, 7}
    anticrease = pulses(
        chance.choice((30, 120)), chance.uniform(3, 9), chance.uniform(30, 180), 80
    )
    after: list[Part] = [anticrease] if index in {2, 6} else []
    if stays_on:
        after = [blips(chance.choice((20, 120, 480)))]
    return Design(
        name=f"washer_{index}",
        kind="washing_machine",
        programmes=programmes,
        weights=falling(len(programmes)),
        display=chance.uniform(4, 6) if stays_on else chance.uniform(2, 8),
        off=chance.choice((0.0, 0.0, 0.6, 1.0)),
        display_s=chance.choice((0.0, 300.0, 900.0, 7200.0)),
        after=after,
        wanders=chance.choice((0.0, 0.15)),
        cut=0.04 if index % 2 else 0.0,
        paused=0.06 if index in {0, 6} else 0.0,
        delayed=0.5 if index in {3, 5} else 0.0,
        hurried_at_first=index in {0, 4},
    )


def _dry(chance: random.Random, minutes: float, *, pumped: bool) -> Programme:
    """Heat in blocks while the drum turns, then cool; a heat pump takes 300-700 W."""
    drum = chance.uniform(120, 260)
    power = chance.uniform(300, 700) if pumped else drum + chance.uniform(1700, 2600)
    reverses = chance.choice((0.0, 3.0, 6.0))
    cooling = chance.uniform(0.9, 1.1) * drum
    cool_minutes = chance.uniform(5, 10)

    def dry(to: Recorder, display: float) -> None:
        left = minutes * to.filling
        while left > 0.0:
            length = min(left, to.chance.uniform(4, 12))
            to.draw(length * 60.0, power * to.chance.uniform(0.95, 1.05))
            to.draw(8.0, drum + display)
            if reverses:
                to.rest(reverses, display)
            left -= length

    def cool(to: Recorder, display: float) -> None:
        until = to.at + cool_minutes * 60.0
        while to.at < until:
            to.draw(57.0, cooling * to.chance.uniform(0.95, 1.05) + display)
            if reverses:
                to.rest(reverses, display)

    return [dry, cool]


def dryer(chance: random.Random, index: int) -> Design:
    """Draw a dryer; every other one has a heat pump."""
    pumped = index % 2 == 1
    longest = chance.uniform(60, 170) if pumped else chance.uniform(40, 90)
    programmes = [
        _dry(chance, longest * share, pumped=pumped) for share in (1.0, 0.6, 0.3)
    ]
    pulsing = pulses(
        (30, 120, 30, 120, 30, 60)[index],
        chance.uniform(4, 9),
        chance.uniform(31, 65),
        chance.uniform(90, 250),
        idle=chance.choice((0.0, 0.0, 8.0)),
    )
    after: list[Part] = [] if index == 0 else [maybe(0.7, pulsing)]
    if index == 4:
        after = [pulsing, glow(20, 12)]
    return Design(
        name=f"dryer_{index}",
        kind="dryer",
        programmes=programmes,
        weights=falling(3),
        display=chance.uniform(1, 6),
        off=chance.choice((0.0, 0.6)),
        display_s=chance.choice((60.0, 1800.0)),
        after=after,
        cut=0.04 if index == 3 else 0.0,
        hurried_at_first=index == 2,
    )


def washer_dryer(chance: random.Random, index: int) -> Design:
    """Draw a machine that washes, dries, or does both with a rest between."""
    drum = _Drum(chance)
    wash = drum.cotton()
    dry = _dry(chance, chance.uniform(50, 110), pumped=index % 2 == 1)
    between = rest(chance.choice((0.5, chance.uniform(1, 8), chance.uniform(3, 14))))
    programmes = [wash, [*wash, between, *dry], dry]
    weights = ([2, 2, 1], [1, 4, 0], [4, 1, 1], [1, 1, 1])[index]
    after = [pulses(30, 5, chance.uniform(45, 120), 150)] if index % 2 else []
    return Design(
        name=f"washer_dryer_{index}",
        kind="washer_dryer",
        programmes=programmes,
        weights=[float(each) for each in weights],
        display=chance.uniform(2, 6),
        off=0.0,
        display_s=chance.choice((600.0, 3600.0)),
        after=after,
        cut=0.03 if index == 2 else 0.0,
    )
