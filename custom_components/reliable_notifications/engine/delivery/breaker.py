"""The breaker of a channel: after failures in a row it is let alone for a while.

While it rests, others are asked at once instead of after its whole patience. After the
rest one call is the probe; if it fails, the next rest is twice as long. Urgent messages
take no notice. Must not know messages: what one of them did wrong breaks nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..vocabulary import AttemptResult, Instant, Trouble

# Failures in a row that open it, if they lie at least so many seconds apart: a hiccup
# that hits many calls at once is one blow (delivery reference 5.4)
FAILURES_TO_OPEN = 3
LEAST_SPAN = 1.0

# Seconds of the first rest, doubled by each probe that fails, up to the longest (5.4)
FIRST_REST = 30.0
LONGEST_REST = 900.0

# Seconds of rest where the service said "too much" and not for how long (5.4)
THROTTLED_REST = 1.0

# One of these says all about the channel, without a second try
_AT_ONCE = frozenset(
    {Trouble.LOGIN, Trouble.BLOCKED, Trouble.THROTTLED, Trouble.USED_UP}
)
# These are about the channel, and not about the message
_OF_THE_CHANNEL = _AT_ONCE | {
    Trouble.OUTAGE,
    Trouble.SILENCE,
    Trouble.MISSING,
    Trouble.SETTINGS,
}
# It says so at once and costs nothing, or was found without a message
_NEVER_OPENS = frozenset({Trouble.MISSING, Trouble.SETTINGS})
# The channel is not as it should be before a person has mended something
NEEDS_A_PERSON = frozenset({Trouble.LOGIN, Trouble.BLOCKED}) | _NEVER_OPENS


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """How a channel has fared lately; as it is made, nothing is wrong.

    `failures` in a row began at `failing_since`, the last at `last_failure`. `rests`
    counts the rests since the last success, the present one until `until`.
    """

    failures: int = 0
    failing_since: Instant | None = None
    last_failure: Instant | None = None
    rests: int = 0
    until: Instant | None = None
    trouble: Trouble | None = None
    detail: str = ""

    @property
    def is_down(self) -> bool:
        """Whether messages do not get through, as far as is known."""
        return self.rests > 0 or self.trouble in NEEDS_A_PERSON

    def rests_until(self, now: Instant) -> Instant | None:
        """When it may be asked again; None: now."""
        return self.until if self.until is not None and now < self.until else None


def asked(breaker: Breaker, now: Instant, patience: float) -> Breaker:
    """A call begins. After a rest it is the probe, and others wait for its answer."""
    if not breaker.rests:
        return breaker
    return replace(breaker, until=max(breaker.until or now, now + patience))


def heard(
    breaker: Breaker, result: AttemptResult, began_at: Instant, now: Instant
) -> Breaker:
    """A call that began at `began_at` has answered."""
    if result.evidence.rung:
        return Breaker()
    if result.trouble not in _OF_THE_CHANNEL:
        return breaker
    if breaker.last_failure is not None and began_at <= breaker.last_failure <= now:
        return breaker  # the same blow has hit several calls
    failing = replace(
        breaker,
        failures=breaker.failures + 1,
        failing_since=now if breaker.failing_since is None else breaker.failing_since,
        last_failure=now,
        trouble=result.trouble,
        detail=result.detail,
    )
    return _rest(failing, result, now) if _opens(failing, now) else failing


def _opens(breaker: Breaker, now: Instant) -> bool:
    """Whether this failure is one too many; a probe may not fail at all."""
    if breaker.trouble in _NEVER_OPENS:
        return False
    if breaker.trouble in _AT_ONCE or breaker.rests:
        return True
    since = now if breaker.failing_since is None else breaker.failing_since
    return breaker.failures >= FAILURES_TO_OPEN and now - since >= LEAST_SPAN


def _rest(breaker: Breaker, result: AttemptResult, now: Instant) -> Breaker:
    """Let it alone: as long as it said, or longer each time."""
    if breaker.trouble in {Trouble.THROTTLED, Trouble.USED_UP}:
        until = max(result.retry_at or 0.0, now + THROTTLED_REST)
    else:
        until = now + min(FIRST_REST * 2.0**breaker.rests, LONGEST_REST)
    return replace(breaker, rests=breaker.rests + 1, until=until)
