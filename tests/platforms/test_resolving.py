"""It is over: messages of an incident end, and the all-clear goes to who was told."""

from __future__ import annotations

from typing import Any

import pytest

from custom_components.reliable_notifications.compat import vol
from custom_components.reliable_notifications.const import DOMAIN

from .home import Home


async def act(home: Home, action: str, **data: Any) -> Any:
    answer = await home.hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    await home.settle()
    return answer


async def leak(home: Home) -> Any:
    return await act(
        home, "send", message="Water", priority="urgent", incident="leak_basement"
    )


async def test_the_all_clear_goes_to_who_was_told(home: Home) -> None:
    await leak(home)
    assert await home.entry.runtime_data.inbox.async_look()

    answer = await act(
        home, "resolve", incident="leak_basement", message="It is dry again"
    )

    assert answer == {"told": ["Anna"]}
    assert [call.data["message"] for call in home.received][-1] == "It is dry again"
    await home.wait(2, 1)
    assert await home.entry.runtime_data.inbox.async_look() == []
    calls = len(home.received)
    await home.wait(1200, 120)
    assert len(home.received) == calls  # it does not come up again


async def test_nobody_was_told_so_nobody_hears_of_the_end(home: Home) -> None:
    assert await act(home, "resolve", incident="unheard_of", message="All is well") == {
        "told": []
    }
    assert home.received == []


async def test_without_an_all_clear_it_ends_quietly(home: Home) -> None:
    await leak(home)
    calls = len(home.received)

    assert await act(home, "resolve", incident="leak_basement") == {"told": ["Anna"]}
    assert len(home.received) == calls
    records = await home.entry.runtime_data.outbox.records_since(0)
    assert [record.reason for record in records] == ["resolved"]


@pytest.mark.parametrize("incident", ["", "with space", "x" * 62, "semi;colon"])
async def test_a_name_that_is_no_tag_is_refused(home: Home, incident: str) -> None:
    for action, data in (("send", {"message": "x"}), ("resolve", {})):
        with pytest.raises(vol.Invalid):
            await act(home, action, incident=incident, **data)
