"""Whose turn it is: when each step of a plan is to be asked, as things stand.

A step is asked when one of its cues comes that is not needless yet; after a failure it
rests; where it has told the message, only a repeat asks it again. Must not change a
delivery: that is the lifecycle's.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..vocabulary import Cue, Evidence, Instant, PlannedStep
from .record import Delivery, Track

# Nothing rests, nothing is busy: what a caller says who knows of no closed channel
NONE_RESTING: Mapping[str, Instant] = {}


def known_rung(delivery: Delivery) -> int:
    """How high the evidence stands, as far as it makes other steps needless.

    What only lies in the last resort's list has reached nobody yet.
    """
    if delivery.evidence is not None and delivery.evidence.is_success:
        return delivery.evidence.rung
    told = any(
        track.told and not step.last_resort
        for step, track in zip(delivery.steps, delivery.tracks, strict=True)
    )
    return Evidence.DISPATCHED.rung if told else 0


def turn(
    delivery: Delivery,
    index: int,
    now: Instant,
    resting: Mapping[str, Instant],
    busy: Mapping[str, Instant] = NONE_RESTING,
) -> Instant | None:
    """When the step is to be asked; None: not at all, unless something changes.

    `resting` and `busy` name the channels that are not to be asked before an instant.
    In the place of one that rests the next is asked; one that is busy is waited for.
    """
    step, track = delivery.steps[index], delivery.tracks[index]
    if track.asking or track.settled:
        return None
    if track.told:
        at = _next_ring(delivery, step, track)
    else:
        at = min(
            (
                max(comes, _rests_until(track, now))
                for cue in step.cues
                if (comes := _comes(cue, delivery, index, now, resting)) is not None
            ),
            default=None,
        )
    if at is None:
        return None
    channel_id = step.channel_id
    return max(at, resting.get(channel_id, at), busy.get(channel_id, at))


def rings_due(delivery: Delivery, now: Instant) -> int:
    """How many of the repeats have come by now."""
    return sum(
        1
        for cue in delivery.repeats
        if cue.after is not None and delivery.released_at + cue.after <= now
    )


def rings_again(delivery: Delivery) -> bool:
    """Whether a channel that is being asked will bring it to mind again later."""
    return any(
        track.asking and _next_ring(delivery, step, track) is not None
        for step, track in zip(delivery.steps, delivery.tracks, strict=True)
    )


def waits_for_others(step: PlannedStep) -> bool:
    """Without a time of its own a step never runs beside another one."""
    return all(cue.after is None for cue in step.cues)


def _comes(
    cue: Cue,
    delivery: Delivery,
    index: int,
    now: Instant,
    resting: Mapping[str, Instant],
) -> Instant | None:
    """When the cue comes; None where it is needless, or does not come by itself."""
    if known_rung(delivery) >= cue.unless.rung:
        return None
    if cue.after is not None:
        return _instant(cue.after, delivery, now)
    before = zip(delivery.steps[:index], delivery.tracks[:index], strict=True)
    failed = all(
        # also while it is being asked again: it gave less than what is enough
        track.answer is not None
        or step.channel_id in resting
        or not _is_wanted(step, delivery, now)
        for step, track in before
    )
    return now if failed else None


def _is_wanted(step: PlannedStep, delivery: Delivery, now: Instant) -> bool:
    """Whether any of its cues asks for the step by now, or will after a failure."""
    return any(
        known_rung(delivery) < cue.unless.rung
        and (cue.after is None or _instant(cue.after, delivery, now) <= now)
        for cue in step.cues
    )


def _instant(after: float, delivery: Delivery, now: Instant) -> Instant:
    """So many seconds after the release.

    A clock that was set back makes it now: better a channel too many than too late.
    """
    return now if now < delivery.released_at else delivery.released_at + after


def _rests_until(track: Track, now: Instant) -> Instant:
    """The end of the pause after a failure; a clock that was set back ends it."""
    if track.ready_at is None or track.rested_from is None or now < track.rested_from:
        return now
    return track.ready_at


def _next_ring(delivery: Delivery, step: PlannedStep, track: Track) -> Instant | None:
    """When the message is brought to mind again, where a second one replaces it."""
    if not step.replaces or step.last_resort or track.rings >= len(delivery.repeats):
        return None
    cue = delivery.repeats[track.rings]
    if cue.after is None or known_rung(delivery) >= cue.unless.rung:
        return None
    return delivery.released_at + cue.after
