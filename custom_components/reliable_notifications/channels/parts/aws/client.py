"""A client of one of Amazon's services, in threads of its own.

boto3 is imported in such a thread and only here, because it takes half a second; calls
that hang hold up no thread of Home Assistant's. `AWS_ENDPOINT_URL` is boto3's own way
to another endpoint. Must not repeat a call: that is the engine's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ....engine.vocabulary import AttemptResult
from .errors import Fault, read, result_of

# Seconds to get through to Amazon, and to its answer: both together are less than what
# a channel waits, so that boto3 says which of the two it was (delivery reference 9.4)
CONNECT_TIMEOUT = 2.0
READ_TIMEOUT = 3.0

# Calls at once: more than two people in a household are told at the same moment, and
# each of the threads may hang for the sum of the timeouts (delivery reference 9.4)
THREADS = 4
CONNECTIONS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Who we are at Amazon, and where; the secret is in no representation."""

    region: str
    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)


class AwsError(Exception):
    """A call has failed; says how in our words, and knows nothing secret."""

    def __init__(self, fault: Fault) -> None:
        """Keep what the error means."""
        super().__init__(f"{fault.kind} ({fault.name})")
        self.fault = fault

    @property
    def result(self) -> AttemptResult:
        """The failure as the result of an attempt."""
        return result_of(self.fault, dt_util.utcnow())


class AwsClient:
    """One service of Amazon's."""

    def __init__(self, hass: HomeAssistant, service: str, keys: Keys) -> None:
        """Do nothing yet."""
        self._hass = hass
        self._service = service
        self._keys = keys
        self._threads: ThreadPoolExecutor | None = None
        self._making: asyncio.Lock = asyncio.Lock()
        self._client: Any = None

    async def async_start(self) -> None:
        """Make the client now, so that no message has to wait for that.

        Raises AwsError if boto3 cannot make sense of the keys.
        """
        async with self._making:
            if self._client is None:
                self._client = await self._in_thread(
                    partial(_client, self._service, self._keys)
                )

    async def async_stop(self) -> None:
        """Let the threads end; what hangs ends by its own timeout."""
        threads, self._threads, self._client = self._threads, None, None
        if threads is not None:
            await self._hass.async_add_executor_job(
                partial(threads.shutdown, cancel_futures=True)
            )

    async def async_knows(self, structure: str) -> bool:
        """Whether this boto3 knows a structure: newer ones know more."""
        await self.async_start()
        return structure in self._client.meta.service_model.shape_names

    async def async_call(
        self, operation: str, /, **arguments: Any
    ) -> Mapping[str, Any]:
        """Call an operation by its name in boto3; raises AwsError."""
        if self._client is None:
            await self.async_start()
        call = getattr(self._client, operation)
        answer: Mapping[str, Any] = await self._in_thread(partial(call, **arguments))
        return answer

    async def _in_thread(self, work: partial[Any]) -> Any:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(
                THREADS, thread_name_prefix=f"reliable_notifications_{self._service}"
            )
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._threads, partial(_translated, self._service, work)
        )


def _client(service: str, keys: Keys) -> Any:
    """A client; clients may be used by several threads at once, sessions not."""
    import boto3
    from botocore.config import Config

    session = boto3.session.Session(
        aws_access_key_id=keys.access_key_id,
        aws_secret_access_key=keys.secret_access_key,
        region_name=keys.region,
    )
    config = Config(
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        retries={"mode": "standard", "total_max_attempts": 1},
        max_pool_connections=CONNECTIONS,
    )
    return session.client(service, config=config)


def _translated(service: str, work: partial[Any]) -> Any:
    """Do it, with boto3's errors turned into ours; it quotes what we must not."""
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError

    try:
        return work()
    # ValueError: of a region that makes no address
    except (BotoCoreError, ClientError, ResponseParserError, ValueError) as error:
        fault = read(service, error)
    raise AwsError(fault)
