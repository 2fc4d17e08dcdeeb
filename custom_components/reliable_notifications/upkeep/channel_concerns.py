"""Whether a channel is down for so long, and so surely, that people should know.

Must not tell anybody, nor decide when a channel is let alone: that is the breaker's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..adapters.health import Health
from ..engine.delivery.breaker import Breaker
from ..engine.vocabulary import Instant, Trouble
from .concerns import Concern

# Seconds over which a channel has to fail, proven by a call at each end of them: a
# router restarts in five minutes, a phone is out of reach for ten. Longer than that is
# worth a look, and an hour makes it a repair hint (`hints`).
DOWN_FOR = 900.0

# These do not mend by themselves, so nobody waits for them
_NEEDS_A_PERSON = frozenset({Trouble.LOGIN, Trouble.BLOCKED})
# These are over at a known time, and have hints of their own
_PASSES = frozenset({Trouble.THROTTLED, Trouble.USED_UP})


def of_channel(
    channel_id: str,
    name: str,
    health: Health,
    internet: Callable[[], bool | None] | None,
    _: Instant,
) -> Iterable[Concern]:
    """Say that messages do not get through it.

    Without the internet that is no news of a channel that needs it.
    """
    if health.is_proven(channel_id):
        return
    breaker = health.of(channel_id)
    is_sure = breaker.is_down and _lasts(breaker)
    if is_sure and internet is not None:
        is_sure = internet() is not False
    yield Concern(
        key="channel_down",
        incident=f"channel-{channel_id}",
        source=channel_id,
        facts={"channel": name, "since_at": breaker.failing_since},
        is_sure=is_sure,
    )


def _lasts(breaker: Breaker) -> bool:
    if breaker.trouble in _PASSES:
        return False
    since, last = breaker.failing_since, breaker.last_failure
    lasted = since is not None and last is not None and last - since >= DOWN_FOR
    return lasted or breaker.trouble in _NEEDS_A_PERSON
