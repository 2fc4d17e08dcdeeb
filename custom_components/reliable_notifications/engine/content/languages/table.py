"""What a language has to say: the columns of the tables beside this file.

A `{field}` is filled in when its fact is known. Where a text stands for several
alternatives, the first one counts whose facts are all known; without such a one the
sentence is left out. Must not choose or fill in anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ...vocabulary import Priority

# a sentence, or alternatives of which the first one that can be filled in counts
type Sentence = str | tuple[str, ...]


class Plurals(StrEnum):
    """Which form a counted word takes (rules of the Unicode CLDR, *cardinal*)."""

    ONE_OTHER = "one_other"  # 1 day, 2 days
    ZERO_ONE_OTHER = "zero_one_other"  # French, Portuguese: 0 jour, 2 jours
    POLISH = "polish"  # 1 dzień, 2-4 but not 12-14 (few), all others (many)


class Unit(StrEnum):
    """What is counted."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


class Button(StrEnum):
    """What stands on buttons: the verbs that a tap says."""

    ACKNOWLEDGE = "acknowledge"
    SNOOZE = "snooze"
    EMPTIED = "emptied"
    REPLY = "reply"
    MORE = "more"  # shows other choices, or opens the dashboard
    UNTIL_TOMORROW = "until_tomorrow"
    UNTIL_EMPTIED = "until_emptied"
    COMPLAIN = "complain"  # asks what was wrong with a message
    WRONG_PERSON = "wrong_person"
    TOO_LATE = "too_late"
    TOO_LOUD = "too_loud"


class Saying(StrEnum):
    """What channels and forms say by themselves, whatever the event."""

    NEW_MESSAGE = "new_message"  # title of what must not be shown to everybody
    PRIVATE = "private"  # stands for a text that must not be heard by everybody
    WHY = "why"  # foot of an e-mail: {home}
    UNSUBSCRIBE = "unsubscribe"
    SENT_AT = "sent_at"  # foot of an e-mail: {time}
    OPEN = "open"  # the button of an e-mail
    TOGETHER = "together"  # title of several messages in one: {number}, 2 at least
    AND_MORE = "and_more"  # of these, those that are not listed: {number}


class Label(StrEnum):
    """Names of facts, as an e-mail lists them; the values are the fields' names."""

    APPLIANCE = "appliance"
    STARTED = "started"
    ENDED = "ended"
    EXPECTED = "expected"
    DURATION = "duration"
    ENERGY = "energy"
    COST = "cost"
    IDLE = "idle"
    CHANNEL = "channel"
    SINCE = "since"
    OBJECTIVE = "objective"
    VALUE = "value"
    GOAL = "goal"
    TASK = "task"
    REPAIR = "repair"
    DEVICE = "device"
    CUSTOMER = "customer"
    TECHNICIAN = "technician"
    AMOUNT = "amount"
    REASON = "reason"
    NOTE = "note"
    REWARD = "reward"
    POINTS = "points"
    COUNT = "count"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What is said of one event.

    `speech` is for ears: short, units spoken. `private` is the one sentence that
    everybody in the room may hear: no names, no amounts, nobody's words.
    """

    title: str
    message: tuple[Sentence, ...]
    speech: tuple[Sentence, ...]
    private: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language.

    `written` are the units as they stand in a text, `spoken` their forms in the order
    of the plural rule, `said` what signs and abbreviations are called, `days` the
    short names from Monday on, `categories` the headings of a digest, `objectives`
    what is measured of our own work, by the keys of the metrics.
    """

    code: str
    decimal_comma: bool
    plurals: Plurals
    written: Mapping[Unit, str]
    spoken: Mapping[Unit, tuple[str, ...]]
    kilowatt_hours: str
    said: Mapping[str, str]
    days: tuple[str, ...]
    categories: Mapping[str, str]
    priorities: Mapping[Priority, str]
    objectives: Mapping[str, str]
    buttons: Mapping[Button, str]
    sayings: Mapping[Saying, str]
    labels: Mapping[Label, str]
    events: Mapping[str, Texts]
