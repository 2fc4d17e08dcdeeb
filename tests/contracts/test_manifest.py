"""manifest.json and hacs.json are what the validators accept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .source_tree import INTEGRATION, REPOSITORY

REQUIRED = {
    "codeowners",
    "config_flow",
    "documentation",
    "domain",
    "integration_type",
    "iot_class",
    "issue_tracker",
    "name",
    "requirements",
    "single_config_entry",
    "version",
}
ALLOWED = REQUIRED | {"after_dependencies", "dependencies", "loggers", "quality_scale"}
# what Home Assistant fetches for us: boto3 comes with it, the other is pure Python. A
# least version of each, so that we never fight what somebody else asks for
FETCHED = {"boto3": "1.37.1", "phonenumbers": "9.0.0"}
HACS_ALLOWED = {
    "content_in_root",
    "country",
    "filename",
    "hacs",
    "hide_default_branch",
    "homeassistant",
    "name",
    "persistent_directory",
    "render_readme",
    "zip_release",
}


def manifest_breaches(manifest: dict[str, Any]) -> list[str]:
    """Return what hassfest or HACS would refuse, and what we promised ourselves."""
    keys = list(manifest)
    rest = [key for key in keys if key not in ("domain", "name")]
    documentation = manifest.get("documentation", "")
    checks = {
        "domain and name come first, the rest by the alphabet": (
            keys == ["domain", "name", *sorted(rest)]
        ),
        f"missing: {sorted(REQUIRED - set(keys))}": set(keys) >= REQUIRED,
        f"unknown: {sorted(set(keys) - ALLOWED)}": set(keys) <= ALLOWED,
        "documentation is an https address of ours": (
            documentation.startswith("https://")
            and "home-assistant.io" not in documentation
        ),
        "what is fetched for us at run time is what we agreed upon": (
            manifest.get("requirements")
            == [f"{name}>={least}" for name, least in FETCHED.items()]
        ),
        "set up in the UI, once": (
            manifest.get("config_flow") is manifest.get("single_config_entry") is True
        ),
        "codeowners are names with an @": all(
            owner.startswith("@") for owner in manifest.get("codeowners", [""])
        ),
    }
    return [rule for rule, holds in checks.items() if not holds]


def _read(path: str) -> dict[str, Any]:
    return json.loads((REPOSITORY / path).read_text(encoding="utf-8"))


MANIFEST = INTEGRATION.relative_to(REPOSITORY) / "manifest.json"


def test_manifest() -> None:
    manifest = _read(str(MANIFEST))
    assert manifest_breaches(manifest) == []
    assert manifest["domain"] == INTEGRATION.name


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("documentation", "http://example.org"),
        ("requirements", ["something==1"]),
        ("single_config_entry", False),
        ("codeowners", ["nobody"]),
        ("made_up", 1),
    ],
)
def test_breach_is_caught(key: str, value: Any) -> None:
    manifest = {**_read(str(MANIFEST)), key: value}
    assert manifest_breaches(manifest)


def test_wrong_order_and_missing_key_are_caught() -> None:
    manifest = _read(str(MANIFEST))
    assert len(manifest_breaches(dict(reversed(manifest.items())))) == 1
    del manifest["version"]
    assert manifest_breaches(manifest) == ["missing: ['version']"]


def test_hacs() -> None:
    hacs = _read("hacs.json")
    assert set(hacs) <= HACS_ALLOWED
    assert hacs["name"] == _read(str(MANIFEST))["name"]
    assert hacs["homeassistant"] == "2025.6.0", "the oldest that ./scripts/test covers"
