"""A loop in a thread of its own: phones, plugs and processes go on beside the tests.

The tests themselves are plain functions, so that the browser's blocking interface and
long stories in the background go together, and no plugin is needed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
import threading


class Stage:
    """Where everything asynchronous of the end-to-end tests runs."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="stage", daemon=True
        )
        self._thread.start()

    def begin[T](self, story: Coroutine[None, None, T]) -> Future[T]:
        """Start something in the background."""
        return asyncio.run_coroutine_threadsafe(story, self._loop)

    def run[T](self, story: Coroutine[None, None, T], limit: float = 180) -> T:
        """Do something and wait for its result."""
        return self.begin(story).result(limit)

    def close(self) -> None:
        """End what still runs, then the loop."""
        self.run(self._end_all(), 60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end_all(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
