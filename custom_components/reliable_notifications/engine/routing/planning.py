"""Turns the channels that were chosen into a plan: steps, cues, and words beside them.

Must not choose or order channels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..vocabulary import (
    LAST_RESORT,
    ChannelTraits,
    Cue,
    Plan,
    PlannedStep,
    Shape,
)
from .calm import Case
from .choice import Choice, Scene
from .policy_row import Policy
from .schedule import cues_of_channels, cues_of_last_resort


def plan(
    case: Case,
    choice: Choice,
    view: Scene,
    hold: Cue | None = None,
) -> Plan:
    """One recipient's channels in order, the last resort always at the end."""
    last = _last_step(case.policy, view.channels.get(LAST_RESORT), len(choice.ordered))
    return Plan(
        recipient_id=case.recipient.id,
        recipient_name=case.recipient.name,
        steps=(*_steps(case, choice, view), last),
        repeats=case.policy.repeats,
        hold=hold,
    )


def said_at_once(plan: Plan, channels: Mapping[str, ChannelTraits]) -> Iterator[str]:
    """The speakers of a plan that are asked as soon as it is released."""
    for place, step in enumerate(plan.steps):
        channel = channels.get(step.channel_id)
        if channel is None or channel.shape is not Shape.SPEECH:
            continue
        if place == 0 or any(cue.after == 0.0 for cue in step.cues):
            yield step.channel_id


def _steps(case: Case, choice: Choice, view: Scene) -> Iterator[PlannedStep]:
    """Each channel with its time, and the reason for its place."""
    cues = cues_of_channels(case.policy, choice.ordered, view.tells, choice.together)
    for place, channel in enumerate(choice.ordered):
        can_tell = view.tells[channel.id]
        yield PlannedStep(
            channel_id=channel.id,
            reason=_why_here(case, choice, channel, place, can_tell=can_tell),
            can_tell=can_tell,
            replaces=channel.replaces,
            cues=cues[place],
            private=_is_private(case, channel, view),
        )


def _why_here(
    case: Case, choice: Choice, channel: ChannelTraits, place: int, *, can_tell: bool
) -> str:
    if place < choice.together:
        return f"{channel.name}: at once, with all of its group ({case.priority})"
    if case.policy.proof_first:
        ability = "can" if can_tell else "cannot"
        return f"{channel.name}: {ability} prove delivery ({case.priority})"
    if place == 0:
        return f"{channel.name}: the recipient's first choice"
    return f"{channel.name}: choice {place + 1}, if the ones before fail"


def _is_private(case: Case, channel: ChannelTraits, view: Scene) -> bool:
    """Whether personal words are kept from those who only happen to be there."""
    wishes = case.recipient.preferences
    if channel.shape is Shape.SPEECH:
        return wishes.private_speakers or view.private
    return channel.shape is Shape.PUSH and wishes.private_lock_screen


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
