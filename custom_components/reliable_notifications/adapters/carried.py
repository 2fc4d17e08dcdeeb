"""An intent while it is carried: what is stored of it, and what only lives meanwhile.

A plain record of the carrier; must not do anything.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from .parcel import Parcel


@dataclass(slots=True)
class Carried:
    """An intent under way, its calls, and what wakes it from a pause.

    `starting` while a call is stored and not yet made: it must not be cut off there.
    `notes` are the reasons for which channels were passed over; those that are stored
    already are `noted`. `looks_again`: what it is held for may be over.
    """

    parcel: Parcel
    starting: bool = False
    notes: list[str] = field(default_factory=list)
    noted: set[str] = field(default_factory=set)
    looks_again: bool = False
    task: asyncio.Task[None] | None = None
    calls: set[asyncio.Task[None]] = field(default_factory=set)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
