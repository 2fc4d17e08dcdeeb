"""A home with a washing machine that has a door sensor."""

from __future__ import annotations

from typing import Any

from .home import Home

DOOR = "binary_sensor.washer_door"


class Laundry(Home):
    """The home of the kettle, with a washing machine in its place."""

    appliance = "Washer"
    kind = "washing_machine"

    def door(self, state: str) -> None:
        """Let the door report."""
        self.hass.states.async_set(DOOR, state, {"device_class": "door"})

    async def wash(self) -> None:
        """Twenty minutes of work, and on until it is announced."""
        await self.watts(400)
        await self.wait(1200, step=30)
        await self.watts(0)
        for _ in range(60):
            if self.value("sensor", "state") == "finished":
                return
            await self.wait(30, step=30)
        raise AssertionError("an hour of quiet, and no finish")

    def heard(self, word: str) -> list[dict[str, Any]]:
        """What was said on the bus under this word."""
        return [data for heard, data in self.happened if heard == word]

    async def press(self, key: str) -> None:
        """Press a button."""
        await self.hass.services.async_call(
            "button", "press", {"entity_id": self.entity("button", key)}, blocking=True
        )
        await self.settle()
