"""Says a decision in words: each reason, what would change it, and when what happens.

English; other languages have the same keys in their texts. Must not decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ..vocabulary import (
    ChannelTraits,
    Cue,
    Decision,
    Evidence,
    Instant,
    Outcome,
    Plan,
    Reason,
    Scalar,
)
from .why import If, Why

# `{channel}` is the name of the channel, `{until}` a local time
SENTENCES: Mapping[str, str] = {
    Why.NAMED_BY_CALL: "A rule names others, but the call has named its recipients",
    Why.NAMED_BY_RULE: "A rule names this recipient",
    Why.NOBODY_HAS_ROLE: "Nobody has the role ({roles}), so everybody is told",
    Why.ADULTS_ONLY: "Only adults are told while guests, or children alone, are home",
    Why.ESCALATION: "Told after {after} if nobody before has answered",
    Why.NOBODY_LEFT: "It is urgent and nobody is left who wants it: it is put into"
    " Home Assistant's own notification list",
    Why.USUAL_TABLE: "An error kept the rules and priorities of this installation from"
    " being applied: told by the usual table",
    Why.RULE_HEARD: 'Rule "{rule}" applies',
    Why.RULE_UNKNOWN: 'Rule "{rule}" was passed over: what it asks for is not known',
    Why.RULE_BROKEN: "A rule names {gone}, which does not exist any more: the usual"
    " way stands by",
    Why.RULE_NOT_FOR_URGENT: 'Rule "{rule}" does not keep back what is urgent: it'
    " names neither this event nor this priority",
    Why.PRIORITY_CHANGED: "Priority {now} instead of {was}, by a rule",
    Why.RESOLVED: "Resolved: what it is about is over",
    Why.OPTED_OUT: "The recipient has opted out of {category}",
    Why.CATEGORY_OFF: "Messages about {category} are switched off",
    Why.RULE_DROPS: 'Rule "{rule}" leaves it out',
    Why.RULE_HOLDS: 'Rule "{rule}" holds it until {until}',
    Why.RULE_KEEPS: 'Rule "{rule}" holds it for as long as it applies; asked again'
    " at {until}",
    Why.RULE_GROUPS: 'Rule "{rule}" has it wait up to {after}, to be told together'
    " with others that come",
    Why.PAUSED: "All messages are paused until {until}; only urgent ones pass",
    Why.SNOOZED: "Snoozed until {until}",
    Why.PUT_OFF: "Put off until {until} by who got it",
    Why.QUIET: "Quiet hours until {until}",
    Why.ASLEEP: "The recipient is asleep; asked again at {until}",
    Why.DO_NOT_DISTURB: "The recipient does not want to be disturbed; asked again"
    " at {until}",
    Why.VACATION: "The household is on vacation",
    Why.NOBODY_HOME: "Nobody is home; it waits for the first who comes",
    Why.DIGEST: "It goes into the digest of {until}",
    Why.STALE_LATER: "Later it is no news, so it is not kept",
    Why.NOTHING_HEARD: "No channel is of use now, so it waits",
    Why.CORRECTS: "It takes a wrong message back without a sound, so it does not wait",
    Why.PASSES: "Told in spite of: {what}",
    Why.NOBODY_AWAKE: "Nobody is known to be awake, so the sleeping are told",
    Why.CHANNEL_GONE: "Skipped channel {channel}: it does not exist any more",
    Why.ITSELF: "Skipped {channel}: the message is about it",
    Why.CHANNEL_OFF: "Skipped {channel}: it is switched off",
    Why.CHANNEL_MUTED: "Skipped {channel}: the recipient wants no {category} there",
    Why.BELOW_LEAST: "Skipped {channel}: the recipient wants {least} or more there",
    Why.NOT_THEIRS: "Skipped {channel}: it belongs to somebody else",
    Why.NO_CONTACT: "Skipped {channel}: the recipient has no {contact} address",
    Why.UNVERIFIED: "Skipped {channel}: the recipient's {contact} address is not"
    " verified yet",
    Why.NOT_IN_TABLE: "Skipped {channel}: not used for {priority}",
    Why.NOT_HOME: "Skipped {channel}: nobody is there to hear it",
    Why.ROOM_EMPTY: "Skipped {channel}: nobody is in its room",
    Why.ROOM_UNKNOWN: "Skipped {channel}: others are surely heard, of its room nothing"
    " is known",
    Why.IN_ANOTHER_ROOM: "Skipped {channel}: the recipient is in another room, where"
    " they are surely heard",
    Why.SILENT_NOW: "Skipped {channel}: it is night for somebody there",
    Why.CHANNEL_DND: "Skipped {channel}: it is set to do not disturb",
    Why.SPOKEN_ALREADY: "Skipped {channel}: it says it for somebody else already",
    Why.UNKNOWN_PRESENCE: "Skipped {channel}: it is not known whether the recipient is"
    " home",
    Why.UNHEALTHY: "{channel} goes last: it does not work at the moment",
    Why.NO_INTERNET: "{channel} goes last: the internet cannot be reached",
    Why.YET_USED: "{channel} is used after all, for nothing else is left",
    Why.ORDER_CHANGED: "Order changed: for {priority}, {by} goes first",
    Why.NO_CHANNEL: "No usable channel: only Home Assistant's own notification list is"
    " left",
    If.URGENT: "Were it urgent, it would be told at once",
    If.LOUDER: "With a higher priority {channel} would be used",
    If.OPTED_IN: "If the recipient opted in again",
    If.CATEGORY_ON: "If the category were switched on",
    If.WITHOUT_RULE: "Without that rule",
    If.RULE_MENDED: "If the rule named something that exists",
    If.NOT_PAUSED: "If the pause were ended",
    If.NOT_SNOOZED: "If the snooze were ended",
    If.AFTER_QUIET: "After the quiet hours it would be told at once",
    If.IN_QUIET_HOURS: "In quiet hours it would have been held",
    If.AWAKE: "If the recipient were awake",
    If.DISTURBABLE: "If do not disturb were off",
    If.BY_DAY: "By day {channel} would be used",
    If.NOT_ON_VACATION: "If the household were not on vacation",
    If.SOMEBODY_HOME: "If somebody were home",
    If.NOBODY_HOME: "If nobody were home, it would have been held",
    If.THERE: "If somebody were there, {channel} would be used",
    If.NO_GUESTS: "If an adult were home, and no guests",
    If.NO_DIGEST: "If the recipient wanted no digest, or read it at another time",
    If.CHANNEL_ON: "If {channel} were switched on for it",
    If.CHANNEL_BACK: "If {channel} were set up again",
    If.IN_TABLE: "If the table of priorities named {channel}",
    If.VERIFIED: "With a verified address {channel} would be used",
    If.FACTS_KNOWN: "If what is not known now were known",
}

_HOUR = 3600.0

# What an unknown time is called: nobody can say when it ends
_OPEN_END = "somebody ends it"

_BY = {"proof": "what can prove delivery", "table": "what the table names first"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line of a plan's time line.

    `after` counts in seconds from the release; None: once those before have failed.
    """

    after: float | None
    channel_id: str
    unless: Evidence
    text: str


def sentence(
    reason: Reason, names: Mapping[str, str], zone: tzinfo | None = None
) -> str:
    """A reason in words; `names` are those of the channels by their ids."""
    template = SENTENCES[reason.key]
    if "{" not in template:
        return template
    key = reason.channel_id
    words: dict[str, str] = {
        name: _word(name, value, zone) for name, value in reason.data.items()
    }
    words["channel"] = names.get(key or "", key or "")
    words.setdefault("until", _OPEN_END)
    return template.format_map(words)


def sentences(
    reasons: Iterable[Reason],
    channels: Mapping[str, ChannelTraits],
    zone: tzinfo | None = None,
) -> tuple[str, ...]:
    """Reasons in words, in their order."""
    names = {key: channel.name for key, channel in channels.items()}
    return tuple(sentence(reason, names, zone) for reason in reasons)


def summary(decision: Decision, name: str, zone: tzinfo) -> str:
    """What became of it for one recipient, in a sentence."""
    hold = decision.hold
    until = _OPEN_END if hold is None else _word("until", hold.until, zone)
    match decision.outcome:
        case Outcome.DELIVER:
            return f"{name} is told {_when(decision)}"
        case Outcome.HOLD if hold is not None and hold.for_arrival:
            return f"Held for {name} until somebody comes home"
        case Outcome.HOLD:
            return f"Held for {name} until {until}"
        case Outcome.DIGEST:
            return f"Kept for {name}'s digest of {until}"
        case _:
            return f"{name} is not told"


def _when(decision: Decision) -> str:
    """Of a stored decision only the reasons are left to say that others go first."""
    for reason in decision.reasons:
        if reason.key == Why.ESCALATION:
            after = _word("after", reason.data["after"], None)
            return f"after {after} if nobody before has answered"
    if decision.company:
        return f"within {_duration(decision.company)}, with others if some come"
    return "now"


def time_line(plan: Plan, names: Mapping[str, str]) -> tuple[Moment, ...]:
    """When each channel is asked, the earliest first, and unless what is known."""
    moments = [
        _moment(step.channel_id, cue, names.get(step.channel_id, step.channel_id))
        for step in plan.steps
        for cue in step.cues
    ]
    # a second one is brought only where it takes the place of the first
    mending = [step for step in plan.steps if step.replaces and not step.last_resort]
    moments += [
        _moment(
            step.channel_id,
            cue,
            f"{names.get(step.channel_id, step.channel_id)} once more",
        )
        for step in mending
        for cue in plan.repeats
    ]
    return tuple(
        sorted(moments, key=lambda each: (each.after is None, each.after or 0))
    )


def _moment(channel_id: str, cue: Cue, name: str) -> Moment:
    when = "Once those before have failed" if cue.after is None else _at(cue.after)
    return Moment(
        after=cue.after,
        channel_id=channel_id,
        unless=cue.unless,
        text=f"{when}: {name}, unless {cue.unless}",
    )


def _at(after: float) -> str:
    return "At once" if not after else f"After {_duration(after)}"


def _duration(seconds: float) -> str:
    if seconds >= _HOUR:  # of a night nobody wants to know the seconds
        hours, minutes = divmod(round(seconds / 60), 60)
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if seconds >= 120 and seconds % 60 == 0:
        return f"{seconds / 60:.0f} min"
    return f"{seconds:g} s"


def _word(name: str, value: Scalar, zone: tzinfo | None) -> str:
    match name, value:
        case "until", None:
            return _OPEN_END
        case "until", float() | int():
            return _local(value, zone)
        case "after", float() | int():
            return _duration(value)
        case "by", str():
            return _BY[value]
        case _:
            return str(value)


def _local(at: Instant, zone: tzinfo | None) -> str:
    """The weekday and the time on the wall."""
    return f"{datetime.fromtimestamp(at, zone):%a %H:%M}"
