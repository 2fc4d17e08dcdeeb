"""The oldest supported Home Assistant: it starts, sets up, delivers, complains not."""

from __future__ import annotations

import pytest

from .home import Home
from .stage import Stage

pytestmark = pytest.mark.ha_2025_6


def test_it_delivers(stage: Stage, oldest_home: Home) -> None:
    version = stage.run(oldest_home.api.get("config"))["version"]
    assert version.startswith("2025.6.")
    sent = stage.run(oldest_home.send(message="To an old house", title="Oldest"))
    intent = stage.run(
        oldest_home.until_intent(
            sent["intents"][0]["intent_id"], lambda intent: intent.has_arrived
        )
    )
    assert intent.state == "done"
    assert [push.message for push in oldest_home.pushes("Oldest")] == [
        "To an old house"
    ]


def test_it_survives_a_clean_restart(stage: Stage, oldest_home: Home) -> None:
    assert stage.run(oldest_home.process.stop()) == 0
    stage.run(oldest_home.process.start())
    state = stage.run(
        oldest_home.until_state(
            "sensor.kettle_state", lambda state: state["state"] != "unavailable"
        )
    )
    assert state["state"] in ("idle", "unknown")
