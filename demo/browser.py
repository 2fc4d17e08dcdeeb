"""A real Chromium that logs in to Home Assistant and looks at pages.

It sees what a person sees: a card that Home Assistant replaced by an error, an
exception in the page. It must not change anything in Home Assistant.
"""

from __future__ import annotations

from collections.abc import Iterator
import contextlib
from dataclasses import dataclass, field
import os
from pathlib import Path
import shutil
from types import TracebackType
from typing import Self

from playwright.sync_api import (
    Browser,
    Page,
    Playwright,
    TimeoutError as PageTimeout,
    sync_playwright,
)

from .login import PASSWORD, USERNAME

# a page of a loaded machine; on an idle one everything is there in about five seconds
PAGE_LIMIT_MS = 60_000
# a text that is to appear, after its page has
TEXT_LIMIT_MS = 20_000
# charts are drawn with an animation
SETTLE_MS = 2_500

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Home Assistant replaces what it cannot show by one of these, deep in shadow roots;
# newer versions leave no trace of it in the console
_FIND_BROKEN = """() => {
  const broken = ['hui-error-card', 'hui-warning', 'hui-card-error',
                  'hui-error-heading-badge', 'ha-alert'];
  const found = [];
  const walk = (node) => {
    for (const element of node.querySelectorAll('*')) {
      const name = element.tagName.toLowerCase();
      const inner = element.shadowRoot;
      if (broken.includes(name)) {
        const text = (inner ? inner.textContent : '') + ' ' + element.textContent;
        found.push(name + ': ' + text.replace(/\\s+/g, ' ').trim().slice(0, 200));
      }
      if (inner) walk(inner);
    }
  };
  walk(document);
  return found;
}"""

_COUNT = """(names) => {
  const counts = {};
  const walk = (node) => {
    for (const element of node.querySelectorAll('*')) {
      const name = element.tagName.toLowerCase();
      if (names.includes(name)) counts[name] = (counts[name] || 0) + 1;
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return counts;
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """The size of a screen, and whether it is a dark room."""

    name: str
    width: int
    height: int
    dark: bool = False
    scale: float = 1.0


# a tall window instead of a shot of the full page, which catches charts half drawn
DESKTOP = Format(name="desktop", width=1280, height=900)
DESKTOP_DARK = Format(name="desktop-dark", width=1280, height=900, dark=True)
PHONE = Format(name="phone", width=390, height=1300)
PHONE_DARK = Format(name="phone-dark", width=390, height=1300, dark=True)
FORMATS = (DESKTOP, DESKTOP_DARK, PHONE, PHONE_DARK)


def find_chromium() -> Path | None:
    """Return a Chromium of this machine: the one named, a provisioned one, PATH's."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    cache = Path(os.environ.get("RN_CACHE") or cache / "reliable-notifications")
    named = os.environ.get("RN_CHROMIUM")
    on_path = (
        shutil.which(n) for n in ("chromium", "chromium-browser", "google-chrome")
    )
    for place in (named, cache / "chromium" / "chromium", *on_path):
        if place and os.access(place, os.X_OK):
            return Path(place)
    return None


@dataclass(slots=True)
class Visit:
    """A logged-in page, and what went wrong in it so far."""

    page: Page
    url: str
    errors: list[str] = field(default_factory=list)

    def open(self, path: str, *, wait_for: str) -> None:
        """Open a page of Home Assistant and wait until an element of it is there."""
        self.page.goto(f"{self.url}{path}")
        self.page.wait_for_selector(wait_for, state="attached", timeout=PAGE_LIMIT_MS)

    def settle(self) -> None:
        """Wait until everything that moves has come to rest."""
        self.page.wait_for_timeout(SETTLE_MS)

    def broken(self) -> list[str]:
        """Return the cards that Home Assistant could not show, and exceptions."""
        found: list[str] = self.page.evaluate(_FIND_BROKEN)
        return [*found, *self.errors]

    def count(self, *names: str) -> dict[str, int]:
        """Count elements by tag, through all shadow roots."""
        counted: dict[str, int] = self.page.evaluate(_COUNT, list(names))
        return counted

    def sees(self, text: str) -> bool:
        """Tell whether a text comes to be shown."""
        shown = self.page.get_by_text(text).filter(visible=True).first
        try:
            shown.wait_for(timeout=TEXT_LIMIT_MS)
        except PageTimeout:
            return False
        return True

    def press(self, text: str, *, menu: str) -> None:
        """Click what carries this text; it may hide in a menu, to be opened first."""
        target = self.page.get_by_text(text, exact=True)
        target.first.wait_for(state="attached")
        visible = target.filter(visible=True)
        if visible.count() == 0:
            self.page.locator(menu, has_text=text).first.click()
        visible.first.click()

    def shoot(self, path: Path) -> None:
        """Save a picture of what is on the screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)


class Chromium:
    """The browser; each visit is a fresh profile."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    def __enter__(self) -> Self:
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(
            executable_path=self._program, args=list(_FLAGS), timeout=PAGE_LIMIT_MS
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._browser is not None:
            self._browser.close()
        if self._playwright is not None:
            self._playwright.stop()

    @contextlib.contextmanager
    def page(self, screen: Format) -> Iterator[Page]:
        """An empty page of its own, that no other has left anything in."""
        if self._browser is None:
            raise RuntimeError("the browser is closed")
        context = self._browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            device_scale_factor=screen.scale,
            color_scheme="dark" if screen.dark else "light",
            locale="en-GB",
            timezone_id="UTC",
        )
        try:
            page = context.new_page()
            page.set_default_timeout(PAGE_LIMIT_MS)
            yield page
        finally:
            context.close()

    @contextlib.contextmanager
    def visit(self, url: str, screen: Format) -> Iterator[Visit]:
        """Log in by the form, as the demo's user."""
        with self.page(screen) as page:
            visit = Visit(page, url)
            page.on("pageerror", lambda error: visit.errors.append(f"page: {error}"))
            page.goto(url)
            page.fill('input[name="username"]', USERNAME)
            page.fill('input[name="password"]', PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_selector("home-assistant-main", state="attached")
            yield visit
