"""What needs not be said while something greater is known: the table of inhibitions.

A power failure explains why appliances pause and sensors fall silent; telling each of
them again helps nobody. Must not know whether a greater thing is going on: it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..vocabulary import Event, Priority

POWER_OUTAGE = "power_outage"

# event that is open -> events that are explained by it
INHIBITS: Mapping[str, frozenset[str]] = {
    # appliances stand still, plugs do not answer (delivery reference 5.10)
    POWER_OUTAGE: frozenset(
        {
            "cycle_interrupted",
            "overrunning",
            "sensor_stale",
            "channel_down",
        }
    ),
}

# Seconds after which an incident that nobody has called over inhibits nothing any more:
# as long as an urgent message lives. Somebody may have forgotten to say so
LONGEST = 86_400.0


def inhibited_by(event: Event, going_on: Iterable[str]) -> str | None:
    """The key of what is going on that makes this event needless; None: tell it.

    What is urgent is told whatever goes on.
    """
    if event.priority is Priority.URGENT:
        return None
    return next((key for key in going_on if event.key in INHIBITS.get(key, ())), None)
