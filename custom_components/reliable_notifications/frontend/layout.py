"""What stands where on the dashboard.

Looks at the entry and the entity registry when it is asked, so the layout is
always that of now. It shows only; no number is computed and nothing is stored.
"""

from __future__ import annotations

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..const import (
    CONF_KIND,
    SUBENTRY_APPLIANCE,
    SUBENTRY_CHANNEL,
    SUBENTRY_RECIPIENT,
)
from .appliances import ApplianceCards, appliances_view, known_kind
from .cards import Card
from .entities import finder, power_sensor, subentries
from .overview import SetUp, overview_view
from .texts import Texts


def build(hass: HomeAssistant, entry: ConfigEntry, texts: Texts) -> Card:
    """Build the whole dashboard as it has to look now."""
    appliances = [
        ApplianceCards(
            name=appliance.title,
            kind=known_kind(appliance.data[CONF_KIND]),
            find=finder(hass, appliance.subentry_id),
            power=power_sensor(hass, appliance),
        )
        for appliance in subentries(entry, SUBENTRY_APPLIANCE)
    ]
    done = SetUp(
        channels=bool(subentries(entry, SUBENTRY_CHANNEL)),
        recipients=bool(subentries(entry, SUBENTRY_RECIPIENT)),
        appliances=bool(appliances),
    )
    states = [
        (each.name, each.kind, state) for each in appliances if (state := each.state)
    ]
    return {
        "title": entry.title,
        "views": [
            overview_view(finder(hass, entry.entry_id), states, done, texts),
            appliances_view(
                appliances, texts, with_history="history" in hass.config.components
            ),
        ],
    }
