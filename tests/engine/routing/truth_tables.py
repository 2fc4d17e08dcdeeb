"""The truth tables of routing: what becomes of a message in every situation, as text.

The files beside this one are reviewed by eye; a test holds the router to them. Written
anew by `python -m tests.engine.routing.truth_tables`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from custom_components.reliable_notifications.engine.routing.policy import (
    PRESETS,
    Preset,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ChannelFacts,
    Decision,
    DigestWish,
    Event,
    HouseholdFacts,
    PersonFacts,
    Priority,
)

from .household import NIGHT, NOON, QUIET, VERIFIED, decided, event, facts, person

FOLDER = Path(__file__).parent / "truth"

YES_NO = {"yes": True, "no": False, "?": None}
HEALTH: Mapping[str, bool] = {"works": True, "down": False}

ANNA = person(
    "anna",
    *("phone", "kitchen", "inbox", "mail", "sms"),
    contacts=VERIFIED,
    quiet=(QUIET,),
    digest=DigestWish(minute=8 * 60),
)

type Row = tuple[str, ...]


def tables() -> Mapping[str, str]:
    """The text of each file, by its name."""
    found = {}
    for preset in Preset:
        found[f"{preset}.txt"] = _aligned(
            ("priority", "home", "quiet", "dnd", "phone", "outcome", "channels", "why"),
            list(_of_preset(preset)),
        )
        found[f"{preset}_sleep.txt"] = _aligned(
            ("priority", "anna sleeps", "ben sleeps", "anna", "ben", "why (anna)"),
            list(_of_sleep(preset)),
        )
    return found


def _of_preset(preset: Preset) -> Iterator[Row]:
    """Priority by presence, quiet hours, do not disturb and health of the phone."""
    for priority, home, quiet, dnd, health in product(
        Priority, YES_NO, ("no", "yes"), YES_NO, HEALTH
    ):
        now = NIGHT if quiet == "yes" else NOON
        anna = PersonFacts(home=YES_NO[home], do_not_disturb=YES_NO[dnd])
        phone = ChannelFacts(healthy=HEALTH[health])
        known = facts(now, anna=anna, channels={"phone": phone})
        (decision, *_) = _decided(preset, event(priority, at=now), known)
        yield (
            *(priority.value, home, quiet, dnd, health, decision.outcome.value),
            _channels(decision),
            _why(decision),
        )


def _of_sleep(preset: Preset) -> Iterator[Row]:
    """Priority by the sleep of two."""
    for priority, anna, ben in product(Priority, YES_NO, YES_NO):
        known = facts(
            NOON,
            anna=PersonFacts(home=True, asleep=YES_NO[anna]),
            ben=PersonFacts(home=True, asleep=YES_NO[ben]),
        )
        first, second, *_ = _decided(preset, event(priority), known)
        yield (
            *(priority.value, anna, ben),
            *(first.outcome.value, second.outcome.value, _why(first)),
        )


def _decided(
    preset: Preset, what: Event, known: HouseholdFacts
) -> tuple[Decision, ...]:
    people = [ANNA, person("ben", "tablet")] if "ben" in known.people else [ANNA]
    return decided(what, *people, known=known, policies=PRESETS[preset])


def _channels(decision: Decision) -> str:
    """At once, then one after the other: `phone+kitchen > mail > sms`."""
    if decision.plan is None:
        return "-"
    steps = [step for step in decision.plan.steps if not step.last_resort]
    at_once = [
        step.channel_id
        for place, step in enumerate(steps)
        if place == 0 or any(cue.after == 0.0 for cue in step.cues)
    ]
    later = [step.channel_id for step in steps if step.channel_id not in at_once]
    return " > ".join(["+".join(at_once), *later]) or "(list)"


def _why(decision: Decision) -> str:
    """The reasons by their keys, with the channel or what was passed."""
    return ", ".join(
        dict.fromkeys(
            str(reason.key)
            + (f" {reason.data['what']}" if "what" in reason.data else "")
            + (f" {reason.channel_id}" if reason.channel_id else "")
            for reason in decision.reasons
        )
    )


def _aligned(head: Row, rows: Sequence[Row]) -> str:
    widths = [
        max(len(row[column]) for row in (head, *rows)) for column in range(len(head))
    ]
    lines = [
        "  ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in (head, tuple("-" * width for width in widths), *rows)
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in tables().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
