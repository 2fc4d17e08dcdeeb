"""An intent while it is carried: what is stored of it, and what only lives meanwhile.

Plain records of the carrier, and who hears of it; must not carry anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
import logging
from typing import Protocol

from ..engine.vocabulary import Evidence, IntentRecord, Message, Shape
from .database import StorageFailed
from .parcel import Parcel

_LOGGER = logging.getLogger(__name__)


type Texts = Mapping[Shape, Message]
type InOne = Callable[[Sequence[Parcel], Texts], Awaitable[Texts]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ear:
    """Who hears what: of each change after it was stored, of each intent put down.

    `in_one` is given several messages and their words in one, and says them as people
    get them: a digest by its own words, an e-mail on paper.
    """

    on_change: Callable[[IntentRecord], None]
    on_put_down: Callable[[str], None]
    in_one: InOne


class Carries(Protocol):
    """Who carries intents, for those who hand some over."""

    def take(self, parcel: Parcel) -> None:
        """Carry this intent to its end."""

    def tell(self, parcel: Parcel) -> None:
        """Have it heard how far an intent has come."""


@dataclass(slots=True)
class Carried:
    """An intent under way, its calls, and what wakes it from a pause.

    `starting` while a call is stored and not yet made: it must not be cut off there.
    `notes` are the reasons for which channels were passed over; those that are stored
    already are `noted`. `looks_again`: what it is held for may be over. `came` once it
    has been asked whether it waits for others, `gathered` while it does, `is_led` when
    another intent is told for it.
    """

    parcel: Parcel
    starting: bool = False
    notes: list[str] = field(default_factory=list)
    noted: set[str] = field(default_factory=set)
    looks_again: bool = False
    came: bool = False
    gathered: bool = False
    is_led: bool = False
    task: asyncio.Task[None] | None = None
    calls: set[asyncio.Task[None]] = field(default_factory=set)
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def go_on(self) -> None:
        """It does not wait for others any more."""
        self.gathered = False
        self.wake.set()

    @property
    def known(self) -> tuple[Evidence | None, bool]:
        """What those who are told with it want to hear of."""
        delivery = self.parcel.delivery
        return delivery.evidence, delivery.state.is_terminal


def report(consequence: str, error: StorageFailed) -> None:
    """Say in one sentence what the disk did to us; a trace would not add to it."""
    _LOGGER.error("%s: %s", consequence, error)
