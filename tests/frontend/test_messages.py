"""The view of messages, as a browser is told to show it."""

from __future__ import annotations

from homeassistant.helpers.template import Template

from custom_components.reliable_notifications.const import DOMAIN
from tests.platforms.home import Home

from . import looking


async def test_messages_say_what_became_of_them_and_why(home: Home) -> None:
    """As the browser is told to show them: rendered, with nothing left open."""
    act = home.hass.services.async_call
    await act(DOMAIN, "send", {"title": "<b>*Dinner*</b>", "message": "x"}, True)
    await home.wait(70, 10)
    await act(DOMAIN, "pause", {"minutes": 30}, True)
    await act(DOMAIN, "send", {"title": "Later", "message": "y"}, True)
    await home.wait(10)
    config = await looking.layout(home.hass)
    view = next(each for each in config["views"] if each["path"] == "messages")
    [section] = view["sections"]
    waiting, latest = (
        Template(card["content"], home.hass).async_render(parse_result=False)
        for card in section["cards"]
        if card["type"] == "markdown"
    )
    assert "<b>Later</b><br>Waits until 23:31" in waiting
    assert "<li>If the pause were ended</li>" in waiting
    assert "Dinner" not in waiting
    assert "<b>&lt;b&gt;*Dinner*&lt;/b&gt;</b>" in latest
    assert "Sent, arrival not proven" in latest
    assert "<summary>Why?</summary>" in latest
    (complaints,) = (card for card in section["cards"] if card["type"] == "entities")
    assert [(each["entity"], each["name"]) for each in complaints["entities"]] == [
        (home.entity("button", "wrong_person"), "For the wrong person"),
        (home.entity("button", "too_late"), "Too late"),
        (home.entity("button", "too_loud"), "Too loud"),
    ]


async def test_only_ones_own_messages_are_shown(home: Home) -> None:
    config = await looking.layout(home.hass)
    view = next(each for each in config["views"] if each["path"] == "messages")
    users = [
        user.id for user in await home.hass.auth.async_get_users() if user.is_admin
    ]
    for section in view["sections"]:
        assert section["visibility"] == [{"condition": "user", "users": users}]
