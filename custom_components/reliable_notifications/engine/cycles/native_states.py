"""What appliances say of themselves, in one set of words.

The words are the states of the entities of Home Connect, Miele, SmartThings, LG
ThinQ and Matter (operational state), as Home Assistant's integrations spell them. A
word that stands nowhere means nothing: the one before it holds.

Must not know entities, and must not conclude anything from a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class NativeState(StrEnum):
    """What an appliance is doing, in its own opinion."""

    IDLE = "idle"
    WAITING = "waiting"  # programmed, and starts later
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"  # stopped before its end


# Those marked *ends* are said after the programme: what follows is for the clothes.
_WORDS: Mapping[NativeState, Iterable[str]] = {
    NativeState.IDLE: (
        *("inactive", "ready"),  # Home Connect
        *("off", "on", "idle", "not_connected"),  # Miele
        *("stop", "none"),  # SmartThings
        *("power_off", "power_on", "initial", "initializing", "sleep", "standby"),  # LG
        "stopped",  # Matter
    ),
    NativeState.WAITING: (
        "delayedstart",  # Home Connect
        *("programmed", "waiting_to_start"),  # Miele
        "delay_wash",  # SmartThings
        *("reserved", "reservation"),  # LG (Miele has the first too)
    ),
    NativeState.RUNNING: (
        "run",  # Home Connect, SmartThings
        *("in_use", "autocleaning"),  # Miele
        *("ai_drying", "ai_rinse", "ai_spin", "ai_wash", "air_wash"),  # SmartThings
        *("cooling", "drying", "pre_drain", "pre_wash", "rinse", "sanitizing"),
        *("spin", "wash", "weight_sensing", "dehumidifying", "refreshing"),
        "running",  # LG, Matter
        *("add_drain", "checking_turbidity", "cool_down", "detecting"),  # LG
        *("detergent_amount", "dispensing", "display_loadsize", "end_cooling"),
        *("prewash", "presteam", "rinsing", "shoes_module", "soaking", "softening"),
        *("spinning", "steam", "steam_softening", "sterilize"),
        *("preheat", "preheating", "cook", "cooking_in_progress"),
    ),
    NativeState.PAUSED: (
        *("pause", "paused"),  # all
        "actionrequired",  # Home Connect
        "rinse_hold",  # Miele, LG: it lies in water until somebody presses *spin*
        *("as_pop_up", "change_condition"),  # LG
    ),
    NativeState.FINISHED: (
        "finished",  # Home Connect, SmartThings
        "program_ended",  # Miele
        *("finish", "wrinkle_prevent"),  # SmartThings; the second *ends*
        *("end", "done", "complete", "cook_complete", "running_end"),  # LG
        *("wrinkle_care", "night_dry"),  # LG, both *ends*
    ),
    NativeState.FAILED: (
        *("aborting", "error"),  # Home Connect; the second LG, Matter too
        *("failure", "program_interrupted"),  # Miele
        *("cancel", "power_fail"),  # LG
    ),
}

TABLE: Mapping[str, NativeState] = MappingProxyType(
    {word: state for state, words in _WORDS.items() for word in words}
)

# a binary sensor *running* has two words only, and they mean something else there
ON_OFF: Mapping[str, NativeState] = MappingProxyType(
    {"on": NativeState.RUNNING, "off": NativeState.IDLE}
)


def native_state(word: str, *, two_words: bool = False) -> NativeState | None:
    """Translate what an appliance says; None when it says nothing of use.

    Some spell the whole path (`BSH.Common.EnumType.OperationState.Run`) or write
    words as people read them (`Rinse hold`).
    """
    plain = word.strip().rpartition(".")[2].casefold()
    return (ON_OFF if two_words else TABLE).get(plain.replace(" ", "_"))


def tells_cycles(words: Iterable[str]) -> bool:
    """Whether a vocabulary has a word for work and one for its end."""
    known = {native_state(word) for word in words}
    return NativeState.RUNNING in known and bool(
        known & {NativeState.IDLE, NativeState.FINISHED}
    )
