"""Repair issues: what is wrong is said, and withdrawn when it is not any more."""

from __future__ import annotations

import json
from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest

from custom_components.reliable_notifications.const import DATABASE_FILE, DOMAIN
from custom_components.reliable_notifications.engine.cycles.detector import Detector
from custom_components.reliable_notifications.engine.cycles.pattern import Unfit

from .home import Home

_TEXTS = json.loads(
    Path("custom_components/reliable_notifications/translations/en.json").read_text()
)["issues"]


def _damaged_file(hass: HomeAssistant) -> Path:
    file = Path(hass.config.path(".storage", DATABASE_FILE))
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"no database at all, but long enough to be read as one" * 40)
    return file


def _hints(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    found = {
        key: issue
        for (domain, key), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN and issue.active
    }
    for issue in found.values():
        text = _TEXTS[issue.translation_key]
        words = issue.translation_placeholders or {}
        assert text["title"].format(**words)
        assert text["description"].format(**words)
    return found


async def test_a_damaged_database_is_told_and_set_aside(
    hass: HomeAssistant, empty_home: Home
) -> None:
    file = _damaged_file(hass)
    await empty_home.add()
    await empty_home.set_up()
    hint = _hints(hass)["database_recovered"]
    assert hint.severity is ir.IssueSeverity.ERROR
    assert hint.translation_placeholders is not None
    assert file.with_name(hint.translation_placeholders["file"]).exists()
    await hass.config_entries.async_unload(empty_home.entry.entry_id)
    assert _hints(hass) == {}


async def test_an_appliance_that_does_not_fit_is_told_until_it_does(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _hints(home.hass) == {}
    monkeypatch.setattr(Detector, "unfit", property(lambda _: Unfit.TOO_REGULAR))
    await home.wait(60, 60)
    (hint,) = _hints(home.hass).values()
    assert hint.translation_key == "too_regular"
    monkeypatch.setattr(Detector, "unfit", property(lambda _: None))
    await home.wait(60, 60)
    assert _hints(home.hass) == {}


async def test_a_sensor_that_was_deleted_is_told(home: Home) -> None:
    registry = er.async_get(home.hass)
    plug = registry.async_get_or_create("sensor", "test", "1", suggested_object_id="a")
    (appliance,) = (
        each
        for each in home.entry.subentries.values()
        if each.subentry_type == "appliance"
    )
    home.hass.config_entries.async_update_subentry(
        home.entry, appliance, data={**appliance.data, "power_entity": plug.id}
    )
    await home.settle()
    registry.async_remove(plug.entity_id)
    await home.wait(60, 60)
    (hint,) = _hints(home.hass).values()
    assert hint.translation_key == "sensor_gone"


async def test_a_failing_self_test_is_told_until_it_passes(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    courier = home.entry.runtime_data.pipeline.courier
    monkeypatch.setattr(type(courier), "is_running", property(lambda _: False))
    await home.wait(120, 60)
    (hint,) = _hints(home.hass).values()
    assert hint.translation_key == "self_test_failed"
    monkeypatch.undo()
    await home.wait(120, 60)
    assert _hints(home.hass) == {}
