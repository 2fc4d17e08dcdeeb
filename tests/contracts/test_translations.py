"""Every text that the code asks for is there, and obeys the rules for texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from . import translation_texts as rules
from .source_tree import INTEGRATION
from .translation_uses import uses


def _texts() -> dict[str, Any]:
    path = INTEGRATION / "translations" / "en.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _services() -> dict[str, Any]:
    path = INTEGRATION / "services.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_texts_obey_the_rules() -> None:
    assert rules.text_breaches(_texts()) == []


def test_each_field_has_a_label_and_a_description() -> None:
    texts = _texts()
    assert sum(".data." in path for path, _ in rules.flat(texts)) > 5
    assert rules.form_breaches(texts) == []


def test_each_action_and_field_is_described() -> None:
    assert "send" in _services()
    assert rules.service_breaches(_services(), _texts()) == []
    keys = list(rules.selector_keys(_services()))
    assert [key for key in keys if not rules.find(_texts(), f"selector.{key}")] == []


@pytest.mark.parametrize(
    "kind", ["entity.", "exceptions.", "config.step", "config.error", "issues."]
)
def test_each_use_has_its_text(kind: str) -> None:
    found = [use for use in uses() if any(p.startswith(kind) for p in use.paths)]
    # raising no repair issue is no fault; all else is there, or the walk is blind
    assert found or kind == "issues.", f"the walk found no use of {kind}"
    texts = _texts()
    missing = [
        f"{use.where}: {' or '.join(use.paths)}"
        for use in found
        if not any(rules.find(texts, path) for path in use.paths)
    ]
    assert missing == []


def test_icons_belong_to_something() -> None:
    icons = json.loads((INTEGRATION / "icons.json").read_text(encoding="utf-8"))
    assert icons["entity"], "there are entities, so there are icons"
    assert rules.icon_breaches(icons, _services(), _texts()) == []


def test_other_languages_say_the_same() -> None:
    folder = INTEGRATION / "translations"
    english = dict(rules.flat(_texts()))
    for path in folder.glob("*.json"):
        other = json.loads(path.read_text(encoding="utf-8"))
        assert rules.text_breaches(other) == [], path.name
        for key, text in rules.flat(other):
            assert key in english, f"{path.name}: {key} is not in en.json"
            expected = rules.placeholders(english[key])
            assert rules.placeholders(text) == expected, f"{path.name}: {key}"


@pytest.mark.parametrize(
    "texts",
    [
        {"a": {"b": "see https://example.org"}},
        {"a": "<b>bold</b>"},
        {"a": "not '{here}'"},
        {"a": " space"},
        {"a": "open {brace"},
        {"a": ""},
        {"Large": "fine"},
        {"entity": {"sensor": {"x": {"state": {"on": "{not} here"}}}}},
    ],
)
def test_text_breach_is_caught(texts: dict[str, Any]) -> None:
    assert len(rules.text_breaches(texts)) == 1
    assert rules.text_breaches({"a": "fine: {here}, <3 and 2 > 1"}) == []


def test_form_and_service_and_icon_breaches_are_caught() -> None:
    form = {"config": {"step": {"user": {"data": {"a": "A"}, "data_description": {}}}}}
    assert len(rules.form_breaches(form)) == 1
    form["config"]["step"]["user"]["data_description"] = {"a": "A.", "b": "B."}
    assert rules.form_breaches(form) == ["config.step.user: b has no label"]

    services = {
        "go": {"fields": {"x": {}, "more": {"fields": {"y": None}}}},
        "stay": None,
    }
    texts = {"services": {"go": {"name": "Go", "description": "Goes.", "fields": {}}}}
    assert len(rules.service_breaches(services, texts)) == 7
    texts["services"]["gone"] = {"name": "Gone"}
    assert "services.gone.name belongs to nothing" in rules.service_breaches(
        services, texts
    )

    icons = {"entity": {"sensor": {"x": {"default": "x.png"}}}, "services": {"fly": {}}}
    assert len(rules.icon_breaches(icons, {"go": {}}, {})) == 4


def test_uses_are_found(tmp_path: Path) -> None:
    sources = {
        "sensor.py": "A(Description)\nSensorDescription(key='a')\n"
        "SensorDescription(key='b', translation_key='c')\n"
        "class X:\n    _attr_translation_key = 'd'",
        "services.py": "raise SomeError(translation_domain=D, translation_key='e')",
        "repairs.py": "ir.async_create_issue(h, D, 'i', translation_key='f')",
        "engine/metrics/catalogue.py": "Metric(key='g')",
        "flows/a.py": "self.async_show_form(step_id='h', errors={'base': 'i'})\n"
        "self.async_abort(reason='j')\n"
        "def sensor_problem(): return 'k' if x else None\n"
        "SelectSelectorConfig(translation_key='l')",
    }
    for name, source in sources.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    assert {use.paths[0] for use in uses(tmp_path)} == {
        "entity.sensor.a.name",
        "entity.sensor.c.name",
        "entity.sensor.d.name",
        "exceptions.e.message",
        "issues.f.title",
        "entity.sensor.g.name",
        "config.step.h",
        "config.error.i",
        "config.abort.j",
        "config.error.k",
        "selector.l.options",
    }
