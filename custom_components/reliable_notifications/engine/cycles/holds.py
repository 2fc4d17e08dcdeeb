"""How long the sensor was ever silent while the appliance drew so much power.

A sensor that reports changes says nothing as long as nothing changes, so silence is
no fault. But every appliance and every sensor has a longest silence: a heater that
wobbles is reported each few minutes, a fan at exactly 50 W each quarter of an hour.
Many sensors also repeat the same value now and then, which counts as a report.

Must not decide what to make of a silence that is longer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .snapshot import SnapshotError

# Bands of power, an octave each: below 16 W, below 32 W and so on; the last is open.
BANDS = 9
LOWEST_W = 16.0

# Before a sensor has reported so often in a band, nothing is known of its silences.
KNOWN_FROM = 20.0
# Then, silence of so many times the longest one is too long, but not before half an
# hour: the longest heating phase of the traces takes 20 min.
FACTOR = 3.0
LEAST_S = 1800.0
# With nothing known, and at most unless it was longer once: three hours of exactly one
# value are no programme.
MOST_S = 10800.0
ABOVE_LONGEST = 1.5

# A value that comes back within this share was true all the time.
SAME_SHARE = 0.1


def _band(watts: float) -> int:
    band, bound = 0, LOWEST_W
    while band < BANDS - 1 and watts >= bound:
        band, bound = band + 1, 2.0 * bound
    return band


@dataclass(slots=True)
class Holds:
    """For each band of power: the longest silence that a report ended, and reports."""

    longest: list[float] = field(default_factory=lambda: [0.0] * BANDS)
    reports: list[float] = field(default_factory=lambda: [0.0] * BANDS)

    def __post_init__(self) -> None:
        """Refuse what was not written by us."""
        if not len(self.longest) == len(self.reports) == BANDS:
            msg = "bands are missing"
            raise SnapshotError(msg)

    def reported(self, watts: float, silent_s: float) -> None:
        """Note a report that came after so much silence at this power."""
        band = _band(watts)
        self.longest[band] = max(self.longest[band], silent_s)
        self.reports[band] = min(self.reports[band] + 1.0, KNOWN_FROM)

    def doubtful_from(self, watts: float) -> float:
        """Tell after how much silence this value need not be true any more."""
        band = _band(watts)
        around = self.longest[max(band - 1, 0) : band + 2]
        longest = max(around)
        most = max(MOST_S, ABOVE_LONGEST * longest)
        if self.reports[band] < KNOWN_FROM:
            return most
        return min(max(LEAST_S, FACTOR * longest), most)


def is_same(watts: float, held: float) -> bool:
    """Say whether the value that comes back is the one that was held."""
    return abs(watts - held) <= SAME_SHARE * held
