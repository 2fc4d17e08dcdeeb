"""How long to wait at a quiet onset before the cycle is taken for over, and why.

Must not change anything: it judges what others have gathered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .kinds import KindTraits

# What is left of the safe wait for the meter itself: a fall is reported up to 20 s
# late by the usual plugs, so that the announcement still comes within the wait.
REPORTING_S = 20.0

# A slow sensor may take no more of the wait than this: what is left must still outlast
# the pauses that the wait is there for.
LARGEST_LAG_SHARE = 1.0 / 3.0

# Risk that a quiet stretch as long as the safe wait is a pause after all; no pause of
# the labelled traces is as long, so this is a bound from 119 cycles without one.
RISK_AT_SAFE_WAIT = 0.005


class Reason(StrEnum):
    """Why the appliance is not finished yet, or why it is."""

    NEVER_HEARD = "never_heard"
    SENSOR_SILENT = "sensor_silent"
    NO_LOAD = "no_load"
    PROVING_START = "proving_start"
    LOAD_ON = "load_on"
    SAFE_WAIT = "safe_wait"
    SHORT_RUN = "short_run"
    QUIET_LONG_ENOUGH = "quiet_long_enough"
    SENSOR_WAS_ABSENT = "sensor_was_absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason with its numbers: seconds gone and seconds needed, where it has any."""

    key: Reason
    gone_s: float = 0.0
    needed_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How much quiet is needed, and by which reason."""

    wait_s: float
    reason: Reason


def cold_patience(traits: KindTraits, step_s: float) -> Patience:
    """Wait as the kind asks, less what the sensor's own reporting takes."""
    lag_s = max(REPORTING_S, min(step_s, LARGEST_LAG_SHARE * traits.safe_wait_s))
    return Patience(wait_s=traits.safe_wait_s - lag_s, reason=Reason.SAFE_WAIT)


def confidence(quiet_s: float, wait_s: float) -> float:
    """Give the probability, 0 to 1, that the cycle is over after so much quiet.

    A fresh quiet is as likely a pause as an end; the chance of a pause falls
    evenly on a logarithmic scale to the bound at the end of the wait.
    """
    share = min(quiet_s / wait_s, 1.0)
    return float(1.0 - 0.5 * (2.0 * RISK_AT_SAFE_WAIT) ** share)
