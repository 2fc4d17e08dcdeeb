"""How long to wait before all channels are asked again.

Numbers and one function; whether to ask again at all is the lifecycle's.
"""

from __future__ import annotations

# Seconds before each further round (delivery reference 5.4): the first cover a
# hiccup of the network, the middle ones a restart of a router, the last an outage.
PAUSES = (1.0, 3.0, 10.0, 30.0, 120.0, 600.0, 1800.0)

# Full jitter may draw nought; this keeps a round from following at once
SHORTEST = 0.2

LONGEST = PAUSES[-1]


def pause(rounds_failed: int, jitter: float) -> float:
    """Seconds to wait after that many rounds failed; `jitter` is 0 to 1.

    Full jitter (any length up to the limit) keeps the messages that failed
    together in one outage from coming back together.
    """
    limit = PAUSES[min(rounds_failed, len(PAUSES)) - 1]
    return max(SHORTEST, limit * jitter)
