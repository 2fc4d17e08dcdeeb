"""Home Assistant as a program outside sees it: REST, its websocket, its forms.

Every answer that is not a plain yes becomes an exception that says what was asked
and what came back. It must not wait, retry or interpret: that is the caller's.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
import contextlib
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout, ClientWebSocketResponse, WSMsgType

type Json = dict[str, Any]
# what to fill into one step of a form: fixed, or made from what the form shows
type Answer = Mapping[str, Any] | Callable[[Json], Mapping[str, Any]]

# every request here is answered in milliseconds; a loaded machine gets a multiple
REQUEST_LIMIT = 30.0


class RefusedError(Exception):
    """Home Assistant said no; the text has the question and the answer."""

    def __init__(self, asked: str, status: int, answer: str) -> None:
        """Keep the status for callers that expect it."""
        super().__init__(f"{asked}: {status} {answer[:600]}")
        self.status = status


class FormRefusedError(Exception):
    """A form did not take what was filled in."""

    def __init__(self, step: str, problem: object) -> None:
        """Keep the errors at the fields for callers that expect them."""
        super().__init__(f"step {step!r}: {problem}")
        self.problem = problem


class HomeAssistant:
    """One logged-in connection over HTTP."""

    def __init__(self, url: str, token: str) -> None:
        """Connect lazily; needs a running loop only when used."""
        self.url = url
        self._token = token
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Use as a context, or call `close`."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        await self.close()

    async def close(self) -> None:
        """Close the connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def session(self) -> ClientSession:
        """The HTTP session, with the token in its headers."""
        if self._session is None:
            self._session = ClientSession(
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=ClientTimeout(total=REQUEST_LIMIT),
            )
        return self._session

    async def request(self, method: str, path: str, body: object = None) -> Any:
        """Make one call of the REST API; return its JSON (or text)."""
        url = f"{self.url}/api/{path}"
        async with self.session.request(method, url, json=body) as response:
            if response.status >= 400:
                raise RefusedError(
                    f"{method} {path}", response.status, await response.text()
                )
            if response.content_type == "application/json":
                return await response.json()
            return await response.text()

    async def get(self, path: str) -> Any:
        """Read something."""
        return await self.request("GET", path)

    async def state(self, entity_id: str) -> Json | None:
        """Return one state with its attributes, None if there is no such entity."""
        try:
            state: Json = await self.get(f"states/{entity_id}")
        except RefusedError as refusal:
            if refusal.status == 404:
                return None
            raise
        return state

    async def act(self, domain: str, action: str, data: Mapping[str, Any]) -> Any:
        """Perform an action; return the states that it changed."""
        return await self.request("POST", f"services/{domain}/{action}", dict(data))

    async def ask(self, domain: str, action: str, data: Mapping[str, Any]) -> Json:
        """Perform an action that answers; return its response."""
        path = f"services/{domain}/{action}?return_response"
        answer = await self.request("POST", path, dict(data))
        response: Json = answer["service_response"]
        return response

    async def fire(self, event_type: str, data: Mapping[str, Any]) -> None:
        """Fire an event on the bus."""
        await self.request("POST", f"events/{event_type}", dict(data))

    async def fill_in(self, handler: str | Sequence[str], *answers: Answer) -> Json:
        """Go through the forms that set something up, as a person would.

        `handler` is a domain, or (entry id, subentry type). Returns the last answer,
        which says that an entry was created.
        """
        sub = not isinstance(handler, str)
        base = (
            "config/config_entries/subentries/flow"
            if sub
            else "config/config_entries/flow"
        )
        step: Json = await self.request(
            "POST", base, {"handler": list(handler) if sub else handler}
        )
        for answer in answers:
            if step["type"] not in ("form", "menu"):
                raise FormRefusedError(str(step.get("step_id")), step)
            filled = answer(step) if callable(answer) else answer
            asked = step.get("step_id", "?")
            step = await self.request("POST", f"{base}/{step['flow_id']}", dict(filled))
            if step.get("errors"):
                raise FormRefusedError(asked, step["errors"])
        if step["type"] != "create_entry":
            raise FormRefusedError(str(step.get("step_id")), step)
        return step

    @contextlib.asynccontextmanager
    async def websocket(self) -> AsyncIterator[Websocket]:
        """Open the websocket; it is closed with the context."""
        address = self.url.replace("http", "ws", 1) + "/api/websocket"
        async with self.session.ws_connect(address, max_msg_size=0) as connection:
            await connection.receive_json()
            await connection.send_json({"type": "auth", "access_token": self._token})
            answer = await connection.receive_json()
            if answer["type"] != "auth_ok":
                raise RefusedError("websocket login", 401, str(answer))
            yield Websocket(connection)

    async def command(self, kind: str, **fields: Any) -> Any:
        """Perform one command of the websocket API and leave."""
        async with self.websocket() as socket:
            return await socket.command(kind, **fields)


class Websocket:
    """An open websocket: commands first, then a stream of events."""

    def __init__(self, connection: ClientWebSocketResponse) -> None:
        """Wrap a connection that is logged in."""
        self._connection = connection
        self._last_id = 0
        self._early: list[Json] = []

    async def command(self, kind: str, **fields: Any) -> Any:
        """Perform a command; events that arrive meanwhile are kept for `events`."""
        self._last_id += 1
        number = self._last_id
        await self._connection.send_json({"id": number, "type": kind, **fields})
        async with asyncio.timeout(REQUEST_LIMIT):
            while True:
                message = await self._connection.receive_json()
                if message["type"] == "event":
                    self._early.append(message["event"])
                elif message["id"] == number:
                    break
        if not message["success"]:
            raise RefusedError(kind, 400, str(message["error"]))
        return message["result"]

    async def subscribe(self, event_type: str) -> None:
        """Ask for all events of a type from now on."""
        await self.command("subscribe_events", event_type=event_type)

    async def events(self) -> AsyncIterator[Json]:
        """Give the events as they come, until Home Assistant hangs up."""
        while self._early:
            yield self._early.pop(0)
        async for message in self._connection:
            if (
                message.type is WSMsgType.TEXT
                and (content := message.json())["type"] == "event"
            ):
                yield content["event"]
