"""What Home Assistant's conditions answer at another time, as far as that can be said.

It answers them as of now only. A time of the day or a weekday can be worked out for any
other; a state is as it is now; the sun, a template or *for ten minutes* nobody knows.
Must not evaluate what Home Assistant evaluates itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

# These look at states, and at nothing that passes by itself
_STEADY = frozenset({"numeric_state", "state", "zone"})
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

type Config = Mapping[str, Any]


def is_off(config: Config) -> bool:
    """Whether it was switched off; then it is as if it were not."""
    return config.get("enabled") is False


def is_steady(config: Config) -> bool:
    """Whether only states decide, so that it is at another time as it is now."""
    if config.get("enabled", True) not in (True, False):
        return False  # a template decides
    kind = config.get("condition")
    if kind in ("and", "or", "not"):
        return all(is_steady(each) for each in config.get("conditions", ()))
    return kind in _STEADY and "for" not in config and "value_template" not in config


def answer_at(config: Config, at: datetime) -> bool | None:
    """What it says at a local time; None where more than the time decides."""
    if config.get("enabled", True) is not True:
        return True if is_off(config) else None
    kind = config.get("condition")
    if kind == "time":
        return _time_is(config, at)
    if kind not in ("and", "or", "not"):
        return None
    answers = [answer_at(each, at) for each in config.get("conditions", ())]
    if None in answers:
        return None
    if kind == "and":
        return all(answers)
    return any(answers) if kind == "or" else not any(answers)


def _time_is(config: Config, at: datetime) -> bool | None:
    """As Home Assistant has it: where *after* is later, it is over midnight."""
    after, before = config.get("after", time.min), config.get("before", time.max)
    if not isinstance(after, time) or not isinstance(before, time):
        return None  # an entity says when
    clock = at.time()
    if after < before:
        fits = after <= clock < before
    else:
        fits = clock >= after or clock < before
    weekdays = config.get("weekday") or _WEEKDAYS
    if isinstance(weekdays, str):
        weekdays = (weekdays,)
    return fits and _WEEKDAYS[at.weekday()] in weekdays
