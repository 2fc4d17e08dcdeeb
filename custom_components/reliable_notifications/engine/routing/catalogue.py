"""What may happen, as a table: how loudly it is told, to whom, and what of it keeps.

Any automation may send other keys: they get what their category says, or the default.
Must not know recipients, channels or texts; `template` is the key of the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from ..vocabulary import Priority, Role, Scalar

DEFAULT_PRIORITY = Priority.MEDIUM


class Category(StrEnum):
    """The categories that there are; automations send other keys in one of them."""

    APPLIANCE = "appliance"
    SAFETY = "safety"
    SYSTEM = "system"
    MAINTENANCE = "maintenance"
    REPAIR = "repair"
    REWARD = "reward"
    DIGEST = "digest"
    TEST = "test"
    GENERAL = "general"


class Later(StrEnum):
    """What becomes of an event that cannot be told now."""

    KEEPS = "keeps"  # held, or put into the digest
    WAITS = "waits"  # held, but never for a digest: it is one
    SPOILS = "spoils"  # no news later: told now or not at all
    CORRECTS = "corrects"  # takes a wrong message back: told now, without a sound


class Sender(StrEnum):
    """Whose word an event is."""

    OURS = "ours"  # found out, or done, by this integration
    OTHERS = "others"  # only automations and events of other systems say it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row: of an event with this key.

    `incident` is what it is about where the call does not say; `ends` that it is over
    with this: who was told of it is told so.
    """

    key: str
    category: str
    priority: Priority
    template: str
    roles: frozenset[Role] = frozenset({Role.HOUSEHOLD})
    acknowledge: bool = False
    later: Later = Later.KEEPS
    sender: Sender = Sender.OURS
    incident: str | None = None
    ends: bool = False


type Catalogue = Mapping[str, Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryEdit:
    """What an installation says instead for one key; None leaves it."""

    key: str
    priority: Priority | None = None
    roles: frozenset[Role] | None = None
    acknowledge: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """An event of Home Assistant's bus that stands for a key.

    `match` has paths into the event's data ("ticket.state") and the values they have to
    have; compared as text, for a form knows nothing else.
    """

    event_type: str
    key: str
    match: Mapping[str, Scalar]


# What is not named here gets DEFAULT_PRIORITY. A leak that an automation sends without
# a key of the table is urgent by its category alone.
CATEGORY_PRIORITIES: Mapping[str, Priority] = {
    Category.APPLIANCE: Priority.MEDIUM,
    Category.SAFETY: Priority.URGENT,
    Category.SYSTEM: Priority.HIGH,
    Category.MAINTENANCE: Priority.LOW,
    Category.REPAIR: Priority.HIGH,
    Category.REWARD: Priority.MEDIUM,
    Category.DIGEST: Priority.LOW,
    Category.TEST: Priority.MEDIUM,
}

_MANAGERS = frozenset({Role.MANAGER, Role.ADULT})
_TECHNICIAN = frozenset({Role.TECHNICIAN})
_CUSTOMER = frozenset({Role.CUSTOMER})


def _cycle(
    key: str, priority: Priority, later: Later = Later.KEEPS, *, ack: bool = False
) -> Entry:
    return Entry(
        key=key,
        category=Category.APPLIANCE,
        priority=priority,
        template=key,
        later=later,
        acknowledge=ack,
    )


def _desk(
    key: str, priority: Priority, roles: frozenset[Role], *, ack: bool = False
) -> Entry:
    """Of a repair shop or a ticket system."""
    category = Category.REWARD if key.startswith("reward") else Category.REPAIR
    return Entry(
        key=key,
        category=category,
        priority=priority,
        template=key,
        roles=roles,
        acknowledge=ack,
        sender=Sender.OTHERS,
    )


def _own(
    key: str,
    category: Category,
    priority: Priority,
    roles: frozenset[Role] = _MANAGERS,
    later: Later = Later.KEEPS,
) -> Entry:
    """Of this integration itself."""
    return Entry(
        key=key,
        category=category,
        priority=priority,
        template=key,
        roles=roles,
        later=later,
    )


_HOUSEHOLD = frozenset({Role.HOUSEHOLD})


def _mains(key: str, priority: Priority) -> Entry:
    """Of the mains of the house: there is one, so it is one incident."""
    return Entry(
        key=key,
        category=Category.SAFETY,
        priority=priority,
        template=key,
        sender=Sender.OTHERS,
        incident="power_outage",
    )


_ENTRIES = (
    # a start, or a run that was none, interests few: for those who ask for it
    _cycle("cycle_started", Priority.LOW, Later.SPOILS),
    # the finish follows in minutes
    _cycle("short_run", Priority.LOW, Later.SPOILS),
    _cycle("almost_done", Priority.LOW, Later.SPOILS),
    _cycle("cycle_finished", Priority.MEDIUM),
    # it replaces the message that was wrong, as quietly as possible
    _cycle("cycle_reopened", Priority.LOW, Later.CORRECTS),
    # it may mean wet laundry in a dead machine
    _cycle("cycle_interrupted", Priority.HIGH),
    _cycle("overrunning", Priority.MEDIUM),
    # as loud as the finish that it is about
    _cycle("unload_reminder", Priority.MEDIUM),
    # an iron left on is a fire that has not begun; what heats longer than it ever did
    _cycle("appliance_left_on", Priority.HIGH, ack=True),
    # who does not see the washer does not hear of its finish either. It may wait until
    # morning, and is often over by then: at night nobody climbs to a plug
    _own("sensor_stale", Category.SYSTEM, Priority.MEDIUM),
    # other channels are used meanwhile, so nothing is missed while it waits
    _own("channel_down", Category.SYSTEM, Priority.MEDIUM),
    _own("channel_restored", Category.SYSTEM, Priority.LOW),
    _own("objective_missed", Category.SYSTEM, Priority.MEDIUM),
    replace(
        _own("maintenance_due", Category.MAINTENANCE, Priority.LOW),
        sender=Sender.OTHERS,
    ),
    # a plug without mains cannot say so, and one that falls silent may have lost its
    # radio: what knows of the mains is the household's (a UPS, a meter)
    _mains("power_outage", Priority.URGENT),
    replace(_mains("power_restored", Priority.MEDIUM), ends=True),
    _own("digest", Category.DIGEST, Priority.LOW, _HOUSEHOLD, Later.WAITS),
    _own("test", Category.TEST, Priority.MEDIUM, _HOUSEHOLD),
    # it is waited for, and worthless in minutes
    _own("verification_code", Category.SYSTEM, Priority.HIGH, _HOUSEHOLD, Later.SPOILS),
    _own("message", Category.GENERAL, DEFAULT_PRIORITY, _HOUSEHOLD),
    # the service desk: who has to act is told, or who waits for it
    _desk("repair_pending_approval", Priority.HIGH, _CUSTOMER, ack=True),
    _desk("repair_approved", Priority.URGENT, _TECHNICIAN, ack=True),
    _desk("repair_denied", Priority.URGENT, _TECHNICIAN, ack=True),
    _desk("repair_assigned", Priority.HIGH, _TECHNICIAN),
    _desk("repair_reassigned", Priority.MEDIUM, _TECHNICIAN),
    _desk("repair_in_progress", Priority.MEDIUM, _CUSTOMER),
    _desk("repair_completed", Priority.HIGH, _CUSTOMER),
    _desk("repair_batch_approved", Priority.URGENT, _TECHNICIAN, ack=True),
    _desk("repair_batch_denied", Priority.URGENT, _TECHNICIAN, ack=True),
    _desk("reward_redemption", Priority.MEDIUM, frozenset({Role.MANAGER})),
)

CATALOGUE: Catalogue = {entry.key: entry for entry in _ENTRIES}


def edited(
    edits: Mapping[str, EntryEdit], catalogue: Catalogue = CATALOGUE
) -> Catalogue:
    """The table with what an installation says instead, by key; also of new keys."""
    changed = dict(catalogue)
    for key, edit in edits.items():
        row = entry_of(key, "", catalogue)
        changed[key] = replace(
            row,
            key=key,
            priority=row.priority if edit.priority is None else edit.priority,
            roles=row.roles if edit.roles is None else edit.roles,
            acknowledge=(
                row.acknowledge if edit.acknowledge is None else edit.acknowledge
            ),
        )
    return changed


def entry_of(key: str, category: str, catalogue: Catalogue = CATALOGUE) -> Entry:
    """The row of a key; of an unknown one what its category says."""
    known = catalogue.get(key)
    if known is not None:
        return known
    return Entry(
        key=key,
        category=category or Category.GENERAL,
        priority=CATEGORY_PRIORITIES.get(category, DEFAULT_PRIORITY),
        template=CATALOGUE["message"].template,
        sender=Sender.OTHERS,
    )


def priority_of(
    entry: Entry, *, call: Priority | None = None, appliance: Priority | None = None
) -> Priority:
    """How loudly an event is told: what is nearest to it decides.

    The call goes before the appliance, the appliance before the row (which has the
    installation's edit of the event).
    """
    return call or appliance or entry.priority


def bound_keys(
    bindings: tuple[Binding, ...], event_type: str, data: Mapping[str, object]
) -> tuple[str, ...]:
    """The keys that an event of the bus stands for, each once, in their order."""
    return tuple(
        dict.fromkeys(
            binding.key
            for binding in bindings
            if binding.event_type == event_type and _matches(binding.match, data)
        )
    )


def _matches(match: Mapping[str, Scalar], data: Mapping[str, object]) -> bool:
    return all(_as_text(_at(data, path)) == _as_text(match[path]) for path in match)


def _at(data: Mapping[str, object], path: str) -> object:
    """The value at a path; a key that has the dots itself goes before."""
    if path in data:
        return data[path]
    head, _, rest = path.partition(".")
    inner = data.get(head)
    return _at(inner, rest) if rest and isinstance(inner, Mapping) else None


def _as_text(value: object) -> str:
    """As a person writes it into a form: yes and no as JSON has them."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
