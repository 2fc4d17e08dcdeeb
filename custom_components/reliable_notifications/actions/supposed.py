"""What a simulation supposes: another time, others at home, a channel that is down.

Turns the facts of now into those that are supposed. Nothing is stored or counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import inf
from typing import Any

from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..compat import vol
from ..const import (
    ATTR_ASLEEP,
    ATTR_AT,
    ATTR_AWAKE,
    ATTR_AWAY,
    ATTR_CHANNELS_DOWN,
    ATTR_CONDITIONS_FAIL,
    ATTR_CONDITIONS_HOLD,
    ATTR_DISTURBABLE,
    ATTR_DO_NOT_DISTURB,
    ATTR_GUEST,
    ATTR_HOME,
    ATTR_INTERNET,
    ATTR_PAUSED,
    ATTR_VACATION,
    DOMAIN,
)
from ..decisions.switchboard import Switchboard
from ..engine.vocabulary import ChannelFacts, HouseholdFacts, PersonFacts
from ..recipients.directory import Directory
from .interface import recipient_id
from .request import channel_ids

_PERSON_CHANGES: Mapping[str, Callable[[PersonFacts], PersonFacts]] = {
    ATTR_HOME: lambda person: replace(person, home=True),
    ATTR_AWAY: lambda person: replace(person, home=False),
    ATTR_ASLEEP: lambda person: replace(person, asleep=True),
    ATTR_AWAKE: lambda person: replace(person, asleep=False),
    ATTR_DO_NOT_DISTURB: lambda person: replace(person, do_not_disturb=True),
    ATTR_DISTURBABLE: lambda person: replace(person, do_not_disturb=False),
}
# rules, by what is supposed of their conditions
_CONDITIONS = {ATTR_CONDITIONS_HOLD: True, ATTR_CONDITIONS_FAIL: False}

_NAMES = vol.All(cv.ensure_list, [cv.string])
FIELDS: Mapping[vol.Marker, Any] = {
    vol.Optional(ATTR_AT): cv.datetime,
    **{
        vol.Optional(key, default=list): _NAMES
        for key in (*_PERSON_CHANGES, ATTR_CHANNELS_DOWN, *_CONDITIONS)
    },
    **{
        vol.Optional(key): cv.boolean
        for key in (ATTR_GUEST, ATTR_VACATION, ATTR_PAUSED, ATTR_INTERNET)
    },
}


def supposed(
    data: Mapping[str, Any], switchboard: Switchboard, directory: Directory
) -> HouseholdFacts:
    """The facts with what is supposed in place of what is known.

    Raises ServiceValidationError for a recipient, channel or rule that does not exist.
    """
    wanted = data.get(ATTR_AT)
    local = None if wanted is None else dt_util.as_local(wanted)
    facts = switchboard.facts(local)
    at = facts.at if local is None else local.timestamp()
    people = dict(facts.people)
    for key, change in _PERSON_CHANGES.items():
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
        conditions={**facts.conditions, **_conditions(data, switchboard)},
        guest=data.get(ATTR_GUEST, facts.guest),
        vacation=data.get(ATTR_VACATION, facts.vacation),
        internet=data.get(ATTR_INTERNET, facts.internet),
        paused_until=paused,
    )


def not_known(facts: HouseholdFacts, switchboard: Switchboard) -> list[str]:
    """What nobody can say for another time, in words: it may come out otherwise."""
    rules = switchboard.laid_down.rules.rules
    return [
        f'Whether the condition of the rule "{rule.name}" holds then is not known;'
        f" {ATTR_CONDITIONS_HOLD} or {ATTR_CONDITIONS_FAIL} can suppose it"
        for rule in rules
        if rule.when.has_condition and facts.conditions.get(rule.id) is None
    ]


def _conditions(
    data: Mapping[str, Any], switchboard: Switchboard
) -> Mapping[str, bool]:
    rules = switchboard.laid_down.rules.rules
    found: dict[str, bool] = {}
    for key, answer in _CONDITIONS.items():
        for name in data[key]:
            known = [
                each.id
                for each in rules
                if name == each.id or name.casefold() == each.name.casefold()
            ]
            if not known:
                raise ServiceValidationError(
                    translation_domain=DOMAIN,
                    translation_key="unknown_rule",
                    translation_placeholders={
                        "rule": name,
                        "known": ", ".join(each.name for each in rules) or "-",
                    },
                )
            found |= dict.fromkeys(known, answer)
    return found
