"""Who goes first, who waits, and who is in nobody's way."""

from __future__ import annotations

import asyncio
import contextlib

from custom_components.reliable_notifications.adapters.lanes import (
    CHANNEL_WIDTH,
    LANE_WIDTH,
    Lane,
    Lanes,
)
from custom_components.reliable_notifications.engine.vocabulary import Priority


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_more_urgent_goes_first_and_equals_in_their_order() -> None:
    lane, order = Lane(1), []

    async def go(name: str, priority: Priority) -> None:
        await lane.enter(priority)
        order.append(name)

    await go("inside", Priority.LOW)
    waiting = [
        asyncio.create_task(go(name, priority))
        for name, priority in (
            ("low", Priority.LOW),
            ("first", Priority.MEDIUM),
            ("second", Priority.MEDIUM),
            ("urgent", Priority.URGENT),
        )
    ]
    await settle()
    for _ in waiting:
        lane.leave()
        await settle()

    assert order == ["inside", "urgent", "first", "second", "low"]


async def test_who_gives_up_waiting_takes_nobodys_turn() -> None:
    lane = Lane(1)
    await lane.enter(Priority.LOW)
    gone = asyncio.create_task(lane.enter(Priority.HIGH))
    next_one = asyncio.create_task(lane.enter(Priority.LOW))
    await settle()
    gone.cancel()
    await settle()
    lane.leave()
    await asyncio.wait_for(next_one, 1)


async def test_a_turn_that_comes_too_late_is_passed_on() -> None:
    lane = Lane(1)
    await lane.enter(Priority.LOW)
    called = asyncio.create_task(lane.enter(Priority.HIGH))
    next_one = asyncio.create_task(lane.enter(Priority.LOW))
    await settle()
    lane.leave()  # it is the turn of the first
    called.cancel()  # who leaves at the same moment
    with contextlib.suppress(asyncio.CancelledError):
        await called
    await asyncio.wait_for(next_one, 1)


async def test_one_hanging_channel_leaves_room_for_the_others() -> None:
    lanes = Lanes()
    hanging = [
        asyncio.create_task(lanes.enter("stuck", Priority.MEDIUM)) for _ in range(50)
    ]
    await settle()

    assert sum(task.done() for task in hanging) == CHANNEL_WIDTH < LANE_WIDTH
    await asyncio.wait_for(lanes.enter("other", Priority.LOW), 1)
    for task in hanging:
        task.cancel()


async def test_urgent_has_lanes_of_its_own() -> None:
    lanes = Lanes()
    others = [
        asyncio.create_task(lanes.enter(f"channel {n % 5}", Priority.LOW))
        for n in range(200)
    ]
    await settle()
    assert sum(task.done() for task in others) == LANE_WIDTH

    leave = await asyncio.wait_for(lanes.enter("channel 0", Priority.URGENT), 1)
    leave()
    for task in others:
        task.cancel()


async def test_what_leaves_both_lanes_lets_others_into_both() -> None:
    lanes = Lanes()
    inside = [await lanes.enter("a", Priority.LOW) for _ in range(CHANNEL_WIDTH)]
    inside += [await lanes.enter("b", Priority.LOW) for _ in range(CHANNEL_WIDTH)]
    same = asyncio.create_task(lanes.enter("a", Priority.LOW))
    other = asyncio.create_task(lanes.enter("c", Priority.LOW))
    given_up = asyncio.create_task(lanes.enter("d", Priority.LOW))
    await settle()
    assert not any(task.done() for task in (same, other))

    given_up.cancel()
    inside[0]()
    inside[1]()
    await asyncio.wait_for(asyncio.gather(same, other), 1)
