"""The states of an appliance as a table, and nothing else.

`TABLE` is the whole truth about which state follows which; what each signal
means stands beside it. Who sends which signal, and when, is decided elsewhere.
A signal that the table does not know in a state is a bug, so it raises.

Must not know watts, seconds or kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceState,
    CycleEventKind,
)

_S = ApplianceState


class Signal(StrEnum):
    """What was found out about an appliance."""

    HEARD = "heard"  # the first usable reading shows no load
    LOAD = "load"  # a load came on outside a cycle
    FADED = "faded"  # that load went before it was proven to be a cycle
    PROVEN = "proven"  # enough energy: this is a cycle
    QUIET = "quiet"  # inside a cycle, no load for a while
    RESUMED = "resumed"  # the load is back
    OVER = "over"  # the cycle has ended
    CUT = "cut"  # the cycle was cut off, or a person says that it was none
    VOID = "void"  # what had begun was too little for a cycle
    STALE = "stale"  # inside a cycle, the sensor tells nothing any more
    AMENDED = "amended"  # the end was a little later: a pump-out followed
    REOPENED = "reopened"  # the end was none, the same cycle goes on
    PULSED = "pulsed"  # after the end, short loads come again and again
    CALMED = "calmed"  # they come no more
    PROGRAMMED = "programmed"  # switched on and at rest: it starts later
    SWITCHED_OFF = "switched_off"  # it will not start, after all
    LOST = "lost"  # no reading for so long that nothing is known


TABLE: Mapping[ApplianceState, Mapping[Signal, ApplianceState]] = MappingProxyType(
    {
        _S.UNKNOWN: {
            Signal.HEARD: _S.IDLE,
            Signal.LOAD: _S.STARTING,
        },
        _S.IDLE: {
            Signal.LOAD: _S.STARTING,
            Signal.PROGRAMMED: _S.WAITING_TO_START,
            Signal.LOST: _S.UNKNOWN,
        },
        _S.WAITING_TO_START: {
            Signal.LOAD: _S.STARTING,
            Signal.SWITCHED_OFF: _S.IDLE,
            Signal.LOST: _S.UNKNOWN,
        },
        _S.STARTING: {
            Signal.FADED: _S.IDLE,
            Signal.PROVEN: _S.RUNNING,
            Signal.LOST: _S.UNKNOWN,
        },
        _S.RUNNING: {
            Signal.QUIET: _S.PAUSED,
            Signal.CUT: _S.INTERRUPTED,
            Signal.STALE: _S.STALE,
        },
        _S.PAUSED: {
            Signal.RESUMED: _S.RUNNING,
            Signal.OVER: _S.FINISHED,
            Signal.CUT: _S.INTERRUPTED,
            Signal.VOID: _S.IDLE,
            Signal.STALE: _S.STALE,
        },
        _S.STALE: {
            Signal.RESUMED: _S.RUNNING,
            Signal.QUIET: _S.PAUSED,
            Signal.OVER: _S.FINISHED,
            Signal.CUT: _S.INTERRUPTED,
            Signal.VOID: _S.IDLE,
        },
        _S.FINISHED: {
            Signal.LOAD: _S.STARTING,
            Signal.AMENDED: _S.FINISHED,
            Signal.REOPENED: _S.RUNNING,
            Signal.PULSED: _S.ANTI_CREASE,
            Signal.PROGRAMMED: _S.WAITING_TO_START,
            Signal.LOST: _S.UNKNOWN,
        },
        _S.ANTI_CREASE: {
            Signal.LOAD: _S.STARTING,
            Signal.AMENDED: _S.FINISHED,
            Signal.REOPENED: _S.RUNNING,
            Signal.CALMED: _S.FINISHED,
            Signal.LOST: _S.UNKNOWN,
        },
        _S.INTERRUPTED: {
            Signal.LOAD: _S.STARTING,
            Signal.REOPENED: _S.RUNNING,
            Signal.PROGRAMMED: _S.WAITING_TO_START,
            Signal.LOST: _S.UNKNOWN,
        },
    }
)

ANNOUNCES: Mapping[Signal, CycleEventKind] = MappingProxyType(
    {
        Signal.PROVEN: CycleEventKind.STARTED,
        Signal.OVER: CycleEventKind.FINISHED,
        Signal.CUT: CycleEventKind.INTERRUPTED,
        Signal.VOID: CycleEventKind.SHORT_RUN,
        Signal.REOPENED: CycleEventKind.REOPENED,
    }
)


class IllegalTransitionError(RuntimeError):
    """A signal came in a state that does not know it: a bug of the detector."""


def after(state: ApplianceState, signal: Signal) -> ApplianceState:
    """Look up the state that follows; raise if the table has none."""
    following = TABLE[state].get(signal)
    if following is None:
        msg = f"{signal} in state {state}"
        raise IllegalTransitionError(msg)
    return following


# From the start of a cycle to its end, and from its end to whatever comes next.
IN_CYCLE = frozenset({_S.RUNNING, _S.PAUSED, _S.STALE})
AFTER_END = frozenset({_S.FINISHED, _S.ANTI_CREASE})
