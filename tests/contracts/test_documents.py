"""Documents lead to what exists, and the README stays short."""

from __future__ import annotations

from pathlib import Path
import re

from .source_tree import REPOSITORY

_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
# the README is read by people who have not decided yet
LONGEST_README = 120


def _documents() -> list[Path]:
    found = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]
    assert len(found) > 5, "no documents found: is the root right?"
    return found


def broken_links(document: Path, text: str) -> list[str]:
    """Return the relative links of a document that lead nowhere."""
    return [
        f"{document.name}: {link}"
        for link in _LINK.findall(text)
        if "://" not in link and not (document.parent / link).exists()
    ]


def test_every_link_leads_somewhere() -> None:
    assert [
        link
        for document in _documents()
        for link in broken_links(document, document.read_text(encoding="utf-8"))
    ] == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    (tmp_path / "here.md").touch()
    text = "[a](here.md) [b](here.md#part) [c](gone.md) [d](https://example.org)"
    assert broken_links(document, text) == ["page.md: gone.md"]


def test_the_readme_is_short() -> None:
    lines = (REPOSITORY / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST_README
