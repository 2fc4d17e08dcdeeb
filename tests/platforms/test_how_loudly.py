"""How loudly a finish is told: as the catalogue, the settings or the appliance says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import Priority

from .home import Home, lived_in

SOFTER = {"events": {"cycle_finished": {"priority": "low"}}}


@pytest.mark.parametrize(
    ("options", "own", "expected"),
    [
        ({}, None, Priority.MEDIUM),
        (SOFTER, None, Priority.LOW),
        (SOFTER, "high", Priority.HIGH),
    ],
)
async def test_the_nearest_word_counts(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    tmp_path: Path,
    options: dict[str, Any],
    own: str | None,
    expected: Priority,
) -> None:
    hass.config.config_dir = str(tmp_path)
    place = Home(hass, freezer)
    place.entry = MockConfigEntry(domain=DOMAIN, title="Ours", data={}, options=options)
    if own is not None:
        place.beside = {"priority": own}
    async with lived_in(place) as home:
        await home.boil()
        log = await home.entry.runtime_data.outbox.records_since(0)
        assert {(each.event, each.priority) for each in log} == {
            ("cycle_finished", expected)
        }
