"""More than *OK*: what a phone offers after a tap, and what comes of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.components.repairs.issue_handler import RepairsFlowManager
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest

from custom_components.reliable_notifications.const import DOMAIN

from .test_emptied_by_phone import Phoned, laundry  # noqa: F401 - a fixture
from .test_sending import act, subentry

COMPLAINTS = ["Wrong person", "Too late", "Too loud"]


def said(place: Phoned) -> str:
    """What stands on the phone now."""
    told = [each for each in place.push.got if each["message"] != "clear_notification"]
    return str(told[-1]["message"])


def rules(place: Phoned) -> list[dict[str, Any]]:
    return [
        dict(each.data)
        for each in place.entry.subentries.values()
        if each.subentry_type == "rule"
    ]


def hints(place: Phoned) -> dict[str, ir.IssueEntry]:
    return {
        issue_id: issue
        for (domain, issue_id), issue in ir.async_get(place.hass).issues.items()
        if domain == DOMAIN and issue_id.startswith("change_")
    }


async def _speak(place: Phoned, language: str) -> None:
    anna = place.entry.subentries[subentry(place, "Anna")]
    place.hass.config_entries.async_update_subentry(
        place.entry,
        anna,
        data=MappingProxyType({**anna.data, "language": language}),
    )
    await place.settle()


async def test_too_loud_is_asked_for_and_confirmed_in_the_repairs(
    phoned: Phoned,
) -> None:
    await act(phoned, "send", message="Ding", event="doorbell")
    await phoned.tap(phoned.offered()["More"])
    assert list(phoned.offered()) == ["Tomorrow", "What was wrong?"]
    assert said(phoned) == "Ding"
    await phoned.tap(phoned.offered()["What was wrong?"])
    assert list(phoned.offered()) == COMPLAINTS
    await phoned.tap(phoned.offered()["Too loud"])
    assert said(phoned).startswith("Noted. An administrator can confirm")
    # whoever owns the phone: nobody has read yet what would be changed
    assert rules(phoned) == []
    ((issue_id, hint),) = hints(phoned).items()
    assert hint.translation_placeholders is not None
    assert hint.translation_placeholders["was"] == "Medium"
    assert hint.translation_placeholders["now"] == "Low"

    await async_setup_component(phoned.hass, REPAIRS, {})
    flows: RepairsFlowManager = phoned.hass.data[REPAIRS]["flow_manager"]
    page = await flows.async_init(DOMAIN, data={"issue_id": issue_id})
    done = await flows.async_configure(page["flow_id"], {})
    await phoned.settle()
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert [each["then"] for each in rules(phoned)] == [{"priority": "low"}]


async def test_ones_own_wish_is_changed_at_once_in_ones_own_language(
    phoned: Phoned,
) -> None:
    await _speak(phoned, "de")
    await act(phoned, "send", message="Punkte", category="reward")
    await phoned.tap(phoned.offered()["Mehr"])
    await phoned.tap(phoned.offered()["Was war falsch?"])
    await phoned.tap(phoned.offered()["Falsche Person"])
    assert said(phoned).startswith("Zu diesem Thema kommt nichts mehr.")
    assert hints(phoned) == {}
    answer = await act(phoned, "send", message="Punkte", category="reward")
    assert [each["outcome"] for each in answer["intents"]] == ["drop"]


async def test_later_can_be_made_longer(phoned: Phoned) -> None:
    await act(phoned, "send", message="Filter is full")
    await phoned.tap(phoned.offered()["In 15 minutes"])
    assert said(phoned).startswith("You will be told again: ")
    assert list(phoned.offered()) == ["Tomorrow", "What was wrong?"]
    await phoned.tap(phoned.offered()["Tomorrow"])
    pushes = len(phoned.push.got)
    await phoned.wait(3600, 600)
    assert len(phoned.push.got) == pushes
    await phoned.wait(24 * 3600, 1800)
    assert said(phoned) == "Filter is full"


async def test_nothing_more_until_it_is_emptied(laundry: Phoned) -> None:  # noqa: F811
    await laundry.wash()
    await laundry.tap(laundry.offered()["In 15 minutes"])
    choices = ["Tomorrow", "Until emptied", "What was wrong?"]
    assert list(laundry.offered()) == choices
    await laundry.tap(laundry.offered()["Until emptied"])
    assert said(laundry) == "You will hear no more of it until it is emptied."
    pushes = len(laundry.push.got)
    await laundry.wait(2 * 3600, step=600)  # there were reminders
    assert len(laundry.push.got) == pushes
    recipients = laundry.entry.runtime_data.pipeline.directory.recipients
    (anna,) = recipients.values()
    assert len(anna.preferences.snoozes) == 1


@pytest.mark.parametrize("intent_id", ["of years ago", ""])
async def test_a_tap_under_a_forgotten_message_does_nothing(
    phoned: Phoned, intent_id: str
) -> None:
    pushes = len(phoned.push.got)
    for verb in ("MORE", "TOO_LOUD", "UNTIL_TOMORROW", "UNTIL_EMPTIED"):
        await phoned.tap(f"RN_{verb}_{intent_id}")
    assert len(phoned.push.got) == pushes
    assert hints(phoned) == {}
