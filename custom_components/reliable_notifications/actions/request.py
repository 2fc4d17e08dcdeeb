"""What a caller wants to be told: the fields of *send*, *preview* and *explain*.

Every refusal is a translated sentence before anything is done. Must not do anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
import json
from typing import Any

from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..adapters.parcel import Asked
from ..appliances.appliance import ApplianceWatch
from ..appliances.chronicle import ApplianceSpec
from ..appliances.naming import named
from ..compat import vol
from ..const import (
    ATTR_ACKNOWLEDGE,
    ATTR_APPLIANCE,
    ATTR_BUTTONS,
    ATTR_CATEGORY,
    ATTR_CHANNELS,
    ATTR_DATA,
    ATTR_EVENT,
    ATTR_EXPIRES,
    ATTR_IMAGE,
    ATTR_INCIDENT,
    ATTR_MESSAGE,
    ATTR_PRIORITY,
    ATTR_RECIPIENTS,
    ATTR_TITLE,
    DOMAIN,
)
from ..engine.content.verbs import BUTTONS
from ..engine.routing.catalogue import (
    CATEGORY_PRIORITIES,
    Catalogue,
    Category,
    Entry,
    entry_of,
    priority_of,
)
from ..engine.vocabulary import Event, Priority, Role, Scalar
from ..recipients.directory import Directory
from ..reporting.telling import about, own_priority
from ..runtime import Runtime
from .interface import INCIDENT, TEXT, appliance_named, recipient_id

# what the phones show at most beside our own (Android: three in all)
_MOST_BUTTONS = 3
# a fact is a name or a number, not a document: SQLite and every push have to carry it
_LONGEST_FACT = 1000
_MOST_FACTS = 40

_BUTTON = vol.Schema(
    {
        vol.Required("action"): vol.All(cv.string, vol.Match(r"^(?!RN_)\S{1,64}$")),
        vol.Required("title"): vol.All(cv.string, vol.Length(min=1, max=40)),
        vol.Optional("uri"): cv.string,
    }
)
_FACT = vol.Any(
    None, bool, int, float, vol.All(str, vol.Length(max=_LONGEST_FACT)), msg="no fact"
)
FIELDS: Mapping[vol.Marker, Any] = {
    vol.Optional(ATTR_MESSAGE): TEXT,
    vol.Optional(ATTR_EVENT): vol.All(cv.string, vol.Match(r"^[a-z0-9_]{1,60}$")),
    vol.Optional(ATTR_DATA, default=dict): vol.All(
        {cv.string: _FACT}, vol.Length(max=_MOST_FACTS)
    ),
    vol.Optional(ATTR_TITLE): cv.string,
    vol.Optional(ATTR_PRIORITY): vol.In([priority.value for priority in Priority]),
    vol.Optional(ATTR_CATEGORY): cv.string,
    vol.Optional(ATTR_APPLIANCE): TEXT,
    vol.Optional(ATTR_INCIDENT): INCIDENT,
    vol.Optional(ATTR_RECIPIENTS, default=list): vol.All(cv.ensure_list, [cv.string]),
    vol.Optional(ATTR_CHANNELS, default=list): vol.All(cv.ensure_list, [cv.string]),
    vol.Optional(ATTR_BUTTONS, default=list): vol.All(
        cv.ensure_list, [_BUTTON], vol.Length(max=_MOST_BUTTONS)
    ),
    vol.Optional(ATTR_IMAGE): cv.string,
    vol.Optional(ATTR_EXPIRES): vol.Any(
        vol.All(vol.Coerce(float), vol.Range(min=1)), cv.datetime
    ),
    vol.Optional(ATTR_ACKNOWLEDGE, default=False): cv.boolean,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An event, the ids of whom it is for (None: not said), and what else is asked."""

    event: Event
    recipients: Sequence[str] | None
    asked: Asked


def request(data: Mapping[str, Any], runtime: Runtime) -> Request:
    """Read the fields. Raises ServiceValidationError for what does not exist."""
    directory = runtime.pipeline.directory
    catalogue = runtime.pipeline.switchboard.laid_down.rules.catalogue
    recipients = _recipients(directory, data[ATTR_RECIPIENTS])
    return Request(
        event=_event(data, catalogue, runtime.watches.values()),
        recipients=recipients or None,
        asked=Asked(
            named=bool(recipients),
            channels=tuple(channel_ids(directory, data[ATTR_CHANNELS])),
            expires=_expires(data.get(ATTR_EXPIRES)),
            acknowledge=data[ATTR_ACKNOWLEDGE],
        ),
    )


def channel_ids(directory: Directory, wanted: Iterable[str]) -> list[str]:
    """Find channels by id, or by name without regard to case."""
    found = []
    for name in wanted:
        known = [
            channel_id
            for channel_id, channel in directory.channels.items()
            if name == channel_id or name.casefold() == channel.name.casefold()
        ]
        if not known:
            names = [each.name for each in directory.configured.values()]
            raise _unknown("channel", name, names)
        found += known[:1]
    return list(dict.fromkeys(found))


def _event(
    data: Mapping[str, Any], catalogue: Catalogue, watches: Iterable[ApplianceWatch]
) -> Event:
    message, key = data.get(ATTR_MESSAGE, ""), data.get(ATTR_EVENT)
    if not message and key is None:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="nothing_to_send"
        )
    if not message and key not in catalogue:
        raise _unknown("event", str(key), catalogue)
    category = data.get(ATTR_CATEGORY, "")
    if category and category not in {each.value for each in Category}:
        raise _unknown("category", category, [each.value for each in Category])
    entry = entry_of(key or "message", category, catalogue)
    if key is None and category in CATEGORY_PRIORITIES:
        # nearer to the call than the row of messages: a leak is not told at leisure
        entry = replace(entry, priority=CATEGORY_PRIORITIES[category])
    wanted, spec = data.get(ATTR_PRIORITY), _appliance(data, entry, watches)
    event = Event(
        key=entry.key,
        at=dt_util.utcnow().timestamp(),
        title=data.get(ATTR_TITLE, ""),
        message=message,
        priority=priority_of(
            entry,
            call=None if wanted is None else Priority(wanted),
            appliance=None if spec is None else own_priority(entry.key, spec),
        ),
        category=category or entry.category,
        incident=data.get(ATTR_INCIDENT) or entry.incident,
        own_words=bool(message),
        data=_facts(data),
    )
    return event if spec is None else about(event, spec)


def _appliance(
    data: Mapping[str, Any], entry: Entry, watches: Iterable[ApplianceWatch]
) -> ApplianceSpec | None:
    """Which one it is about. Raises where the call names one that does not exist.

    A name among the facts of an event about appliances means ours if we have it; an
    automation may well speak of one that we do not watch.
    """
    watches = list(watches)
    if (wanted := data.get(ATTR_APPLIANCE)) is not None:
        return appliance_named(watches, wanted).spec
    fact = data[ATTR_DATA].get(ATTR_APPLIANCE)
    if entry.category != Category.APPLIANCE or not isinstance(fact, str):
        return None
    return named((watch.spec for watch in watches), fact)


def _facts(data: Mapping[str, Any]) -> dict[str, Scalar]:
    facts = dict(data[ATTR_DATA])
    if image := data.get(ATTR_IMAGE):
        facts[ATTR_IMAGE] = image
    if buttons := data[ATTR_BUTTONS]:
        facts[BUTTONS] = json.dumps(buttons)
    return facts


def _recipients(directory: Directory, wanted: Sequence[str]) -> list[str]:
    """By name or id, by person, or all who have a role; each once, in their order."""
    found: list[str] = []
    for who in wanted:
        by_person = [
            each.id for each in directory.recipients.values() if each.person == who
        ]
        is_name = any(
            who.casefold() in (each.id.casefold(), each.name.casefold())
            for each in directory.recipients.values()
        )
        if by_person:
            found += by_person
        elif not is_name and who.lower() in {role.value for role in Role}:
            found += _with_role(directory, Role(who.lower()))
        else:
            found.append(recipient_id(directory, who))
    return list(dict.fromkeys(found))


def _with_role(directory: Directory, role: Role) -> list[str]:
    found = [each.id for each in directory.recipients.values() if role in each.roles]
    if not found:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="nobody_has_role",
            translation_placeholders={"role": role.value},
        )
    return found


def _expires(wanted: float | datetime | None) -> float | None:
    """Minutes from now, or a time; without a zone it is the household's."""
    if wanted is None:
        return None
    now = dt_util.utcnow().timestamp()
    if not isinstance(wanted, datetime):
        return now + 60.0 * wanted
    at = dt_util.as_utc(wanted).timestamp()
    if at <= now:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="expired_already"
        )
    return at


def _unknown(what: str, name: str, known: Iterable[str]) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=f"unknown_{what}",
        translation_placeholders={what: name, "known": ", ".join(known) or "-"},
    )
