"""A sign of life to a watcher outside, who speaks up when it stays away.

Follows the protocol of Healthchecks: a request to the address means that all is well,
one to the address with `/fail` says what is not. The address is a secret: whoever knows
it can pretend that all is well, so it is never logged or shown. Must not judge whether
all is well, and must not take part in any delivery.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
import logging

import aiohttp
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util
from yarl import URL

from ..engine.vocabulary import Instant

_LOGGER = logging.getLogger(__name__)

# Seconds between two signs of life; watchers ask for a period of minutes and add a
# grace of their own (delivery reference 5.12)
EVERY = 300.0
# Seconds until one that was not taken is repeated: well within that grace
AGAIN = 60.0
# Seconds for one request; a watcher that needs longer is as good as not there
PATIENCE = 10.0
# Seconds of silence from the watcher after which a person should look
TOO_LONG = 3600.0

# What a watcher stores of a failure (Healthchecks keeps 100 kB, others less)
_LONGEST_REASON = 1000

type Verdict = Callable[[], str | None]


class Heartbeat:
    """Tells the watcher every five minutes how things stand."""

    def __init__(self, hass: HomeAssistant, address: str, verdict: Verdict) -> None:
        """Prepare; `verdict` says what is wrong in words for people, or None."""
        self._hass = hass
        self._well = URL(address)
        self._ill = self._well.with_path(
            f"{self._well.raw_path.rstrip('/')}/fail", encoded=True
        ).with_query(self._well.query)
        self._verdict = verdict
        self._next: CALLBACK_TYPE | None = None
        self._sending: asyncio.Task[None] | None = None
        self._listeners: list[CALLBACK_TYPE] = []
        # when the watcher last took a sign of life, and what kept it from that since
        self.reached_at: Instant | None = None
        self.unreached_since: Instant | None = None
        self.obstacle: str | None = None

    @property
    def is_reached(self) -> bool | None:
        """Whether the watcher took the latest sign of life; None before the first."""
        if self.unreached_since is not None:
            return False
        return None if self.reached_at is None else True

    @callback
    def async_start(self) -> None:
        """Give a sign of life now, and from now on."""
        self._send()

    async def async_stop(self) -> None:
        """Give no more; the watcher finds out by itself."""
        if self._next is not None:
            self._next()
            self._next = None
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.wait([self._sending])

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back after each sign of life; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def unreached_for(self, now: Instant) -> float:
        """Seconds for which the watcher has not answered."""
        since = self.unreached_since
        return 0.0 if since is None else max(0.0, now - since)

    @callback
    def _send(self, _: datetime | None = None) -> None:
        self._next = None
        self._sending = self._hass.async_create_background_task(
            self._send_and_go_on(), "reliable_notifications heartbeat"
        )

    async def _send_and_go_on(self) -> None:
        self._note(await self._request(self._verdict()))
        pause = EVERY if self.obstacle is None else AGAIN
        self._next = async_call_later(self._hass, pause, self._send)
        for listener in tuple(self._listeners):
            listener()

    async def _request(self, trouble: str | None) -> str | None:
        """Make one request; returns what kept it from being taken."""
        address = self._well if trouble is None else self._ill
        try:
            async with async_get_clientsession(self._hass).post(
                address,
                data=(trouble or "")[:_LONGEST_REASON].encode(),
                timeout=aiohttp.ClientTimeout(total=PATIENCE),
            ) as answer:
                if answer.status < 400:
                    return None
                return f"the watcher answers with HTTP status {answer.status}"
        except TimeoutError:
            return f"no answer within {PATIENCE:.0f} seconds"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # its text holds the address
            return f"no connection ({type(error).__name__})"

    def _note(self, obstacle: str | None) -> None:
        now = dt_util.utcnow().timestamp()
        if obstacle is None:
            if self.obstacle is not None:
                _LOGGER.info("The watcher outside is reached again")
            self.reached_at, self.unreached_since = now, None
        else:
            if self.obstacle is None:
                _LOGGER.warning("The watcher outside is not reached: %s", obstacle)
            if self.unreached_since is None:
                self.unreached_since = now
        self.obstacle = obstacle
