"""Amazon's other side: nothing is asked of the net, all of loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
import socket
from typing import Any
import urllib.request

from botocore.stub import Stubber, StubResponseError
from homeassistant.core import HomeAssistant
from moto.moto_server.threaded_moto_server import ThreadedMotoServer
import pytest

from custom_components.reliable_notifications.channels.interface import Channel
from custom_components.reliable_notifications.channels.parts.aws.client import (
    AwsClient,
    Keys,
)

# it is looked for where it must not be
SECRET = "canary/secret+key"
KEY_ID = "AKIACANARYKEYID00001"
REGION = "eu-central-1"

ACCOUNT = {
    "region": REGION,
    "access_key_id": KEY_ID,
    "secret_access_key": SECRET,
}

type MakeClient = Callable[..., AwsClient]
type Open = Callable[..., Channel]


@pytest.fixture
def keys() -> Keys:
    return Keys(region=REGION, access_key_id=KEY_ID, secret_access_key=SECRET)


@pytest.fixture
async def client(hass: HomeAssistant, keys: Keys) -> AsyncIterator[MakeClient]:
    """Makes clients, and stops them in the end."""
    made: list[AwsClient] = []

    def make(service: str, keys: Keys = keys) -> AwsClient:
        made.append(AwsClient(hass, service, keys))
        return made[-1]

    yield make
    for each in made:
        await each.async_stop()


@pytest.fixture
async def channel(hass: HomeAssistant) -> AsyncIterator[Open]:
    """Makes channels, and stops them in the end."""
    made: list[Channel] = []

    def make(kind: type[Channel], target: str = "", /, **settings: object) -> Channel:
        made.append(kind(hass, "it", "Ours", target, {**ACCOUNT, **settings}))
        return made[-1]

    yield make
    for each in made:
        await each.async_stop()


class Cloud(Stubber):
    """Answers in the order that it was told to.

    What it was not told to answer is an error for whoever asks; some of our questions
    take that for no answer, so it is also kept, and fails the test.
    """

    def __init__(self, client: Any) -> None:
        super().__init__(client)
        self.asked: list[str] = []
        self.surprises: list[str] = []

    def _assert_expected_params(
        self, model: Any, params: Any, context: Any, **more: Any
    ) -> None:
        self.asked.append(model.name)
        try:
            super()._assert_expected_params(model, params, context, **more)
        except StubResponseError as error:
            self.surprises.append(str(error))
            raise

    def assert_no_pending_responses(self) -> None:
        super().assert_no_pending_responses()
        assert self.surprises == []


async def ready(channel: Any) -> Cloud:
    """The cloud that a channel asks."""
    await channel.aws.async_start()
    cloud = Cloud(channel.aws._client)
    cloud.activate()
    return cloud


@pytest.fixture
def moto(socket_enabled: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A cloud of our own; boto3 finds it as it finds any other endpoint."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    yield address
    post(f"{address}/moto-api/reset")
    server.stop()


@pytest.fixture
def silence(
    socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[socket.socket]:
    """A server that takes a connection and never says anything."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        yield server


def post(address: str, body: bytes = b"") -> bytes:
    plain = {"Content-Type": "text/plain"}
    request = urllib.request.Request(address, body, plain, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return bytes(answer.read())
