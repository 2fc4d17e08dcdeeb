"""Measurements of what the integration promises; nothing here is shipped.

The engine lies inside the integration's package, whose `__init__` needs Home
Assistant. Measuring the engine must not: where Home Assistant is not installed,
the package is entered without running that file.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
import sys
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
_INTEGRATION = "custom_components.reliable_notifications"


def _enter_without_home_assistant() -> None:
    if (
        importlib.util.find_spec("homeassistant") is not None
        or _INTEGRATION in sys.modules
    ):
        return
    package = ModuleType(_INTEGRATION)
    package.__path__ = [str(ROOT / "custom_components" / "reliable_notifications")]
    sys.modules[_INTEGRATION] = package


if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
_enter_without_home_assistant()
