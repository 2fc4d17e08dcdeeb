"""Turns the channels that were chosen into a plan: steps, cues, and words beside them.

Must not choose or order channels.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..vocabulary import (
    LAST_RESORT,
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
    repeats: tuple[Cue, ...],
    hold: Cue | None = None,
) -> Plan:
    """One recipient's channels in order, the last resort always at the end."""
    traits = view.channels.get(LAST_RESORT)
    last = _last_step(
        case.policy,
        len(choice.ordered),
        can_tell=traits is not None and traits.can_tell,
        replaces=traits is not None and traits.replaces,
    )
    return Plan(
        recipient_id=case.recipient.id,
        recipient_name=case.recipient.name,
        steps=(*_steps(case, choice, view), last),
        repeats=repeats,
        hold=hold,
    )


def said_at_once(plan: Plan, view: Scene) -> Iterator[str]:
    """The speakers of a plan that are asked as soon as it is released."""
    for place, step in enumerate(plan.steps):
        if step.channel_id not in view.speakers:
            continue
        if place == 0 or any(cue.after == 0.0 for cue in step.cues):
            yield step.channel_id


def _steps(case: Case, choice: Choice, view: Scene) -> Iterator[PlannedStep]:
    """Each channel with its time, and the reason for its place."""
    cues = cues_of_channels(case.policy, choice.ordered, view.tells, choice.together)
    wishes, words = case.recipient.preferences, _Words(case, choice)
    # personal words are kept from those who only happen to be there
    private = {
        Shape.SPEECH: wishes.private_speakers or view.private,
        Shape.PUSH: wishes.private_lock_screen,
    }
    for place, channel in enumerate(choice.ordered):
        can_tell = view.tells[channel.id]
        yield PlannedStep(
            channel_id=channel.id,
            reason=channel.name + words.at(place, can_tell=can_tell),
            can_tell=can_tell,
            replaces=channel.replaces,
            cues=cues[place],
            private=private.get(channel.shape, False),
        )


class _Words:
    """Why a channel has its place, in words that follow its name."""

    def __init__(self, case: Case, choice: Choice) -> None:
        self._together = choice.together
        self._proof_first = case.policy.proof_first
        self._at_once = f": at once, with all of its group ({case.priority})"
        self._can = f": can prove delivery ({case.priority})"
        self._cannot = f": cannot prove delivery ({case.priority})"

    def at(self, place: int, *, can_tell: bool) -> str:
        if place < self._together:
            return self._at_once
        if self._proof_first:
            return self._can if can_tell else self._cannot
        if place == 0:
            return ": the recipient's first choice"
        return f": choice {place + 1}, if the ones before fail"


@lru_cache(maxsize=256)
def _last_step(
    policy: Policy, channels: int, *, can_tell: bool, replaces: bool
) -> PlannedStep:
    """Home Assistant's own notification list, after that many channels."""
    reason = (
        "Last resort, if nothing before it worked"
        if channels
        else "Last resort: the recipient has no usable channel"
    )
    return PlannedStep(
        channel_id=LAST_RESORT,
        reason=reason,
        can_tell=can_tell,
        replaces=replaces,
        last_resort=True,
        cues=cues_of_last_resort(policy, channels),
    )
