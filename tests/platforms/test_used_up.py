"""A channel that has been sent enough for a day: it is seen, and said once."""

from __future__ import annotations

from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.channels.interface import Limits
from custom_components.reliable_notifications.channels.notify_action import (
    NotifyAction,
)
from custom_components.reliable_notifications.const import DOMAIN

from .home import Home
from .test_resolving import act


@pytest.fixture
def a_few_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotifyAction, "limits", Limits(per_day=3, kept=1))


def left(home: Home) -> int | None:
    (state,) = [
        each
        for each in home.hass.states.async_all("binary_sensor")
        if each.name.startswith("Pocket")
    ]
    return state.attributes.get("messages_left_today")


def hints(home: Home) -> list[str]:
    return [
        issue.translation_placeholders["channel"]
        for (domain, _), issue in ir.async_get(home.hass).issues.items()
        if domain == DOMAIN and issue.translation_key == "channel_used_up"
    ]


@pytest.mark.usefixtures("a_few_a_day")
async def test_edge_10_it_is_seen_how_many_are_left_and_said_when_they_are_not(
    home: Home,
) -> None:
    seconds = 86_400 - dt_util.utcnow().timestamp() % 86_400
    await home.wait(seconds + 60, 3600)  # from midnight on
    for number, expected in enumerate((2, 1)):
        await act(home, "send", message=f"{number}")
        await home.wait(6, 6)
        assert left(home) == expected
    await home.wait(5, 1)  # the scoreboard looks at once, then every few seconds
    assert hints(home) == ["Pocket"]

    await act(home, "send", message="by the inbox")
    await home.wait(6, 6)
    await act(home, "send", message="leak", priority="urgent")
    await home.wait(6, 1)
    told = [call.data["message"] for call in home.received]
    assert "by the inbox" not in told
    assert told[-1] == "leak"
    assert left(home) == 0

    await home.wait(86_400, 3600)
    assert hints(home) == []
