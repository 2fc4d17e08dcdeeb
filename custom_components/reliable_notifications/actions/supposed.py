"""What a simulation supposes: another time, others at home, a channel that is down.

Turns the facts of now into those that are supposed. Nothing is stored or counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import inf
from typing import Any

from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..compat import vol
from ..const import (
    ATTR_ASLEEP,
    ATTR_AT,
    ATTR_AWAKE,
    ATTR_AWAY,
    ATTR_CHANNELS_DOWN,
    ATTR_GUEST,
    ATTR_HOME,
    ATTR_INTERNET,
    ATTR_PAUSED,
    ATTR_VACATION,
)
from ..engine.vocabulary import ChannelFacts, HouseholdFacts, PersonFacts
from ..recipients.directory import Directory
from .interface import recipient_id
from .request import channel_ids

_NAMES = vol.All(cv.ensure_list, [cv.string])
FIELDS: Mapping[vol.Marker, Any] = {
    vol.Optional(ATTR_AT): cv.datetime,
    **{
        vol.Optional(key, default=list): _NAMES
        for key in (ATTR_HOME, ATTR_AWAY, ATTR_ASLEEP, ATTR_AWAKE, ATTR_CHANNELS_DOWN)
    },
    **{
        vol.Optional(key): cv.boolean
        for key in (ATTR_GUEST, ATTR_VACATION, ATTR_PAUSED, ATTR_INTERNET)
    },
}


def supposed(
    data: Mapping[str, Any], facts: HouseholdFacts, directory: Directory
) -> HouseholdFacts:
    """The facts with what is supposed in place of what is known.

    Raises ServiceValidationError for a recipient or channel that does not exist.
    """
    at = facts.at
    if (wanted := data.get(ATTR_AT)) is not None:
        at = dt_util.as_utc(wanted).timestamp()
    people = dict(facts.people)
    changes: Mapping[str, Callable[[PersonFacts], PersonFacts]] = {
        ATTR_HOME: lambda person: replace(person, home=True),
        ATTR_AWAY: lambda person: replace(person, home=False),
        ATTR_ASLEEP: lambda person: replace(person, asleep=True),
        ATTR_AWAKE: lambda person: replace(person, asleep=False),
    }
    for key, change in changes.items():
        for name in data[key]:
            who = recipient_id(directory, name)
            people[who] = change(people.get(who, PersonFacts()))
    channels = dict(facts.channels)
    for channel_id in channel_ids(directory, data[ATTR_CHANNELS_DOWN]):
        channels[channel_id] = ChannelFacts(healthy=False, reason="supposed to be down")
    paused = facts.paused_until
    if ATTR_PAUSED in data:
        paused = inf if data[ATTR_PAUSED] else None
    return replace(
        facts,
        at=at,
        people=people,
        channels=channels,
        guest=data.get(ATTR_GUEST, facts.guest),
        vacation=data.get(ATTR_VACATION, facts.vacation),
        internet=data.get(ATTR_INTERNET, facts.internet),
        paused_until=paused,
    )
