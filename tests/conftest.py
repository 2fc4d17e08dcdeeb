"""What all tests share that run inside Home Assistant.

Loaded in every environment, so it must do without Home Assistant: the engine's tests
run where there is none, the end-to-end tests where the test plugin is switched off.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

# before anything else does: the test plugin puts a custom_components of its own on the
# path, and whichever is imported first is where integrations are looked for
import custom_components  # noqa: F401

# the frozen days of the tests are later than this
RECORDING_SINCE = "2026-11-01T00:00:00+00:00"


@pytest.fixture(autouse=True)
def translation_guard(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Let a test that uses Home Assistant load us, and watch what it is told of us.

    A recorder has to be there before `hass` is used for anything, so it comes first. It
    notes when it began: that is before the day of the test, not today.
    """
    if "hass" not in request.fixturenames:
        yield None
        return
    if "recorder_mock" in request.fixturenames:
        if "freezer" in request.fixturenames:
            request.getfixturevalue("freezer").move_to(RECORDING_SINCE)
        request.getfixturevalue("recorder_mock")
    # Home Assistant's own server takes new pages while it runs; that of the tests is
    # made to do so too, for a home may be set up after a client was made
    from aiohttp.web_urldispatcher import UrlDispatcher

    request.getfixturevalue("monkeypatch").setattr(
        UrlDispatcher, "freeze", lambda _: None
    )
    hass = request.getfixturevalue("hass")
    request.getfixturevalue("enable_custom_integrations")
    caplog = request.getfixturevalue("caplog")
    # imported here, where there is a Home Assistant
    from tests.translation_guard import watching

    with watching() as guard:
        yield guard
        guard.entities(hass)
    assert guard.breaches == []
    assert _complaints(caplog) == []


def _complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what Home Assistant said of our using what it is about to remove."""
    return [
        message
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if "reliable_notifications" in (message := record.getMessage())
        and ("Detected that custom integration" in message or "deprecated" in message)
    ]
