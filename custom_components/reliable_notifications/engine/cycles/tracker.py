"""Everything known of one appliance, in one place, and what follows from it directly.

Must not change over time by itself (`passing` does that), decide (`decide`) or act
on a decision (`turn`).
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    ApplianceState,
)

from .audit import Audit
from .cadence import Cadence
from .company import Neighbours
from .cycle import Cycle
from .delayed import Delayed
from .energy import EnergyMeter
from .evidence import RISK, Circumstances, Judgement, Reason, Why, judge
from .holds import Holds
from .kinds import KINDS
from .load import Load
from .machine import AFTER_END, IN_CYCLE
from .mains import Mains
from .memory import Memory
from .onset import Onset
from .opening import Opening, Openings
from .outlook import Outlook, outlook
from .pattern import Pattern, Unfit
from .place import Trail
from .programmes import Course, Programme, Programmes
from .pulses import Pulses
from .revival import Revival
from .runs import Runs, SoFar
from .snapshot import NEVER
from .standby import Standby
from .verdict import HELD_CONFIDENCE, Quiet, Verdict, interrupted, said_over, weigh
from .witness import Witness

# After an absence of the sensor so much quiet must be seen again before a decision.
FRESH_QUIET_S = 60.0

# Power this far above every level of rest is electronics at work: more than half a step
# a 2 W meter.
ELECTRONICS_FROM_W = 1.2

# Electronics that fall to this share, and by so much (a step of a 2 W meter), are off;
# a soaking machine keeps them on.
DROP_SHARE = 0.5
DROP_W = 2.0

# Pulses and blips after the end go on for so long at most.
PULSES_WITHIN_S = 7200.0

# A dryer heats from the beginning: its next load draws at least this share of what the
# cycle before drew on average, pulses turn the drum only.
STRONG_SHARE = 0.7

# With electronics at work and nothing known, the safe wait is stretched: soaking
# machines rest with their display on.
ELECTRONICS_FACTOR = 2.0


@dataclass(slots=True)
class Heard:
    """What the detector was told last, and what it made of it."""

    at: float = NEVER
    reported_at: float = NEVER
    watts: float | None = None
    before_absence_w: float = 0.0
    absent_s: float = 0.0
    present_since: float = NEVER
    rejected: int = 0
    ignored: int = 0
    disregards_load: bool = False
    is_stuck: bool = False


class Tracker:
    """The components of one appliance."""

    __slots__ = (
        "audit",
        "cadence",
        "course",
        "cycle",
        "delayed",
        "heard",
        "holds",
        "judgement",
        "kind",
        "load",
        "mains",
        "memory",
        "meter",
        "neighbours",
        "onset",
        "opening",
        "openings",
        "pattern",
        "programmes",
        "pulses",
        "revival",
        "runs",
        "standby",
        "start_threshold",
        "state",
        "threshold",
        "trail",
        "traits",
        "witness",
    )

    def __init__(self, kind: ApplianceKind) -> None:
        """Begin with an appliance of which nothing has been heard."""
        self.kind = kind
        self.traits = KINDS[kind]
        self.state = ApplianceState.UNKNOWN
        self.heard = Heard()
        self.cadence = Cadence()
        self.standby = Standby()
        self.load = Load()
        self.onset = Onset()
        self.opening = Opening()
        self.openings = Openings()
        self.revival = Revival()
        self.meter = EnergyMeter()
        self.cycle = Cycle()
        self.trail = Trail()
        self.memory = Memory()
        self.pattern = Pattern()
        self.programmes = Programmes()
        self.runs = Runs()
        self.course = Course()
        self.judgement = Judgement()
        self.witness = Witness()
        self.audit = Audit()
        self.delayed = Delayed()
        self.pulses = Pulses()
        self.holds = Holds()
        self.mains = Mains()
        self.neighbours = Neighbours()
        self.threshold = self.start_threshold = 0.0
        self.set_threshold()

    def set_threshold(self) -> None:
        """Take the levels learned so far into account."""
        self.threshold = self.standby.threshold(self.traits.load_w)
        self.start_threshold = self.standby.threshold(self.traits.start_w)

    @property
    def unfit(self) -> Unfit | None:
        """Why no cycles are told; None for whatever may have programmes."""
        return self.pattern.unfit() if self.traits.may_be_unfit else None

    @property
    def start_from_w(self) -> float:
        """The power that opens a start; after a cycle, blips must not."""
        return self.threshold if self.may_pulse else self.start_threshold

    @property
    def may_pulse(self) -> bool:
        """Whether pulses and blips after the last end may still go on."""
        recent = self.heard.at - self.cycle.ended_at <= PULSES_WITHIN_S
        return recent and self.state in AFTER_END

    @property
    def strong_start_w(self) -> float:
        """The power that proves a next load while pulses may go on; 0 if any does."""
        traits, cycle = self.traits, self.cycle
        if not (traits.pulses_after and traits.steady):
            return 0.0
        if not self.may_pulse or cycle.lasted_s <= 0.0:
            return 0.0
        return STRONG_SHARE * cycle.active_joules / cycle.lasted_s

    @property
    def electronics_on(self) -> bool:
        """Whether the appliance draws more than it ever did at rest, but no load."""
        watts = self.heard.watts
        return watts is not None and watts > self.standby.top + ELECTRONICS_FROM_W

    def programme(self) -> Programme | None:
        """Find the programme of the running cycle, or of the last one."""
        if self.state in IN_CYCLE:
            return self.outlook().programme
        return self.programmes.named(self.cycle.programme)

    def outlook(self) -> Outlook:
        """Say what is expected of the running cycle; nothing while none runs."""
        if self.state not in IN_CYCLE:
            return Outlook()
        so_far = SoFar(
            course=self.course.marks,
            elapsed_s=self.heard.at - self.cycle.started_at,
            wh=self.meter.wh,
        )
        chosen = self.cycle.chosen if self.cycle.chosen >= 0 else None
        return outlook(self.runs, self.programmes, so_far, chosen)

    def place(self) -> list[float]:
        """Describe the last activity."""
        cycle = self.cycle
        elapsed = self.load.active_at - cycle.started_at
        return self.trail.place(self.load.active_at, cycle.energy_wh, elapsed)

    def judge(self) -> None:
        """Weigh the quiet that has just begun against what is known."""
        self.trail.onset = self.place()
        around = Circumstances(
            step_s=self.cadence.step,
            dropped=self._dropped(),
            headless=self.cycle.headless,
        )
        self.judgement = judge(self.trail.onset, self.memory, self.traits, around)

    @property
    def electronics_hide_load(self) -> bool:
        """Whether polls may just miss the turns of a drum: the electronics are on."""
        return self.traits.tumbles and self.cadence.is_polled and self.electronics_on

    def _dropped(self) -> bool:
        """Say whether the electronics, at work between the loads, have gone off."""
        at_work, watts = self.cycle.rest_w, self.heard.watts
        if at_work is None or watts is None or not self.traits.tumbles:
            return False
        return watts <= DROP_SHARE * at_work and at_work - watts >= DROP_W

    def stretch(self) -> float:
        """Tell by how much the safe wait must be stretched just now."""
        return (
            ELECTRONICS_FACTOR if self.traits.tumbles and self.electronics_on else 1.0
        )

    def quiet_missing(self) -> float:
        """Tell how many seconds of quiet are missing before the cycle is over."""
        return self.verdict().missing_s

    def verdict(self) -> Verdict:
        """Weigh what the power asks for against what witnesses say."""
        missing_s, load, judged = self._power_missing(), self.load, self.judgement
        counted_at = self.audit.worked_at
        if not self.witness.speaks and counted_at <= load.active_at:
            return Verdict(missing_s)
        quiet = Quiet(
            kind=self.kind,
            now=self.heard.at,
            since=load.active_at,
            started_at=self.cycle.started_at,
            energy_wh=self.cycle.energy_wh,
            ends=judged.ends,
            threats=judged.threats,
            needed_s=max(judged.quiet_s, judged.still_s * self.stretch()),
            missing_s=missing_s,
            step_s=self.cadence.step,
            known=len(self.memory.ends) >= self.traits.ends_needed,
            counted_at=counted_at,
        )
        return weigh(self.witness, quiet)

    def is_stopped(self) -> bool:
        """Whether a witness knows at once that the machine has stopped."""
        watts, load = self.heard.watts, self.load
        if watts is None:
            return self.said_over() is not None
        quiet = load.quiet_s > 0.0 and watts < self.threshold
        if not (quiet and self.witness.is_open):
            return False
        step_s = self.cadence.step
        return interrupted(self.witness, self.kind, load.active_at, step_s)

    def said_over(self) -> Reason | None:
        """What the appliance itself says of the end, for want of a power sensor."""
        return said_over(self.witness, self.cycle.started_at, self.load.active_at)

    def _power_missing(self) -> float:
        load, judged = self.load, self.judgement
        missing = max(
            judged.quiet_s - load.quiet_s,
            judged.still_s * self.stretch() - load.still_s,
        )
        if load.fresh_quiet_s == load.quiet_s:
            return missing
        if judged.threats:  # nobody knows how much of the pause went by unseen
            missing = max(missing, judged.safe_s - load.still_s)
        return max(missing, FRESH_QUIET_S - load.fresh_quiet_s)

    def why_waiting(self) -> Why:
        """Say what a quiet appliance is waited for, and how long already."""
        load, judged, stretch = self.load, self.judgement, self.stretch()
        if (said := self.verdict()).reason is not None:
            needed_s = load.quiet_s + max(said.missing_s, 0.0)
            return Why(key=said.reason, gone_s=load.quiet_s, needed_s=needed_s)
        still_s = judged.still_s * stretch
        if still_s <= judged.quiet_s:
            reason, gone_s, needed_s = judged.reason, load.quiet_s, judged.quiet_s
        else:
            reason, gone_s, needed_s = judged.reason, load.still_s, still_s
            reason = Reason.ELECTRONICS_ON if stretch > 1.0 else reason
        return Why(key=Reason(reason), gone_s=gone_s, needed_s=needed_s)

    def end_confidence(self) -> float:
        """Give the probability, 0 to 1, that the cycle is over."""
        if self.state in AFTER_END:
            return 1.0
        if self.state is not ApplianceState.PAUSED:
            return 0.0
        load, said = self.load, self.verdict()
        if said.ends and said.missing_s <= 0.0:
            return 1.0 - RISK
        sure = self.judgement.confidence(load.quiet_s, load.still_s, self.stretch())
        return min(sure, HELD_CONFIDENCE) if said.holds else sure
