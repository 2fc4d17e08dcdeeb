"""What is assumed of each kind of appliance before it is known itself.

Everything here is about kinds, never about a make or a device. The numbers come
from the labelled traces (12 appliances of six kinds, 2011/2012) and, where those
are too old or too few, from how such machines work; docs/heuristics.md keeps the
list.

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
    electronics. A start shows from `start_w` on; `start_wh` of energy and `start_s` of
    load prove it. `active_s` of load are activity, from rest: longer than a pulse,
    shorter than the shortest load that matters. `leak` is how fast activity is
    forgotten while quiet, as a share of the speed at which load proves it: load for
    a smaller share of the time than this is a pulse. `strict_leak` is the same
    where nothing is known and a pulse may be work, `polled_leak` where each sample
    stands for a minute. `least_wh` makes a cycle; what stays below it was a button,
    a door or a drain check.

    `safe_wait_s` is the longest quiet that is believed to be a pause of an appliance
    whose own pauses are not known yet. Before `early_wh` or `early_s` no cycle is
    believed to end without being known. The bounds are ratios within which energy
    and time of two cycles of one programme lie. `ends_needed` ends known near are
    enough to finish on sight, with fewer `plausible_s` is waited.

    `single_block`: a cycle is one stretch of load which the user starts; `tumbles`:
    a drum turns and rests many times a minute while it works; `pulses_after`: short
    loads follow the end; `pumps_out`: a pump may, too; `doubts`: a load soon after
    an end may mean that it was none; `splits`: a load after unexpected quiet may be
    somebody's next one; `may_be_unfit`: it may have no programmes at all. A load that
    comes back within `reopens_s` of an end goes on with the cycle: its user was slow.
    On for `left_on_s` it was left on; 0 where that cannot be told, or is no harm.
    """

    load_w: float
    start_w: float
    safe_wait_s: float
    start_wh: float
    start_s: float
    active_s: float
    leak: float
    strict_leak: float
    polled_leak: float
    least_wh: float
    early_wh: float = 0.0
    early_s: float = 0.0
    energy_bounds: tuple[float, float] = (0.7, 1.4)
    elapsed_bounds: tuple[float, float] = (0.7, 1.4)
    ends_needed: int = 2
    plausible_s: float = 150.0
    doubts: bool = True
    splits: bool = True
    reopens_s: float = 0.0
    single_block: bool = False
    tumbles: bool = False
    pulses_after: bool = False
    pumps_out: bool = False
    may_be_unfit: bool = False
    left_on_s: float = 0.0

    @property
    def has_programmes(self) -> bool:
        """Whether it runs programmes by itself, for longer than it is watched."""
        return not (self.single_block or self.may_be_unfit)

    @property
    def known_by_tail(self) -> bool:
        """Whether all programmes end alike: a spin or a cool-down, and what follows."""
        return self.pulses_after and not self.single_block

    @property
    def steady(self) -> bool:
        """Whether the load is on all the time while it works, but for seconds."""
        return not (self.tumbles or self.single_block)


# Where each number comes from stands above the kind.
KINDS: Mapping[ApplianceKind, KindTraits] = MappingProxyType(
    {
        # Load: drain pump 20-30 W; electronics at work 13-17 W in one machine, blips
        # after the end 8-15 W; a start shows from the valves on. Wait: longest pause
        # of 75 labelled cycles 56 s; what soaks for longer turns the drum or is
        # recognised as early. Leak: anti-crease turns 4-9 s a minute, wool 3 s (5 %).
        # Early: no labelled cycle ends below 200 Wh or 45 min.
        ApplianceKind.WASHING_MACHINE: KindTraits(
            load_w=18.0,
            start_w=8.0,
            safe_wait_s=10 * _MINUTE,
            start_wh=0.08,
            start_s=12.0,
            active_s=16.0,
            leak=0.2,
            least_wh=5.0,
            tumbles=True,
            strict_leak=0.05,
            polled_leak=0.2,
            early_wh=100.0,
            early_s=25 * _MINUTE,
            elapsed_bounds=(0.8, 1.3),
            pulses_after=True,
        ),
        # Load: the drum motor is 150 W and more, anti-crease control 10-40 W (labelled
        # from 50 W; 30 W leaves room for heat-pump machines). Leak: after the end load
        # is on 8-13 % of any 3 min (22 % at most), before it 100 % (49 % once).
        ApplianceKind.DRYER: KindTraits(
            load_w=30.0,
            start_w=30.0,
            safe_wait_s=10 * _MINUTE,
            start_wh=1.0,
            start_s=15.0,
            active_s=45.0,
            leak=0.6,
            least_wh=10.0,
            strict_leak=0.6,
            polled_leak=1.0,
            energy_bounds=(0.15, 4.0),
            elapsed_bounds=(0.15, 4.0),
            pulses_after=True,
            doubts=False,
        ),
        # As a washing machine, with a rest between wash and dry that no end seen before
        # excludes: more ends are needed, and a load after quiet is the drying.
        ApplianceKind.WASHER_DRYER: KindTraits(
            load_w=18.0,
            start_w=8.0,
            safe_wait_s=15 * _MINUTE,
            start_wh=0.08,
            start_s=12.0,
            active_s=16.0,
            leak=0.2,
            least_wh=5.0,
            tumbles=True,
            strict_leak=0.05,
            polled_leak=0.2,
            early_wh=100.0,
            early_s=25 * _MINUTE,
            elapsed_bounds=(0.8, 1.3),
            pulses_after=True,
            ends_needed=5,
            plausible_s=8 * _MINUTE,
            splits=False,
        ),
        # Load: closing drains of 16 W exist. Wait: of 119 labelled cycles of five
        # machines none pauses longer than 30 min, a third pauses 8-30 min.
        ApplianceKind.DISHWASHER: KindTraits(
            load_w=8.0,
            start_w=8.0,
            safe_wait_s=35 * _MINUTE,
            start_wh=0.12,
            start_s=12.0,
            active_s=12.0,
            leak=0.1,
            least_wh=5.0,
            strict_leak=0.05,
            polled_leak=0.1,
            pumps_out=True,
            plausible_s=35 * _MINUTE - 40.0,
        ),
        # One block at 1-3 kW; the labels bridge breaks of 20-30 s (jug lifted).
        # Left on: even 2 l from 10 to 100 degrees at 800 W take 16 min; twice that.
        ApplianceKind.KETTLE: KindTraits(
            load_w=200.0,
            start_w=200.0,
            safe_wait_s=1 * _MINUTE,
            start_wh=0.5,
            start_s=6.0,
            active_s=12.0,
            leak=1.0,
            least_wh=1.0,
            single_block=True,
            strict_leak=1.0,
            polled_leak=1.0,
            doubts=False,
            splits=False,
            pulses_after=True,
            left_on_s=30 * _MINUTE,
        ),
        # Heater 600-1500 W; pumps and displays stay below 60 W. Reopens: pad machines
        # heat up and wait for their user; keeping warm begins a minute after the end.
        ApplianceKind.COFFEE_MACHINE: KindTraits(
            load_w=60.0,
            start_w=60.0,
            safe_wait_s=1 * _MINUTE,
            start_wh=1.0,
            start_s=8.0,
            active_s=12.0,
            leak=0.2,
            least_wh=3.0,
            single_block=True,
            strict_leak=0.2,
            polled_leak=0.2,
            doubts=False,
            splits=False,
            reopens_s=60.0,
            pulses_after=True,
        ),
        # Magnetron 1 kW and more, turntable and lamp 20-60 W; a new heating of the
        # same food begins 45 s and more after the one before (labels bridge 45 s).
        ApplianceKind.MICROWAVE: KindTraits(
            load_w=100.0,
            start_w=100.0,
            safe_wait_s=1 * _MINUTE,
            start_wh=0.5,
            start_s=6.0,
            active_s=2.0,
            leak=0.2,
            least_wh=1.0,
            single_block=True,
            strict_leak=0.2,
            polled_leak=0.2,
            doubts=False,
            splits=False,
        ),
        # Thermostat pulses with rests of up to 167 s in the one iron measured; two
        # minutes is a compromise: its finish means "not heated for a while".
        # Left on: nothing is measured; an hour is more than most ironing, and who irons
        # for longer is learned from (`left_on`).
        ApplianceKind.IRON: KindTraits(
            load_w=200.0,
            start_w=200.0,
            safe_wait_s=2 * _MINUTE,
            start_wh=1.0,
            start_s=6.0,
            active_s=12.0,
            leak=0.2,
            least_wh=1.0,
            single_block=True,
            strict_leak=0.2,
            polled_leak=0.2,
            doubts=False,
            splits=False,
            left_on_s=60 * _MINUTE,
        ),
        # Nothing is known: the middle of everything above.
        ApplianceKind.GENERIC: KindTraits(
            load_w=10.0,
            start_w=8.0,
            safe_wait_s=10 * _MINUTE,
            start_wh=1.0,
            start_s=12.0,
            active_s=12.0,
            leak=0.1,
            least_wh=2.0,
            strict_leak=0.05,
            polled_leak=0.1,
            may_be_unfit=True,
            doubts=False,
        ),
    }
)
