"""Ways to look at a dashboard's configuration without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.core import HomeAssistant

from custom_components.reliable_notifications.const import DASHBOARD_URL

# what both Home Assistant 2025.6 and 2026.11 can show; taken from the element types
# that the two frontends (20250531.4 and 20261028.4) know
CARDS = frozenset(
    {
        "button",
        "clock",
        "conditional",
        "entities",
        "entity",
        "entity-filter",
        "gauge",
        "glance",
        "grid",
        "heading",
        "history-graph",
        "horizontal-stack",
        "logbook",
        "markdown",
        "statistic",
        "statistics-graph",
        "tile",
        "todo-list",
        "vertical-stack",
    }
)
ROWS = frozenset({"attribute", "conditional", "section", "divider"})
CONDITIONS = frozenset({"state", "numeric_state", "screen", "user", "and", "or"})
VIEW_OPTIONS = frozenset(
    {
        "badges",
        "dense_section_placement",
        "header",
        "icon",
        "max_columns",
        "path",
        "sections",
        "title",
        "type",
    }
)


async def layout(hass: HomeAssistant) -> dict[str, Any]:
    """Load the dashboard as it is now."""
    return await hass.data[LOVELACE_DATA].dashboards[DASHBOARD_URL].async_load(False)


def dictionaries(node: Any) -> Iterator[dict[str, Any]]:
    """Walk through everything that has keys."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from dictionaries(value)
    elif isinstance(node, list):
        for value in node:
            yield from dictionaries(value)


def cards(dashboard: dict[str, Any], kind: str | None = None) -> list[dict[str, Any]]:
    """List the cards of all views (of one type), the headers' too."""
    found = []
    for view in dashboard["views"]:
        found += [card for section in view["sections"] for card in section["cards"]]
        if "header" in view:
            found.append(view["header"]["card"])
    return [card for card in found if kind in (None, card["type"])]


def entity_ids(dashboard: dict[str, Any]) -> set[str]:
    """Collect every entity that is shown or asked about."""
    found = set()
    for node in dictionaries(dashboard):
        if isinstance(entity := node.get("entity"), str):
            found.add(entity)
        for each in node.get("entities", []):
            row = each if isinstance(each, str) else each.get("row", each)
            found.add(row if isinstance(row, str) else row["entity"])
    return found


def too_new(dashboard: dict[str, Any]) -> list[str]:
    """List what one of the two ends of the supported range cannot show."""
    strange = []
    for view in dashboard["views"]:
        strange += [f"view option {key}" for key in view.keys() - VIEW_OPTIONS]
        strange += [
            f"section {section['type']}"
            for section in view["sections"]
            if section["type"] != "grid"
        ]
    for card in cards(dashboard):
        if card["type"] not in CARDS:
            strange.append(f"card {card['type']}")
        strange += [
            f"feature {feature['type']}" for feature in card.get("features", [])
        ]
        strange += [
            f"condition {condition['condition']}"
            for condition in card.get("visibility", [])
            if condition["condition"] not in CONDITIONS
        ]
        if not isinstance(card.get("name", ""), str):
            strange.append(f"a name that is no text: {card['name']}")
        strange += [
            f"row {row['type']}"
            for row in card.get("entities", [])
            if isinstance(row, dict) and row.get("type", "attribute") not in ROWS
        ]
    return strange
