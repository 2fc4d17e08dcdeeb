"""Running cycles on the screen of a phone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.reliable_notifications.reporting.live_progress import MOST
from tests.channels.phones import PushService, by_cloud, register

from .home import lived_in
from .test_emptied_by_phone import Phoned


class Watching(Phoned):
    """A phone whose owner wants to see how far the washing is, or not."""

    wants = True

    def _add(self, what: str, title: str, **data: Any) -> str:
        if data.get("kind") == "notify_action":
            data["settings"] = {"live_progress": self.wants}
            data |= {"kind": "mobile_app", "target": self.phone.device_id}
        return super(Phoned, self)._add(what, title, **data)

    def steps(self) -> list[dict[str, Any]]:
        """What was pushed to be shown in place."""
        return [each for each in self.push.got if each["data"].get("live_update")]


@pytest.fixture(params=[True])
async def home(
    hass: HomeAssistant,
    hass_client: Callable[[], Any],
    freezer: FrozenDateTimeFactory,
    tmp_path: Path,
    socket_enabled: None,
    request: pytest.FixtureRequest,
) -> AsyncIterator[Watching]:
    hass.config.config_dir = str(tmp_path)
    place = Watching(hass, freezer)
    place.wants = request.param
    place.push = PushService()
    async with place.push.running() as address:
        place.phone = await register(hass, hass_client, by_cloud(address))
        freezer.move_to("2026-11-26T07:00:00+00:00")
        async with lived_in(place):
            yield place


async def test_a_cycle_is_shown_by_its_steps_and_taken_away_at_its_end(
    home: Watching,
) -> None:
    for _ in range(3):  # until its usual course is known
        await home.wash()
        await home.wait(1800, step=300)
    home.push.got.clear()
    await home.wash()

    steps = home.steps()
    assert 2 <= len(steps) <= MOST, "by steps, not with each of some forty readings"
    (tag,) = {each["data"]["tag"] for each in steps}
    assert tag.startswith("rn-live-")
    assert {each["title"] for each in steps} == {"Washer"}
    shares = [each["data"]["progress"] for each in steps if "progress" in each["data"]]
    assert shares
    assert shares == sorted(shares)
    counting = [each for each in steps if each["data"].get("chronometer")]
    assert counting
    assert counting[-1]["message"].startswith("It will probably end at")

    last = home.push.got[-2:]
    assert {each["message"] for each in last} >= {"clear_notification"}
    cleared = [each for each in last if each["message"] == "clear_notification"]
    assert [each["data"] for each in cleared] == [{"tag": tag}]
    # what says that it is done stays
    (finish,) = [each for each in last if each["message"] != "clear_notification"]
    assert finish["title"] == "Washer finished"
    assert finish["data"]["tag"] != tag


@pytest.mark.parametrize("home", [False], indirect=True)
async def test_who_has_not_asked_for_it_is_left_alone(home: Watching) -> None:
    await home.wash()
    assert home.steps() == []
    assert home.cleared() == []


async def test_a_phone_that_has_had_enough_is_left_alone(home: Watching) -> None:
    home.push.status = HTTPStatus.TOO_MANY_REQUESTS
    await home.wash()  # the finish is refused, and the phone rests until midnight
    await home.wait(600, step=300)
    home.push.got.clear()
    await home.watts(400)
    await home.wait(600, step=30)
    assert home.steps() == []
