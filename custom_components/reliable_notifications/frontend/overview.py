"""The first view: does it keep its promises, and what was said last.

Answers at a glance, details below. Where something is still missing the way to
it comes first. The templates only choose between texts; numbers come from sensors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..engine.metrics.compliance import REQUIRED_SCORE, TERMS
from .cards import (
    WHOLE,
    Card,
    gauge,
    has_none,
    has_number,
    heading,
    markdown,
    section,
    tile,
    todo_list,
    view,
)
from .entities import Finder, Shown
from .texts import Texts

INTEGRATION_PAGE = "/config/integrations/integration/reliable_notifications"

# Below this the gauge is red. Ten points under the goal is several broken promises,
# not one bad day; there is no norm for it.
WORRYING_SCORE = REQUIRED_SCORE - 10

NUMBERS = ("delivery_success_rate", "average_latency", "uptime", "detection_delay")
COUNTS = ("intents_open", "notifications_24h")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """Which of the three things the user has added already."""

    channels: bool
    recipients: bool
    appliances: bool

    @property
    def complete(self) -> bool:
        """Whether a finish can reach a person."""
        return self.channels and self.recipients and self.appliances


def overview_view(
    hub: Finder, states: Sequence[tuple[str, Shown]], done: SetUp, texts: Texts
) -> Card:
    """Build the view; `states` are the appliances' names and states."""
    sections = [
        _reliability(hub, texts),
        _messages(hub, texts),
        _appliances(states, texts),
    ]
    shown = [each for each in sections if each is not None]
    if not done.complete:
        shown.insert(0, _what_next(done, texts))
    card = view(texts("overview", "title"), "overview", "mdi:bell-check", shown)
    score = hub("compliance_score")
    if score is not None and done.complete:
        card["header"] = {"card": _headline(score, hub("intents_open"), texts)}
    return card


def _what_next(done: SetUp, texts: Texts) -> Card:
    steps = (
        (done.channels, "channels"),
        (done.recipients, "recipients"),
        (done.appliances, "appliances"),
    )
    lines = [
        f"{'✅' if is_done else f'{number}.'} {texts('set_up', key)}"
        for number, (is_done, key) in enumerate(steps, 1)
    ]
    link = texts("set_up", "link", page=INTEGRATION_PAGE)
    text = "\n\n".join((texts("set_up", "promise"), *lines, link))
    return section(
        [
            heading(texts("set_up", "title"), "mdi:hand-wave-outline"),
            markdown(text, grid_options=dict(WHOLE)),
        ]
    )


def _headline(score: Shown, still_open: Shown | None, texts: Texts) -> Card:
    """Build one sentence on how things stand."""
    kept, broken, nothing = (
        texts("overview", key) for key in ("all_kept", "not_kept", "nothing_yet")
    )
    content = (
        f"{{% set score = states('{score.entity_id}') | float(none) %}}"
        f"{{% if score is none %}}{nothing}"
        f"{{% elif score >= {REQUIRED_SCORE:g} %}}{kept}"
        f"{{% else %}}{broken}{{% endif %}}"
    )
    if still_open is not None:
        waiting = texts("overview", "still_open")
        content += (
            f"{{% if states('{still_open.entity_id}') | int(0) > 0 %}}"
            f" {waiting}{{% endif %}}"
        )
    return markdown(content, plain=True)


def _reliability(hub: Finder, texts: Texts) -> Card | None:
    cards = []
    score = hub("compliance_score")
    if score:
        cards += [
            gauge(score, green=REQUIRED_SCORE, yellow=WORRYING_SCORE),
            tile(score, wide=True, visibility=[has_none(score)]),
        ]
    cards += [tile(shown) for key in NUMBERS if (shown := hub(key))]
    if score:
        cards.append(_terms(score, texts))
    if not cards:
        return None
    title = heading(texts("overview", "reliability"), "mdi:shield-check")
    return section([title, *cards])


def _terms(score: Shown, texts: Texts) -> Card:
    """Build what the score is made of; it is never shown without."""
    names = {term.key: texts("terms", term.key) for term in TERMS}
    rows = "".join(
        f"{{% set share = state_attr('{score.entity_id}', '{key}') %}}"
        f"{{% if share is not none %}}"
        f"| {name} | {{{{ share | round(1) }}}} % |\n{{% endif %}}"
        for key, name in names.items()
    )
    title, note = texts("terms", "title"), texts("terms", "note")
    content = f"**{title}**\n\n| | |\n|:--|--:|\n{rows}\n{note}"
    return markdown(content, grid_options=dict(WHOLE), visibility=[has_number(score)])


def _messages(hub: Finder, texts: Texts) -> Card | None:
    cards = []
    if last := hub("last_notification"):
        cards.append(
            tile(
                last,
                wide=True,
                state_content=["state", "recipients", "evidence", "at"],
                vertical=False,
            )
        )
    cards += [tile(shown) for key in COUNTS if (shown := hub(key))]
    if inbox := hub("inbox"):
        cards.append(todo_list(inbox))
    if not cards:
        return None
    return section(
        [heading(texts("overview", "messages"), "mdi:message-check"), *cards]
    )


def _appliances(states: Sequence[tuple[str, Shown]], texts: Texts) -> Card | None:
    if not states:
        return None
    tiles = [
        tile(
            Shown(entity_id=state.entity_id, name=name),
            tap_action={
                "action": "navigate",
                "navigation_path": "/reliable-notifications/appliances",
            },
        )
        for name, state in states
    ]
    title = heading(texts("overview", "appliances"), "mdi:washing-machine")
    return section([title, *tiles])
