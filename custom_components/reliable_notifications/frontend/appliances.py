"""The second view: each appliance with its cycle and its power.

One section per appliance, in the order in which they were added. It shows what
the sensors say and knows nothing of cycles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ..engine.vocabulary import ApplianceKind
from .cards import WHOLE, Card, heading, history, markdown, section, tile, view
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

# below the state, in pairs: the present, what is expected, the last cycle, the load,
# the amounts; an appliance has only those that fit its kind
TILES = (
    "running",
    "started_at",
    "programme",
    "remaining",
    "finished_at",
    "last_duration",
    "waiting_to_be_emptied",
    "emptied",
    "cycle_energy",
    "cycle_count",
    "cycle_cost",
)
# whose own name half a phone cannot hold
SHORTENED = frozenset({"waiting_to_be_emptied"})
# of no use for what is over in minutes
FORECAST = frozenset({"programme", "remaining"})
# buttons: when they were pressed last interests nobody
STATELESS = frozenset({"emptied"})


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
    cards = [heading(appliance.name, ICONS[appliance.kind])]
    if state:
        cards.append(tile(state, wide=True, state_content=["state", "reason"]))
    cards += [
        _tile(key, shown, texts)
        for key in TILES
        if not (appliance.kind in _SHORT and key in FORECAST)
        if (shown := appliance.find(key))
    ]
    drawn = [power.called(texts("appliances", "power"))] if power else []
    drawn += [state] if state else []
    if with_history and drawn:
        is_short = appliance.kind in _SHORT
        cards.append(
            history(drawn, hours=HOURS_OF_SHORT_POWER if is_short else HOURS_OF_POWER)
        )
    return section(cards)


def _tile(key: str, shown: Shown, texts: Texts) -> Card:
    if key in SHORTENED:
        shown = shown.called(texts("names", key))
    return tile(shown, hide_state=True) if key in STATELESS else tile(shown)
