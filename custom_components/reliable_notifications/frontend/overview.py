"""The first view: does it keep its promises, and what was said last.

Answers at a glance, details below. Where something is still missing the way to
it comes first. The templates only choose between texts; numbers come from sensors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..const import DASHBOARD_URL
from ..engine.metrics.compliance import REQUIRED_SCORE, TERMS
from ..engine.vocabulary import ApplianceKind
from .appliances import ICONS
from .cards import (
    WHOLE,
    Card,
    above_0,
    attribute_row,
    gauge,
    has_none,
    has_number,
    has_some,
    heading,
    markdown,
    row,
    rows,
    section,
    subtitle,
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

# name, kind and state of an appliance
type State = tuple[str, ApplianceKind, Shown]

DONE = "mdi:check-circle"
TO_DO = "mdi:circle-outline"
NUMBERS = ("delivery_success_rate", "average_latency", "uptime", "detection_delay")
WATCHED = ("pipeline", "heartbeat")
COUNTS = ("notifications_24h", "intents_open")
SWITCHES = ("pause_all", "guest_mode", "vacation")
TERM_ICONS = {
    "urgent_success": "mdi:alarm-light-outline",
    "high_success": "mdi:alert-outline",
    "success": "mdi:check-decagram-outline",
    "latency": "mdi:timer-outline",
    "acknowledgement": "mdi:thumb-up-outline",
    "uptime": "mdi:heart-pulse",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """Which of the three things the user has added already."""

    channels: bool
    recipients: bool
    appliances: bool

    @property
    def can_send(self) -> bool:
        """Whether a message can reach a person."""
        return self.channels and self.recipients

    @property
    def complete(self) -> bool:
        """Whether a finish can reach a person."""
        return self.can_send and self.appliances


def overview_view(
    hub: Finder, states: Sequence[State], done: SetUp, texts: Texts
) -> Card:
    """Build the view: what is still to be done, the present, then how well it went."""
    sections: list[Card] = []
    if not done.complete:
        sections.append(section(_what_next(done, texts)))
    if done.can_send:
        present = [*_appliances(states, texts), *_messages(hub, texts)]
        measured = _reliability(hub, texts)
        sections += [section(cards) for cards in (present, measured) if cards]
    title = texts("overview", "title")
    columns = min(2, len(sections))
    card = view(title, "overview", "mdi:bell-check", sections, columns=columns)
    if done.complete and (sentence := _headline(hub, texts)):
        card["header"] = {"card": sentence}
    return card


def _what_next(done: SetUp, texts: Texts) -> list[Card]:
    steps = (
        (done.channels, "channels"),
        (done.recipients, "recipients"),
        (done.appliances, "appliances"),
    )
    lines = [
        f'<ha-icon icon="{DONE if is_done else TO_DO}"></ha-icon> '
        + texts("set_up", key)
        for is_done, key in steps
    ]
    link = texts("set_up", "link", page=INTEGRATION_PAGE)
    text = "\n\n".join((texts("set_up", "promise"), *lines, link))
    return [
        heading(texts("set_up", "title"), "mdi:hand-wave-outline"),
        markdown(text, grid_options=dict(WHOLE)),
    ]


def _headline(hub: Finder, texts: Texts) -> Card | None:
    """Build one sentence on how things stand."""
    score, success = hub("compliance_score"), hub("delivery_success_rate")
    if score is None or success is None:
        return None
    kept, broken, missed, nothing = (
        texts("overview", key)
        for key in ("all_kept", "not_kept", "urgent_missed", "nothing_yet")
    )
    return markdown(
        f"{{% if states('{success.entity_id}') | float(none) is none %}}{nothing}"
        # one missed urgent message is told by itself, whatever the average says
        f"{{% elif state_attr('{success.entity_id}', 'missed_urgent') | int(0) > 0 %}}"
        f"## {missed}"
        f"{{% elif states('{score.entity_id}') | float(0) >= {REQUIRED_SCORE:g} %}}"
        f"## {kept}{{% else %}}## {broken}{{% endif %}}",
        plain=True,
    )


def _reliability(hub: Finder, texts: Texts) -> list[Card]:
    score, success = hub("compliance_score"), hub("delivery_success_rate")
    # before anything was told the score is made of uptime alone: true, and misleading
    counted = [has_number(shown) for shown in (score, success) if shown]
    cards = []
    if score:
        cards.append(
            gauge(
                score, green=REQUIRED_SCORE, yellow=WORRYING_SCORE, visibility=counted
            )
        )
    cards += _tiles(NUMBERS, hub, texts)
    cards += [tile(shown) for key in WATCHED if (shown := hub(key))]
    if score:
        cards += _terms(score, texts, visibility=counted)
    title = heading(texts("overview", "reliability"), "mdi:shield-check")
    return [title, *cards] if cards else []


def _tiles(keys: Sequence[str], hub: Finder, texts: Texts) -> list[Card]:
    return [
        tile(shown.called(texts("names", key))) for key in keys if (shown := hub(key))
    ]


def _terms(score: Shown, texts: Texts, *, visibility: list[Card]) -> list[Card]:
    """Build what the score is made of; it is never shown without."""
    parts = [
        attribute_row(score, term.key, texts("terms", term.key), TERM_ICONS[term.key])
        for term in TERMS
    ]
    return [
        subtitle(texts("terms", "title"), visibility=visibility),
        rows(parts, visibility=visibility),
    ]


def _messages(hub: Finder, texts: Texts) -> list[Card]:
    cards = []
    if last := hub("last_notification"):
        cards += [
            _last_message(last, texts),
            tile(last, wide=True, visibility=[has_none(last)]),
        ]
    cards += _tiles(COUNTS, hub, texts)
    if unverified := hub("unverified"):
        name = texts("names", "unverified")
        cards.append(
            tile(unverified.called(name), wide=True, visibility=[above_0(unverified)])
        )
    if inbox := hub("inbox"):
        cards.append(todo_list(inbox))
    if switches := [row(shown) for key in SWITCHES if (shown := hub(key))]:
        cards.append(rows(switches))
    title = heading(texts("overview", "messages"), "mdi:message-check")
    return [title, *cards] if cards else []


def _last_message(last: Shown, texts: Texts) -> Card:
    """Build what was said last, to whom, and what proves that it arrived."""
    return rows(
        [
            {"entity": last.entity_id, "name": last.name},
            attribute_row(
                last, "recipients", texts("last", "recipients"), "mdi:account-outline"
            ),
            attribute_row(last, "evidence", texts("last", "evidence"), "mdi:check-all"),
            attribute_row(
                last, "at", texts("last", "at"), "mdi:clock-outline", format="relative"
            ),
        ],
        visibility=[has_some(last)],
    )


def _appliances(states: Sequence[State], texts: Texts) -> list[Card]:
    tiles = [
        tile(
            Shown(entity_id=state.entity_id, name=name),
            icon=ICONS[kind],
            tap_action={
                "action": "navigate",
                "navigation_path": f"/{DASHBOARD_URL}/appliances",
            },
        )
        for name, kind, state in states
    ]
    title = heading(texts("overview", "appliances"), "mdi:washing-machine")
    return [title, *tiles] if tiles else []
