"""Appliances that nobody owns: drawn from a seed, with their true ends.

The metered traces are few and old. These have what those lack: soaks, eco
programmes, endings with and sometimes without a pump-out, heat pumps, displays that
stay on, delayed starts, freezers with defrost heaters. They are as wide as such
machines are said to be, not fitted to any one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
import random

from benchmarks.synthetic_parts import (
    Part,
    Recorder,
    heat,
    maybe,
    pulses,
    pump,
    rest,
    soak,
    spin,
    tumble,
    warm_tumble,
    wash_round,
)
from benchmarks.traces import Appliance, Segment, Trace, TrueCycle

DAY = 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """An appliance: its programmes, and what it does around them.

    `after` follows the end of a programme and is not part of it. `display_s` is how
    long the display stays on then; 0 means that it goes off at once.
    """

    name: str
    kind: str
    programmes: Sequence[Sequence[Part]]
    weights: Sequence[float]
    display: float
    off: float
    display_s: float
    after: Sequence[Part] = ()
    delayed: bool = False
    cycles: int = 14


def _washer(chance: random.Random, index: int) -> Design:
    motor, heater = chance.uniform(60, 220), chance.uniform(1400, 2300)
    on, off = chance.uniform(6, 14), chance.uniform(5, 16)
    spinning = spin(chance.uniform(4, 9), chance.uniform(250, 600))

    def programme(warm: float, main: float, held: float, gentle: bool) -> list[Part]:
        turn = (3.0, 42.0) if gentle else (on, off)
        parts = [pump(20, 25), tumble(4, on, off, motor)]
        parts += [warm_tumble(warm, on, off, motor, heater)] if warm else []
        parts += [tumble(main, *turn, motor)]
        if held:
            turns = chance.random() < 0.5
            parts += [soak(held, 180.0, motor) if turns else rest(held)]
            parts += [tumble(5, on, off, motor)]
        for _ in range(chance.randint(1, 3)):
            parts += [pump(60, 28), spin(1.5, 250), tumble(6, on, off, motor)]
        parts += [pump(45, 28), spinning]
        return [*parts, tumble(chance.uniform(0.5, 4), 4, 14, motor * 0.6)]

    count = chance.randint(2, 4)
    long_soak = index % 2 == 1
    programmes = [
        programme(
            chance.choice((0.0, 6.0, 14.0, 25.0)),
            chance.uniform(15, 70),
            chance.uniform(5, 40 if long_soak else 9) if chance.random() < 0.4 else 0.0,
            chance.random() < 0.25,
        )
        for _ in range(count)
    ]
    anticrease = pulses(30, 4, chance.uniform(60, 180), motor)
    return Design(
        name=f"washer_{index}",
        kind="washing_machine",
        programmes=programmes,
        weights=[2.0 / (1 + each) for each in range(count)],
        display=chance.uniform(2, 8),
        off=chance.choice((0.0, 0.0, 1.0)),
        display_s=chance.choice((0.0, 300.0, 900.0, 7200.0)),
        after=[anticrease] if index % 3 == 2 else (),
        delayed=index % 4 == 3,
    )


def _dishwasher(chance: random.Random, index: int) -> Design:
    heater, circulation = chance.uniform(1800, 2200), chance.uniform(35, 90)
    drain = pump(chance.uniform(20, 70), chance.uniform(16, 60))
    # always, never, sometimes with a closing pump-out
    share = (1.0, 0.0, 0.5, 1.0, 0.8, 0.0)[index % 6]
    longest = 34 if index % 6 < 5 else 58

    def programme(eco: bool) -> list[Part]:
        parts = [drain, wash_round(chance.uniform(5, 14), circulation)]
        parts += [heat(chance.uniform(6, 16), heater)]
        parts += [wash_round(chance.uniform(15, 90 if eco else 30), circulation)]
        if eco:
            parts += [rest(chance.uniform(3, 20)), wash_round(12, circulation)]
        parts += [
            drain,
            wash_round(8, circulation),
            heat(chance.uniform(5, 12), heater),
        ]
        parts += [wash_round(3, circulation), drain]
        if longest < 40:
            parts += [maybe(share, rest(chance.uniform(5, longest)), drain)]
        return parts

    count = chance.randint(1, 4)
    return Design(
        name=f"dishwasher_{index}",
        kind="dishwasher",
        programmes=[programme(chance.random() < 0.4) for _ in range(count)],
        weights=[2.0 / (1 + each) for each in range(count)],
        display=chance.choice((0.0, 1.0, 3.0, 6.0)),
        off=chance.choice((0.0, 0.0, 1.0)),
        display_s=chance.choice((0.0, 600.0, 3600.0)),
        cycles=16,
    )


def _dryer(chance: random.Random, index: int) -> Design:
    drum = chance.uniform(120, 260)
    heater = chance.uniform(450, 700) if index % 2 else chance.uniform(1800, 2700)
    duty = chance.choice((0.08, 0.12, 0.2))
    every = chance.uniform(31, 120)

    def programme(minutes: float) -> list[Part]:
        def dry(to: Recorder, display: float) -> None:
            left = minutes * to.chance.uniform(0.5, 1.5)
            while left > 0.0:
                length = min(left, to.chance.uniform(4, 12))
                to.draw(length * 60.0, drum + heater * to.chance.uniform(0.95, 1.05))
                to.draw(8.0, drum + display)
                left -= length

        def cool(to: Recorder, display: float) -> None:
            for _ in range(8):
                to.draw(50.0, drum * to.chance.uniform(0.95, 1.05) + display)
                to.rest(3.0, display)

        return [dry, cool]

    return Design(
        name=f"dryer_{index}",
        kind="dryer",
        programmes=[
            programme(chance.uniform(45, 120)),
            programme(chance.uniform(20, 40)),
        ],
        weights=[2.0, 1.0],
        display=chance.uniform(1, 6),
        off=0.0,
        display_s=chance.choice((60.0, 1800.0)),
        after=[pulses(90, duty * every, every, drum)] if index % 3 else (),
    )


def _washer_dryer(chance: random.Random, index: int) -> Design:
    washer, dryer = _washer(chance, index * 2), _dryer(chance, index)
    wash, dry = washer.programmes[0], dryer.programmes[1]
    both = [*wash, rest(chance.uniform(1, 8)), *dry]
    return Design(
        name=f"washer_dryer_{index}",
        kind="washer_dryer",
        programmes=[wash, both],
        weights=[1.0, 1.0],
        display=washer.display,
        off=0.0,
        display_s=600.0,
    )


def _coffee(chance: random.Random, index: int) -> Design:
    heater = chance.uniform(800, 1400)
    brew: list[Part] = [heat(chance.uniform(4, 8), heater)]
    after: list[Part] = [
        pulses(40, chance.uniform(8, 20), chance.uniform(60, 150), heater)
    ]
    if index % 3 == 1:  # pads: heats up, then brews in pulses
        brew = [heat(1.2, heater), *[pump(8, heater), rest(0.15)] * 3, pump(12, 50)]
        after = [pulses(20, 4, 90, heater)]
    elif index % 3 == 2:  # capsules: a short block, no keeping warm
        brew, after = [heat(0.5, heater, 0.1), pump(25, 60), pump(6, heater)], []
    return Design(
        name=f"coffee_{index}",
        kind="coffee_machine",
        programmes=[brew],
        weights=[1.0],
        display=chance.uniform(0, 3),
        off=0.0,
        display_s=600.0,
        after=after,
    )


DESIGNS: Sequence[tuple[Callable[[random.Random, int], Design], int]] = (
    (_washer, 6),
    (_dishwasher, 6),
    (_dryer, 4),
    (_washer_dryer, 2),
    (_coffee, 3),
)


def _live(design: Design, chance: random.Random) -> Appliance:
    """Let the appliance run its cycles, with hours, sometimes minutes between them."""
    to = Recorder(chance, resolution=chance.choice((0.1, 1.0, 2.0)))
    cycles: list[TrueCycle] = []
    to.rest(3 * 3600.0, design.off)
    for number in range(design.cycles):
        to.draw(3.0, 8.0 + design.display, load=False)  # someone chooses a programme
        to.rest(20.0, design.display)
        if design.delayed and chance.random() < 0.5:
            to.draw(40.0, 26.0 + design.display, load=False)  # drain check, then wait
            to.rest(chance.uniform(1, 4) * 3600.0, design.display)
        begun = to.at
        for part in chance.choices(design.programmes, design.weights)[0]:
            part(to, design.display)
        end = to.load_until
        soon = chance.random() < 0.12
        for part in () if soon else design.after:
            part(to, design.display)
        until = to.at if design.after and not soon else None
        cycles.append(
            TrueCycle(
                id=f"{design.name}-{number + 1:03}",
                start=begun,
                end=end,
                after_until=until,
            )
        )
        pause = chance.uniform(300, 1500) if soon else chance.uniform(4, 40) * 3600.0
        shown = min(design.display_s, pause - 60.0)
        if shown:
            to.rest(shown, design.display)
        to.rest(pause - shown, design.off)
    trace = Trace(
        device=design.name,
        id=0,
        begin=0.0,
        duration=to.at,
        segments=to.segments,
        cycles=cycles,
    )
    return Appliance(name=design.name, kind=design.kind, traces=[trace])


def _cold_store(chance: random.Random, index: int) -> Appliance:
    """Refrigerator or freezer: a compressor all day, a defrost heater now and then."""
    to = Recorder(chance)
    compressor, on, off = (
        chance.uniform(55, 140),
        chance.uniform(8, 30),
        chance.uniform(15, 50),
    )
    defrost = chance.uniform(150, 450) if index % 2 else 0.0
    due = chance.uniform(0.3, 0.6) * DAY
    while to.at < 6 * DAY:
        to.draw(1.0, compressor * 6)
        to.draw(on * 60.0 * chance.uniform(0.8, 1.25), compressor)
        to.rest(off * 60.0 * chance.uniform(0.8, 1.25), 2.0)
        if defrost and to.at > due:
            due += chance.uniform(0.4, 0.7) * DAY
            to.draw(chance.uniform(12, 25) * 60.0, defrost)
            to.rest(600.0, 2.0)
    segments: list[Segment] = to.segments
    trace = Trace(
        device=f"cold_store_{index}", id=0, begin=0.0, duration=to.at, segments=segments
    )
    return Appliance(name=trace.device, kind="generic", traces=[trace])


def synthetic(seed: int, kinds: Sequence[str] = ()) -> list[Appliance]:
    """Draw a household; the same seed gives the same one."""
    drawn: list[Appliance] = []
    for design, count in DESIGNS:
        for index in range(count):
            chance = random.Random(f"{seed}/{design.__name__}/{index}")
            drawn.append(_live(design(chance, index), chance))
    drawn.extend(_cold_store(random.Random(f"{seed}/cold/{n}"), n) for n in range(3))
    return [each for each in drawn if not kinds or each.kind in kinds]
