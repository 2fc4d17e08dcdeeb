"""What a power meter says, as readings in watts: units, garbage, order.

Must not know what an appliance is, and must not judge whether a value is
plausible: a glitch of 5 kW is a reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
import math
from types import MappingProxyType

from custom_components.reliable_notifications.engine.vocabulary import Instant, Reading

# SI prefixes are case sensitive: mW and MW differ by nine orders of magnitude.
WATTS_PER_UNIT: Mapping[str, float] = MappingProxyType(
    {"mW": 1e-3, "W": 1.0, "kW": 1e3, "MW": 1e6, "GW": 1e9}
)

# The words with which Home Assistant says that there is no value.
_ABSENT = frozenset({"unavailable", "unknown", "none", ""})

# Above this no household appliance exists; such a number is a broken meter
# (an overflow of 16 or 32 bits). Three-phase 63 A is 43 kW.
LARGEST_W = 100_000.0


def to_watts(value: str | float | None, unit: str | None) -> float | None:
    """Give the value in watts, not negative; None if it is no usable number.

    Without a unit watts are meant. A negative value is an appliance's meter
    wobbling around zero, or one mounted the wrong way round: it counts as 0.
    """
    factor = WATTS_PER_UNIT.get(unit if unit is not None else "W")
    if factor is None or value is None:
        return None
    try:
        watts = float(value) * factor
    except ValueError:
        return None
    return usable(watts)


def usable(watts: float) -> float | None:
    """Lift negative watts to zero; None if no appliance can draw so much."""
    if not math.isfinite(watts) or watts > LARGEST_W:
        return None
    return max(watts, 0.0)


@dataclass(slots=True)
class Intake:
    """Turns states of a sensor into readings and counts what it had to reject."""

    rejected: int = 0

    def reading(
        self, at: Instant, value: str | float | None, unit: str | None
    ) -> Reading | None:
        """Give the reading, or None if the state says nothing.

        An absent value is a reading too: it says that the sensor is unavailable.
        """
        if value is None or (
            isinstance(value, str) and value.strip().lower() in _ABSENT
        ):
            return Reading(at, None)
        watts = to_watts(value, unit)
        if watts is None:
            self.rejected += 1
            return None
        return Reading(at, watts)
