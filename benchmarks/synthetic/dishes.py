"""Dishwashers: every way to dry, and to end with, without or sometimes with a pump.

Must not fit any one machine: the index only sees to it that every household has each
way to end.
"""

from __future__ import annotations

from dataclasses import dataclass
import random

from benchmarks.synthetic.design import Design, Programme, falling
from benchmarks.synthetic.parts import (
    Part,
    block,
    glow,
    heat,
    maybe,
    pump,
    rest,
    thermostat,
    wash_round,
)

DISHWASHERS = 9

# How a household's dishwashers dry, and how often the pump closes the drying pause.
HABITS = (
    ("passive", 1.0),
    ("passive", 0.0),
    ("passive", 0.5),
    ("heated", 1.0),
    ("passive", 0.8),
    ("passive", 0.2),
    ("fan", 0.0),
    ("heated", 0.0),
    ("mixed", 0.7),
)


@dataclass(frozen=True, slots=True)
class _Machine:
    """Heater, pumps and the way it dries."""

    chance: random.Random
    heater: float
    circulation: float
    drain: Part
    closing: Part
    share: float

    def wash(self, *, eco: bool) -> Programme:
        chance = self.chance
        parts = [self.drain, wash_round(chance.uniform(5, 14), self.circulation)]
        parts += [heat(chance.uniform(6, 16), self.heater)]
        parts += [wash_round(chance.uniform(15, 110 if eco else 30), self.circulation)]
        if eco:  # it lets the soil swell, or regenerates
            parts += [
                rest(chance.uniform(3, 25)),
                wash_round(12, self.circulation),
            ]
        parts += [self.drain, wash_round(8, self.circulation)]
        parts += [maybe(0.2, self.drain, wash_round(6, self.circulation))]
        hot = heat(chance.uniform(5, 12), self.heater)
        return [*parts, hot, wash_round(3, self.circulation), self.drain]

    def short(self) -> Programme:
        """Rinse cold, so that nothing dries on: ten minutes, 15 Wh."""
        return [
            self.drain,
            wash_round(self.chance.uniform(7, 12), self.circulation),
            self.drain,
        ]

    def dry(self, way: str) -> Programme:
        """Dry passively, with the heater, or with a fan behind an open door."""
        chance = self.chance
        if way == "mixed":
            way = chance.choice(("passive", "heated", "none", "fan"))
        if way == "none":
            return []
        if way == "fan":  # a quiet fan is no load, a strong one is
            waiting = rest(chance.uniform(3, 12))
            minutes = chance.uniform(10, 50)
            if chance.random() < 0.5:
                return [waiting, block(minutes * 60.0, chance.uniform(20, 35), 0.01)]
            return [waiting, glow(minutes, chance.uniform(3, 6))]
        if way == "heated":
            on, off = chance.uniform(20, 90), chance.uniform(60, 300)
            warm = thermostat(chance.uniform(8, 25), on, off, self.heater * 0.45)
            return [warm, maybe(self.share, rest(chance.uniform(2, 12)), self.closing)]
        longest = 60 if chance.random() < 0.2 else 34
        pause = rest(chance.uniform(5, longest))
        return [maybe(self.share, pause, self.closing)]


def dishwasher(chance: random.Random, index: int) -> Design:
    """Draw a dishwasher with two to five programmes."""
    way, share = HABITS[index]
    fan = way in {"fan", "mixed"}
    drain = pump(chance.uniform(20, 70), chance.uniform(16, 60))
    machine = _Machine(
        chance,
        heater=chance.uniform(1800, 2200),
        circulation=chance.uniform(35, 90),
        drain=drain,
        closing=pump(chance.uniform(20, 75), chance.uniform(16, 180)),
        share=share,
    )
    programmes = [
        [*machine.wash(eco=each == 0 or chance.random() < 0.4), *machine.dry(way)]
        for each in range(chance.randint(2, 4))
    ]
    if index in {0, 4} or chance.random() < 0.2:
        programmes.append([*machine.short()])
    return Design(
        name=f"dishwasher_{index}",
        kind="dishwasher",
        programmes=programmes,
        weights=falling(len(programmes)),
        # a quiet fan and the display together are less than a load
        display=chance.choice((0.0, 1.0, 1.5) if fan else (0.0, 1.0, 3.0, 6.0)),
        off=chance.choice((0.0, 0.0, 1.0)),
        display_s=chance.choice((0.0, 600.0, 3600.0)),
        wanders=chance.choice((0.0, 0.2)),
        cut=0.04 if index in {1, 3} else 0.0,
        paused=0.06 if index in {4, 6} else 0.0,
        delayed=0.4 if index in {2, 7} else 0.0,
        hurried=0.06,
        hurried_at_first=index in {1, 5},
        cycles=22,
    )
