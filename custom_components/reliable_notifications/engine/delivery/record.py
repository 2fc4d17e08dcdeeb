"""One intent in delivery, as a value and as a row.

Holds what the lifecycle needs to go on after any interruption, and nothing that
can be looked up; must not decide anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
import json
from typing import TypedDict

from ..vocabulary import Cue, Evidence, Instant, IntentState, PlannedStep, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """How far one step of the plan has come.

    `asking`: a call is going on. `settled`: not to be asked again. `told`: it has
    taken the message at least once. `answer` is the last one; None while it was not
    asked, or has to be asked as if it never had been. `failures` counts the answers
    without success in a row, after which it rests from `rested_from` to `ready_at`.
    `doubts` counts how often we died in its call, `rings` the repeats it has had.
    """

    asking: bool = False
    settled: bool = False
    told: bool = False
    answer: Evidence | None = None
    tries: int = 0
    failures: int = 0
    doubts: int = 0
    rings: int = 0
    rested_from: Instant | None = None
    ready_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How far an intent has come.

    `tracks` has one entry per step. `evidence` is the best known so far, of the
    channel `channel_id`, proven since `proven_at`. `released_at` is when the
    intent was stored, or let go after a hold (until `wake_at`); `yields_to` is the
    evidence of another recipient that makes a held intent needless. `provisional`: it
    is held by a decision that is made again at its release. `acknowledged_at` is when
    its recipient answered, `resolved_at` when what it is about was over.
    """

    intent_id: str
    priority: Priority
    deadline: Instant
    steps: tuple[PlannedStep, ...]
    released_at: Instant
    repeats: tuple[Cue, ...] = ()
    yields_to: Evidence | None = None
    provisional: bool = False
    state: IntentState = IntentState.QUEUED
    tracks: tuple[Track, ...] = ()
    wake_at: Instant | None = None
    evidence: Evidence | None = None
    channel_id: str | None = None
    attempts: int = 0
    proven_at: Instant | None = None
    finished_at: Instant | None = None
    acknowledged_at: Instant | None = None
    resolved_at: Instant | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        """Begin with untouched tracks."""
        if len(self.tracks) != len(self.steps):
            untouched = (Track(),) * len(self.steps)
            object.__setattr__(self, "tracks", untouched)

    @property
    def is_asking(self) -> bool:
        """Whether any channel is being called."""
        return any(track.asking for track in self.tracks)

    @property
    def told(self) -> tuple[str, ...]:
        """The channels on which the message may be seen, as far as is known."""
        return tuple(
            step.channel_id
            for step, track in zip(self.steps, self.tracks, strict=True)
            if track.told or track.answer in (Evidence.TIMED_OUT, Evidence.UNKNOWN)
        )

    def rings_of(self, channel_id: str) -> int:
        """How often a channel has rung again, with the call that is going on."""
        steps = zip(self.steps, self.tracks, strict=True)
        rings = (track.rings for step, track in steps if step.channel_id == channel_id)
        return max(rings, default=0)


class DeliveryRow(TypedDict):
    """The columns of the table `intent` in which a delivery is kept."""

    id: str
    priority: str
    deadline: float
    steps: str
    released_at: float
    repeats: str
    yields_to: str | None
    provisional: int
    state: str
    tracks: str
    wake_at: float | None
    evidence: str | None
    channel_id: str | None
    attempts: int
    proven_at: float | None
    finished_at: float | None
    acknowledged_at: float | None
    resolved_at: float | None
    reason: str


def to_row(delivery: Delivery) -> DeliveryRow:
    """The delivery as columns."""
    return DeliveryRow(
        id=delivery.intent_id,
        priority=delivery.priority.value,
        deadline=delivery.deadline,
        steps=steps_to_text(delivery.steps),
        released_at=delivery.released_at,
        repeats=json.dumps(_cues_to_list(delivery.repeats)),
        yields_to=delivery.yields_to.value if delivery.yields_to else None,
        provisional=int(delivery.provisional),
        state=delivery.state.value,
        tracks=json.dumps([_track_to_list(track) for track in delivery.tracks]),
        wake_at=delivery.wake_at,
        evidence=delivery.evidence.value if delivery.evidence else None,
        channel_id=delivery.channel_id,
        attempts=delivery.attempts,
        proven_at=delivery.proven_at,
        finished_at=delivery.finished_at,
        acknowledged_at=delivery.acknowledged_at,
        resolved_at=delivery.resolved_at,
        reason=delivery.reason,
    )


def from_row(row: DeliveryRow) -> Delivery:
    """The delivery that `to_row` wrote."""
    return Delivery(
        intent_id=row["id"],
        priority=Priority(row["priority"]),
        deadline=row["deadline"],
        steps=steps_from_text(row["steps"]),
        released_at=row["released_at"],
        repeats=_cues_from_list(json.loads(row["repeats"])),
        yields_to=_evidence(row["yields_to"]),
        provisional=bool(row["provisional"]),
        state=IntentState(row["state"]),
        tracks=tuple(_track_from_list(each) for each in json.loads(row["tracks"])),
        wake_at=row["wake_at"],
        evidence=_evidence(row["evidence"]),
        channel_id=row["channel_id"],
        attempts=row["attempts"],
        proven_at=row["proven_at"],
        finished_at=row["finished_at"],
        acknowledged_at=row["acknowledged_at"],
        resolved_at=row["resolved_at"],
        reason=row["reason"],
    )


def steps_to_text(steps: Iterable[PlannedStep]) -> str:
    """The steps of a plan as JSON."""
    return json.dumps(
        [
            {
                "channel_id": step.channel_id,
                "reason": step.reason,
                "can_tell": step.can_tell,
                "replaces": step.replaces,
                "last_resort": step.last_resort,
                "cues": _cues_to_list(step.cues),
                "private": step.private,
            }
            for step in steps
        ]
    )


def steps_from_text(text: str) -> tuple[PlannedStep, ...]:
    """The steps that `steps_to_text` wrote."""
    return tuple(
        PlannedStep(
            channel_id=step["channel_id"],
            reason=step["reason"],
            can_tell=step["can_tell"],
            replaces=step["replaces"],
            last_resort=step["last_resort"],
            cues=_cues_from_list(step["cues"]),
            private=step.get("private", False),  # older files do not say
        )
        for step in json.loads(text)
    )


def _cues_to_list(cues: Iterable[Cue]) -> list[tuple[str, float | None]]:
    return [(cue.unless.value, cue.after) for cue in cues]


def _cues_from_list(cues: Iterable[tuple[str, float | None]]) -> tuple[Cue, ...]:
    return tuple(Cue(Evidence(unless), after) for unless, after in cues)


# In the order of the fields of Track: one row is written several times per message
type _TrackList = tuple[
    int, int, int, str | None, int, int, int, int, float | None, float | None
]


def _track_to_list(track: Track) -> _TrackList:
    return (
        int(track.asking),
        int(track.settled),
        int(track.told),
        track.answer.value if track.answer else None,
        track.tries,
        track.failures,
        track.doubts,
        track.rings,
        track.rested_from,
        track.ready_at,
    )


def _track_from_list(values: Sequence[object]) -> Track:
    asking, settled, told, answer, tries, failures, doubts, rings, *rest = values
    return Track(
        asking=bool(asking),
        settled=bool(settled),
        told=bool(told),
        answer=_evidence(answer),
        tries=_whole(tries),
        failures=_whole(failures),
        doubts=_whole(doubts),
        rings=_whole(rings),
        rested_from=_instant(rest[0]),
        ready_at=_instant(rest[1]),
    )


def _evidence(value: object) -> Evidence | None:
    return Evidence(value) if isinstance(value, str) else None


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _instant(value: object) -> Instant | None:
    return float(value) if isinstance(value, int | float) else None
