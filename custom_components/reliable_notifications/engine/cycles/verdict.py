"""Weighs what witnesses say of a quiet stretch against what the power asks for it.

A witness may end the wait, or hold it; each for a time that is bounded, so that one
that is broken costs minutes and not the finish. Who ends beats who holds: a door in an
emptied machine shakes it. Nothing is decided without a quiet stretch of power.

Must not decide: it says how long is still to be waited, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    Instant,
)

from .evidence import Reason
from .native_states import NativeState
from .snapshot import NEVER
from .witness import LATEST_WORD_S, STOPS_WITHIN_S, Witness

# No witness holds the finish for longer than this after the wait: passive drying takes
# up to two hours, and what lasts longer is a witness that is broken.
LONGEST_HOLD_S = 7200.0

# While one does, an end is as likely as not, however sure the power is.
HELD_CONFIDENCE = 0.5

# A door that stands open for so long near a known end: nobody only looks in.
DOOR_CONFIRM_S = 20.0
# Whoever interrupts a machine comes back within the hour, or has forgotten it.
INTERRUPTED_HOLD_S = 3600.0

# A drum runs out within this; what shakes later is work.
RUNS_OUT_S = 15.0
# Without a shake for so long it is still: drums rest up to 25 s, the sensors that sleep
# between two reports for a minute.
STILL_S = 90.0
# A shake holds the finish for so long at most: the dryer on top shakes the washer.
SHAKING_HOLD_S = 900.0

# Some words of idleness flicker between two phases (as IDLE_WAIT_S of the tracker of
# native states).
IDLE_CONFIRM_S = 60.0
# Some say it before the last turns of the drum or the last pump; what works later than
# this after the word proves that it was wrong.
WORD_LEADS_S = 180.0
# What *running* may hold while it is not known how late the appliance says its end:
# SmartThings is known to stay *running* for ever.
UNKNOWN_HOLD_S = 600.0
# How often it must have said the end to be known, and how soon to be trusted.
LAGS_KNOWN = 2
LAGS_TRUSTED = 3
PROMPT_S = 300.0
# Room above the longest delay of its word so far.
LAG_FACTOR = 1.15
LAG_EXTRA_S = 60.0


# That a person has stopped it says more than what its pauses usually are.
_BY_HAND = frozenset({Reason.DOOR_OPEN, Reason.NATIVE_PAUSED})

_SAY_OVER: Mapping[str, Reason] = MappingProxyType(
    {
        NativeState.FINISHED: Reason.NATIVE_FINISHED,
        NativeState.FAILED: Reason.NATIVE_FAILED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorRule:
    """What an open door means for a kind.

    After `enough_s` and `enough_wh` of a programme a door that was opened in a quiet
    stretch ends the cycle after `open_s`; or, where the machine would go on at once if
    it were to, `closed_s` after it was closed again. Before, it holds the finish for
    `hold_s`. A machine that `locks` cannot be stopped by its door.
    """

    locks: bool
    open_s: float
    closed_s: float | None
    hold_s: float
    enough_s: float = 1500.0
    enough_wh: float = 100.0


# Before 25 min or 100 Wh (as early_s of a washing machine) a programme is interrupted
# rather than over. Laundry: nobody holds a sock in hand for three minutes, who has put
# it in presses *start* within two, and who fetches more of it is back within a quarter
# of an hour. A dishwasher goes on drying by itself when its door is closed, so closing
# says nothing; with the door open for ten minutes it vents or is emptied.
_LOCKED = DoorRule(locks=True, open_s=180.0, closed_s=120.0, hold_s=900.0)
DOORS: Mapping[ApplianceKind, DoorRule] = MappingProxyType(
    {
        ApplianceKind.WASHING_MACHINE: _LOCKED,
        ApplianceKind.WASHER_DRYER: _LOCKED,
        ApplianceKind.DRYER: replace(_LOCKED, locks=False),
        ApplianceKind.DISHWASHER: DoorRule(
            locks=False, open_s=600.0, closed_s=None, hold_s=1800.0
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A quiet stretch as the power shows it.

    `missing_s` of `needed_s` are still to be waited by what is known of the power;
    `ends` and `threats` count what was seen in its place before, `known` says whether
    programmes of the appliance are. `counted_at` is when the counter last showed work
    that the power did not.
    """

    kind: ApplianceKind
    now: Instant
    since: Instant
    started_at: Instant
    energy_wh: float
    ends: int
    threats: int
    needed_s: float
    missing_s: float
    step_s: float
    known: bool = False
    counted_at: Instant = NEVER


@dataclass(frozen=True, slots=True)
class Verdict:
    """How long is still to be waited, and who says so; None for the power alone."""

    missing_s: float
    reason: Reason | None = None
    ends: bool = False

    @property
    def holds(self) -> bool:
        """Whether a witness says that it is not over."""
        return self.reason is not None and not self.ends and self.missing_s > 0.0


def weigh(witness: Witness, quiet: Quiet) -> Verdict:
    """Say how long to wait in this quiet stretch."""
    power = Verdict(quiet.missing_s)
    ending = min(_endings(witness, quiet), key=_missing, default=None)
    if ending is not None:
        return ending if ending.missing_s < power.missing_s else power
    holds = [hold for hold in _holds(witness, quiet) if hold.missing_s > 0.0]
    longest = max(power, *holds, key=_missing) if holds else power
    by_hand = next((hold.reason for hold in holds if hold.reason in _BY_HAND), None)
    return replace(longest, reason=by_hand or longest.reason)


def _missing(verdict: Verdict) -> float:
    return verdict.missing_s


def _endings(witness: Witness, quiet: Quiet) -> Iterator[Verdict]:
    door_at = _ended_by_door(witness, quiet)
    if door_at is not None:
        yield Verdict(door_at - quiet.now, Reason.DOOR_OPENED, ends=True)
    said = said_over(witness, quiet.started_at, quiet.since)
    if said is not None:
        yield Verdict(0.0, said, ends=True)
    elif witness.word == NativeState.IDLE and _is_about(
        witness, quiet.started_at, quiet.since
    ):
        missing_s = witness.word_at + IDLE_CONFIRM_S - quiet.now
        yield Verdict(missing_s, Reason.NATIVE_FINISHED, ends=True)


def said_over(
    witness: Witness, started_at: Instant, active_at: Instant
) -> Reason | None:
    """What the appliance said of the end of this cycle; *idle* says too little."""
    reason = _SAY_OVER.get(witness.word)
    return reason if reason and _is_about(witness, started_at, active_at) else None


def _is_about(witness: Witness, started_at: Instant, active_at: Instant) -> bool:
    """Whether the last word of the appliance is about the end of this cycle.

    It must have spoken of work in this cycle before, and not have worked on since.
    """
    return (
        witness.was_at_work(started_at)
        and witness.word_at >= started_at
        and active_at <= witness.word_at + WORD_LEADS_S
    )


def interrupted(
    witness: Witness, kind: ApplianceKind, active_at: Instant, step_s: float
) -> bool:
    """Whether the machine worked until somebody opened its door."""
    rule = DOORS.get(kind)
    slack_s = STOPS_WITHIN_S + step_s
    stopped = abs(witness.opened_at - active_at) <= slack_s
    return rule is not None and not rule.locks and stopped


def _ended_by_door(witness: Witness, quiet: Quiet) -> Instant | None:
    """Tell when the door shows that it is over."""
    rule = DOORS.get(quiet.kind)
    if rule is None or not _is_new(witness, quiet):
        return None
    in_quiet = not interrupted(witness, quiet.kind, quiet.since, quiet.step_s)
    if quiet.ends and witness.is_open:
        return witness.opened_at + (DOOR_CONFIRM_S if in_quiet else rule.open_s)
    enough = (
        quiet.since - quiet.started_at >= rule.enough_s
        and quiet.energy_wh >= rule.enough_wh
    )
    if quiet.threats or quiet.known or not (enough and in_quiet):
        return None
    if witness.is_open:
        return witness.opened_at + rule.open_s
    return None if rule.closed_s is None else witness.closed_at + rule.closed_s


def _is_new(witness: Witness, quiet: Quiet) -> bool:
    """Whether the door was opened in this quiet stretch, or began it."""
    return witness.opened_at >= quiet.since - STOPS_WITHIN_S - quiet.step_s


def _holds(witness: Witness, quiet: Quiet) -> Iterator[Verdict]:
    needed_s = quiet.needed_s
    for until, reason in (
        (_held_by_door(witness, quiet), Reason.DOOR_OPEN),
        (_held_by_shaking(witness, quiet), Reason.VIBRATION),
        (_held_by_counter(quiet), Reason.COUNTER_RISES),
        *_held_by_word(witness, quiet),
    ):
        bound = quiet.since + needed_s + LONGEST_HOLD_S
        yield Verdict(min(until, bound) - quiet.now, reason)


def _held_by_door(witness: Witness, quiet: Quiet) -> Instant:
    rule = DOORS.get(quiet.kind)
    if rule is None or not _is_new(witness, quiet):
        return NEVER
    stopped = interrupted(witness, quiet.kind, quiet.since, quiet.step_s)
    until = witness.opened_at + (INTERRUPTED_HOLD_S if stopped else rule.hold_s)
    if witness.is_open:
        return until
    # it may go on, after the pause that it makes here
    return min(until, witness.closed_at) + quiet.needed_s


def _held_by_shaking(witness: Witness, quiet: Quiet) -> Instant:
    shook_at = witness.shook_at(quiet.now)
    by_hand = witness.opened_since(quiet.since)
    if by_hand or shook_at <= quiet.since + RUNS_OUT_S:
        return NEVER
    return min(shook_at + STILL_S, quiet.since + quiet.needed_s + SHAKING_HOLD_S)


def _held_by_counter(quiet: Quiet) -> Instant:
    if quiet.counted_at <= quiet.since:
        return NEVER
    return quiet.counted_at + quiet.needed_s


def _held_by_word(witness: Witness, quiet: Quiet) -> Iterator[tuple[Instant, Reason]]:
    if not witness.is_heard:
        return
    if witness.word == NativeState.PAUSED:
        yield witness.word_at + INTERRUPTED_HOLD_S, Reason.NATIVE_PAUSED
    if witness.word == NativeState.RUNNING:
        # said in this quiet stretch, it begins anew
        since = max(quiet.since, witness.word_at)
        patience = patience_s(witness.lags, known=quiet.ends > 0)
        yield since + quiet.needed_s + patience, Reason.NATIVE_RUNNING


def patience_s(lags: list[float], *, known: bool) -> float:
    """Tell for how long after the wait the word *running* is believed.

    It is, for as long as it took the appliance to say the end before; not at all, if
    it mostly did not say it in time. One that is always prompt may hold for long where
    the power does not know an end.
    """
    if len(lags) < LAGS_KNOWN:
        return UNKNOWN_HOLD_S
    if not known and len(lags) >= LAGS_TRUSTED and max(lags) <= PROMPT_S:
        return LONGEST_HOLD_S
    in_time = [lag for lag in lags if lag < LATEST_WORD_S]
    if 2 * len(in_time) <= len(lags):
        return 0.0
    return min(LAG_FACTOR * max(in_time) + LAG_EXTRA_S, LATEST_WORD_S)
