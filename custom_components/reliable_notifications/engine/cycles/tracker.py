"""The order of things in one step: time passes, a value is heard, something follows.

What load, rest, start and end mean is in the files it uses; which state follows
which is the table in `machine`. It is mutable for speed, but a function of what
it was given: no clock and no chance.

Must not hold a threshold of an appliance, and must not know JSON.
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
    CycleEvent,
    Instant,
    Reading,
)

from .cadence import Cadence
from .cycle import Cycle
from .energy import EnergyMeter
from .evidence import Patience, Reason, cold_patience, confidence
from .kinds import KINDS
from .load import ACTIVE_FROM_S, Load
from .machine import ANNOUNCES, IN_CYCLE, Signal, after
from .onset import FORGOTTEN_AFTER_S, Onset
from .readings import usable
from .snapshot import NEVER
from .standby import Standby

# Quiet for this long inside a cycle is shown as a pause: drums rest up to 25 s.
PAUSE_SHOWN_AFTER_S = 30.0

# After an absence of the sensor so much quiet must be seen again before a decision.
FRESH_QUIET_S = 60.0

# An absence longer than this ends a cycle on return: nobody knows what happened.
# Longer than any rest of a programme, shorter than the time between two loads of a day.
LONGEST_ABSENCE_S = 7200.0

# Without a word for so long outside a cycle, nothing is known of it any more.
UNKNOWN_AFTER_S = 86400.0

# The longest time between two looks while a cycle runs (how late a flat rest is seen),
# and the shortest time to a wake-up (rounding must not make it the present).
LOOK_EVERY_S = 60.0
SOONEST_S = 0.5


# Polls may fall between the turns of a drum for minutes (20 s divides 60 s). Then the
# electronics still draw more than at rest: such a sample is quiet at a slower pace.
# The pace stretches 9 min to 25, longer than any washing phase of the traces; the
# distance is more than one step of a 2 W meter.
ELECTRONICS_PACE = 0.36
ELECTRONICS_FROM_W = 2.5


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one step: events, oldest first, and the time of the next."""

    events: tuple[CycleEvent, ...]
    wake_at: Instant | None


@dataclass(slots=True)
class Heard:
    """What the detector was told last, and what it made of it."""

    at: float = NEVER
    reported_at: float = NEVER
    watts: float | None = None
    before_absence_w: float = 0.0
    absent_s: float = 0.0
    rejected: int = 0
    ignored: int = 0


class Tracker:
    """Everything known of one appliance, and how it changes."""

    __slots__ = (
        "cadence",
        "cycle",
        "heard",
        "load",
        "meter",
        "onset",
        "standby",
        "state",
        "threshold",
        "traits",
    )

    def __init__(self, kind: ApplianceKind) -> None:
        """Begin with an appliance of which nothing has been heard."""
        self.traits = KINDS[kind]
        self.state = ApplianceState.UNKNOWN
        self.heard = Heard()
        self.cadence = Cadence()
        self.standby = Standby()
        self.load = Load()
        self.onset = Onset()
        self.meter = EnergyMeter()
        self.cycle = Cycle()
        self.threshold = self.traits.load_w

    def set_threshold(self) -> None:
        """Take the levels learned so far into account."""
        self.threshold = self.standby.threshold(self.traits.load_w)

    def end_confidence(self) -> float:
        """Probability, 0 to 1, that the cycle is over."""
        if self.state is ApplianceState.FINISHED:
            return 1.0
        if self.state is not ApplianceState.PAUSED:
            return 0.0
        return confidence(self.load.quiet_s, self.patience().wait_s)

    def step(self, now: Instant, reading: Reading | None = None) -> Step:
        """Take a reading, or none (a timer), and say what follows."""
        if reading is not None and self._accepts(reading):
            self._hold_until(min(reading.at, now))
            self._hear(reading.watts)
        self._hold_until(now)
        events = self._decide()
        return Step(events, self._wake_at())

    def _accepts(self, reading: Reading) -> bool:
        heard = self.heard
        if reading.at <= heard.reported_at:
            heard.ignored += 1
            return False
        if reading.watts is not None and usable(reading.watts) is None:
            heard.rejected += 1
            return False
        if reading.watts is not None and heard.watts is not None:
            self.cadence.note(
                reading.at - heard.reported_at, changed=reading.watts != heard.watts
            )
        heard.reported_at = reading.at
        return True

    def _hear(self, watts: float | None) -> None:
        heard = self.heard
        if watts is None:
            if heard.watts is not None:
                heard.before_absence_w = heard.watts
            heard.watts = None
            return
        watts = max(watts, 0.0)
        if heard.watts is None and heard.absent_s > 0.0:
            self._return(watts)
        heard.watts = watts

    def _return(self, watts: float) -> None:
        """Take up again after an absence of the sensor."""
        if self.state in IN_CYCLE:
            self.meter.back(watts)
            self.load.fresh_quiet_s = 0.0
            if self.load.quiet_s < PAUSE_SHOWN_AFTER_S:
                self.cycle.estimated = True
            self.cycle.overdue = self.heard.absent_s >= LONGEST_ABSENCE_S
        elif self.heard.absent_s >= FORGOTTEN_AFTER_S:
            self.onset.close()
        self.heard.absent_s = 0.0

    def _hold_until(self, at: Instant) -> None:
        """Time passes with the last value."""
        heard = self.heard
        seconds = at - heard.at
        if seconds <= 0.0:
            return
        first = heard.at == NEVER
        heard.at = at
        if first:
            return
        watts = heard.watts
        if watts is None:
            heard.absent_s += seconds
            if self.state in IN_CYCLE:
                self.meter.outage(seconds, heard.before_absence_w)
            return
        self.standby.hold(seconds, watts)
        if self.state in IN_CYCLE:
            self._hold_in_cycle(seconds, at, watts)
        else:
            self._hold_outside(seconds, watts)

    def _hold_in_cycle(self, seconds: float, at: Instant, watts: float) -> None:
        load, cycle = self.load, self.cycle
        self.meter.joules += watts * seconds
        loaded = watts >= self.threshold
        if loaded:
            load.work(seconds, at)
        else:
            load.rest(seconds, self._pace_of_quiet(watts), self.traits.leak)
            return
        if load.quiet_s == 0.0:
            cycle.active_joules = self.meter.joules
            cycle.estimated = False
        cycle.peak_w = max(cycle.peak_w, watts)
        standby = self.standby
        if standby.rests_flat(self.traits.safe_wait_s):
            load.rested(standby.flat_s)
            cycle.active_joules -= watts * standby.flat_s
            standby.teach()
            self.set_threshold()

    def _pace_of_quiet(self, watts: float) -> float:
        """How fast the clock of quiet runs: slower while polled electronics are on."""
        if not (self.traits.tumbles and self.cadence.is_polled):
            return 1.0
        return (
            ELECTRONICS_PACE if watts > self.standby.top + ELECTRONICS_FROM_W else 1.0
        )

    def _hold_outside(self, seconds: float, watts: float) -> None:
        if self.onset.is_open:
            self.onset.hold(seconds, watts, self.threshold)
        if watts < self.threshold:
            self.standby.teach()
            self.set_threshold()

    # -- what follows ------------------------------------------------------------

    def _decide(self) -> tuple[CycleEvent, ...]:
        events: tuple[CycleEvent, ...] = ()
        while (found := self._find()) is not None:
            signal, reason = found
            events += self._turn(signal, reason)
        return events

    def _find(self) -> tuple[Signal, Reason] | None:
        """Find the next signal, if there is one."""
        if self.state is ApplianceState.RUNNING:
            if self.load.quiet_s >= PAUSE_SHOWN_AFTER_S or self.cycle.overdue:
                return Signal.QUIET, Reason.NO_LOAD
            return None
        if self.state is ApplianceState.PAUSED:
            return self._find_in_pause()
        return self._find_outside()

    def _find_in_pause(self) -> tuple[Signal, Reason] | None:
        if self.cycle.overdue:
            return Signal.OVER, Reason.SENSOR_WAS_ABSENT
        if self.load.quiet_s == 0.0:
            return Signal.RESUMED, Reason.LOAD_ON
        watts = self.heard.watts
        if watts is None or watts >= self.threshold or self.quiet_needed() > 0.0:
            return None
        if self.cycle.energy_wh < self.traits.least_wh:
            return Signal.CUT, Reason.SHORT_RUN
        return Signal.OVER, Reason.QUIET_LONG_ENOUGH

    def _find_outside(self) -> tuple[Signal, Reason] | None:
        heard, onset = self.heard, self.onset
        if heard.watts is None:
            known = self.state is not ApplianceState.UNKNOWN
            if known and heard.absent_s >= UNKNOWN_AFTER_S:
                return Signal.LOST, Reason.SENSOR_SILENT
            return None
        if self.state is ApplianceState.STARTING:
            if onset.proves(self.traits):
                return Signal.PROVEN, Reason.LOAD_ON
            return None if onset.is_open else (Signal.FADED, Reason.NO_LOAD)
        if heard.watts >= self.threshold and not onset.is_open:
            onset.open(heard.at)
        if onset.is_open and self._shows_start():
            return Signal.LOAD, Reason.PROVING_START
        if self.state is ApplianceState.UNKNOWN:
            return Signal.HEARD, Reason.NO_LOAD
        return None

    def _shows_start(self) -> bool:
        """Say whether a load is a start at once: after a cycle it may be a pulse."""
        if self.state is ApplianceState.FINISHED:
            return self.onset.proves(self.traits)
        return True

    def _turn(self, signal: Signal, reason: Reason) -> tuple[CycleEvent, ...]:
        """Take the signal: change the state, do what belongs to it, tell it."""
        heard, cycle, load = self.heard, self.cycle, self.load
        sure = self.end_confidence() if signal is Signal.OVER else None
        self.state = after(self.state, signal)
        if signal is Signal.PROVEN:
            onset = self.onset
            cycle.begin(onset.since, onset.joules_used, heard.watts or 0.0)
            self.meter = EnergyMeter(joules=onset.joules_used)
            load.begin(heard.at)
            onset.close()
        elif signal in (Signal.OVER, Signal.CUT):
            cycle.ended_at = max(load.active_at, cycle.started_at)
            cycle.estimated = cycle.estimated or cycle.overdue
            cycle.overdue = False
            cycle.count += signal is Signal.OVER
        elif signal is Signal.LOST:
            self.onset.close()
        kind = ANNOUNCES.get(signal)
        return (
            () if kind is None else (cycle.event(kind, heard.at, reason.value, sure),)
        )

    def patience(self) -> Patience:
        """How much quiet is needed from the last activity on."""
        return cold_patience(self.traits, self.cadence.step)

    def quiet_needed(self) -> float:
        """Seconds of quiet still missing before the cycle is taken for over."""
        load = self.load
        return max(
            self.patience().wait_s - load.quiet_s,
            FRESH_QUIET_S - load.fresh_quiet_s if self._heard_gap() else 0.0,
        )

    def _heard_gap(self) -> bool:
        """Whether the sensor was away during this quiet."""
        return self.load.fresh_quiet_s < self.load.quiet_s

    def _wake_at(self) -> Instant | None:
        heard, load, state = self.heard, self.load, self.state
        if heard.watts is None:
            return None
        if self.onset.is_open:
            wait = self.onset.settled_in(heard.watts, self.threshold, self.traits)
        elif state in IN_CYCLE and heard.watts >= self.threshold:
            wait = ACTIVE_FROM_S - load.charge if load.quiet_s > 0.0 else LOOK_EVERY_S
        elif state is ApplianceState.RUNNING:
            wait = PAUSE_SHOWN_AFTER_S - load.quiet_s
        elif state is ApplianceState.PAUSED:
            wait = self.quiet_needed()
        else:
            return None
        return heard.at + max(wait, SOONEST_S)
