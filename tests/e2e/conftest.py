"""What the end-to-end tests share: one Home Assistant for all that need no kill.

The long stories (the demo, the kill) start at once and run beside the short tests;
the tests that judge them come last. Tests with the mark `ha_2025_6` run on the oldest
Home Assistant too: the same tests, in its environment.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
import os
from pathlib import Path
import subprocess

import pytest

from demo.browser import Chromium, find_chromium
from demo.process import ROOT
from demo.traces import load

from .crash import CrashReport, crash_story
from .home import Home
from .stage import Stage

# what is judged only after a long story, and what looks at all that went before
_LAST = ("test_own_words", "test_crash", "test_demo", "test_log")
# enough of a boil to be a cycle; its finish comes while the tests still run
KETTLE_LAST_S = 30.0


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Put the waiting tests last; refuse a set-up that forbids sockets."""
    items.sort(
        key=lambda item: next(
            (n for n, name in enumerate(_LAST, 1) if name in item.nodeid), 0
        )
    )
    if config.pluginmanager.hasplugin("homeassistant"):
        forbidden = pytest.mark.skip(reason="run tests/e2e with -p no:homeassistant")
        for item in items:
            if item.path.is_relative_to(Path(__file__).parent):
                item.add_marker(forbidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRun:
    """A demonstration that is going on, and what it has printed."""

    process: subprocess.Popen[bytes]
    output: Path


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoRun]:
    """`./scripts/demo --once`, as a newcomer calls it."""
    output = tmp_path_factory.mktemp("demo") / "output"
    with output.open("wb") as stream:
        demo = subprocess.Popen(
            [str(ROOT / "scripts" / "demo"), "--once"],
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        yield DemoRun(process=demo, output=output)
        if demo.poll() is None:
            demo.terminate()
            demo.wait(60)


@pytest.fixture(scope="session")
def crash(
    stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Future[CrashReport]]:
    """The story with the kill, going on in the background."""
    story = stage.begin(crash_story(tmp_path_factory.mktemp("crash") / "config"))
    yield story
    story.cancel()


@pytest.fixture(scope="session", autouse=True)
def _long_stories_first(request: pytest.FixtureRequest) -> None:
    wanted = {name for item in request.session.items for name in _fixtures(item)}
    for name in ("demonstration", "crash"):
        if name in wanted:
            request.getfixturevalue(name)


def _fixtures(item: pytest.Item) -> list[str]:
    return list(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def home(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The Home Assistant of this environment, everything set up."""
    folder = tmp_path_factory.mktemp("home") / "config"
    home = stage.run(Home.move_in(folder, shipped_files=True))
    kettle = load("kettle_599771")
    kettle = kettle.part(kettle.end - KETTLE_LAST_S, kettle.end + 600)
    stage.begin(home.plug("kettle").play(kettle))
    yield home
    assert stage.run(home.move_out()) == 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    program = find_chromium()
    if program is None:
        missing = "NO BROWSER TESTS: no Chromium here, run ./scripts/setup --browser"
        if _is_wanted("RN_REQUIRE_BROWSER") or _is_wanted("REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    with Chromium(program) as browser:
        yield browser


def _is_wanted(name: str) -> bool:
    return os.environ.get(name, "") not in ("", "0")


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: RN_SCREENSHOTS, else a folder that pytest cleans up."""
    named = os.environ.get("RN_SCREENSHOTS")
    return Path(named) if named else tmp_path_factory.mktemp("screenshots")
