"""Puts times to the channels of a plan: the row of a priority becomes cues.

Gets the channels in the order in which they are to be asked, and says when and unless
what. Must not choose or order them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ..vocabulary import ChannelTraits, Cue, Evidence
from .policy_row import Policy


def cues_of_channels(
    policy: Policy,
    ordered: Sequence[ChannelTraits],
    tells: Mapping[str, bool],
    together: int = 0,
) -> tuple[tuple[Cue, ...], ...]:
    """The cues of each channel, in the same order; `tells` which of them can prove.

    `together` of the first are all asked at once, and only an answer makes one of them
    needless; those after them count as the second, third, ... channel.
    """
    confirmed = any(channel.confirms for channel in ordered[: max(1, together)])
    if together:
        return _of_group(policy, together, len(ordered), confirmed=confirmed)
    proves = tuple(tells[channel.id] for channel in ordered)
    return _of_row(policy, proves, confirmed=confirmed)


# Most recipients have channels that can do the same: one row of cues for all of them
@lru_cache(maxsize=256)
def _of_group(
    policy: Policy, together: int, channels: int, *, confirmed: bool
) -> tuple[tuple[Cue, ...], ...]:
    """Of so many channels, of which the first are asked at once."""
    first = ((Cue(Evidence.ACKNOWLEDGED, 0.0),),) * together
    rest = (
        tuple(_cues(policy, place, policy.enough, confirmed=confirmed))
        for place in range(1, channels - together + 1)
    )
    return (*first, *rest)


@lru_cache(maxsize=256)
def _of_row(
    policy: Policy, tells: tuple[bool, ...], *, confirmed: bool
) -> tuple[tuple[Cue, ...], ...]:
    """Of channels that are asked one after the other; `tells`: which can prove."""
    speaker = tells.index(False) if policy.speaks_up and False in tells else None
    cues: list[tuple[Cue, ...]] = []
    place = 0  # among those that are asked one after the other
    for number, can_tell in enumerate(tells):
        if place and number == speaker:
            cues.append((Cue(policy.enough, 0.0),))
        else:
            proof = policy.enough.is_success and can_tell
            unless = policy.enough if proof or policy.speaks_up else Evidence.DISPATCHED
            cues.append(tuple(_cues(policy, place, unless, confirmed=confirmed)))
            place += 1
    return tuple(cues)


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
    if policy.hedges and (place <= len(policy.hedges) or policy.speaks_up):
        yield Cue(unless, policy.hedges[min(place, len(policy.hedges)) - 1])
    if policy.unreceived is not None and confirmed:
        yield Cue(Evidence.DELIVERED, place * policy.unreceived)
    yield from _unseen(policy, place)


def _unseen(policy: Policy, place: int) -> Iterator[Cue]:
    """When the channel at this place is asked because nobody has looked."""
    if policy.unseen is not None:
        yield Cue(Evidence.SEEN, place * policy.unseen)
