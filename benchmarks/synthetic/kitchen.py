"""Coffee machines, microwaves and kettles: short blocks that people start.

A cycle is one heating, or what is bridged as one: two cups of a pad machine within a
quarter of an hour, a jug lifted for seconds. What keeps warm is not part of it.

Must not fit any one machine.
"""

from __future__ import annotations

import random

from benchmarks.synthetic.design import Design, Programme
from benchmarks.synthetic.parts import (
    Part,
    Recorder,
    block,
    glow,
    heat,
    maybe,
    pulses,
    rest,
    several,
)

COFFEE_MACHINES, MICROWAVES, KETTLES = 6, 3, 4


def _wait(least_s: float, most_s: float, watts: float = 0.0) -> Part:
    """Wait for a person, or press water through with a pump that is no load."""

    def part(to: Recorder, display: float) -> None:
        to.rest(to.chance.uniform(least_s, most_s), watts + display)

    return part


def _cup(chance: random.Random, heater: float) -> Programme:
    """Press one cup in half a minute: the pump runs, the heater helps in pulses."""
    on = chance.uniform(4, 10)
    press = [block(on, heater), _wait(10.0 - on + 2.0, 10.0 - on + 4.0, 50)]
    return [*press, *press, block(on, heater)]


def _filter(chance: random.Random, heater: float, *, plate: bool) -> Design:
    brew: Programme = [
        heat(chance.uniform(4, 8), heater),
        maybe(0.5, _wait(10, 30), block(12, heater)),
    ]
    on, every = chance.uniform(8, 20), chance.uniform(60, 180)
    warm = pulses(chance.choice((40, 120)), on, every, heater)
    if plate:  # a plate of its own, weak and slow
        warm = pulses(120, chance.uniform(20, 60), chance.uniform(90, 240), 110)
    return _coffee("filter_plate" if plate else "filter", [brew], [warm])


def _coffee(
    name: str, programmes: list[Programme], after: Programme, hurried: float = 0.1
) -> Design:
    return Design(
        name=name,
        kind="coffee_machine",
        programmes=programmes,
        weights=[1.0] * len(programmes),
        display=1.0,
        off=0.0,
        display_s=600.0,
        after=after,
        hurried=hurried,
        cycles=20,
    )


def coffee_machine(chance: random.Random, index: int) -> Design:
    """Draw a filter machine, a pad or capsule machine, or an automatic one."""
    heater = chance.uniform(800, 1450)
    cup = _cup(chance, heater)
    if index in {0, 3}:
        design = _filter(chance, heater, plate=index == 3)
    elif index == 1:  # pads: it heats up, its user presses the button, once or twice
        one: Programme = [heat(1.2, heater), _wait(5, 60), *cup]
        two = [*one, _wait(60, 400), *cup]
        warm = pulses(20, chance.uniform(3, 6), chance.uniform(60, 120), heater)
        design = _coffee("pads", [one, two], [warm])
    elif index == 2:  # capsules: a short block, nothing kept warm
        design = _coffee("capsules", [[heat(0.5, heater, 0.1), *cup]], [])
    elif index == 4:  # pads, one cup, switched off
        design = _coffee("pads_once", [[heat(1.4, heater), _wait(5, 40), *cup]], [])
    else:  # beans: rinses at the start and the end, warms itself between
        grind = [block(9, 120), _wait(3, 5), *cup]
        cups: Programme = [
            block(40, heater),
            _wait(8, 15, 45),
            _wait(5, 40),
            several(1, 2, *grind, _wait(5, 30)),
        ]
        warm = pulses(60, chance.uniform(2, 5), chance.uniform(30, 90), heater)
        design = _coffee("automatic", [cups], [warm, glow(0.3, 45)])
    return design


def microwave(chance: random.Random, index: int) -> Design:
    """Draw a microwave with full power, pulsed power and both in a row."""
    power, lamp = chance.uniform(1050, 1500), chance.uniform(20, 55)
    on, off = chance.uniform(6, 18), chance.uniform(10, 22)

    def full(to: Recorder, display: float) -> None:
        length = to.chance.choice((20, 30, 45, 60, 90, 120, 180, 300))
        block(length, power)(to, display)

    def pulsed(to: Recorder, display: float) -> None:
        for _ in range(to.chance.randint(4, 20)):
            to.draw(on, power + display)
            to.rest(off, lamp + display)

    programmes: list[Programme] = [[full], [pulsed], [pulsed, full]]
    after: Programme = [
        [],
        [maybe(0.4, glow(20, 20))],
        [glow(1.5, lamp)],
    ][index]
    return Design(
        name=f"microwave_{index}",
        kind="microwave",
        programmes=programmes,
        weights=[4.0, 1.0, 1.0],
        display=chance.choice((0.0, 2.0, 3.0)),
        off=chance.choice((0.0, 2.0)),
        display_s=0.0,
        after=after,
        hurried=0.3,
        cycles=30,
    )


def kettle(chance: random.Random, index: int) -> Design:
    """Draw a kettle; two of the four keep warm."""
    power = chance.uniform(1600, 2400)

    def boil(to: Recorder, display: float) -> None:
        length = to.chance.uniform(30, 60) if index == 1 else to.chance.uniform(50, 260)
        to.draw(length, power * to.chance.uniform(0.98, 1.02) + display)

    def lifted(to: Recorder, display: float) -> None:
        boil(to, display)
        to.rest(to.chance.uniform(5, 22), display)
        to.draw(to.chance.uniform(15, 60), power + display)

    warm = pulses(30, chance.uniform(3, 10), chance.uniform(40, 150), power)
    return Design(
        name=f"kettle_{index}",
        kind="kettle",
        programmes=[[boil], [lifted]],
        weights=[6.0, 1.0],
        display=0.0 if index < 2 else 1.5,
        off=0.0,
        display_s=0.0 if index < 2 else 1800.0,
        after=[warm] if index >= 2 else [rest(0.2)],
        hurried=0.2,
        cycles=30,
    )
