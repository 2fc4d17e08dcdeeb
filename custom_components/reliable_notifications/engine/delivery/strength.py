"""Which answer tells more: the order in which evidence of an intent grows.

Only the order; what follows from an answer is the lifecycle's.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..vocabulary import Evidence

# From the least to the most that is known of the intent as a whole
STRENGTH: Mapping[Evidence | None, int] = {
    answer: strength
    for strength, answer in enumerate(
        (
            None,
            Evidence.REFUSED,
            Evidence.UNREACHABLE,
            Evidence.UNKNOWN,
            Evidence.TIMED_OUT,
            Evidence.DISPATCHED,
            Evidence.ACCEPTED,
            Evidence.DELIVERED,
            Evidence.SEEN,
            Evidence.ACKNOWLEDGED,
        )
    )
}


def weaker_than(evidence: Evidence) -> tuple[Evidence, ...]:
    """What tells less than this evidence."""
    strength = STRENGTH[evidence]
    return tuple(
        each for each, of in STRENGTH.items() if each is not None and of < strength
    )
