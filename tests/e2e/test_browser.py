"""What a person sees: the dashboard and the forms, in a real browser, on both ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.browser import (
    DESKTOP,
    DESKTOP_DARK,
    PHONE,
    PHONE_DARK,
    Chromium,
    Format,
    Visit,
)
from demo.household import APPLIANCES

from .home import Home
from .stage import Stage

VIEWS = ("overview", "appliances", "messages", "people")
DASHBOARD = "/reliable-notifications"
# older versions have the buttons that add something in the menu of the entry
ENTRY_MENU = "ha-md-button-menu"
CONFIG_PAGE = "/config/integrations/integration/reliable_notifications"


def _look_at_dashboard(visit: Visit, screen: Format, pictures: Path) -> None:
    for view in VIEWS:
        visit.open(f"{DASHBOARD}/{view}", wait_for="hui-sections-view")
        visit.settle()
        visit.shoot(pictures / f"{view}-{screen.name}.png")
        assert visit.broken() == []
        if view == "messages":  # and what became of everything, with the reasons
            assert visit.sees("The dashboard has something to show")
            assert visit.sees("Why?")
            continue
        if view == "people":  # who runs the home sees what everybody wishes
            assert visit.count("hui-entities-card")["hui-entities-card"] >= 3
            assert visit.sees("Quiet hours")
            continue
        shown = visit.count("hui-tile-card", "hui-history-graph-card", "hui-card")
        assert shown["hui-tile-card"] >= len(APPLIANCES), shown
        if view == "appliances":
            for appliance in APPLIANCES:
                assert visit.sees(appliance.name)


def _look_at_forms(visit: Visit, pictures: Path) -> None:
    for form, words in {
        "Add appliance": ("Power sensor", "Kind"),
        "Add channel": ("Inbox",),
        "Add recipient": ("Channels", "Person"),
    }.items():
        # anew each time: not every version closes a dialog on Escape
        visit.open(CONFIG_PAGE, wait_for="ha-config-integration-page")
        visit.press(form, menu=ENTRY_MENU)
        for word in words:
            assert visit.sees(word), f"{form} does not show {word!r}"
        visit.page.wait_for_timeout(300)
        assert visit.broken() == []
        visit.shoot(pictures / f"{form.lower().replace(' ', '-')}.png")


def _write_a_text(visit: Visit, pictures: Path) -> None:
    """Open the settings at the page for texts; look at what is said while typing."""
    visit.open(CONFIG_PAGE, wait_for="ha-config-integration-page")
    page = visit.page
    # a gear in newer versions, a word in older ones
    settings = page.get_by_label("Configure").or_(page.get_by_text("Configure"))
    settings.filter(visible=True).first.click()
    visit.press("Write a text", menu=ENTRY_MENU)
    assert visit.sees("Where you already have a text")
    visit.press("Submit", menu=ENTRY_MENU)  # the first event is chosen already
    assert visit.sees("Preview:")
    assert visit.sees("Washing machine started")  # our own title
    page.locator(".cm-content").filter(visible=True).last.click()
    for name, typed, seen in (
        ("right", "{{ appliance }} hums", "Washing machine hums"),
        ("wrong", "{{ aplliance }}", "This template fails: UndefinedError"),
    ):
        page.keyboard.insert_text(typed)
        assert visit.sees(seen)
        visit.shoot(pictures / f"write-a-text-{name}.png")
    assert visit.broken() == []


@pytest.fixture(scope="module")
def lived_in(stage: Stage, home: Home) -> Home:
    """A home where something has been told already."""
    sent = stage.run(home.send(message="The dashboard has something to show"))
    intent_id = sent["intents"][0]["intent_id"]
    stage.run(home.until_intent(intent_id, lambda intent: intent.has_arrived))
    return home


@pytest.mark.parametrize(
    "screen",
    [
        DESKTOP,
        PHONE_DARK,
        pytest.param(DESKTOP_DARK, marks=pytest.mark.ha_2025_6),
        pytest.param(PHONE, marks=pytest.mark.ha_2025_6),
    ],
    ids=lambda screen: screen.name,
)
def test_dashboard(
    lived_in: Home, chromium: Chromium, pictures: Path, screen: Format
) -> None:
    with chromium.visit(lived_in.process.url, screen) as visit:
        _look_at_dashboard(visit, screen, pictures)


@pytest.mark.ha_2025_6
def test_forms(home: Home, chromium: Chromium, pictures: Path) -> None:
    with chromium.visit(home.process.url, DESKTOP) as visit:
        _look_at_forms(visit, pictures)


@pytest.mark.ha_2025_6
def test_a_text_is_seen_while_it_is_typed(
    home: Home, chromium: Chromium, pictures: Path
) -> None:
    with chromium.visit(home.process.url, DESKTOP) as visit:
        _write_a_text(visit, pictures)
