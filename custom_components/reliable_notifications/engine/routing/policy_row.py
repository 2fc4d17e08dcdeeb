"""What each priority asks of a decision: how calm, by which ways, how stubborn.

One row per priority; the router turns a row into a plan. The rows are data (see
`policy`), and an installation may edit them (see `policy_edits`). Must not know
recipients or channels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ..vocabulary import Cue, Evidence, InterruptionLevel, Priority, Role


class Respect(StrEnum):
    """What is done where a message would come at the wrong time."""

    PASS = "pass"
    HOLD = "hold"
    DIGEST = "digest"
    # of sleep only: who is awake is told; where nobody is, everybody
    SPARE_SLEEPERS = "spare_sleepers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One row. Times are seconds from the release of the intent.

    `enough` is what makes further channels needless as far as failures go, and
    `proof_first` puts channels that can prove themselves before the favourite.
    `hedges` says when the second, third, ... channel is asked although the first has
    not failed yet; the last number holds for all that follow. `speaks_up` asks the
    first speaker together with the first channel. `unreceived` and `unseen` are when
    the next channel is asked for want of a receipt, or of eyes; the one after it after
    twice that time. `repeats` bring the message to mind again where it replaces.
    `others` is when further recipients are told, in order; the last for all the rest;
    `others_roles` is who of them may be. Empty means never; None that the row says
    nothing of it, and only what has to be acknowledged insists (see `insisting`).

    `ways` are groups of channels, named by their kind or shape; an earlier group comes
    first, and a channel in none is not used. `own_order`: the order of the recipient
    goes before that of the groups. `together` of the first are asked all at once.
    `quiet_hours`, `sleep`, `do_not_disturb`, `away` (nobody is home) and `vacation` say
    what is respected; `speaks_at_night`: speakers are used in quiet hours and beside
    sleepers. `digest`: it waits for the digest of who wants one. `dedupe` is how long
    the same is not told again (None: it always is told).
    """

    time_to_live: float
    enough: Evidence = Evidence.DISPATCHED
    proof_first: bool = False
    hedges: tuple[float, ...] = ()
    speaks_up: bool = False
    last_resort: float | None = None
    unreceived: float | None = None
    unseen: float | None = None
    repeats: tuple[Cue, ...] | None = None
    others: tuple[Cue, ...] | None = None
    others_roles: frozenset[Role] = frozenset({Role.HOUSEHOLD, Role.ADULT})
    ways: tuple[frozenset[str], ...]
    own_order: bool = False
    together: bool = False
    level: InterruptionLevel = InterruptionLevel.ACTIVE
    quiet_hours: Respect = Respect.PASS
    sleep: Respect = Respect.PASS
    do_not_disturb: Respect = Respect.PASS
    away: Respect = Respect.PASS
    vacation: Respect = Respect.PASS
    speaks_at_night: bool = False
    digest: bool = False
    acknowledge: bool = False
    dedupe: float | None = None

    def __hash__(self) -> int:
        """Of what tells rows apart: rows are keys of what was worked out for them."""
        return hash((self.time_to_live, self.level, self.hedges))

    def group_of(self, kind: str, shape: str) -> int | None:
        """The place of a channel's group, its kind before its shape; None: not used."""
        places = _places(self.ways)
        return places.get(kind, places.get(shape))


@lru_cache(maxsize=64)
def _places(ways: tuple[frozenset[str], ...]) -> Mapping[str, int]:
    """The place of the first group that a name is in."""
    places: dict[str, int] = {}
    for place, group in enumerate(ways):
        for name in group:
            places.setdefault(name, place)
    return places


type Policies = Mapping[Priority, Policy]
