"""Appliances that nobody owns: drawn from a seed, with their true ends.

The metered traces are few and old. These have what those lack: soaks, eco
programmes, endings with and sometimes without a pump-out, heat pumps, displays that
stay on, delayed starts, washer-dryers, freezers with defrost heaters; people who
are in a hurry, and meters that err. They are as wide as such machines are said to be,
not fitted to any one of them. What a label means: tests/traces/README.md.

Some of it nobody can tell rightly at first sight: a soak longer than the safe wait,
without a turn of the drum.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
import random

from benchmarks.synthetic.design import Design
from benchmarks.synthetic.dishes import DISHWASHERS, dishwasher
from benchmarks.synthetic.kitchen import (
    COFFEE_MACHINES,
    KETTLES,
    MICROWAVES,
    coffee_machine,
    kettle,
    microwave,
)
from benchmarks.synthetic.laundry import (
    DRYERS,
    WASHER_DRYERS,
    WASHERS,
    dryer,
    washer,
    washer_dryer,
)
from benchmarks.synthetic.meter import draw_meter, labelled
from benchmarks.synthetic.negatives import COLD_STORES, SCREENS, cold_store, screen
from benchmarks.synthetic.parts import Recorder
from benchmarks.synthetic.people import Life
from benchmarks.traces import Appliance, Trace

DESIGNS: Sequence[tuple[Callable[[random.Random, int], Design], int]] = (
    (washer, WASHERS),
    (dishwasher, DISHWASHERS),
    (dryer, DRYERS),
    (washer_dryer, WASHER_DRYERS),
    (coffee_machine, COFFEE_MACHINES),
    (microwave, MICROWAVES),
    (kettle, KETTLES),
)
NEGATIVES: Sequence[tuple[Callable[[random.Random, int], Recorder], int]] = (
    (cold_store, COLD_STORES),
    (screen, SCREENS),
)


def _appliance(
    seed: int, design: Callable[[random.Random, int], Design], index: int
) -> Appliance:
    chance = random.Random(f"{seed}/{design.__name__}/{index}")
    drawn = design(chance, index)
    true, cycles, duration = Life(drawn, chance).live()
    meter = draw_meter(chance)
    shown = meter.read(true, chance)
    trace = Trace(
        device=f"{drawn.name}/{seed}",
        id=0,
        begin=0.0,
        duration=duration,
        segments=shown,
        cycles=labelled(cycles, shown, drawn.load_w, meter.sample_s),
    )
    return Appliance(name=drawn.name, kind=drawn.kind, traces=[trace])


def _negative(
    seed: int, design: Callable[[random.Random, int], Recorder], index: int
) -> Appliance:
    chance = random.Random(f"{seed}/{design.__name__}/{index}")
    name, true = f"{design.__name__}_{index}", design(chance, index)
    trace = Trace(
        device=f"{name}/{seed}",
        id=0,
        begin=0.0,
        duration=true.at,
        segments=draw_meter(chance).read(true.segments, chance),
    )
    return Appliance(name=name, kind="generic", traces=[trace])


def synthetic(seed: int, kinds: Sequence[str] = ()) -> list[Appliance]:
    """Draw a household; the same seed gives the same one."""
    drawn = [_appliance(seed, d, n) for d, count in DESIGNS for n in range(count)]
    drawn += [_negative(seed, d, n) for d, count in NEGATIVES for n in range(count)]
    return [each for each in drawn if not kinds or each.kind in kinds]
