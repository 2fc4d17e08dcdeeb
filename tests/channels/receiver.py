"""Takes webhooks as a careful server does: checks who sends, and when."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
import hmac
from http import HTTPStatus
import json
import time
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

SECRET = f"whsec_{b64encode(b'only-for-tests-only-for-tests').decode()}"

# Seconds that a signature may be old (Standard Webhooks recommends five minutes)
TOLERANCE = 300


class Receiver:
    """Takes each message once, and refuses what it cannot trust."""

    def __init__(self) -> None:
        self.taken: dict[str, dict[str, Any]] = {}
        self.requests: list[web.Request] = []
        self.clock = time.time
        # what it answers with instead, and with which headers
        self.status: int | None = None
        self.headers: dict[str, str] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """The address to post to."""
        app = web.Application()
        app.router.add_post("/hook", self._take)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        try:
            yield str(server.make_url("/hook"))
        finally:
            await server.close()

    async def _take(self, request: web.Request) -> web.Response:
        content = await request.read()
        self.requests.append(request)
        if self.status is not None:
            return web.Response(status=self.status, headers=self.headers)
        if not self._is_trusted(request, content):
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        key = request.headers["Idempotency-Key"]
        self.taken.setdefault(key, json.loads(content))
        return web.Response(status=HTTPStatus.ACCEPTED)

    def _is_trusted(self, request: web.Request, content: bytes) -> bool:
        """Written after the specification, not after our code."""
        seconds = request.headers["webhook-timestamp"]
        if abs(self.clock() - int(seconds)) > TOLERANCE:
            return False
        signed = f"{request.headers['webhook-id']}.{seconds}.".encode() + content
        key = b64decode(SECRET.partition("_")[2])
        expected = b64encode(hmac.digest(key, signed, sha256)).decode()
        version, _, given = request.headers["webhook-signature"].partition(",")
        return version == "v1" and hmac.compare_digest(expected, given)
