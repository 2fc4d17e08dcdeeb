"""The words of routing: who is there, what they wish, and what was decided for them.

Of a fact None always means *unknown*. Weekdays are 0 (Monday) to 6, minutes count from
the local midnight, 0 to 1439. Must not hold rules, thresholds or texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum

from .basic import Instant, Priority, Scalar
from .delivery import ContactKind, Plan

# Stands in `Preferences.muted` for every channel: opted out of the category altogether
EVERY_CHANNEL = "*"

EVERY_DAY = frozenset(range(7))


class Role(StrEnum):
    """What a recipient is to the household; anybody may be several things."""

    HOUSEHOLD = "household"
    ADULT = "adult"
    MANAGER = "manager"
    TECHNICIAN = "technician"
    CUSTOMER = "customer"
    GUEST = "guest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where a recipient is reached over a channel that is an account.

    `verified`: somebody there has confirmed that it is theirs.
    """

    kind: ContactKind
    value: str
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time of the day on some weekdays, by the local wall clock.

    Where `end` is not after `start` it runs over midnight, and belongs to the weekday
    on which it starts.
    """

    start: int
    end: int
    weekdays: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWish:
    """When a recipient wants to read what could wait.

    `on_arrival` instead with the first arrival home after that time of the day.
    """

    minute: int
    weekdays: frozenset[int] = EVERY_DAY
    on_arrival: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Nothing about `source` (None: about anything) before `until`.

    `until` None: until the appliance is emptied, or somebody ends it.
    """

    source: str | None
    until: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a recipient wishes; nothing of it keeps back what is urgent.

    `muted` has pairs of a category and a channel id (or EVERY_CHANNEL), `least` the
    lowest priority that a channel may bring. `private_speakers` wants no personal data
    said aloud, `private_lock_screen` none shown on a locked phone. The times of `sleep`
    count where no sensor says whether the recipient sleeps.
    """

    muted: frozenset[tuple[str, str]] = frozenset()
    least: Mapping[str, Priority] = field(default_factory=dict)
    quiet: tuple[Span, ...] = ()
    sleep: tuple[Span, ...] = ()
    digest: DigestWish | None = None
    detailed: bool = True
    private_speakers: bool = True
    private_lock_screen: bool = False
    snoozes: tuple[Snooze, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person or role, with the ids of its channels in the order of preference."""

    id: str
    name: str
    channels: tuple[str, ...]
    person: str | None = None
    roles: frozenset[Role] = frozenset({Role.HOUSEHOLD, Role.ADULT})
    contacts: tuple[Contact, ...] = ()
    language: str | None = None
    preferences: Preferences = field(default_factory=Preferences)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is known of a recipient's person.

    `last_home` is the last known answer to `home`, of the instant `home_at`. `room` is
    the id of the area in which they are.
    """

    home: bool | None = None
    last_home: bool | None = None
    home_at: Instant | None = None
    asleep: bool | None = None
    do_not_disturb: bool | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFacts:
    """How a channel is; `until` is when it is tried again, with the `reason`."""

    healthy: bool = True
    until: Instant | None = None
    reason: str = ""
    do_not_disturb: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFacts:
    """A snapshot of all that deciding may depend on, taken at the instant `at`.

    `people` are by recipient id, `rooms` (whether somebody is in them) by area id,
    `states` by entity id (only those that rules ask for), `conditions` by rule id (Home
    Assistant conditions, evaluated). `paused_until` is the end of *pause all* (None:
    not paused, infinity: until somebody ends it). `off_channels` and `off_categories`
    were switched off for everybody; `resolved` are the incidents that are over.
    """

    at: Instant
    zone: tzinfo
    people: Mapping[str, PersonFacts] = field(default_factory=dict)
    rooms: Mapping[str, bool | None] = field(default_factory=dict)
    guest: bool | None = None
    vacation: bool | None = None
    paused_until: Instant | None = None
    internet: bool | None = None
    channels: Mapping[str, ChannelFacts] = field(default_factory=dict)
    states: Mapping[str, str | None] = field(default_factory=dict)
    conditions: Mapping[str, bool | None] = field(default_factory=dict)
    quiet: tuple[Span, ...] = ()
    off_channels: frozenset[str] = frozenset()
    off_categories: frozenset[str] = frozenset()
    resolved: frozenset[str] = frozenset()


class Presence(StrEnum):
    """Who has to be home for a rule to hold; the last two ask for the recipient."""

    ANYBODY_HOME = "anybody_home"
    NOBODY_HOME = "nobody_home"
    EVERYBODY_HOME = "everybody_home"
    RECIPIENT_HOME = "recipient_home"
    RECIPIENT_AWAY = "recipient_away"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateIs:
    """A state that an entity has to have; `entity_id` as the facts have it, too."""

    entity_id: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """All that has to hold for a rule; what is empty always does.

    `recipients` and `roles` say for whom the rule is meant, and where: in one of
    `recipient_rooms`. One of the `rooms` has to be occupied, by whomever, and all of
    `states` to be as said.
    """

    events: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    priorities: frozenset[Priority] = frozenset()
    recipients: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    spans: tuple[Span, ...] = ()
    presence: Presence | None = None
    rooms: frozenset[str] = frozenset()
    recipient_rooms: frozenset[str] = frozenset()
    states: tuple[StateIs, ...] = ()
    has_condition: bool = False


class HoldUntil(StrEnum):
    """When a message that a rule holds back is let go."""

    QUIET_ENDS = "quiet_ends"
    ARRIVAL = "arrival"
    SPAN_ENDS = "span_ends"  # the times of the rule itself
    RULE_ENDS = "rule_ends"  # whatever it asks for does not hold any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What a rule changes; what is empty or None leaves things as they are.

    `recipients` and `roles` are told instead of who would have been; `channels` stand
    in the order in which they are asked.
    """

    recipients: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()
    channels: tuple[str, ...] = ()
    priority: Priority | None = None
    hold: HoldUntil | None = None
    drop: bool = False
    group: bool = False
    escalate_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Rules are asked in their `order`; a `final` one that matches is the last.

    Of those that match, the first that says something of a thing is heard.
    """

    id: str
    name: str
    order: int
    when: When
    then: Then
    final: bool = True
    enabled: bool = True


class InterruptionLevel(StrEnum):
    """How far a phone may disturb; the words are those of the companion app."""

    PASSIVE = "passive"
    ACTIVE = "active"
    TIME_SENSITIVE = "time-sensitive"
    CRITICAL = "critical"


class Outcome(StrEnum):
    """What becomes of an event for one recipient."""

    DELIVER = "deliver"
    HOLD = "hold"
    DIGEST = "digest"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why, as data; the sentence is made by `engine.routing.explain`."""

    key: str
    channel_id: str | None = None
    data: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Until when a message is kept back; then it is decided again with fresh facts.

    `until` None: for as long as what it waits for has not come. `for_arrival`: the
    first arrival home comes before that.
    """

    until: Instant | None
    for_arrival: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the router decided for one recipient, and why.

    A plan is there also for what is held or goes into the digest: it is what is carried
    out should nobody be able to decide again. `deadline` is the instant after which it
    is no news; what is held for a known time is news for as long after it. `rules` are
    the ids of those that were heard, `changes` what would have made a difference,
    `facts` what was looked at. `company`: for so many seconds at most it waits to be
    told together with others.
    """

    recipient_id: str
    outcome: Outcome
    priority: Priority
    deadline: Instant
    plan: Plan | None = None
    hold: Hold | None = None
    level: InterruptionLevel = InterruptionLevel.ACTIVE
    acknowledge: bool = False
    company: float = 0.0
    rules: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Reason, ...] = ()
    facts: Mapping[str, Scalar] = field(default_factory=dict)
