"""What must never stand in the repository: one machine's paths, a registry's address.

Versions and hashes are pinned; where they come from is for whoever installs.
"""

from __future__ import annotations

from pathlib import Path
import re
import subprocess

import pytest

from .source_tree import REPOSITORY

# written with a character class each, so that this file does not match itself
FORBIDDEN = {
    "a path of one machine": re.compile(
        r"/w[o]rk/(main|shared|ste[e]ring|\.[a-z])|/r[o]ot/|/f[a]rm/|bash_[j]obs"
    ),
    "the address of a package registry": re.compile(
        r"pypi\.[o]rg|pythonh[o]sted|registry\.npm[j]s|\bdeb\.debian\.[o]rg"
        r"|security\.debian\.[o]rg|[i]ndex-url\s*[=:]?\s*\S*https?:"
        r"|\"res[o]lved\": *\"https?:|reg[i]stry *= *[\"']?https?:"
        r"|^(deb|URIs:).*https?:",
        re.IGNORECASE | re.MULTILINE,
    ),
    "a word of one workplace": re.compile(r"sub[a]gent", re.IGNORECASE),
}


def tracked_files(root: Path) -> list[Path]:
    """Return what git tracks, or every file of a tree without git."""
    listing = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z"],
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode == 0:
        return [root / name for name in listing.stdout.split("\0") if name]
    hidden = {".git", ".venv", "__pycache__"}
    return [p for p in root.rglob("*") if p.is_file() and not hidden & set(p.parts)]


def forbidden_lines(paths: list[Path]) -> list[str]:
    """Return the places that name what the repository must not name."""
    found = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture or a trace; or removed and not yet committed
        for what, pattern in FORBIDDEN.items():
            found += [
                f"{path}:{text.count(chr(10), 0, hit.start()) + 1}: {what}"
                for hit in pattern.finditer(text)
            ]
    return found


def test_tree_is_clean() -> None:
    tracked = tracked_files(REPOSITORY)
    assert len(tracked) > 50, "the walk found next to nothing"
    assert forbidden_lines(tracked) == []


@pytest.mark.parametrize(
    "text",
    [
        "cd /wor" + "k/main",
        "HOME=/roo" + "t/x",
        "--index-u" + "rl https://example.org/simple",
        "see pypi.o" + "rg",
        "deb " + "https://example.org/debian forky main",
        '"resol' + 'ved": "https://example.org/x.tgz"',
        "a suba" + "gent wrote this",
    ],
)
def test_breach_is_caught(text: str, tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text(f"fine\n{text}\n", encoding="utf-8")
    assert [line.split(":")[1] for line in forbidden_lines([path])] == ["2"]
    path.write_text("work/main is fine, so is the root/ of a tree\n", encoding="utf-8")
    assert forbidden_lines([path]) == []
