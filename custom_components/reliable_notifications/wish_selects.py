"""The choices with which recipients say what they wish, as a table.

Descriptions only; the platform shows them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from homeassistant.components.select import SelectEntityDescription

from .recipients.wish_changes import Stored
from .recipients.wish_choices import (
    DAYS,
    LEAST,
    QUIET_DAYS,
    RHYTHMS,
    digest_day,
    least,
    quiet_days,
    rhythm,
    with_digest_day,
    with_least,
    with_quiet_days,
    with_rhythm,
)


@dataclass(frozen=True, kw_only=True)
class WishSelectDescription(SelectEntityDescription):
    """One choice: what there is, how it is, and what is stored once it is chosen.

    The value is None where there is nothing to choose, and may be another one than the
    choices where a form has stored more.
    """

    choices: tuple[str, ...]
    value: Callable[[Stored], str | None]
    change: Callable[..., Stored]


CHOICES: tuple[WishSelectDescription, ...] = (
    WishSelectDescription(
        key="quiet_days",
        choices=QUIET_DAYS,
        value=quiet_days,
        change=with_quiet_days,
    ),
    WishSelectDescription(
        key="digest_rhythm",
        choices=RHYTHMS,
        value=rhythm,
        change=with_rhythm,
    ),
    WishSelectDescription(
        key="digest_day",
        choices=DAYS,
        value=digest_day,
        change=with_digest_day,
    ),
)

LEAST_KEY = "least"


def least_over(channel_id: str, channel: str) -> WishSelectDescription:
    """From which priority on a recipient wants to hear over this channel."""
    return WishSelectDescription(
        key=f"{LEAST_KEY}_{channel_id}",
        translation_key=LEAST_KEY,
        translation_placeholders={"channel": channel},
        choices=LEAST,
        value=partial(least, channel_id=channel_id),
        change=partial(with_least, channel_id=channel_id),
    )
