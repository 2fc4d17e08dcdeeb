"""Groups of YAML: each member is told, and asked what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from homeassistant.components.notify import DOMAIN as NOTIFY
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
import pytest

from custom_components.reliable_notifications.channels.notify_action import (
    NotifyAction,
)
from tests.adapters.delivering import open_desk


class Family:
    """Actions of people, and groups of them."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.hass = hass
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.failing: set[str] = set()
        for name in ("anna", "ben"):
            hass.services.async_register(NOTIFY, name, self._take)

    async def _take(self, call: ServiceCall) -> None:
        if call.service in self.failing:
            raise HomeAssistantError(f"{call.service} is away")
        self.got.append((call.service, dict(call.data)))

    async def group(self, **groups: list[dict[str, Any]]) -> None:
        config = [
            {"platform": "group", "name": name, "services": members}
            for name, members in groups.items()
        ]
        assert await async_setup_component(self.hass, NOTIFY, {NOTIFY: config})
        await self.hass.async_block_till_done()

    async def attempt(self, path: Path, name: str = "all") -> tuple[str | None, str]:
        """Evidence and detail of the first call."""
        channel = NotifyAction(self.hass, "it", "All", f"notify.{name}")
        async with open_desk(self.hass, path, it=channel) as desk:
            intent_id = await desk.send("it")
            await desk.until(
                intent_id, lambda each: each.evidence is not None
            )  # the last resort, if not the group
            return (await desk.attempts(intent_id))[0][1:]


@pytest.fixture
async def family(hass: HomeAssistant) -> Family:
    return Family(hass)


async def test_each_member_gets_it_with_what_the_group_adds(
    family: Family, tmp_path: Path
) -> None:
    await family.group(
        all=[{"action": "anna", "data": {"tag": "washer"}}, {"action": "ben"}]
    )

    assert (await family.attempt(tmp_path))[0] == "dispatched"

    text = {"message": "Washing machine finished", "title": "Washing machine"}
    assert sorted(family.got, key=lambda each: each[0]) == [
        ("anna", {**text, "data": {"tag": "washer"}}),
        ("ben", text),
    ]


async def test_a_group_in_a_group_is_told_member_by_member(
    family: Family, tmp_path: Path
) -> None:
    await family.group(
        inner=[{"action": "ben", "data": {"tag": "inner", "ttl": 0}}],
        all=[{"action": "anna"}, {"action": "inner", "data": {"tag": "outer"}}],
    )
    family.failing = {"ben"}

    assert await family.attempt(tmp_path) == (
        "unknown",
        "Not everybody of the group has it: notify.ben failed",
    )

    family.failing = set()
    family.got.clear()
    await family.attempt(tmp_path)
    data = {name: data.get("data") for name, data in family.got}
    assert data == {"anna": None, "ben": {"tag": "outer", "ttl": 0}}


async def test_where_all_fail_it_has_failed(family: Family, tmp_path: Path) -> None:
    await family.group(all=[{"action": "anna"}, {"action": "gone"}])
    family.failing = {"anna"}

    assert await family.attempt(tmp_path) == ("unreachable", "anna is away")
    assert family.got == []


async def test_a_group_that_has_itself_in_it_comes_to_an_end(
    family: Family, tmp_path: Path
) -> None:
    await family.group(all=[{"action": "anna"}, {"action": "all"}])

    await family.attempt(tmp_path)

    assert [name for name, _ in family.got] == ["anna"]


async def test_an_empty_group_tells_nobody(family: Family, tmp_path: Path) -> None:
    await family.group(all=[{"action": "all"}])

    assert await family.attempt(tmp_path) == ("refused", "The group has no members")
