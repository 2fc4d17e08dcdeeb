"""Decides the order of channels for each recipient of an event, with reasons.

Pure: the same event, recipients and channels give the same plan. It must not look
at the outside world, and it never leaves a recipient without any way at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..vocabulary import (
    ChannelTraits,
    Event,
    Instant,
    Plan,
    PlannedStep,
    Priority,
    Recipient,
)
from .policy import POLICIES, Policy
from .schedule import cues_of_channels, cues_of_last_resort

# Home Assistant's own notification list: it needs no set-up and cannot be removed
LAST_RESORT = "last_resort"


def decide(
    event: Event,
    recipients: Sequence[Recipient],
    channels: Mapping[str, ChannelTraits],
    now: Instant,  # quiet hours and presence will be asked with it
    others: Sequence[Recipient] = (),
) -> tuple[Plan, ...]:
    """Make one plan per recipient, in the order of the recipients.

    `others` are told later, in their order, unless one of the recipients has given
    the evidence that the priority asks for; not at all where it asks for none.
    """
    told = tuple(_plan(event.priority, each, channels) for each in recipients)
    cues = POLICIES[event.priority].others
    if not cues:
        return told
    return told + tuple(
        replace(
            _plan(event.priority, other, channels),
            hold=cues[min(place, len(cues) - 1)],
        )
        for place, other in enumerate(others)
    )


def _plan(
    priority: Priority, recipient: Recipient, channels: Mapping[str, ChannelTraits]
) -> Plan:
    """One recipient's channels in order, the last resort always at the end."""
    policy = POLICIES[priority]
    wished = tuple(dict.fromkeys(recipient.channels))  # named twice is asked once
    usable = [
        channels[channel_id]
        for channel_id in wished
        if channel_id in channels and channel_id != LAST_RESORT
    ]
    gone = [channel_id for channel_id in wished if channel_id not in channels]
    ordered = _in_order(policy, usable)
    last = _last_step(policy, channels.get(LAST_RESORT), len(ordered))
    return Plan(
        recipient_id=recipient.id,
        recipient_name=recipient.name,
        steps=(*_steps(priority, ordered), last),
        reasons=tuple(_reasons(priority, usable, ordered, gone)),
        repeats=policy.repeats,
    )


def _in_order(policy: Policy, usable: Sequence[ChannelTraits]) -> list[ChannelTraits]:
    """The recipient's order; where proof counts, what can prove goes first."""
    if not policy.proof_first:
        return list(usable)
    return sorted(usable, key=lambda channel: not channel.can_tell)


def _steps(
    priority: Priority, ordered: Sequence[ChannelTraits]
) -> Iterator[PlannedStep]:
    """Each channel with its time, and the reason for its place."""
    policy = POLICIES[priority]
    cues = cues_of_channels(policy, ordered)
    for place, channel in enumerate(ordered):
        if policy.proof_first:
            ability = "can" if channel.can_tell else "cannot"
            reason = f"{channel.name}: {ability} prove delivery ({priority})"
        elif place == 0:
            reason = f"{channel.name}: the recipient's first choice"
        else:
            reason = f"{channel.name}: choice {place + 1}, if the ones before fail"
        yield PlannedStep(
            channel_id=channel.id,
            reason=reason,
            can_tell=channel.can_tell,
            replaces=channel.replaces,
            cues=cues[place],
        )


def _last_step(
    policy: Policy, last: ChannelTraits | None, channels: int
) -> PlannedStep:
    """Home Assistant's own notification list, whatever else is there."""
    reason = (
        "Last resort, if nothing before it worked"
        if channels
        else "Last resort: the recipient has no usable channel"
    )
    return PlannedStep(
        channel_id=LAST_RESORT,
        reason=reason,
        can_tell=last is not None and last.can_tell,
        replaces=last is not None and last.replaces,
        last_resort=True,
        cues=cues_of_last_resort(policy, channels),
    )


def _reasons(
    priority: Priority,
    usable: Sequence[ChannelTraits],
    ordered: Sequence[ChannelTraits],
    gone: Sequence[str],
) -> Iterator[str]:
    """What holds for the whole plan: what was left out, what was moved."""
    for channel_id in gone:
        yield f"Skipped channel {channel_id}: it does not exist any more"
    if list(usable) != list(ordered):
        yield f"Order changed: for {priority}, what can prove delivery goes first"
    if not usable:
        yield "No usable channel: only Home Assistant's own notification list is left"
