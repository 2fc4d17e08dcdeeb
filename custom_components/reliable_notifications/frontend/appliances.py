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

# Long enough for the longest programme (about four hours) and the one before it on
# the same day; a whole day makes a kettle's minutes too thin to see.
HOURS_OF_POWER = 12

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

# the present first, then the last cycle, then the totals
TILES = (
    "state",
    "running",
    "started_at",
    "finished_at",
    "last_duration",
    "cycle_energy",
    "cycle_count",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplianceCards:
    """What there is to show of one appliance."""

    name: str
    icon: str
    find: Finder
    power: Shown | None

    @property
    def state(self) -> Shown | None:
        """Its state, also shown on the overview."""
        return self.find("state")


def icon_of(kind: str) -> str:
    """Choose the picture of a kind; of one from the future, the plain one."""
    known = kind in ApplianceKind
    return ICONS[ApplianceKind(kind) if known else ApplianceKind.GENERIC]


def appliances_view(
    appliances: Sequence[ApplianceCards], texts: Texts, *, with_history: bool
) -> Card:
    """Build the view; without Home Assistant's history there is no graph."""
    sections = [_appliance(each, with_history=with_history) for each in appliances]
    if not sections:
        hint = markdown(texts("appliances", "none_yet"), grid_options=dict(WHOLE))
        sections = [section([hint])]
    title = texts("appliances", "title")
    return view(title, "appliances", "mdi:washing-machine", sections)


def _appliance(appliance: ApplianceCards, *, with_history: bool) -> Card:
    found = [shown for key in TILES if (shown := appliance.find(key))]
    cards = [heading(appliance.name, appliance.icon), *map(tile, found)]
    drawn = [shown for shown in (appliance.power, appliance.state) if shown]
    if with_history and drawn:
        cards.append(history(drawn, hours=HOURS_OF_POWER))
    return section(cards)
