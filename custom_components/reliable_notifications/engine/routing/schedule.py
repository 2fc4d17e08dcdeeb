"""Puts times to the channels of a plan: the row of a priority becomes cues.

Gets the channels in the order in which they are to be asked, and says when and unless
what. Must not choose or order them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..vocabulary import ChannelTraits, Cue, Evidence
from .policy import Policy


def cues_of_channels(
    policy: Policy, ordered: Sequence[ChannelTraits]
) -> list[tuple[Cue, ...]]:
    """The cues of each channel, in the same order."""
    speaker = next(
        (channel for channel in ordered if policy.speaks_up and not channel.can_tell),
        None,
    )
    confirmed = bool(ordered) and ordered[0].confirms
    cues: list[tuple[Cue, ...]] = []
    place = 0  # among those that are asked one after the other
    for channel in ordered:
        if place and channel is speaker:
            cues.append((Cue(policy.enough, 0.0),))
        else:
            proof = policy.enough.is_success and channel.can_tell
            unless = policy.enough if proof or policy.speaks_up else Evidence.DISPATCHED
            cues.append(tuple(_cues(policy, place, unless, confirmed=confirmed)))
            place += 1
    return cues


def cues_of_last_resort(policy: Policy, channels: int) -> tuple[Cue, ...]:
    """When Home Assistant's own list is used, after that many channels."""
    cues = [Cue(policy.enough)]
    if policy.last_resort is not None:
        cues.append(Cue(policy.enough, policy.last_resort))
        cues.extend(_unseen(policy, max(1, channels)))
    return tuple(cues)


def _cues(
    policy: Policy, place: int, unless: Evidence, *, confirmed: bool
) -> Iterator[Cue]:
    """Of the channel at this place; the first (0) has its turn at once."""
    if place == 0:
        yield Cue(unless, 0.0) if policy.hedges else Cue(unless)
        return
    yield Cue(unless)
    if place <= len(policy.hedges) or policy.speaks_up:
        yield Cue(unless, policy.hedges[min(place, len(policy.hedges)) - 1])
    if policy.unreceived is not None and confirmed:
        yield Cue(Evidence.DELIVERED, place * policy.unreceived)
    yield from _unseen(policy, place)


def _unseen(policy: Policy, place: int) -> Iterator[Cue]:
    """When the channel at this place is asked because nobody has looked."""
    if policy.unseen is not None:
        yield Cue(Evidence.SEEN, place * policy.unseen)
