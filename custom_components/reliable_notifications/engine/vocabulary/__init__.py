"""The words that the stages of the engine, the channels and the shell exchange.

Only frozen records and enumerations live here: no rules, no thresholds, no
texts. A stage of the engine may import this module and no other stage.

Times are `Instant`s: seconds since 1970-01-01 UTC as a float. The engine never
asks for the time, it is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .evidence import Evidence as Evidence, Trouble as Trouble

type Instant = float
type Scalar = str | int | float | bool | None


class Priority(StrEnum):
    """How much a message may disturb, the most urgent first."""

    URGENT = "urgent"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


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
    LEVEL = "level"  # standby power as it was seen at earlier unloadings
    START = "start"  # nobody said so, but the next cycle has begun


class IntentState(StrEnum):
    """Life of an intent. Everything from `DONE` on is terminal."""

    QUEUED = "queued"
    HELD = "held"
    SENDING = "sending"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    RESOLVED = "resolved"

    @property
    def is_terminal(self) -> bool:
        """Whether nothing more will happen to the intent."""
        return self in _TERMINAL


_TERMINAL = frozenset(
    {
        IntentState.DONE,
        IntentState.FAILED,
        IntentState.EXPIRED,
        IntentState.CANCELLED,
        IntentState.RESOLVED,
    }
)


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
class Event:
    """Something worth telling.

    `key` names it in the catalogue (`cycle_finished`, or whatever an automation
    chose). `source` is the id of the appliance it is about, if any. `incident`
    ties together what belongs to one happening: a later message of the same
    incident replaces the earlier one on the phones.
    """

    key: str
    at: Instant
    title: str
    message: str
    priority: Priority
    category: str = "general"
    source: str | None = None
    incident: str | None = None
    is_test: bool = False
    data: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person or role, with the ids of its channels in the order of preference."""

    id: str
    name: str
    channels: tuple[str, ...]
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTraits:
    """What a configured channel can do, as far as deciding needs it.

    `best_evidence` is the highest rung that it can reach by itself (without a
    person acting), `patience` the seconds after which a call is given up,
    `replaces` whether a repeated message with the same tag replaces the first,
    `confirms` whether the device sends a receipt by itself.
    """

    id: str
    kind: str
    name: str
    best_evidence: Evidence
    patience: float
    replaces: bool
    confirms: bool = False

    @property
    def can_tell(self) -> bool:
        """Whether the channel's word counts as evidence of success."""
        return self.best_evidence.is_success


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """An event addressed to recipients: what people see as one message."""

    id: str
    event: str
    category: str
    priority: Priority
    title: str
    message: str
    tag: str
    created_at: Instant
    deadline: Instant
    source: str | None = None
    is_test: bool = False
    data: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cue:
    """When something is done, and what makes it needless.

    `after` counts in seconds from the release of the intent; None means once every
    step before it has failed. It is not done where `unless` or better is known.
    """

    unless: Evidence
    after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One channel of a plan, why it stands there, and when it is asked.

    What the channel can do is noted as it was when the plan was made, so that a
    stored plan can be carried on without asking again. The first cue that comes
    while it is not needless is the one that counts.
    """

    channel_id: str
    reason: str
    can_tell: bool = False
    replaces: bool = False
    last_resort: bool = False
    cues: tuple[Cue, ...] = (Cue(Evidence.DISPATCHED),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the router decided for one recipient, in order, with the reasons.

    `repeats` is when the message is brought to mind again on the channels that
    replace. `hold` keeps it back at first, and drops it if another recipient of the
    same notification has given the evidence in the meantime.
    """

    recipient_id: str
    recipient_name: str
    steps: tuple[PlannedStep, ...]
    reasons: tuple[str, ...] = ()
    repeats: tuple[Cue, ...] = ()
    hold: Cue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResult:
    """What came out of one call of one channel.

    `detail` is a sentence for people (no secrets); `reference` is the
    provider's own id of the message, if it gave one. `trouble` says what kind of
    failure it was, `retry_at` before when asking again is useless.
    """

    evidence: Evidence
    detail: str = ""
    reference: str | None = None
    trouble: Trouble | None = None
    retry_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentRecord:
    """One line of the delivery log: the unit from which success is counted.

    `title` is the text of a message that has none. `released_at` is when the intent
    was stored, or released from a hold.
    `proven_at` is the arrival of the first evidence that counts as success.
    """

    intent_id: str
    notification_id: str
    event: str
    title: str
    priority: Priority
    recipient_id: str
    recipient_name: str
    state: IntentState
    evidence: Evidence | None
    channel_id: str | None
    created_at: Instant
    released_at: Instant
    deadline: Instant
    proven_at: Instant | None
    finished_at: Instant | None
    attempts: int
    is_test: bool
    reason: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class UptimeSpan:
    """A stretch of minutes in which the pipeline's self-test gave one answer."""

    start: Instant
    end: Instant
    passed: bool
    reason: str = ""
