"""A smart plug that reports what a trace says, in real time.

It reports as plugs of the usual make do: on a change of 2 W or 3 %, once a second at
most, and the value again after a minute of silence. It must not know what the values
mean: that is for the integration to find out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
import time

from aiohttp import ClientError

from .api import HomeAssistant, RefusedError
from .traces import Trace

EVENT = "demo_plug_report"
# the reporting rule of a Shelly plug, the most sold one among users of Home Assistant
SMALLEST_CHANGE_W = 2.0
SMALLEST_CHANGE_SHARE = 0.03
REPEAT_AFTER_S = 60.0


def reports(trace: Trace) -> Iterator[tuple[float, float | None]]:
    """Give the reports (second, watts) that a plug makes of a trace."""
    said: float | None = None
    said_at = float("-inf")
    samples = iter(trace.samples)
    upcoming = next(samples, None)
    watts: float | None = None
    second = 0.0
    while second <= trace.length:
        while upcoming is not None and upcoming.at <= second:
            watts, upcoming = upcoming.watts, next(samples, None)
        silent = second - said_at
        if _differs(said, watts) or silent >= REPEAT_AFTER_S:
            yield second, watts
            said, said_at = watts, second
        second += 1.0


def _differs(said: float | None, watts: float | None) -> bool:
    if said is None or watts is None:
        return said is not watts
    return abs(watts - said) >= max(SMALLEST_CHANGE_W, SMALLEST_CHANGE_SHARE * said)


class Plug:
    """The plug of one appliance."""

    def __init__(self, api: HomeAssistant, name: str) -> None:
        """Report under this name; `demo/configuration.yaml` has the sensors."""
        self._api = api
        self._name = name

    @property
    def entity_id(self) -> str:
        """The power sensor that follows this plug."""
        return f"sensor.{self._name}_plug_power"

    async def report(self, watts: float | None) -> None:
        """Report one value, or None: the plug is not reachable."""
        await self._api.fire(EVENT, {"plug": self._name, "watts": watts})

    async def play(self, trace: Trace, *, again: bool = False) -> None:
        """Report a trace from its second 0 on, second by second; or over and over.

        A report that Home Assistant does not take (it is down) is made again each
        second, as a plug does that has lost its connection.
        """
        while True:
            began = time.monotonic()
            pending: tuple[float | None] | None = None
            news = dict(reports(trace))
            for second in range(int(trace.length) + 1):
                await asyncio.sleep(began + second - time.monotonic())
                if second in news:
                    pending = (news[second],)
                if pending is not None and await self._has_reported(pending[0]):
                    pending = None
            if not again:
                return

    async def _has_reported(self, watts: float | None) -> bool:
        try:
            await self.report(watts)
        except (ClientError, RefusedError, TimeoutError):
            return False
        return True
