"""Takes the README's pictures of a running demonstration.

Usage: `./scripts/demo --keep FOLDER` for as long as the graphs should show, then
`PYTHONPATH=. .venv/bin/python -m demo.screenshots FOLDER docs/images`.

It must not take a picture of a broken card: it refuses.
"""

from __future__ import annotations

import json
from pathlib import Path
import sys

from PIL import Image

from .browser import DESKTOP, PHONE, Chromium, Format, find_chromium
from .login import TOKENS

VIEWS = ("overview", "appliances", "messages", "people")
# a page of Home Assistant has few colours; 128 cannot be told from all of them and
# make a file of a quarter of the size
COLOURS = 128


def take(url: str, images: Path) -> None:
    """Take all pictures of a running Home Assistant."""
    program = find_chromium()
    if program is None:
        raise SystemExit("no Chromium here: run ./scripts/setup --browser")
    with Chromium(program) as chromium:
        for screen, suffix in ((DESKTOP, ""), (PHONE, "-phone")):
            _take_views(chromium, url, screen, images, suffix)


def _take_views(
    chromium: Chromium, url: str, screen: Format, images: Path, suffix: str
) -> None:
    with chromium.visit(url, screen) as visit:
        for view in VIEWS:
            visit.open(f"/reliable-notifications/{view}", wait_for="hui-sections-view")
            visit.settle()
            if broken := visit.broken():
                raise SystemExit(f"{view} is broken: {broken}")
            path = images / f"{view}{suffix}.png"
            visit.shoot(path)
            _shrink(path)
            print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


def _shrink(path: Path) -> None:
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    known = json.loads((Path(sys.argv[1]) / TOKENS).read_text(encoding="utf-8"))
    take(f"http://127.0.0.1:{known['port']}", Path(sys.argv[2]))
