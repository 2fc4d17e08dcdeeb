"""Bridges between versions, loaded before every other pytest plugin (see addopts).

Each looks for its gap itself and does nothing where there is none, so it vanishes with
the plugin release that closes it. It has to come first because entry-point plugins
(respx among them) import httpx, which Home Assistant 2026.11 must alias before that.
Without Home Assistant, in the engine's environment, there is nothing to bridge.
"""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def _bridge_logger_overwrites() -> None:
    """Give the test plugin a name that 2026.11 moved into a submodule."""
    logger = importlib.import_module("homeassistant.components.logger")
    name = "_clear_logger_overwrites"
    if hasattr(logger, name):
        return
    helpers = importlib.import_module("homeassistant.components.logger.helpers")
    setattr(logger, name, getattr(helpers, name, lambda hass: None))


if find_spec("homeassistant"):
    importlib.import_module("homeassistant")
    _bridge_logger_overwrites()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let one pytest configuration serve the environment without pytest-asyncio too."""
    if find_spec("pytest_asyncio"):
        return
    for name in (
        "asyncio_mode",
        "asyncio_default_fixture_loop_scope",
        "asyncio_default_test_loop_scope",
    ):
        parser.addini(name, "of pytest-asyncio, which is not installed here")
