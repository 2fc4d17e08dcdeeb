"""Decides the order of channels for each recipient of an event, with reasons.

Pure: the same event, recipients and channels give the same plan. It must not look
at the outside world, and it never leaves a recipient without any way at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..vocabulary import (
    ChannelTraits,
    Event,
    Instant,
    Plan,
    PlannedStep,
    Priority,
    Recipient,
)
from .policy import PROOF_FIRST

# Home Assistant's own notification list: it needs no set-up and cannot be removed
LAST_RESORT = "last_resort"


def decide(
    event: Event,
    recipients: Sequence[Recipient],
    channels: Mapping[str, ChannelTraits],
    now: Instant,  # quiet hours and presence will be asked with it
) -> tuple[Plan, ...]:
    """Make one plan per recipient, in the order of the recipients."""
    last = channels.get(LAST_RESORT)
    return tuple(
        _plan(event.priority, recipient, channels, last) for recipient in recipients
    )


def _plan(
    priority: Priority,
    recipient: Recipient,
    channels: Mapping[str, ChannelTraits],
    last: ChannelTraits | None,
) -> Plan:
    """One recipient's channels in order, the last resort always at the end."""
    wished = tuple(dict.fromkeys(recipient.channels))  # named twice is asked once
    usable = [
        channels[channel_id]
        for channel_id in wished
        if channel_id in channels and channel_id != LAST_RESORT
    ]
    gone = [channel_id for channel_id in wished if channel_id not in channels]
    ordered = _in_order(priority, usable)
    steps = (*_steps(priority, ordered), _last_step(last, alone=not ordered))
    return Plan(
        recipient_id=recipient.id,
        recipient_name=recipient.name,
        steps=steps,
        reasons=tuple(_reasons(priority, usable, ordered, gone)),
    )


def _in_order(
    priority: Priority, usable: Sequence[ChannelTraits]
) -> list[ChannelTraits]:
    """The recipient's order; where proof counts, what can prove goes first."""
    if priority not in PROOF_FIRST:
        return list(usable)
    return sorted(usable, key=lambda channel: not channel.can_tell)


def _steps(
    priority: Priority, ordered: Sequence[ChannelTraits]
) -> Iterator[PlannedStep]:
    """Each channel with the reason for its place."""
    for place, channel in enumerate(ordered, start=1):
        if priority in PROOF_FIRST:
            ability = "can" if channel.can_tell else "cannot"
            reason = f"{channel.name}: {ability} prove delivery ({priority})"
        elif place == 1:
            reason = f"{channel.name}: the recipient's first choice"
        else:
            reason = f"{channel.name}: choice {place}, if the ones before fail"
        yield PlannedStep(
            channel_id=channel.id,
            reason=reason,
            can_tell=channel.can_tell,
            replaces=channel.replaces,
        )


def _last_step(last: ChannelTraits | None, *, alone: bool) -> PlannedStep:
    """Home Assistant's own notification list, whatever else is there."""
    reason = (
        "Last resort: the recipient has no usable channel"
        if alone
        else "Last resort, if nothing before it worked"
    )
    return PlannedStep(
        channel_id=LAST_RESORT,
        reason=reason,
        can_tell=last is not None and last.can_tell,
        replaces=last is not None and last.replaces,
        last_resort=True,
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
