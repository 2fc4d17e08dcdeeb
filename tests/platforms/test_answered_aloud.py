"""An urgent message that a satellite asks about, and somebody says yes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.adapters.database import StorageFailed
from custom_components.reliable_notifications.channels.satellite import HEARD
from custom_components.reliable_notifications.compat import can_ask_aloud
from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import (
    Event,
    Evidence,
    Priority,
    Shape,
)
from tests.channels import voices
from tests.channels.voices import Room, registry_id

from .home import Home, lived_in


class SpokenTo(Home):
    """Carla is reached by the satellite in her kitchen."""

    async def add(self) -> None:
        self.room = Room()
        self.kitchen = voices.Satellite("Kitchen", self.room)
        path = Path(self.hass.config.config_dir)
        await voices.set_up_satellites(self.hass, path, self.kitchen)
        await super().add()
        target = registry_id(self.hass, "assist_satellite.kitchen")
        channel = self._add("channel", "Kitchen", kind="satellite", target=target)
        self.carla = self._add("recipient", "Carla", channels=[channel])


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncIterator[SpokenTo]:
    hass.config.config_dir = str(tmp_path)
    (tmp_path / ".storage").mkdir()
    async with lived_in(SpokenTo(hass, freezer)) as place:
        yield place


async def test_a_yes_acknowledges_for_everybody(
    hass: HomeAssistant, home: SpokenTo
) -> None:
    if not can_ask_aloud(hass):
        pytest.skip("this Home Assistant cannot ask")
    home.kitchen.answer = "yes"

    await hass.services.async_call(
        DOMAIN,
        "send",
        {"message": "Water on the floor", "priority": "urgent"},
        blocking=True,
    )
    await home.settle()

    assert home.room.asked == ["Water on the floor. Have you got that?"]
    told = [data for word, data in home.happened if word == "acknowledged"]
    assert [each["recipient"] for each in told] == ["Carla"]
    states = {
        parcel.recipient_name: parcel.delivery.state
        for parcel in await home.entry.runtime_data.outbox.of_notification(
            told[0]["notification_id"]
        )
    }
    # Anna's action proves nothing, but one yes stands for all
    assert set(states) == {"Anna", "Carla"}
    assert all(state.is_terminal for state in states.values())


async def test_an_answer_that_cannot_be_stored_is_said_in_the_log(
    hass: HomeAssistant,
    home: SpokenTo,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def refuse(*_: object) -> None:
        raise StorageFailed("disk full")

    monkeypatch.setattr(home.entry.runtime_data.outbox, "load", refuse)

    await hass.data[HEARD]("01INTENT", Evidence.ACKNOWLEDGED)

    assert "A spoken answer could not be stored: disk full" in caplog.text


async def test_nothing_personal_is_said_aloud_while_guests_are_there(
    hass: HomeAssistant, home: SpokenTo
) -> None:
    carla = home.entry.subentries[home.carla]
    openly = {**carla.data, "preferences": {"private_speakers": False}}
    hass.config_entries.async_update_subentry(home.entry, carla, data=openly)
    await home.settle()
    event = Event(
        key="repair_completed",
        at=dt_util.utcnow().timestamp(),
        title="",
        message="",
        priority=Priority.URGENT,
        category="repair",
        data={"repair": "the fridge of Mrs Jones"},
    )

    def said() -> str:
        switchboard = home.entry.runtime_data.pipeline.switchboard
        settled, *_ = switchboard.settled(event, [home.carla])
        return str(settled.words.messages[Shape.SPEECH].message)

    assert "Mrs Jones" in said()
    await hass.services.async_call(
        "switch", "turn_on", {"entity_id": home.entity("switch", "guest_mode")}, True
    )
    await home.settle()
    assert "Mrs Jones" not in said()
