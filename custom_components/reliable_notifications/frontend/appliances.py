"""The second view: each appliance with its cycle and its power.

One section per appliance, in the order in which they were added. It shows what
the sensors say and knows nothing of cycles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ..engine.vocabulary import ApplianceKind
from .cards import (
    WHOLE,
    Card,
    has_number,
    has_some,
    heading,
    history,
    is_on,
    markdown,
    row,
    row_if,
    rows,
    section,
    subtitle,
    tile,
    view,
)
from .entities import Finder, Shown
from .texts import Texts

# Long enough for the longest programme, which takes about four hours.
HOURS_OF_POWER = 6
# A kettle's minutes are too thin to see in more.
HOURS_OF_SHORT_POWER = 1
_SHORT = frozenset(
    {
        ApplianceKind.KETTLE,
        ApplianceKind.COFFEE_MACHINE,
        ApplianceKind.MICROWAVE,
        ApplianceKind.IRON,
    }
)

ICONS: Mapping[ApplianceKind, str] = MappingProxyType(
    {
        ApplianceKind.WASHING_MACHINE: "mdi:washing-machine",
        ApplianceKind.DRYER: "mdi:tumble-dryer",
        ApplianceKind.WASHER_DRYER: "mdi:washing-machine",
        ApplianceKind.DISHWASHER: "mdi:dishwasher",
        ApplianceKind.KETTLE: "mdi:kettle",
        ApplianceKind.COFFEE_MACHINE: "mdi:coffee-maker",
        ApplianceKind.MICROWAVE: "mdi:microwave",
        ApplianceKind.IRON: "mdi:iron",
        ApplianceKind.GENERIC: "mdi:power-socket",
    }
)

# below the state, in pairs: the present, what is expected, the load; an appliance has
# only those that fit its kind
TILES = (
    "started_at",
    "cycle_energy",
    "programme",
    "programme_choice",
    "remaining",
    "expected_end",
    "cycle_cost",
    "projected_cost",
    "waiting_to_be_emptied",
    "emptied",
    "snooze_until_emptied",
)
# whose own name half a phone cannot hold
SHORTENED = frozenset({"waiting_to_be_emptied"})
# of no use for what is over in minutes
FORECAST = frozenset(
    {
        *("programme", "programme_choice", "remaining", "expected_end"),
        *("cycle_cost", "projected_cost"),
    }
)
# buttons: when they were pressed last interests nobody
STATELESS = frozenset({"emptied", "snooze_until_emptied"})
# without a neighbour, and with a name for the whole width
WIDE = frozenset({"snooze_until_emptied"})
# tiles that are there while there is an expectation, so that none is left without its
# neighbour; what a cycle has cost stands in the list after it
WHILE_EXPECTED = frozenset(
    {"remaining", "expected_end", "cycle_cost", "projected_cost"}
)

LAST_CYCLE = (
    "finished_at",
    "last_duration",
    "duration_deviation",
    "last_energy",
    "energy_deviation",
    "last_cost",
    "last_saving",
    "last_idle",
)
ALL_CYCLES = (
    "cycles_today",
    "cycle_count",
    "month_cost",
    "month_saving",
    "average_idle",
    "standby_energy",
)
# rows that are there once something is known
ONCE_KNOWN = frozenset({*LAST_CYCLE, "average_idle", "standby_energy"})
# a kettle boils as long as it is full
COMPARED = frozenset({"duration_deviation", "energy_deviation"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplianceCards:
    """What there is to show of one appliance."""

    name: str
    kind: ApplianceKind
    find: Finder
    power: Shown | None

    @property
    def state(self) -> Shown | None:
        """Its state, also shown on the overview."""
        return self.find("state")


def known_kind(kind: str) -> ApplianceKind:
    """Read a kind; one that a later version has stored is just an appliance."""
    return ApplianceKind(kind) if kind in ApplianceKind else ApplianceKind.GENERIC


def appliances_view(
    appliances: Sequence[ApplianceCards], texts: Texts, *, with_history: bool
) -> Card:
    """Build the view; without Home Assistant's history there is no graph."""
    sections = [
        _appliance(each, texts, with_history=with_history) for each in appliances
    ]
    if not sections:
        hint = markdown(texts("appliances", "none_yet"), grid_options=dict(WHOLE))
        sections = [section([hint])]
    title = texts("appliances", "title")
    return view(title, "appliances", "mdi:washing-machine", sections, columns=3)


def _appliance(appliance: ApplianceCards, texts: Texts, *, with_history: bool) -> Card:
    state, power = appliance.state, appliance.power
    is_short = appliance.kind in _SHORT
    cards = [heading(appliance.name, ICONS[appliance.kind])]
    if state:
        cards.append(tile(state, wide=True, state_content=["state", "reason"]))
    if problem := appliance.find("problem"):
        cards.append(
            tile(
                problem,
                wide=True,
                color="red",
                state_content=["reason"],
                visibility=[is_on(problem)],
            )
        )
    remaining = appliance.find("remaining")
    cards += [
        _tile(key, shown, texts, remaining)
        for key in TILES
        if not (is_short and key in FORECAST)
        if (shown := appliance.find(key))
    ]
    has_ended = [has_some(end)] if (end := appliance.find("finished_at")) else []
    for title, keys in (("last_cycle", LAST_CYCLE), ("all_cycles", ALL_CYCLES)):
        if found := _rows(keys, appliance, texts):
            seen = has_ended if keys is LAST_CYCLE else []
            options = {"visibility": seen} if seen else {}
            cards += [
                subtitle(texts("appliances", title), **options),
                rows(found, **options),
            ]
    drawn = [power.called(texts("appliances", "power"))] if power else []
    drawn += [state] if state else []
    if with_history and drawn:
        cards.append(
            history(drawn, hours=HOURS_OF_SHORT_POWER if is_short else HOURS_OF_POWER)
        )
    return section(cards)


def _tile(key: str, shown: Shown, texts: Texts, remaining: Shown | None) -> Card:
    if key in SHORTENED:
        shown = shown.called(texts("names", key))
    if key in STATELESS:
        return tile(shown, wide=key in WIDE, hide_state=True)
    if key in WHILE_EXPECTED and remaining:
        return tile(shown, visibility=[has_number(remaining)])
    return tile(shown)


def _rows(keys: Sequence[str], appliance: ApplianceCards, texts: Texts) -> list[Card]:
    """Build rows of what the cycles came to; their title says which cycles."""
    found = []
    for key in keys:
        shown = appliance.find(key)
        if shown is None or (appliance.kind in _SHORT and key in COMPARED):
            continue
        shown = shown.called(texts("rows", key))
        found.append(
            row_if(has_some(shown), shown) if key in ONCE_KNOWN else row(shown)
        )
    return found
