"""What quiet onsets of the past turned out to be: pauses of so long, or ends.

Bounded: when it is full, the oldest record of the most crowded neighbourhood goes,
so that the rarer programme is not forgotten for the more frequent one.

Must not judge a new onset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .place import SIZE, Place, distance

# Ends kept: five of each of five programmes. Pauses: sixteen for each.
ENDS = 24
PAUSES = 80

# Shorter rests teach nothing: no decision falls before that much quiet.
PAUSE_FROM_S = 30.0

# One low sample is no pause that a decision, which needs two, could fall into.
PAUSE_FROM_STEPS = 1.5

# Pauses of one cycle waiting for its end, kept at most: the longest ones.
PENDING = 40

LENGTH = SIZE  # after the place, a pause has its length
OUTLASTED = SIZE + 1  # and how often quiet in its place outlasted it to an end
GAP = SIZE  # and an end how soon a load followed, 0 if none or late

# A timer repeats a pause to 1-3 s (measured over 12-30 min), people do not.
PUNCTUAL_S = 4.0
PUNCTUAL_SHARE = 0.005
# Ends in its place that a pause survives without coming again.
FORGOTTEN_AFTER = 5.0
# What is doubted may have been measured from one turn of a soaking drum to the next.
DOUBT_SHARE = 0.25
# Two ends within this distance are the same place.
SAME_PLACE = 0.3


@dataclass(slots=True)
class Memory:
    """Ends are places; pauses are places with a length behind."""

    ends: list[list[float]] = field(default_factory=list)
    pauses: list[list[float]] = field(default_factory=list)
    pending: list[list[float]] = field(default_factory=list)

    def without_pending(self) -> Memory:
        """Give what does not depend on the cycle that runs."""
        return Memory(ends=self.ends, pauses=self.pauses)

    def saw_pause(self, place: Place, seconds: float, step_s: float) -> None:
        """Keep a pause of the running cycle until that is over."""
        if seconds < max(PAUSE_FROM_S, PAUSE_FROM_STEPS * step_s):
            return
        self.pending.append([*place, seconds, 0.0])
        if len(self.pending) > PENDING:
            self.pending.remove(min(self.pending, key=lambda row: row[LENGTH]))

    def learn(self, end: Place | None) -> None:
        """Take over what the cycle that is over has shown."""
        for row in self.pending:
            _keep(self.pauses, row, PAUSES)
        self.pending.clear()
        if end is not None:
            _keep(self.ends, [*end, 0.0], ENDS)

    def followed(self, gap_s: float) -> None:
        """Note after how long a load followed the last end."""
        if self.ends:
            self.ends[-1][GAP] = gap_s

    def repeats(self, gap_s: float, step_s: float) -> bool:
        """Say whether a load followed another end in this place as long before.

        No person is punctual to seconds: that end, and the last one, were none.
        """
        return any(self._repeated(gap_s, step_s))

    def _repeated(self, gap_s: float, step_s: float) -> Iterator[list[float]]:
        if step_s > PUNCTUAL_S:
            return  # a polled sensor does not know to seconds
        slack = max(PUNCTUAL_S, PUNCTUAL_SHARE * gap_s)
        for row in self.ends[:-1]:
            here = distance(row, self.ends[-1], step_s) <= SAME_PLACE
            if here and abs(row[GAP] - gap_s) <= slack:
                yield row

    def settle(self, place: Place, quiet_s: float, *, resumed: bool) -> None:
        """Settle doubts about ends in this place, after so much quiet.

        A load followed them soon. If the programme went on after about as long again,
        they were pauses; if the quiet outlasted that, they were ends.
        """
        for row in list(self.ends):
            if row[GAP] <= 0.0 or distance(row, place, 0.0) > SAME_PLACE:
                continue
            if resumed and abs(row[GAP] - quiet_s) <= DOUBT_SHARE * quiet_s:
                self.ends.remove(row)
            elif not resumed and row[GAP] < quiet_s:
                row[GAP] = 0.0

    def outlast(self, place: Place, quiet_s: float) -> None:
        """Doubt pauses in this place that an end has outlasted.

        A pause made of somebody's break, or of two loads taken for one, never comes
        again; one of a programme does before it is forgotten.
        """
        for row in list(self.pauses):
            if row[LENGTH] < quiet_s and distance(row, place, 0.0) <= SAME_PLACE:
                row[OUTLASTED] += 1.0
                if row[OUTLASTED] >= FORGOTTEN_AFTER:
                    self.pauses.remove(row)

    def unlearn_end(self, gap_s: float, step_s: float) -> None:
        """Turn the last end, and those like it, into the pauses that they were."""
        if not self.ends:
            return
        wrong = [*self._repeated(gap_s, step_s), self.ends[-1]]
        taken = {id(row) for row in wrong}  # rows may be equal: two cycles alike
        self.ends = [row for row in self.ends if id(row) not in taken]
        for row in wrong:
            _keep(self.pauses, [*row[:SIZE], gap_s, 0.0], PAUSES)


def _keep(rows: list[list[float]], row: list[float], most: int) -> None:
    rows.append(row)
    if len(rows) <= most:
        return
    crowded = min(
        range(len(rows) - 1),
        key=lambda index: min(
            distance(rows[index], rows[other], 0.0)
            for other in range(len(rows))
            if other != index
        ),
    )
    del rows[crowded]
