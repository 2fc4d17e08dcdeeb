"""The engine is tested without Home Assistant.

Importing custom_components.reliable_notifications.engine first runs the integration's
own __init__, which needs Home Assistant. Where that is missing, an empty package of
that name takes its place, with the same folder: the modules are the shipped ones.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
import sys
from types import ModuleType

import custom_components

NAME = "custom_components.reliable_notifications"

if not find_spec("homeassistant") and NAME not in sys.modules:
    package = ModuleType(NAME, "stands in for the shell around the engine")
    package.__path__ = [
        str(Path(custom_components.__path__[0]) / "reliable_notifications")
    ]
    sys.modules[NAME] = package
    custom_components.reliable_notifications = package
