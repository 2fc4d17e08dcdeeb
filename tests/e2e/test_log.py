"""After all other tests: nobody has complained of the integration."""

from __future__ import annotations

import pytest

from .home import Home
from .stage import Stage

pytestmark = pytest.mark.ha_2025_6


def test_it_survives_a_clean_restart(stage: Stage, home: Home) -> None:
    assert stage.run(home.process.stop()) == 0
    stage.run(home.process.start())
    state = stage.run(
        home.until_state("sensor.kettle_state", lambda s: s["state"] != "unavailable")
    )
    assert state["state"] != "unknown"  # it remembers what it knew


def test_nothing_is_complained_of(home: Home) -> None:
    assert home.process.exit_code is None, home.process.log_tail()
    assert home.process.problems() == []
