"""What has no cycles worth telling: refrigerators, freezers, screens, computers.

Each finish told of one is spurious. Must not be labelled with cycles.
"""

from __future__ import annotations

import random

from benchmarks.synthetic.parts import Recorder

COLD_STORES, SCREENS = 5, 4
DAY_S = 86400.0
DAYS = 5


def cold_store(chance: random.Random, index: int) -> Recorder:
    """Record a refrigerator or freezer: inrush, compressor, defrost heater, lamp."""
    to = Recorder(chance)
    compressor = chance.uniform(55, 140)
    period_s = DAY_S / chance.uniform(20, 27)
    duty = chance.uniform(0.25, 0.55)
    inrush = chance.uniform(600, 1200)
    defrost = (0.0, chance.uniform(150, 600), 0.0, chance.uniform(150, 600), 600.0)
    due = chance.uniform(0.1, 0.6) * DAY_S
    idle = chance.choice((0.0, 1.0, 3.0))
    while to.at < DAYS * DAY_S:
        to.draw(chance.randint(1, 5), inrush * chance.uniform(0.8, 1.0))
        cools = period_s * duty * chance.uniform(0.75, 1.3)
        while cools > 0.0:  # warm at first, then less
            to.draw(min(cools, 300.0), compressor * chance.uniform(0.93, 1.05))
            cools -= 300.0
        if chance.random() < 0.15:  # somebody looks for the milk
            to.draw(chance.uniform(5, 60), 15.0 + idle)
        to.rest(period_s * (1.0 - duty) * chance.uniform(0.75, 1.3), idle)
        if defrost[index] and to.at > due:
            due += chance.uniform(0.35, 1.0) * DAY_S
            to.draw(chance.uniform(12, 25) * 60.0, defrost[index])
            to.rest(600.0, idle)
    return to


def screen(chance: random.Random, index: int) -> Recorder:
    """Record a television or a computer: hours of use, sometimes at full power."""
    to = Recorder(chance)
    computer = index % 2 == 1
    low, high = (45.0, 480.0) if computer else (60.0, 190.0)
    standby = chance.choice((0.3, 1.0, 2.5))
    while to.at < DAYS * DAY_S:
        to.rest(chance.uniform(0.5, 12) * 3600.0, standby)
        to.draw(chance.uniform(5, 20), high * 0.6)
        until = to.at + chance.uniform(0.2, 5) * 3600.0
        busy = computer and chance.random() < 0.4
        while to.at < until:
            power = chance.uniform(0.7, 1.0) * high if busy else chance.uniform(1, 2)
            to.draw(chance.uniform(20, 300), power if busy else low * power)
        if chance.random() < 0.3:  # it loads its programme guide, or updates
            to.rest(chance.uniform(60, 600), standby)
            to.draw(chance.uniform(60, 900), low * 0.5)
    return to
