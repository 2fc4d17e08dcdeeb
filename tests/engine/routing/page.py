"""The tables of docs/routing.md, made from those of the engine.

A test holds the page to them. Written anew by `python -m tests.engine.routing.page`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
import re

from custom_components.reliable_notifications.engine.routing.catalogue import CATALOGUE
from custom_components.reliable_notifications.engine.routing.policy import (
    PRESETS,
    Preset,
)
from custom_components.reliable_notifications.engine.routing.policy_row import Policy
from custom_components.reliable_notifications.engine.vocabulary import (
    Cue,
    Evidence,
    Priority,
)

PAGE = Path(__file__).parents[3] / "docs" / "routing.md"
MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


def tables() -> Mapping[str, str]:
    """The tables of the page by their names, as Markdown."""
    return {
        **{preset.value: _table(_of_preset(preset)) for preset in Preset},
        "catalogue": _table(_of_catalogue()),
    }


def page(text: str) -> str:
    """The page with its tables as they are now."""
    made = tables()
    return MARKED.sub(lambda found: found[1] + made[found[2]] + found[3], text)


def _of_preset(preset: Preset) -> Iterator[Sequence[str]]:
    rows = [PRESETS[preset][priority] for priority in Priority]
    yield ("", *(priority.value for priority in Priority))
    for name, cell in _LINES.items():
        yield (name, *(cell(row) for row in rows))


def _of_catalogue() -> Iterator[Sequence[str]]:
    yield ("event", "category", "priority", "is for", "answer", "later", "said by")
    for entry in CATALOGUE.values():
        yield (
            f"`{entry.key}`",
            entry.category,
            entry.priority.value,
            ", ".join(sorted(entry.roles)),
            _yes(entry.acknowledge),
            entry.later.value,
            {"ours": "us", "others": "automations, bindings"}[entry.sender],
        )


def _table(rows: Iterable[Sequence[str]]) -> str:
    head, *body = rows
    rule = ["---"] * len(head)
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *body))


def _ways(row: Policy) -> str:
    groups = [" ".join(sorted(group)) for group in row.ways]
    if row.together:
        groups[0] = f"all at once: {groups[0]}"
    return "; then ".join(groups)


def _respect(value: str) -> str:
    return {"pass": "told", "spare_sleepers": "held if another is awake"}.get(
        value, {"hold": "held", "digest": "digest"}.get(value, value)
    )


def _cues(cues: Sequence[Cue] | None, row: Policy) -> str:
    if not cues:
        return "-"
    times = [_duration(cue.after) for cue in cues]
    shown = times if len(times) < 5 else [*times[:3], "...", times[-1]]
    unless = Evidence.ACKNOWLEDGED if row.acknowledge else cues[0].unless
    return f"{', '.join(shown)}, unless {unless}"


def _seconds(times: Sequence[float]) -> str:
    return ", ".join(_duration(each) for each in times)


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    if seconds >= 3600:
        return f"{seconds / 3600:g} h"
    return f"{seconds / 60:g} min" if seconds >= 60 else f"{seconds:g} s"


def _yes(value: bool) -> str:
    return "yes" if value else "-"


_LINES: Mapping[str, Callable[[Policy], str]] = {
    "asked": _ways,
    "which of them first": lambda row: (
        "the recipient's order"
        if row.own_order
        else "what can prove delivery"
        if row.proof_first
        else "the table's order"
    ),
    "the next one after": lambda row: _seconds(row.hedges) or "a failure",
    "a speaker beside the first": lambda row: _yes(row.speaks_up),
    "enough is": lambda row: row.enough.value,
    "not received, next after": lambda row: _duration(row.unreceived),
    "not seen, next after": lambda row: _duration(row.unseen),
    "in quiet hours": lambda row: _respect(row.quiet_hours),
    "to a sleeper": lambda row: _respect(row.sleep),
    "do not disturb": lambda row: _respect(row.do_not_disturb),
    "nobody home": lambda row: _respect(row.away),
    "on vacation": lambda row: _respect(row.vacation),
    "speakers at night": lambda row: _yes(row.speaks_at_night),
    "into the digest": lambda row: _yes(row.digest),
    "on the phone": lambda row: row.level.value,
    "an answer is asked for": lambda row: _yes(row.acknowledge),
    "comes up again after": lambda row: _cues(row.repeats, row),
    "others are told after": lambda row: _cues(row.others, row),
    "the same is not told again for": lambda row: _duration(row.dedupe),
    "given up after": lambda row: _duration(row.time_to_live),
}


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
