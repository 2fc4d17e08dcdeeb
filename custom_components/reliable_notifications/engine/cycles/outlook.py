"""How long the running cycle will still take, as far as its programme is known.

Must not decide anything: an outlook that is wrong costs a wrong number, no message.
"""

from __future__ import annotations

from dataclasses import dataclass

from .programmes import Programme

# Past its usual length by this share a cycle overruns: no number is told any more. The
# lengths of one programme differ by less.
OVERRUN_SHARE = 0.1
OVERRUN_LEAST_S = 300.0

# While it runs, at least so much is left: the end has not been seen.
LEAST_LEFT_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is expected of the running cycle.

    `remaining_s` and `progress` (0 to 1) are None when no programme is recognised, and
    when it runs longer than that ever did (`overrunning`).
    """

    programme: Programme | None = None
    remaining_s: float | None = None
    progress: float | None = None
    overrunning: bool = False


def outlook(programme: Programme | None, elapsed_s: float) -> Outlook:
    """Say what is expected after so much of the programme."""
    if programme is None:
        return Outlook()
    slack = max(OVERRUN_LEAST_S, OVERRUN_SHARE * programme.length_s)
    if elapsed_s > programme.length_s + slack:
        return Outlook(programme=programme, overrunning=True)
    remaining_s = max(programme.length_s - elapsed_s, LEAST_LEFT_S)
    return Outlook(
        programme=programme,
        remaining_s=remaining_s,
        progress=elapsed_s / (elapsed_s + remaining_s),
    )
