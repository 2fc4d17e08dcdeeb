"""Carries intents: several of them, each with several calls beside each other.

Before a call and after it the delivery is stored, so that nothing known here would be
missed after a restart. Must not decide which channel comes next or what an answer
means, and does not know what a channel is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
import random
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.ulid import ulid_now

from ..const import DOMAIN
from ..engine.delivery.lifecycle import (
    attempt_started,
    close,
    kept_back,
    late_verdict,
    next_move,
    put_off,
    verdict,
)
from ..engine.delivery.moves import DecideAgain, Move, Over, Send, Wait
from ..engine.delivery.record import Delivery
from ..engine.vocabulary import (
    AttemptResult,
    Evidence,
    Instant,
    IntentState,
)
from .alarm_clock import now, sleep
from .calls import Calls, Question
from .carried import Carried, Ear, report
from .database import StorageFailed
from .lanes import Lanes, Leave
from .outbox import Outbox
from .parcel import AttemptEntry, Parcel, ReceiptEntry
from .second_look import UNREADY_PAUSE, SecondLook
from .together import Together
from .traffic import Traffic

type Ask = Callable[[Parcel, AttemptEntry], Question | None]


class Carrier:
    """The intents that are under way."""

    def __init__(
        self,
        hass: HomeAssistant,
        outbox: Outbox,
        calls: Calls,
        traffic: Traffic,
        ask: Ask,
        ear: Ear,
        second_look: SecondLook,
    ) -> None:
        """Carry nothing yet; `ask` says how a channel is called, None if it is gone."""
        self._hass = hass
        self._outbox = outbox
        self._calls = calls
        self._traffic = traffic
        self._ask_how = ask
        self._ear = ear
        self._second_look = second_look
        self._lanes = Lanes()
        self._under_way: dict[str, Carried] = {}
        self._together = Together(hass, outbox, self._under_way, self, ear)
        self._running = False

    def __len__(self) -> int:
        """How many intents are under way."""
        return len(self._under_way)

    def __contains__(self, intent_id: str) -> bool:
        """Whether this one is under way."""
        return intent_id in self._under_way

    @callback
    def start(self) -> None:
        """From now on what is taken is carried."""
        self._running = True
        self._together.start()

    @callback
    def take(self, parcel: Parcel) -> None:
        """Carry this intent to its end."""
        carried = Carried(parcel)
        self._under_way[parcel.delivery.intent_id] = carried
        name = f"{DOMAIN} carries {parcel.delivery.intent_id}"
        carried.task = self._spawn(self._carry(carried), name)

    async def change(
        self,
        intent_id: str,
        change: Callable[[Delivery], Delivery],
        *,
        attempt: AttemptEntry | None = None,
        news: ReceiptEntry | None = None,
    ) -> None:
        """Store a change of an intent, whether or not it is under way.

        Raises StorageFailed for one that is not; one that is goes on unstored.
        """
        carried = self._under_way.get(intent_id)
        if carried is not None:
            changed = change(carried.parcel.delivery)
            carried.wake.set()
            await self._keep(carried, changed, attempt=attempt, news=news)
            return
        parcel = await self._outbox.change(
            intent_id, change, attempt=attempt, news=news
        )
        if parcel is not None:
            self.tell(parcel)
            if parcel.bundle is not None:
                self._together.begin(self._together.tell_led(intent_id))

    @callback
    def tell(self, parcel: Parcel) -> None:
        """In a turn of its own, so that a listener's mistake cannot stop a delivery."""
        self._hass.loop.call_soon(self._ear.on_change, parcel.record())

    async def stop(self, patience: float) -> None:
        """Wait so many seconds for calls in progress; stop everything else."""
        self._running = False
        self._together.stop()
        limit = self._hass.loop.time() + patience
        carried = tuple(self._under_way.values())
        starting = [each.task for each in carried if each.task and each.starting]
        idle = [each.task for each in carried if each.task and not each.starting]
        for task in idle:
            task.cancel()
        if starting:
            await asyncio.wait(starting, timeout=patience)
        calls = [call for each in carried for call in each.calls]
        if calls:
            left = max(0.0, limit - self._hass.loop.time())
            await asyncio.wait(calls, timeout=left)
        for task in (*starting, *calls):
            task.cancel()  # stays *sending* in the store: in doubt at the next start
        await asyncio.gather(*starting, *calls, *idle, return_exceptions=True)
        self._under_way.clear()
        self._traffic.clear_rooms()

    # --- one intent ---

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """In the background: Home Assistant's start must not wait for a delivery."""
        return self._hass.async_create_background_task(work, name, eager_start=False)

    async def _carry(self, carried: Carried) -> None:
        """Bring one intent to its end, or to the point where we are stopped."""
        try:
            while self._running and not carried.is_led:
                delivery = carried.parcel.delivery
                if carried.gathered and not delivery.state.is_terminal:
                    carried.wake.clear()
                    await carried.wake.wait()
                    continue
                move, obstacle = self._next_move(carried)
                if carried.notes:
                    await self._note(carried)
                elif isinstance(move, Send):
                    await self._send(carried, move, obstacle)
                elif isinstance(move, DecideAgain) or carried.looks_again:
                    await self._decide_again(carried)
                elif isinstance(move, Over):
                    if not delivery.state.is_terminal:
                        await self._keep(carried, close(delivery, move, now()))
                    return
                else:
                    await self._wait(carried, move)
        finally:
            carried.task = None
            self._put_down(carried)

    async def _send(self, carried: Carried, move: Send, obstacle: str | None) -> None:
        """Ask the channel, unless it waits to be told together with others."""
        if (until := self._together.waits(carried)) is None:
            await self._begin(carried, move, obstacle)
        else:
            await self._keep(carried, kept_back(carried.parcel.delivery, until))

    async def _wait(self, carried: Carried, move: Wait) -> None:
        """Until the time has come, or something has changed."""
        delivery = carried.parcel.delivery
        if delivery.state is IntentState.QUEUED:
            # its channels rest: who looks at it must not think that it is due
            await self._keep(carried, put_off(delivery, now()))
        elif move.until is None:
            carried.wake.clear()
            await carried.wake.wait()
        else:
            await sleep(self._hass, move.until - now(), carried.wake)

    async def _decide_again(self, carried: Carried) -> None:
        """Ask anew what becomes of a held intent, and store that before it goes on."""
        carried.looks_again = False
        if not self._second_look.is_ready:
            await sleep(self._hass, UNREADY_PAUSE, carried.wake)
            carried.looks_again = True
        elif (changed := self._second_look.at(carried.parcel, now())) is not None:
            carried.parcel = changed.parcel
            await self._second_look.keep(changed)
            self.tell(changed.parcel)

    @callback
    def look_again(self) -> None:
        """Something has changed that what is held may have waited for."""
        for carried in self._under_way.values():
            if carried.parcel.delivery.provisional:
                carried.looks_again = True
                carried.wake.set()

    def _next_move(self, carried: Carried) -> tuple[Move, str | None]:
        """What to do now, and what forbids to ask that channel at all.

        A channel that has no room now is waited for, or passed over.
        """
        parcel, at = carried.parcel, now()
        resting = dict(self._traffic.resting(parcel, at))
        busy: dict[str, Instant] = {}
        obstacle = None
        while isinstance(move := next_move(parcel.delivery, at, resting, busy), Send):
            if parcel.delivery.steps[move.step].last_resort:
                break
            obstacle = self._traffic.obstacle(parcel, move.channel_id, at)
            if obstacle is None or obstacle.until is None:
                break
            if obstacle.passes_over:
                resting[move.channel_id] = obstacle.until
                if obstacle.reason not in carried.noted:
                    carried.notes.append(obstacle.reason)
            else:
                busy[move.channel_id] = obstacle.until
        wanted = {*busy, move.channel_id} if isinstance(move, Send) else busy
        self._traffic.waits_only_for(parcel.delivery.intent_id, wanted)
        forbids = isinstance(move, Send) and obstacle is not None
        return move, obstacle.reason if forbids and obstacle else None

    async def _note(self, carried: Carried) -> None:
        """Store why channels were passed over, with the reasons of the plan."""
        notes = [each for each in carried.notes if each not in carried.noted]
        carried.noted.update(notes)
        carried.notes.clear()
        try:
            await self._outbox.note(carried.parcel.delivery.intent_id, notes)
        except StorageFailed as error:
            report("Why a channel was passed over could not be stored", error)

    @callback
    def wake(self, *intent_ids: str) -> None:
        """Look anew at these intents, or at all of them: a channel may be free now."""
        for each in intent_ids or tuple(self._under_way):
            if (carried := self._under_way.get(each)) is not None:
                carried.wake.set()

    @callback
    def _put_down(self, carried: Carried) -> None:
        """Carry it no more, once its last call has ended as well."""
        if carried.task is None and not carried.calls:
            intent_id = carried.parcel.delivery.intent_id
            self._traffic.waits_only_for(intent_id, ())
            if self._under_way.get(intent_id) is carried:
                del self._under_way[intent_id]
            self._ear.on_put_down(intent_id)

    async def _begin(self, carried: Carried, move: Send, obstacle: str | None) -> None:
        """Store that a channel is asked, then ask it beside everything else."""
        priority = carried.parcel.priority
        leave = await self._lanes.enter(move.channel_id, priority)
        take_back, begun = None, False
        try:
            if not self._running or self._next_move(carried) != (move, obstacle):
                return  # while it waited for its turn, something changed
            delivery = carried.parcel.delivery
            attempt = AttemptEntry(
                id=ulid_now(), channel_id=move.channel_id, started_at=now()
            )
            question = None
            started = attempt_started(delivery, move.step, attempt.started_at)
            if obstacle is None:
                asked = replace(carried.parcel, delivery=started)
                question = self._ask_how(asked, attempt)
            if question is not None:
                at = attempt.started_at
                take_back = self._traffic.enter(
                    carried.parcel, move.channel_id, at, question.patience
                )
            carried.starting = True
            await self._keep(carried, started, attempt=attempt)
            call = self._spawn(
                self._ask(
                    carried.parcel, move.step, attempt, question or obstacle, leave
                ),
                f"{DOMAIN} asks {move.channel_id}",
            )
            begun = True
            carried.calls.add(call)
            call.add_done_callback(partial(self._asked, carried))
        finally:
            carried.starting = False
            if not begun:
                leave()
                if take_back is not None:
                    take_back()

    async def _ask(
        self,
        parcel: Parcel,
        step: int,
        attempt: AttemptEntry,
        question: Question | str | None,
        leave: Leave,
    ) -> None:
        """Make one call, or say why not, and store what came of it."""
        try:
            if question is None:
                result = _not_asked("The channel does not exist any more")
            elif isinstance(question, str):
                result = _not_asked(question)
            elif parcel.delivery.state.is_terminal:
                result = _not_asked("It was over before it was sent")
            else:
                late = partial(self._answered_late, parcel, step, attempt)
                result = await self._calls.ask(question, late)
        finally:
            leave()
        change = partial(verdict, step=step, result=result)
        await self._answered(parcel, change, attempt, result)

    @callback
    def _asked(self, carried: Carried, call: asyncio.Task[None]) -> None:
        carried.calls.discard(call)
        carried.wake.set()
        self._put_down(carried)

    # --- storing ---

    async def _answered_late(
        self, parcel: Parcel, step: int, attempt: AttemptEntry, result: AttemptResult
    ) -> None:
        """Book the answer of a call that had outlived its time."""
        change = partial(late_verdict, step=step, result=result)
        try:
            await self._answered(parcel, change, attempt, result)
        except StorageFailed as error:
            report("A late answer could not be stored", error)

    async def _answered(
        self,
        parcel: Parcel,
        change: Callable[..., Delivery],
        attempt: AttemptEntry,
        result: AttemptResult,
    ) -> None:
        """Store an answer, and what it changes."""
        at = now()
        self._traffic.heard(parcel, attempt.channel_id, result, attempt.started_at, at)
        await self.change(
            parcel.delivery.intent_id,
            partial(change, now=at, jitter=random.random()),
            attempt=replace(attempt, ended_at=at, result=result),
        )

    async def _keep(
        self,
        carried: Carried,
        delivery: Delivery,
        *,
        attempt: AttemptEntry | None = None,
        news: ReceiptEntry | None = None,
    ) -> None:
        """Store how far it has come. A failing disk must not hold a message back."""
        known = carried.known
        carried.parcel = replace(carried.parcel, delivery=delivery)
        is_news = carried.known != known
        try:
            freed = await self._outbox.save(delivery, attempt=attempt, news=news)
            if freed:
                await self._together.take_again(freed)
        except StorageFailed as error:
            report("Delivery goes on without being stored", error)
        self.tell(replace(carried.parcel, delivery=delivery))
        if is_news and carried.parcel.bundle is not None:
            await self._together.tell_led(delivery.intent_id)


def _not_asked(reason: str) -> AttemptResult:
    return AttemptResult(evidence=Evidence.REFUSED, detail=reason)
