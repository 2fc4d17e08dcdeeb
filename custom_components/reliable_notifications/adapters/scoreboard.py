"""Keeps the metrics current: gathers the log, has the engine count, tells who asks.

What a metric means is the engine's; this only decides when to count again. The
log is read and counted off the event loop, and a log that cannot be read leaves
the last values standing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import logging
from typing import Protocol

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_time_interval
from homeassistant.util import dt as dt_util

from ..engine.metrics.catalogue import METRICS, Metric
from ..engine.metrics.facts import WINDOW, Facts
from ..engine.metrics.latest import LatestNotification, latest_notification
from ..engine.metrics.objectives import Objectives
from ..engine.vocabulary import CycleRecord, Instant, IntentRecord, Scalar, UptimeSpan
from .database import StorageFailed

_LOGGER = logging.getLogger(__name__)

# One delivery changes the log several times within a second; people read a dashboard
# no faster than this, and each count reads four weeks of the log.
SETTLE = 1.0
# With a long log people wait a little longer: so many seconds per intent. Reading and
# counting one takes 0.01 ms on a computer (`bench load`), five times that on the
# smallest that Home Assistant runs on; so counting takes a tenth of the time at most.
SETTLE_PER_INTENT = 0.0005
# Windows roll and uptime grows without anything happening; uptime counts in minutes.
RECOUNT_EVERY = timedelta(minutes=1)


class IntentLog(Protocol):
    """What is needed of the outbox."""

    async def records_since(self, instant: Instant, /) -> list[IntentRecord]:
        """Intents that were stored since then."""


class CycleHistory(Protocol):
    """What is needed of the cycle log."""

    async def records_since(self, instant: Instant, /) -> list[CycleRecord]:
        """Cycles that ended since then, or are still open."""


class Pulse(Protocol):
    """What is needed of the uptime."""

    async def set_up_at(self) -> Instant | None:
        """When the first self-test ran."""

    async def spans_since(self, instant: Instant, /) -> list[UptimeSpan]:
        """Spans that reach into the time since then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricValue:
    """A metric as it stands; `value` is None while it is not known."""

    value: float | None = None
    attributes: Mapping[str, Scalar] = field(default_factory=dict)


UNKNOWN = MetricValue()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    values: Mapping[str, MetricValue]
    latest: LatestNotification | None


class Scoreboard:
    """The metrics of the whole pipeline, counted anew when something happened."""

    def __init__(
        self,
        hass: HomeAssistant,
        outbox: IntentLog,
        cycle_log: CycleHistory,
        uptime: Pulse,
        objectives: Objectives | None = None,
    ) -> None:
        """Prepare; every metric is unknown before `async_start`."""
        self._hass = hass
        self._outbox = outbox
        self._cycle_log = cycle_log
        self._uptime = uptime
        self.objectives = objectives or Objectives()
        self.values: Mapping[str, MetricValue] = {
            metric.key: UNKNOWN for metric in METRICS
        }
        self.last_notification: LatestNotification | None = None
        self._listeners: list[CALLBACK_TYPE] = []
        self._settle = SETTLE
        self._recount_at: CALLBACK_TYPE | None = None
        self._stop: CALLBACK_TYPE | None = None
        self._readable = True

    async def async_start(self) -> None:
        """Count now, and from now on each minute."""
        await self.async_recount()
        self._stop = async_track_time_interval(
            self._hass,
            self._recount,
            RECOUNT_EVERY,
            name="reliable_notifications metrics",
        )

    @callback
    def async_stop(self) -> None:
        """Count no more."""
        for stop in (self._stop, self._recount_at):
            if stop is not None:
                stop()
        self._stop = self._recount_at = None

    @callback
    def request(self) -> None:
        """Say that the log has changed; counting follows shortly, once for many."""
        if self._recount_at is None:
            self._recount_at = async_call_later(self._hass, self._settle, self._recount)

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back after each count; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def _recount(self, _: datetime) -> None:
        if self._recount_at is not None:
            self._recount_at()  # also when the minute was faster than the request
            self._recount_at = None
        await self.async_recount()

    async def async_recount(self) -> None:
        """Read the log, count, tell the listeners."""
        try:
            facts = await self._gather()
        except StorageFailed as error:
            if self._readable:
                _LOGGER.warning(
                    "The log cannot be read, the metrics stay as they are: %s", error
                )
            self._readable = False
            return
        self._readable = True
        self._settle = max(SETTLE, len(facts.intents) * SETTLE_PER_INTENT)
        count = await self._hass.async_add_executor_job(_count, facts)
        self.values = count.values
        self.last_notification = count.latest
        for listener in tuple(self._listeners):
            listener()

    async def _gather(self) -> Facts:
        now = dt_util.utcnow().timestamp()
        since = now - WINDOW
        return Facts(
            now=now,
            intents=tuple(await self._outbox.records_since(since)),
            cycles=tuple(await self._cycle_log.records_since(since)),
            uptime=tuple(await self._uptime.spans_since(since)),
            set_up_at=await self._uptime.set_up_at(),
            objectives=self.objectives,
        )


def _count(facts: Facts) -> _Count:
    return _Count(
        values={metric.key: _measure(metric, facts) for metric in METRICS},
        latest=latest_notification(facts.intents),
    )


def _measure(metric: Metric, facts: Facts) -> MetricValue:
    value = metric.value(facts)
    return MetricValue(
        # two decimals more than shown: enough for statistics, and a sensor that stands
        # still is not recorded each minute
        value=None if value is None else round(value, metric.precision + 2),
        attributes=metric.attributes(facts),
    )
