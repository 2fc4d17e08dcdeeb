"""The files that a user may copy work in a real Home Assistant, on both ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.browser import DESKTOP, Chromium
from demo.phone import Push

from .home import Home
from .shipped import OWN_WORDS, TWIN
from .stage import Stage

# a kettle's cycle and its safe wait, and room for a loaded machine
FINISH_LIMIT_S = 150


@pytest.mark.ha_2025_6
def test_package_and_blueprint_are_taken(stage: Stage, home: Home) -> None:
    states = stage.run(home.api.get("states"))
    automations = {
        state["attributes"].get("id"): state["state"]
        for state in states
        if state["entity_id"].startswith("automation.")
    }
    assert automations == {
        "own_words": "on",
        "reliable_notifications_score_low": "on",
        "reliable_notifications_score_good": "on",
    }


@pytest.mark.ha_2025_6
@pytest.mark.parametrize("view", ["overview", "appliances"])
def test_dashboard_as_a_file(
    home: Home, chromium: Chromium, pictures: Path, view: str
) -> None:
    with chromium.visit(home.process.url, DESKTOP) as visit:
        visit.open(f"/{TWIN}/{view}", wait_for="hui-sections-view")
        visit.settle()
        visit.shoot(pictures / f"file-{view}.png")
        assert visit.broken() == []
        assert visit.count("hui-tile-card")["hui-tile-card"] > 0


def test_own_words(stage: Stage, home: Home) -> None:
    """Beside the integration's own message; with others in one if they come at once."""
    push = stage.run(
        home.phone.wait_for(lambda push: OWN_WORDS in push.message, FINISH_LIMIT_S)
    )
    assert "Kettle" in f"{push.title} {push.message}"
    stage.run(home.phone.wait_for(_tells_the_finish, 10))
    # each of them once
    mine = [p for p in home.phone.received if OWN_WORDS in p.message]
    own = [p for p in home.phone.received if _tells_the_finish(p)]
    assert (len(mine), len(own)) == (1, 1)


def _tells_the_finish(push: Push) -> bool:
    return "Kettle finished" in f"{push.title} {push.message}"
