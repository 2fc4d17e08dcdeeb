"""A Home Assistant with our entry in it, not set up: the forms need no more."""

from __future__ import annotations

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.const import DOMAIN

from .forms import Forms


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    entry = MockConfigEntry(domain=DOMAIN, title="Reliable Notifications", data={})
    entry.add_to_hass(hass)
    return entry


@pytest.fixture
def forms(hass: HomeAssistant, entry: MockConfigEntry) -> Forms:
    return Forms(hass, entry)
