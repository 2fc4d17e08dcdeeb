"""The server at the other end of a platform, on loopback: real HTTP, and any mood.

It says what it took responsibility for. Must not know which platform talks to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.channels.faults.matrix import Fault
from tests.channels.faults.scene import Scene

type Body = Mapping[str, Any]
type Answer = Callable[[web.Request], Awaitable[web.Response]]

_STATUS: Mapping[Fault, HTTPStatus] = {
    Fault.RAISES: HTTPStatus.INTERNAL_SERVER_ERROR,
    Fault.SWALLOWS: HTTPStatus.BAD_REQUEST,
    Fault.THROTTLES: HTTPStatus.TOO_MANY_REQUESTS,
    # of an account, which cannot be removed: it does not know us any more
    Fault.MISSING: HTTPStatus.FORBIDDEN,
}
# what servers say with a 429, in seconds
RETRY_AFTER = "60"


class OtherSide:
    """A server with some routes for what it always answers, and one for messages."""

    def __init__(self) -> None:
        self.mood: Fault = Fault.WORKS
        self.took = 0
        # how it writes what it says, and what to questions that come where messages do,
        # by what is in them; `says` is its no to some moods in particular
        self.written: Callable[..., web.Response] = web.json_response
        self.questions: Mapping[bytes, Body] = {}
        self.says: Mapping[Fault, Body] = {}
        # what was posted: path, headers, body
        self.got: list[tuple[str, Mapping[str, str], bytes]] = []
        self._go = asyncio.Event()
        self._app = web.Application()
        self._server: TestServer | None = None

    def always(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        """Answer this with that, whatever the mood."""

        async def answer(_: web.Request) -> web.Response:
            return web.json_response(body)

        self._app.router.add_route(method, path, answer)

    def takes(
        self,
        path: str,
        yes: Mapping[str, Any],
        no: Mapping[str, Any],
        *,
        method: str = "POST",
        status: HTTPStatus = HTTPStatus.OK,
    ) -> None:
        """Take messages here: what it says when it does, and when it does not."""

        async def answer(request: web.Request) -> web.Response:
            body = await request.read()
            for question, told in self.questions.items():
                if question in body:
                    return self.written(told)
            self.got.append((request.path, request.headers, body))
            if self.mood is Fault.HANGS:
                await self._go.wait()
                raise web.HTTPInternalServerError
            if (refusal := _STATUS.get(self.mood)) is not None:
                headers = {"Retry-After": RETRY_AFTER}
                said = self.says.get(self.mood, no)
                return self.written(said, status=refusal, headers=headers)
            self.took += 1
            if self.mood is Fault.LATE:
                await self._go.wait()
            return self.written(yes, status=status)

        self._app.router.add_route(method, path, answer)

    async def open(self) -> str:
        """The address."""
        self._server = TestServer(self._app, host="127.0.0.1")
        await self._server.start_server()
        return str(self._server.make_url("")).rstrip("/")

    async def close(self) -> None:
        self.let_go()
        if self._server is not None:
            await self._server.close()

    def let_go(self) -> None:
        self._go.set()


class HttpScene(Scene):
    """A platform that talks HTTP to a server."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.server = OtherSide()
        self.stage.closing.append(self.server.close)

    async def go_wrong(self, fault: Fault) -> None:
        if fault is Fault.MISSING:
            await self.remove()
        elif fault is Fault.UNAVAILABLE:
            await self.make_unavailable()
        elif fault is Fault.GONE:
            await self.server.close()
        else:
            self.server.mood = fault

    async def remove(self) -> None:
        """Take the platform away."""
        raise NotImplementedError

    async def make_unavailable(self) -> None:
        """Have its entity unavailable."""
        raise NotImplementedError

    def has_arrived(self) -> bool:
        return self.server.took > 0

    def let_go(self) -> None:
        self.server.let_go()
