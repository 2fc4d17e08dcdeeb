"""What people can answer to a message with one tap: a table of verbs.

An action on a phone is named after its verb and the intent that it answers, so that a
tap is understood after a restart, and twice. Must not know channels, nor what follows
from an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
import json

from ..vocabulary import Evidence, Priority, Scalar
from .languages import language_of
from .languages.table import Button

# the entry of a message's data that names what it offers beside *OK*
OFFERS = "offers"
# the entry that has an automation's own buttons, as JSON
BUTTONS = "buttons"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnButton:
    """A button of an automation: the action that a tap fires, or an address to open."""

    action: str
    title: str
    uri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is shown at once after a tap: other buttons, and what came of the tap.

    `text` stands in place of the `message`, if there is one.
    """

    intent_id: str
    title: str
    message: str
    language: str
    verbs: tuple[Verb, ...] = ()
    text: str = ""


class Verb(StrEnum):
    """What a tap says; the values are in the action ids of messages already sent."""

    ACKNOWLEDGE = "acknowledge"
    SNOOZE = "snooze"  # tell me again in a while
    EMPTIED = "emptied"  # the load was taken out of the appliance
    REPLY = "reply"  # taken note of, in words of one's own
    MORE = "more"  # what else can be answered?
    UNTIL_TOMORROW = "until_tomorrow"
    UNTIL_EMPTIED = "until_emptied"  # nothing more about this appliance until then
    COMPLAIN = "complain"  # something was wrong with it
    WRONG_PERSON = "wrong_person"
    TOO_LATE = "too_late"
    TOO_LOUD = "too_loud"


# what takes note of a message for good; everything else only shows that it was seen
_SETTLES = frozenset({Verb.ACKNOWLEDGE, Verb.EMPTIED, Verb.REPLY})

COMPLAINTS = (Verb.WRONG_PERSON, Verb.TOO_LATE, Verb.TOO_LOUD)

_PREFIXES: Mapping[Verb, str] = {verb: f"RN_{verb.name}_" for verb in Verb}


def action_id(verb: Verb, intent_id: str) -> str:
    """Name the action that answers an intent."""
    return f"{_PREFIXES[verb]}{intent_id}"


def answered(action: str) -> tuple[Verb, str] | None:
    """Read the verb and the intent from an action's name; None if it is not ours."""
    for verb, prefix in _PREFIXES.items():
        if action.startswith(prefix):
            return verb, action.removeprefix(prefix)
    return None


def proves(verb: Verb) -> Evidence:
    """What an answer proves: who wants to be told again has not taken note for all."""
    return Evidence.ACKNOWLEDGED if verb in _SETTLES else Evidence.SEEN


def offered(data: Mapping[str, Scalar], priority: Priority) -> tuple[Verb, ...]:
    """What a message offers: *OK*, later unless it is urgent, what its data name.

    At most three: Android shows no more. Replies are for those that have room for them.
    """
    also = data.get(OFFERS)
    later = [] if priority is Priority.URGENT else [Verb.SNOOZE]
    known = [verb for verb in Verb if verb in _SETTLES and verb.value == also]
    return tuple(dict.fromkeys((Verb.ACKNOWLEDGE, *known, *later)))


def further(data: Mapping[str, Scalar], priority: Priority) -> tuple[Verb, ...]:
    """What else can be answered: later than in a while, and what was wrong.

    Nothing of it to what is urgent: that is neither put off nor made softer.
    """
    if priority is Priority.URGENT:
        return ()
    emptied = (Verb.UNTIL_EMPTIED,) if data.get(OFFERS) == Verb.EMPTIED else ()
    return (Verb.UNTIL_TOMORROW, *emptied, *COMPLAINTS)


def behind(
    verb: Verb, data: Mapping[str, Scalar], priority: Priority
) -> tuple[Verb, ...]:
    """What is offered after a tap, where not everything has room: three at most."""
    if verb is Verb.COMPLAIN:
        return COMPLAINTS
    if verb not in (Verb.MORE, Verb.SNOOZE):
        return ()
    more = further(data, priority)
    longer = tuple(each for each in more if each not in COMPLAINTS)
    return (*longer, Verb.COMPLAIN) if more else ()


def own_buttons(data: Mapping[str, Scalar]) -> tuple[OwnButton, ...]:
    """The buttons that an automation has given; what cannot be read is left out."""
    written = data.get(BUTTONS)
    if not isinstance(written, str):
        return ()
    try:
        found = json.loads(written)
        return tuple(
            OwnButton(
                action=str(each["action"]),
                title=str(each["title"]),
                uri=str(each.get("uri", "")),
            )
            for each in found
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return ()


def label(verb: Verb, language: str) -> str:
    """What stands on the button, by the first part of a language: *en* for *en-GB*."""
    return language_of(language).buttons[Button(verb.value)]


def more_label(language: str) -> str:
    """What stands on the button that opens the dashboard."""
    return language_of(language).buttons[Button.MORE]
