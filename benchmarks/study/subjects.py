"""What the study varies: the numbers that matter, and the mechanisms, one by one.

Names are those of `benchmarks.overriding`; a test sees to it that they exist.

Must not run anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.overriding import Number, Overrides, shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """A number, its name in a picture, and the values to try."""

    name: str
    label: str
    values: Sequence[float]
    unit: str = ""

    def numbers(self, value: float) -> Overrides:
        """Give what has to be overridden to try this value."""
        return {self.name: value}


SWEPT: Sequence[Swept] = (
    Swept(
        name="evidence.CONFIRM_S",
        label="quiet to confirm an end",
        values=(10.0, 20.0, 40.0, 60.0, 90.0, 180.0),
        unit="s",
    ),
    Swept(
        name="seen.NEAR",
        label="distance taken as near",
        values=(0.1, 0.2, 0.3, 0.4, 0.6),
    ),
    Swept(
        name="seen.ENDS_NEEDED",
        label="pauses or far ends needed",
        values=(1.0, 2.0, 3.0, 5.0),
    ),
    Swept(
        name="kinds.ends_needed",
        label="known ends needed",
        values=(1.0, 2.0, 3.0, 4.0),
    ),
    Swept(
        name="kinds.plausible_s",
        label="wait at a plausible end",
        values=(0.25, 0.5, 1.0, 2.0),
        unit="×",
    ),
    Swept(
        name="kinds.safe_wait_s",
        label="safe wait of the kind",
        values=(0.25, 0.5, 0.75, 1.0, 1.5),
        unit="×",
    ),
)


def shipped_value(swept: Swept) -> float:
    """Give the value that is shipped: of a field of all kinds the factor 1."""
    return shipped(swept.name)


# The threshold rule, for comparison: how long below 5 W.
TIMERS_S = (60.0, 180.0, 300.0, 600.0, 1200.0, 2100.0, 3600.0)

NEVER: tuple[float, float] = (2.0, 1.0)  # bounds that nothing lies within

ABLATED: Mapping[str, Mapping[str, Number]] = {
    "all learning": {
        "seen.NEAR": -1.0,
        "seen.PLAUSIBLE_NEAR": -1.0,
        "tail.TAILS_NEEDED": 10**9,
        "opening.ALIKE": -1.0,
    },
    "closing motif": {"seen.LATEST_CLOSING_S": -1.0},
    "pauses as threats": {"seen.THREAT_BOUNDS": NEVER, "seen.SAME_POSITION": NEVER},
    "doubts after a quick load": {"kinds.doubts": False},
    "electronics at work": {"tracker.ELECTRONICS_FROM_W": 1e9},
    "electronics gone off": {"tracker.DROP_W": 1e9},
    "amending the end": {"decide.PUMP_OUT_S": 0.0},
    "early places": {"evidence.EARLY_FACTOR": 1.0},
    "quiet apart from stillness": {"kinds.leak": "strict_leak"},
    "split of a next load": {"kinds.splits": False},
    "how a load begins": {"opening.ALIKE": -1.0},
    "last minutes alone": {"tail.TAILS_NEEDED": 10**9},
    "veto of one level": {"seen.VETO_FACTOR": 1e9},
    "narrower threats": {"seen.ENDS_TO_NARROW": 10**9},
}
