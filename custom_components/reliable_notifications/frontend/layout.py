"""What stands where on the dashboard.

Looks at the entry and the entity registry when it is asked, so the layout is
always that of now. It shows only; no number is computed and nothing is stored.
"""

from __future__ import annotations

from collections.abc import Sequence

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..const import (
    CONF_KIND,
    CONF_PERSON,
    SUBENTRY_APPLIANCE,
    SUBENTRY_CHANNEL,
    SUBENTRY_RECIPIENT,
)
from ..recipients.logins import login_of
from .appliances import ApplianceCards, appliances_view, known_kind
from .cards import Card
from .entities import finder, power_sensor, subentries
from .messages import messages_view
from .overview import SetUp, overview_view
from .people import PersonCards, people_view
from .texts import Texts


def build(
    hass: HomeAssistant, entry: ConfigEntry, texts: Texts, admins: Sequence[str]
) -> Card:
    """Build the whole dashboard as it has to look now.

    `admins` are the ids of the users who run the home.
    """
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
    people = _people(hass, entry, admins)
    return {
        "title": entry.title,
        "views": [
            overview_view(finder(hass, entry.entry_id), states, done, texts),
            appliances_view(
                appliances, texts, with_history="history" in hass.config.components
            ),
            messages_view(people, texts),
            people_view(people, texts),
        ],
    }


def _people(
    hass: HomeAssistant, entry: ConfigEntry, admins: Sequence[str]
) -> list[PersonCards]:
    """The recipients, each with the users who may see what they wish."""
    found = []
    channels = [each.subentry_id for each in subentries(entry, SUBENTRY_CHANNEL)]
    for recipient in subentries(entry, SUBENTRY_RECIPIENT):
        user = login_of(hass, recipient.data.get(CONF_PERSON))
        users = dict.fromkeys((*([user] if user else ()), *admins))
        found.append(
            PersonCards(
                name=recipient.title,
                find=finder(hass, recipient.subentry_id),
                channels=channels,
                users=list(users),
            )
        )
    return found
