"""The dependency rules hold; and each rule is shown to catch what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import layers
from .source_tree import imports, modules

# each part that a rule speaks of, and how many imports make its walk no empty pass
PARTS = {"engine": 30, "channels": 8, "adapters": 8, "flows": 8, "sensor": 3}
PARTS |= dict.fromkeys(layers.SHELL, 10)


@pytest.mark.parametrize("rule", layers.RULES, ids=lambda rule: rule.__name__)
def test_rule_holds(rule: layers.Rule) -> None:
    assert rule(imports()) == []


def test_engine_calls_no_clock() -> None:
    engine = [module for module in modules() if module.name[:1] == ("engine",)]
    assert len(engine) > 10
    assert layers.impure_calls(engine) == []


@pytest.mark.parametrize(("part", "at_least"), PARTS.items())
def test_walk_is_not_empty(part: str, at_least: int) -> None:
    assert sum(item.importer[:1] == (part,) for item in imports()) >= at_least


def test_stages_are_there() -> None:
    stages = {
        module.name[1]
        for module in modules()
        if module.name[:1] == ("engine",) and module.name[1:]
    }
    assert {
        "cycles",
        "routing",
        "delivery",
        "content",
        "metrics",
        "vocabulary",
    } <= stages


BREACHES = {
    "engine_is_pure": {
        "engine/cycles/a.py": "import homeassistant.core",
        "engine/cycles/b.py": "from ...const import DOMAIN",
        "engine/cycles/c.py": "import time",
        "engine/cycles/d.py": "def f():\n    from logging import getLogger",
        "engine/e.py": "import custom_components.reliable_notifications.runtime",
    },
    "stages_are_strangers": {
        "engine/cycles/a.py": "from ..routing.router import decide",
        "engine/cycles/__init__.py": "from .. import delivery",
        "engine/vocabulary.py": "from .cycles import machine",
    },
    "channels_and_adapters_are_strangers": {
        "channels/a.py": "from ..adapters.database import Database",
        "channels/b.py": "from .a import A",
        "channels/c.py": "from ..runtime import Runtime",
        "adapters/d.py": "from ..channels.interface import Channel",
        "adapters/courier.py": "from ..channels import CHANNELS",
    },
    "flows_are_forms": {
        "flows/a.py": "from ..adapters.database import Database",
        "config_flow.py": "from .adapters import power_meter",
        "flows/b.py": "from .. import pipeline",
    },
    "platforms_are_leaves": {
        "sensor.py": "from .adapters.database import Database",
        "button.py": "from .engine.routing.router import decide",
        "value_sensors.py": "from .engine.cycles.usage import cost_since",
        "services.py": "from .sensor import SENSORS",
        "frontend/__init__.py": "from .. import sensor",
    },
    "few_know_every_part": {
        "services.py": "from .channels import CHANNELS\nfrom .adapters import database",
        "diagnostics.py": "from .engine.cycles import a\n"
        "from .engine.routing import b\nfrom .engine.delivery import c",
    },
    "shell_has_one_direction": {
        "appliances/a.py": "from ..texts.wording import Wording",
        "texts/b.py": "def f():\n    from ..decisions import switchboard",
        "upkeep/c.py": "from ..pipeline import Pipeline",
    },
}

FINE = {
    "engine/cycles/a.py": "import math\nfrom ..vocabulary import Reading",
    "engine/vocabulary.py": "from enum import StrEnum",
    "channels/__init__.py": "from . import phone\nfrom .interface import Channel",
    "channels/phone.py": "from .interface import Channel\nfrom ..const import X",
    "adapters/courier.py": "from ..channels.interface import C\nfrom . import alarm",
    "flows/appliance.py": "from ..engine.cycles import K\nfrom .. import channels",
    "sensor.py": "from .engine.metrics.catalogue import M\nfrom .runtime import R",
    "texts/wording.py": "from ..appliances.appliance import Watch",
    "decisions/digests.py": "from ..texts import wording\nfrom ..const import X",
    "pipeline.py": "from .channels import CHANNELS\nfrom .adapters import courier",
    "runtime.py": "from .pipeline import Pipeline",
    "engine/cycles/types.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
    "    from _typeshed import DataclassInstance",
}


def _grow(root: Path, files: dict[str, str]) -> None:
    for name, source in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")


@pytest.mark.parametrize("rule", layers.RULES, ids=lambda rule: rule.__name__)
def test_rule_catches_each_breach_and_nothing_else(
    rule: layers.Rule, tmp_path: Path
) -> None:
    breaches = BREACHES[rule.__name__]
    _grow(tmp_path, FINE)
    assert rule(imports(tmp_path)) == []
    _grow(tmp_path, breaches)
    caught = rule(imports(tmp_path))
    assert len(caught) == len(breaches), caught


def test_impure_calls_are_caught(tmp_path: Path) -> None:
    breaches = "datetime.now() dt.datetime.now(UTC) date.today() uuid.uuid4() open('x')"
    source = "\n".join([*breaches.split(), "state.now()", "self.reopen()"])
    _grow(tmp_path, {"engine/a.py": source})
    assert len(layers.impure_calls(modules(tmp_path))) == 5
