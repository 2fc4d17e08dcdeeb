"""The cards and views that the dashboard is made of, as Home Assistant wants them.

Only what both Home Assistant 2025.6 and the newest understand, so nobody ever
sees a red card. No card here knows what it is for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .entities import Shown

type Card = dict[str, Any]

# the grid of a section has twelve columns; two tiles stand side by side on a phone
WHOLE: Mapping[str, Any] = {"columns": 12}
HALF: Mapping[str, Any] = {"columns": 6}


def heading(text: str, icon: str) -> Card:
    """Build the title of a section."""
    return {
        "type": "heading",
        "heading": text,
        "heading_style": "title",
        "icon": icon,
    }


def subtitle(text: str, **options: object) -> Card:
    """Build the title of a part of a section."""
    return {"type": "heading", "heading": text, "heading_style": "subtitle", **options}


def tile(shown: Shown, *, wide: bool = False, **options: object) -> Card:
    """Build a tile; the name leaves out the device, which the section already says."""
    return {
        "type": "tile",
        "entity": shown.entity_id,
        "name": shown.name,
        "grid_options": dict(WHOLE if wide else HALF),
        **options,
    }


def gauge(
    shown: Shown, *, green: float, yellow: float, visibility: Sequence[Card]
) -> Card:
    """Build a gauge from 0 to 100, which must be visible only with a number.

    No needle: it would stand before a scale that is mostly red also on good days.
    """
    return {
        "type": "gauge",
        "entity": shown.entity_id,
        "name": shown.name,
        "min": 0,
        "max": 100,
        "severity": {"green": green, "yellow": yellow, "red": 0},
        "grid_options": dict(WHOLE),
        "visibility": list(visibility),
    }


def has_number(shown: Shown) -> Card:
    """Build the condition that an entity has a number to show, at least 0."""
    return {"condition": "numeric_state", "entity": shown.entity_id, "above": -1}


def above_0(shown: Shown) -> Card:
    """Build the condition that there is at least one to show."""
    return {"condition": "numeric_state", "entity": shown.entity_id, "above": 0}


def has_none(shown: Shown) -> Card:
    """Build the condition that an entity has nothing to show yet."""
    return {
        "condition": "state",
        "entity": shown.entity_id,
        "state": ["unknown", "unavailable"],
    }


def has_some(shown: Shown) -> Card:
    """Build the condition that an entity has something to show."""
    return {
        "condition": "state",
        "entity": shown.entity_id,
        "state_not": ["unknown", "unavailable"],
    }


def is_on(shown: Shown) -> Card:
    """Build the condition that a binary sensor is on."""
    return {"condition": "state", "entity": shown.entity_id, "state": "on"}


def row(shown: Shown) -> Card:
    """Build a row that shows the state of an entity."""
    return {"entity": shown.entity_id, "name": shown.name}


def row_if(condition: Card, shown: Shown) -> Card:
    """Build a row that is there while the condition holds."""
    return {"type": "conditional", "conditions": [condition], "row": row(shown)}


def rows(entities: Sequence[Card], **options: object) -> Card:
    """Build a list of rows, each with its value at the right."""
    return {
        "type": "entities",
        "entities": list(entities),
        "grid_options": dict(WHOLE),
        **options,
    }


def attribute_row(
    shown: Shown, attribute: str, name: str, icon: str, **options: object
) -> Card:
    """Build a row that shows an attribute of an entity."""
    return {
        "type": "attribute",
        "entity": shown.entity_id,
        "attribute": attribute,
        "name": name,
        "icon": icon,
        **options,
    }


def markdown(content: str, *, plain: bool = False, **options: object) -> Card:
    """Build a text; a plain one stands on the background, without a frame."""
    card: Card = {"type": "markdown", "content": content, **options}
    if plain:
        card["text_only"] = True
    return card


def history(entities: Sequence[Shown], *, hours: int) -> Card:
    """Build a graph of what entities did."""
    return {
        "type": "history-graph",
        "hours_to_show": hours,
        "entities": [
            {"entity": shown.entity_id, "name": shown.name} for shown in entities
        ],
        "grid_options": dict(WHOLE),
    }


def todo_list(shown: Shown) -> Card:
    """Build a list to tick off, shown while there is anything on it.

    New items are not people's to add, and what is done is done.
    """
    return {
        "type": "todo-list",
        "entity": shown.entity_id,
        "title": shown.name,
        "hide_create": True,
        "hide_completed": True,
        "grid_options": dict(WHOLE),
        "visibility": [above_0(shown)],
    }


def section(cards: Sequence[Card], **options: object) -> Card:
    """Build a section of a view."""
    return {"type": "grid", "cards": list(cards), **options}


def view(
    title: str, path: str, icon: str, sections: Sequence[Card], *, columns: int
) -> Card:
    """Build a view: one column on a phone, at most this many on a wall."""
    return {
        "type": "sections",
        "title": title,
        "path": path,
        "icon": icon,
        "max_columns": columns,
        "dense_section_placement": True,
        "sections": list(sections),
    }
