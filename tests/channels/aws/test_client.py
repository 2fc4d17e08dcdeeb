"""The client: threads and timeouts of its own, and boto3 only when it is needed."""

from __future__ import annotations

import ast
from pathlib import Path
import socket
import threading
import time

from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications.channels.parts.aws import (
    client as module,
)
from custom_components.reliable_notifications.channels.parts.aws.client import (
    AwsError,
    Keys,
)
from custom_components.reliable_notifications.channels.sns import Sns
from custom_components.reliable_notifications.engine.vocabulary import Evidence, Trouble
from tests.channels.aws.conftest import KEY_ID, SECRET, MakeClient, Open
from tests.channels.envelopes import envelope

ANNA = "+4915123456789"


def test_boto3_is_imported_inside_of_functions_only() -> None:
    """Newer Home Assistants import it themselves, so it cannot be seen by running."""
    package = Path(module.__file__).parents[3]
    files = sorted(package.rglob("*.py"))
    assert len(files) > 100
    asked = [
        (file.name, node.lineno, node.col_offset)
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "boto" in f"{getattr(node, 'module', '')} {node.names[0].name}"
    ]
    assert {name for name, _, _ in asked} == {"client.py"}
    assert all(column > 0 for _, _, column in asked)


async def test_a_server_that_never_answers_leaves_it_in_doubt(
    channel: Open, silence: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "READ_TIMEOUT", 0.2)
    sns = channel(Sns)
    before = time.monotonic()
    result = await sns.async_send(envelope(address=ANNA))
    assert (result.evidence, result.trouble) == (Evidence.TIMED_OUT, Trouble.SILENCE)
    assert "ReadTimeoutError" in result.detail
    # two questions beforehand, and the message: each once, none of them repeated
    assert time.monotonic() - before < 3.0


async def test_a_server_that_is_gone_was_not_reached(
    channel: Open, silence: socket.socket
) -> None:
    silence.close()
    result = await channel(Sns).async_send(envelope(address=ANNA))
    assert (result.evidence, result.trouble) == (Evidence.UNREACHABLE, Trouble.OUTAGE)
    assert "EndpointConnectionError" in result.detail


async def test_a_server_that_hangs_up_leaves_it_in_doubt(
    channel: Open, silence: socket.socket
) -> None:
    def hang_up() -> None:
        while True:
            try:
                connection, _ = silence.accept()
            except OSError:
                return
            connection.recv(1)
            connection.close()

    thread = threading.Thread(target=hang_up)
    thread.start()
    try:
        result = await channel(Sns).async_send(envelope(address=ANNA))
    finally:
        silence.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert result.evidence is Evidence.TIMED_OUT


async def test_its_threads_are_its_own_and_end(
    hass: HomeAssistant, client: MakeClient
) -> None:
    aws = client("sns")
    await aws.async_start()
    await aws.async_start()  # once is enough
    names = [each.name for each in threading.enumerate()]
    assert any(name.startswith("reliable_notifications_sns") for name in names)
    assert all(not name.startswith("SyncWorker_boto") for name in names)
    assert aws._threads._max_workers == module.THREADS
    await aws.async_stop()
    names = [each.name for each in threading.enumerate()]
    assert not any(name.startswith("reliable_notifications_sns") for name in names)
    await aws.async_stop()  # there is nothing left to stop


async def test_a_call_is_made_once(client: MakeClient) -> None:
    aws = client("sns")
    await aws.async_start()
    config = aws._client.meta.config
    assert config.retries["total_max_attempts"] == 1
    assert (config.connect_timeout, config.read_timeout) == (2.0, 3.0)
    assert config.max_pool_connections == module.CONNECTIONS


async def test_a_region_that_is_none(client: MakeClient) -> None:
    keys = Keys(region="moon!", access_key_id=KEY_ID, secret_access_key=SECRET)
    aws = client("sns", keys)
    with pytest.raises(AwsError) as raised:
        await aws.async_start()
    assert raised.value.result.trouble is Trouble.BLOCKED
    assert SECRET not in repr(keys)
    assert KEY_ID not in repr(keys)


async def test_a_start_that_fails_is_one_sentence_in_the_log(
    channel: Open, silence: socket.socket, caplog: pytest.LogCaptureFixture
) -> None:
    silence.close()
    await channel(Sns).async_start()
    ours = [each for each in caplog.records if each.name.startswith("custom_comp")]
    assert [each.getMessage() for each in ours] == [
        "Ours is not ready: AWS cannot be reached (EndpointConnectionError)"
    ]
