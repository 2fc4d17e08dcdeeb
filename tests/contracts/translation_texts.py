"""The rules for texts: hassfest's, and that what is declared is described.

hassfest itself is not installable; these are its rules for a custom integration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import re
from string import Formatter
from typing import Any

type Texts = Mapping[str, Any]

KEY = re.compile(r"[a-z0-9_-]+")
ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
HTML = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)
QUOTED_PLACEHOLDER = re.compile(r"'\{\w+\}'")


def flat(texts: Texts, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Return each text with its dotted path."""
    for key, value in texts.items():
        path = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from flat(value, f"{path}.")
        else:
            yield path, value


def find(texts: Texts, path: str) -> bool:
    """Whether a dotted path exists; `*` stands for any one key."""
    key, _, rest = path.partition(".")
    below = [value for name, value in texts.items() if key in ("*", name)]
    if not rest:
        return bool(below)
    return any(isinstance(value, Mapping) and find(value, rest) for value in below)


def text_breaches(texts: Texts) -> list[str]:
    """Return the texts that hassfest refuses."""
    return [
        f"{path}: {why}"
        for path, text in flat(texts)
        for why in _wrong_with(path, text)
    ]


def _wrong_with(path: str, text: object) -> Iterator[str]:
    if bad := [key for key in path.split(".") if not KEY.fullmatch(key)]:
        yield f"key {bad[0]!r} has other characters than a-z, 0-9, - and _"
    if not isinstance(text, str) or not text.strip():
        yield "is no text"
        return
    if text != text.strip():
        yield "space at an end"
    if ADDRESS.search(text):
        yield "has an address; pass it as a placeholder"
    if HTML.search(text):
        yield "has HTML"
    if QUOTED_PLACEHOLDER.search(text):
        yield "has a placeholder in single quotes"
    names = placeholders(text)
    if names is None:
        yield "has unbalanced braces"
    elif names and (".state." in path or ".options." in path):
        yield "a state's text cannot have placeholders"


def placeholders(text: str) -> set[str] | None:
    """Return the names in braces, or None if they are not well formed."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def form_breaches(texts: Texts) -> list[str]:
    """Return the fields without a label, and those without a description."""
    forms = {
        path.rpartition(".data.")[0] or path.rpartition(".data_description.")[0]
        for path, _ in flat(texts)
        if (".data." in path or ".data_description." in path)
        # a field of an action may be called so; those have a rule of their own
        and not path.startswith("services.")
    }
    labels = {path for path, _ in flat(texts)}
    breaches = []
    for form in sorted(forms):
        named = _below(labels, f"{form}.data.")
        described = _below(labels, f"{form}.data_description.")
        breaches += [f"{form}: {key} has no label" for key in sorted(described - named)]
        breaches += [
            f"{form}: {key} has no description" for key in sorted(named - described)
        ]
    return breaches


def _below(paths: set[str], prefix: str) -> set[str]:
    return {path.removeprefix(prefix) for path in paths if path.startswith(prefix)}


def service_breaches(services: Texts, texts: Texts) -> list[str]:
    """Return what of the actions has no text, and texts of no action."""
    needed = {
        f"services.{service}.{path}"
        for service, declared in services.items()
        for path in _service_paths(declared or {})
    }
    given = {f"services.{path}" for path, _ in flat(texts.get("services", {}))}
    return [f"{path} is missing" for path in sorted(needed - given)] + [
        f"{path} belongs to nothing" for path in sorted(given - needed)
    ]


def _service_paths(declared: Texts) -> Iterator[str]:
    yield from ("name", "description")
    for name, field in (declared.get("fields") or {}).items():
        if "fields" in (field or {}):  # a group that can be folded
            yield f"sections.{name}.name"
            inner = field["fields"]
        else:
            inner = {name: field}
        for key in inner:
            yield f"fields.{key}.name"
            yield f"fields.{key}.description"


def selector_keys(services: object) -> Iterator[str]:
    """Return the translation keys of selectors in services.yaml."""
    if isinstance(services, Mapping):
        for key, value in services.items():
            if key == "translation_key":
                yield value
            else:
                yield from selector_keys(value)


def icon_breaches(icons: Texts, services: Texts, texts: Texts) -> list[str]:
    """Return icons of nothing, and actions without an icon."""
    breaches = [
        f"icons.json: entity.{platform}.{key} belongs to no entity"
        for platform, keys in icons.get("entity", {}).items()
        for key in keys
        if not find(texts, f"entity.{platform}.{key}")
    ]
    drawn = set(icons.get("services", {}))
    breaches += [
        f"icons.json: no icon for action {k}" for k in sorted(set(services) - drawn)
    ]
    breaches += [f"icons.json: {k} is no action" for k in sorted(drawn - set(services))]
    breaches += [
        f"icons.json: {path} is no icon: {icon}"
        for path, icon in flat(icons)
        if not re.fullmatch(r"mdi:[a-z0-9-]+", str(icon))
    ]
    return breaches
