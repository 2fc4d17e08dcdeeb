"""The words for appliances, their cycles, and what was found out about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .basic import Instant


class ApplianceKind(StrEnum):
    """What sort of appliance it is; decides the cold-start waits."""

    WASHING_MACHINE = "washing_machine"
    DRYER = "dryer"
    WASHER_DRYER = "washer_dryer"
    DISHWASHER = "dishwasher"
    KETTLE = "kettle"
    COFFEE_MACHINE = "coffee_machine"
    MICROWAVE = "microwave"
    IRON = "iron"
    GENERIC = "generic"


class ApplianceState(StrEnum):
    """Where an appliance is in its cycle."""

    UNKNOWN = "unknown"  # never heard of it yet, or not for too long
    IDLE = "idle"
    WAITING_TO_START = "waiting_to_start"  # switched on for later, at rest until then
    STARTING = "starting"  # load is on, not yet proven to be a cycle
    RUNNING = "running"
    PAUSED = "paused"  # quiet inside a cycle: a rest or the end, not yet known
    STALE = "stale"  # in a cycle, but the sensor has not told anything for too long
    FINISHED = "finished"
    ANTI_CREASE = "anti_crease"  # finished, and turns the laundry now and then
    INTERRUPTED = "interrupted"


class CycleEventKind(StrEnum):
    """What happened to a cycle; also the event types of the event entities."""

    STARTED = "cycle_started"
    FINISHED = "cycle_finished"
    REOPENED = "cycle_reopened"  # a finish was told too early: same cycle goes on
    INTERRUPTED = "cycle_interrupted"
    ALMOST_DONE = "almost_done"  # its end is expected soon; once a cycle
    SHORT_RUN = "short_run"  # what had begun was too short to be a cycle


class UnloadingEventKind(StrEnum):
    """What happens to a load after its cycle; types of the event entities too."""

    EMPTIED = "emptied"
    REMINDER = "unload_reminder"


class EmptiedBy(StrEnum):
    """What said that an appliance was emptied."""

    DOOR = "door"
    BUTTON = "button"
    PHONE = "phone"
    VOICE = "voice"
    LEVEL = "level"  # standby power as it was seen at earlier unloadings
    START = "start"  # nobody said so, but the next cycle has begun


@dataclass(frozen=True, slots=True)
class Reading:
    """Power at an instant. `watts` is None while the sensor is unavailable."""

    at: Instant
    watts: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleEvent:
    """Something that the detector found out about a cycle.

    `at` is when it was found out, `started_at` and `ended_at` are when it
    happened (back-dated to the first and the last activity). `energy_wh` is the
    energy used so far. `confidence` is the probability, 0 to 1, that a finish is
    final; `estimated` says that the end lies in a stretch without readings. `cost` is
    in the currency of the household, None where the price is not known. `late` says
    that nobody was awake to find it out when it could be. `expected_at` is when a
    cycle that runs is expected to end. `saved` is what the cheapest start,
    at `cheapest_at`, would have saved; None where too few prices are known.
    """

    kind: CycleEventKind
    cycle_id: str
    at: Instant
    started_at: Instant
    ended_at: Instant | None = None
    energy_wh: float = 0.0
    confidence: float | None = None
    estimated: bool = False
    reason: str = ""
    cost: float | None = None
    late: bool = False
    expected_at: Instant | None = None
    saved: float | None = None
    cheapest_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnloadingEvent:
    """Something about a load that is done: still in the appliance, or taken out.

    `finished_at` is when its cycle ended, `idle_s` how long it lay there (so far).
    `by` is None for a reminder; `number` counts the reminders.
    """

    kind: UnloadingEventKind
    cycle_id: str
    at: Instant
    finished_at: Instant
    idle_s: float
    by: EmptiedBy | None = None
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRecord:
    """One cycle of the log. Open while `announced_at` is None.

    `idle_s` is how long its load lay in the appliance, `saved` what the cheapest hours
    would have saved; both are None where that is not known. `no_cycle` is what had
    begun as one and was none.
    """

    cycle_id: str
    appliance_id: str
    started_at: Instant
    ended_at: Instant | None
    announced_at: Instant | None
    energy_wh: float
    interrupted: bool = False
    estimated: bool = False
    cost: float | None = None
    idle_s: float | None = None
    saved: float | None = None
    no_cycle: bool = False
