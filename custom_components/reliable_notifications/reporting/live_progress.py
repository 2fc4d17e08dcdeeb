"""Shows running cycles on the phones whose owners want to see them.

A display, and no message: nothing of it is stored, and what fails is shown at the next
step. It is brought up to date when the cycle takes a step, never with each reading: the
phone counts down by itself, and each push counts against its day's allowance.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
import logging
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..announcements import Announcements
from ..appliances.appliance import ApplianceWatch
from ..channels.interface import Channel
from ..channels.mobile_app import MobileApp, Progress
from ..engine.vocabulary import ApplianceState, CycleEventKind, Instant
from ..texts.wording import Wording

_LOGGER = logging.getLogger(__name__)

# Steps of a cycle by how far it is: four tell as much as a bar shows at arm's length
STEPS = 4

# Seconds by which the expected end has to move before the countdown is set anew: a
# programme that weighs its load changes its mind by a few minutes all the time
END_MOVES = 300.0

# Pushes for one cycle, whatever it does: of the 500 of a day (delivery reference 1.3) a
# household with five cycles then spends a tenth
MOST = 10

_IN_CYCLE = frozenset({ApplianceState.RUNNING, ApplianceState.PAUSED})
_OVER = frozenset(
    {
        CycleEventKind.FINISHED.value,
        CycleEventKind.INTERRUPTED.value,
        CycleEventKind.SHORT_RUN.value,
    }
)

type Resting = Callable[[Instant], Mapping[str, Instant]]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What was pushed last of a cycle, and how many pushes it has had."""

    cycle_id: str
    state: ApplianceState
    step: int
    ends_at: Instant | None
    pushes: int = 0

    def differs(self, other: _Shown) -> bool:
        """Whether it is another step of the cycle."""
        if (self.state, self.step) != (other.state, other.step):
            return True
        if self.ends_at is None or other.ends_at is None:
            return self.ends_at is not other.ends_at
        return abs(self.ends_at - other.ends_at) >= END_MOVES


class LiveProgress:
    """Follows the appliances, and shows their cycles."""

    def __init__(
        self,
        hass: HomeAssistant,
        channels: Iterable[Channel],
        watches: Iterable[ApplianceWatch],
        resting: Resting,
    ) -> None:
        """Take the phones; `resting` says which of them are let alone."""
        self._hass = hass
        self._phones = [each for each in channels if isinstance(each, MobileApp)]
        self._watches = tuple(watches)
        self._resting = resting
        self._wording = Wording(hass)
        self._shown: dict[str, _Shown] = {}
        self._pushing: set[asyncio.Task[None]] = set()
        self._unhook: list[CALLBACK_TYPE] = []

    @callback
    def async_start(self, announcements: Announcements) -> None:
        """Follow all appliances from now on."""
        if not self._phones:
            return
        for watch in self._watches:
            self._unhook += [
                watch.async_listen(partial(self._look, watch)),
                announcements.async_listen(
                    watch.spec.id, partial(self._happened, watch)
                ),
            ]
            self._look(watch)

    @callback
    def async_stop(self) -> None:
        """Leave on the phones what is there: the cycle goes on without us."""
        while self._unhook:
            self._unhook.pop()()
        for task in self._pushing:
            task.cancel()

    @callback
    def _look(self, watch: ApplianceWatch) -> None:
        """Show it, if it has come a step further."""
        now_shown = _what_to_show(watch)
        if now_shown is None:
            return
        before = self._shown.get(watch.spec.id)
        pushes = 0
        if before is not None and before.cycle_id == now_shown.cycle_id:
            if before.pushes >= MOST or not now_shown.differs(before):
                return
            pushes = before.pushes
        phones = self._wanting()
        if not phones:
            return
        self._shown[watch.spec.id] = replace(now_shown, pushes=pushes + 1)
        progress = Progress(
            tag=_tag(watch),
            title=watch.spec.name,
            message=self._wording.of_progress(
                watch.spec.name, watch.detector.started_at, now_shown.ends_at
            ),
            share=watch.forecast.progress,
            ends_at=now_shown.ends_at,
        )
        for phone in phones:
            self._push(phone, phone.async_show_progress(progress))

    @callback
    def _happened(
        self, watch: ApplianceWatch, what: str, data: Mapping[str, Any]
    ) -> None:
        """Take it away when the cycle is over; the finish says the rest."""
        if what not in _OVER:
            return
        self._shown.pop(watch.spec.id, None)
        for phone in self._wanting():
            self._push(phone, phone.async_clear(_tag(watch)))

    def _wanting(self) -> list[MobileApp]:
        resting = self._resting(dt_util.utcnow().timestamp())
        return [
            phone
            for phone in self._phones
            if phone.shows_progress and phone.channel_id not in resting
        ]

    @callback
    def _push(self, phone: MobileApp, work: Coroutine[Any, Any, None]) -> None:
        task = self._hass.async_create_background_task(
            _quietly(phone, work), "reliable_notifications shows progress"
        )
        self._pushing.add(task)
        task.add_done_callback(self._pushing.discard)


def _what_to_show(watch: ApplianceWatch) -> _Shown | None:
    detector = watch.detector
    if detector.state not in _IN_CYCLE or detector.cycle_id is None:
        return None
    share = watch.forecast.progress
    step = -1 if share is None else min(int(STEPS * share), STEPS - 1)
    ends_at = watch.forecast.expected_end
    return _Shown(detector.cycle_id, detector.state, step, ends_at)


def _tag(watch: ApplianceWatch) -> str:
    """Another one than the messages have, so that these stay when it is taken away."""
    return f"rn-live-{watch.spec.id}"[:64]


async def _quietly(phone: MobileApp, work: Coroutine[Any, Any, None]) -> None:
    """A display that fails is no reason to worry: the finish is told anyway."""
    try:
        async with asyncio.timeout(phone.patience):
            await work
    except Exception as error:  # noqa: BLE001 - the app's platform may raise anything
        _LOGGER.info(
            "Progress could not be shown on %s: %s",
            phone.name,
            str(error) or type(error).__name__,
        )
