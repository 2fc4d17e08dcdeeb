"""Starts the parts of one config entry in order, and stops them.

The order is the point of this file: what delivers runs before what watches, so that
nothing is found that cannot be told; on the way out watching ends first, and the store
is closed last.
"""

from __future__ import annotations

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .adapters.unreadable import async_drop_unreadable
from .appliances.chronicle import Memory
from .runtime import Runtime, take_back


async def async_start(runtime: Runtime) -> None:
    """Begin to send what is open, then to watch."""
    await async_drop_unreadable(runtime.database, runtime.outbox)
    await runtime.origin.async_start()
    runtime.pipeline.directory.async_open()
    await runtime.pipeline.gate.async_start()
    await runtime.pipeline.switchboard.laid_down.conditions.async_start()
    runtime.wishes.listen(runtime.pipeline.courier.look_again)
    runtime.wishes.async_follow(runtime.pipeline.announcements, runtime.watches)
    laid_down = runtime.pipeline.switchboard.laid_down
    await runtime.household.async_start(laid_down.ended_by, laid_down.ended_in)
    await runtime.pipeline.told_before.async_load(dt_util.utcnow().timestamp())
    await runtime.pipeline.courier.start()
    runtime.pipeline.withdrawal.async_start()
    await runtime.pipeline.trials.async_start()
    runtime.canary.async_start()
    runtime.watchdog.async_start()
    runtime.receipts.start()
    runtime.sentences.async_start()
    runtime.live_progress.async_start(runtime.pipeline.announcements)
    runtime.bindings.async_start()
    await _async_start_watches(runtime)
    await runtime.uptime.async_start()
    await runtime.scoreboard.async_start()
    await runtime.latest_messages.async_start(runtime.scoreboard.async_listen)
    await runtime.concerns.async_start(runtime.scoreboard.async_listen)
    await runtime.retention.async_start()
    if runtime.heartbeat is not None:
        runtime.heartbeat.async_start()
    runtime.hints.async_start(runtime.scoreboard.async_listen, runtime.database.listen)


async def _async_start_watches(runtime: Runtime) -> None:
    snapshots = await runtime.cycle_log.snapshots()
    oldest = min((saved_at for saved_at, _ in snapshots.values()), default=0.0)
    pulse = await runtime.uptime.spans_since(oldest)
    alive_until = max((span.end for span in pulse), default=0.0)
    for watch in runtime.watches.values():
        known = snapshots.get(watch.spec.id)
        watch.async_remember(
            known
            and Memory(saved_at=known[0], snapshot=known[1], alive_until=alive_until)
        )
    await runtime.cycle_log.close_orphans(
        {key: watch.detector.cycle_id for key, watch in runtime.watches.items()},
        dt_util.utcnow().timestamp(),
    )
    for watch in runtime.watches.values():
        await watch.async_start()
    for forgotten in snapshots.keys() - runtime.watches.keys():
        await runtime.cycle_log.delete(forgotten)


async def async_stop(hass: HomeAssistant, runtime: Runtime) -> None:
    """Stop watching first, so that what is found yet is stored; then sending."""
    await runtime.watchdog.async_stop()
    runtime.live_progress.async_stop()
    runtime.canary.async_stop()
    for watch in runtime.watches.values():
        await watch.async_stop()
    runtime.hints.async_stop()
    runtime.concerns.async_stop()
    runtime.latest_messages.async_stop()
    runtime.bindings.async_stop()
    runtime.retention.async_stop()
    if runtime.heartbeat is not None:
        await runtime.heartbeat.async_stop()
    runtime.scoreboard.async_stop()
    await runtime.uptime.async_stop()
    runtime.receipts.stop()
    runtime.sentences.async_stop()
    runtime.pipeline.withdrawal.async_stop()
    await runtime.pipeline.courier.stop()
    await runtime.pipeline.directory.async_close()
    await runtime.household.async_stop()
    take_back(hass)
    await runtime.origin.async_stop()
    await runtime.database.close()
