"""The many small files of detection have a map, and it leaves none out."""

from __future__ import annotations

import re

from custom_components.reliable_notifications.engine import cycles

from .source_tree import INTEGRATION

FOLDER = INTEGRATION / "engine" / "cycles"


def test_every_module_is_on_the_map_once() -> None:
    on_map = re.findall(r"`(\w+)`", cycles.__doc__ or "")
    modules = sorted(
        file.stem for file in FOLDER.glob("*.py") if file.stem != "__init__"
    )
    assert len(modules) > 30
    assert sorted(on_map) == modules
