"""The switches with which recipients say what they wish, as a table.

Descriptions only; the platform shows them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from homeassistant.components.switch import SwitchEntityDescription

from .engine.routing.catalogue import Category
from .recipients.wish_changes import (
    QUIET,
    SLEEP,
    Stored,
    has_digest,
    has_spans,
    hearing_of,
    hears_of,
    is_wished,
    wished,
    with_digest,
    with_spans,
)


@dataclass(frozen=True, kw_only=True)
class WishDescription(SwitchEntityDescription):
    """One wish: how it is, and what is stored once it is switched."""

    value: Callable[[Stored], bool]
    change: Callable[..., Stored]


def _simple(key: str, **more: Any) -> WishDescription:
    return WishDescription(
        key=key,
        value=partial(is_wished, key=key),
        change=partial(wished, key=key),
        **more,
    )


def _about(category: Category) -> WishDescription:
    return WishDescription(
        key=f"about_{category}",
        value=partial(hears_of, category=category),
        change=partial(hearing_of, category=category),
        # most homes have nothing to do with repair shops and rewards
        entity_registry_enabled_default=category in _IN_EVERY_HOME,
    )


_IN_EVERY_HOME = frozenset({Category.APPLIANCE, Category.SYSTEM, Category.MAINTENANCE})

# a digest or a test is asked for; to switch its category off would switch off the wish
_NOT_ASKED = frozenset({Category.DIGEST, Category.TEST})

WISHES: tuple[WishDescription, ...] = (
    WishDescription(
        key="quiet_hours",
        value=partial(has_spans, key=QUIET),
        change=partial(with_spans, key=QUIET),
    ),
    WishDescription(
        key="sleep_times",
        value=partial(has_spans, key=SLEEP),
        change=partial(with_spans, key=SLEEP),
    ),
    WishDescription(
        key="digest",
        value=has_digest,
        change=with_digest,
    ),
    _simple("detailed"),
    _simple("private_speakers"),
    _simple("private_lock_screen"),
    *(_about(each) for each in Category if each not in _NOT_ASKED),
)
