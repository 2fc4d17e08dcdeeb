"""What is assumed of each kind of appliance before it is known itself.

Everything here is about kinds, never about a make or a device. The numbers come
from the labelled traces (11 machines of five kinds with programmes and short
kinds, 2011/2012) and, where those are too old or too few, from how such machines
work; docs/heuristics.md keeps the list.

Must not know states or times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from custom_components.reliable_notifications.engine.vocabulary import ApplianceKind

_MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTraits:
    """The assumptions for one kind.

    `load_w` is the least power of a load (motor, pump, heater, fan): less is
    electronics. `safe_wait_s` is the longest quiet that is believed to be a
    pause of an appliance whose own pauses are not known yet. `start_wh` of load
    within `start_s` of load prove a cycle. `leak` is how fast activity is
    forgotten while quiet, as a share of the speed at which load proves it: load
    for a smaller share of the time than this is no activity. `least_wh` makes a
    cycle; what stays below it was a button, a door or a drain check.
    `single_block` says that a cycle is one stretch of load which the user starts,
    `tumbles` that a drum turns and rests many times a minute while it works.
    """

    load_w: float
    safe_wait_s: float
    start_wh: float
    start_s: float
    leak: float
    least_wh: float
    single_block: bool = False
    tumbles: bool = False


# Where each number comes from stands above the kind.
KINDS: Mapping[ApplianceKind, KindTraits] = MappingProxyType(
    {
        # Load: drain pump 20-30 W, display and blips up to 15 W (labelled from 10 W).
        # Wait: longest pause of 75 labelled cycles 56 s; soaks of newer machines turn
        # the drum each few minutes. Leak: wool tumbles 3 s a minute (5 %).
        ApplianceKind.WASHING_MACHINE: KindTraits(
            load_w=10.0,
            safe_wait_s=10 * _MINUTE,
            start_wh=0.2,
            start_s=12.0,
            leak=0.05,
            least_wh=5.0,
            tumbles=True,
        ),
        # Load: the drum motor is 150 W and more, anti-crease control 10-40 W (labelled
        # from 50 W; 30 W leaves room for heat-pump machines). Leak: after the end load
        # is on 8-13 % of any 3 min (22 % at most), before it 100 % (49 % once).
        ApplianceKind.DRYER: KindTraits(
            load_w=30.0,
            safe_wait_s=10 * _MINUTE,
            start_wh=1.0,
            start_s=15.0,
            leak=0.35,
            least_wh=10.0,
        ),
        # As a washing machine, with a rest between wash and dry.
        ApplianceKind.WASHER_DRYER: KindTraits(
            load_w=10.0,
            safe_wait_s=15 * _MINUTE,
            start_wh=0.2,
            start_s=12.0,
            leak=0.05,
            least_wh=5.0,
            tumbles=True,
        ),
        # Load: closing drains of 16 W exist. Wait: of 119 labelled cycles of five
        # machines none pauses longer than 30 min, a third pauses 8-30 min.
        ApplianceKind.DISHWASHER: KindTraits(
            load_w=8.0,
            safe_wait_s=35 * _MINUTE,
            start_wh=0.12,
            start_s=12.0,
            leak=0.05,
            least_wh=5.0,
        ),
        # One block at 1-3 kW; the labels bridge breaks of 20-30 s (jug lifted).
        ApplianceKind.KETTLE: KindTraits(
            load_w=200.0,
            safe_wait_s=1 * _MINUTE,
            start_wh=0.5,
            start_s=6.0,
            leak=1.0,
            least_wh=1.0,
            single_block=True,
        ),
        # Heater 600-1500 W; pumps and displays stay below 60 W.
        ApplianceKind.COFFEE_MACHINE: KindTraits(
            load_w=60.0,
            safe_wait_s=1 * _MINUTE,
            start_wh=1.0,
            start_s=8.0,
            leak=0.2,
            least_wh=3.0,
            single_block=True,
        ),
        # Magnetron 1 kW and more, turntable and lamp 20-60 W; a new heating of the
        # same food begins 45 s and more after the one before (labels bridge 45 s).
        ApplianceKind.MICROWAVE: KindTraits(
            load_w=100.0,
            safe_wait_s=1 * _MINUTE,
            start_wh=0.5,
            start_s=6.0,
            leak=0.2,
            least_wh=1.0,
            single_block=True,
        ),
        # Thermostat pulses with rests of up to 167 s in the one iron measured; two
        # minutes is a compromise: its finish means "not heated for a while".
        ApplianceKind.IRON: KindTraits(
            load_w=200.0,
            safe_wait_s=2 * _MINUTE,
            start_wh=1.0,
            start_s=6.0,
            leak=0.2,
            least_wh=1.0,
            single_block=True,
        ),
        # Nothing is known: the middle of everything above.
        ApplianceKind.GENERIC: KindTraits(
            load_w=10.0,
            safe_wait_s=10 * _MINUTE,
            start_wh=1.0,
            start_s=12.0,
            leak=0.05,
            least_wh=2.0,
        ),
    }
)
