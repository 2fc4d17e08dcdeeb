"""Somebody says what was wrong with a message: kept, answered with a proposal."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.components.repairs.issue_handler import RepairsFlowManager
from homeassistant.core import Context, Event, callback
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.reliable_notifications.adapters.database import StorageFailed
from custom_components.reliable_notifications.compat import vol
from custom_components.reliable_notifications.const import DOMAIN, EVENT_PREFIX

from .home import Home
from .test_sending import act, add_ben, subentry


async def _told(home: Home, **data: Any) -> str:
    answer = await act(home, "send", message="Hello", **data)
    return str(answer["intents"][0]["intent_id"])


def _rules(home: Home) -> list[dict[str, Any]]:
    return [
        dict(each.data)
        for each in home.entry.subentries.values()
        if each.subentry_type == "rule"
    ]


async def test_too_loud_proposes_a_softer_rule_and_makes_it_if_wanted(
    home: Home,
) -> None:
    heard: list[dict[str, Any]] = []

    @callback
    def hear(event: Event[Any]) -> None:
        heard.append(dict(event.data))

    home.hass.bus.async_listen(f"{EVENT_PREFIX}feedback", hear)
    intent_id = await _told(home, event="doorbell")
    asked = await act(home, "feedback", intent_id=intent_id, complaint="too_loud")
    assert asked["applied"] is False
    assert asked["proposal"]["kind"] == "rule"
    assert asked["proposal"]["then"] == {"priority": "low"}
    assert _rules(home) == []
    assert [(each["complaint"], each["recipient"]) for each in heard] == [
        ("too_loud", "Anna")
    ]
    (parcel,) = await home.entry.runtime_data.outbox.load([intent_id])
    assert parcel.delivery.evidence.value == "seen"  # who complains has seen it
    for _ in range(2):  # a second tap makes no second rule
        made = await act(
            home, "feedback", intent_id=intent_id, complaint="too_loud", apply=True
        )
        assert made["applied"] is True
    assert len(_rules(home)) == 1
    again = await act(home, "explain", message="Hello", event="doorbell")
    assert again["decisions"][0]["priority"] == "low"
    assert again["decisions"][0]["rules"] == ["Anna: doorbell, too loud"]


async def test_the_wrong_person_is_left_out_from_now_on(home: Home) -> None:
    await add_ben(home)
    intent_id = await _told(home, event="doorbell", recipients=["Anna", "Ben"])
    made = await act(
        home, "feedback", intent_id=intent_id, complaint="wrong_person", apply=True
    )
    assert made["applied"] is True
    answer = await act(home, "send", message="Again", event="doorbell")
    assert [each["recipient"] for each in answer["intents"]] == ["Ben"]


async def test_who_is_alone_opts_out_of_the_category(home: Home) -> None:
    intent_id = await _told(home, category="reward")
    made = await act(
        home, "feedback", intent_id=intent_id, complaint="wrong_person", apply=True
    )
    assert made["proposal"] == {"kind": "wish", "opts_out_of": "reward"}
    answer = await act(home, "send", message="Again", category="reward")
    assert [each["outcome"] for each in answer["intents"]] == ["drop"]


async def test_an_alarm_is_not_made_softer_by_a_tap(home: Home) -> None:
    intent_id = await _told(home, priority="urgent")
    await add_ben(home)
    for complaint in ("too_loud", "too_late", "wrong_person"):
        answer = await act(
            home, "feedback", intent_id=intent_id, complaint=complaint, apply=True
        )
        assert answer == {"proposal": None, "applied": False, "asked": False}


async def test_who_is_wrong_for_the_leisurely_still_hears_the_alarm(home: Home) -> None:
    """The rule names the event, and that would let it take hold of what is urgent."""
    await add_ben(home)
    intent_id = await _told(home, event="smoke", recipients=["Anna", "Ben"])
    await act(
        home, "feedback", intent_id=intent_id, complaint="wrong_person", apply=True
    )
    loud = await act(home, "send", message="Smoke!", event="smoke", priority="urgent")
    assert [each["outcome"] for each in loud["intents"]] == ["deliver"] * 2
    assert {each["recipient"] for each in loud["intents"]} == {"Anna", "Ben"}


async def test_nothing_becomes_an_alarm_by_a_tap(home: Home) -> None:
    intent_id = await _told(home, priority="high")
    answer = await act(
        home, "feedback", intent_id=intent_id, complaint="too_late", apply=True
    )
    assert answer == {"proposal": None, "applied": False, "asked": False}


async def test_a_second_complaint_changes_the_same_rule(home: Home) -> None:
    """Of two rules about the same only the first would be heard."""
    for complaint, priority in (("too_late", "high"), ("too_loud", "medium")):
        intent_id = await _told(home, event="doorbell")
        made = await act(
            home, "feedback", intent_id=intent_id, complaint=complaint, apply=True
        )
        assert made["applied"] is True
        (rule,) = _rules(home)
        assert rule["then"] == {"priority": priority}
    await act(home, "send", message="Hello", event="doorbell")


async def _as(
    home: Home, user: MockUser, intent_id: str, complaint: str
) -> dict[str, Any]:
    answer = await home.hass.services.async_call(
        DOMAIN,
        "feedback",
        {"intent_id": intent_id, "complaint": complaint, "apply": True},
        blocking=True,
        return_response=True,
        context=Context(user_id=user.id),
    )
    await home.settle()
    assert answer is not None
    return dict(answer)


def _hints(home: Home) -> dict[str, ir.IssueEntry]:
    return {
        issue_id: issue
        for (domain, issue_id), issue in ir.async_get(home.hass).issues.items()
        if domain == DOMAIN and issue_id.startswith("change_")
    }


async def _confirm(home: Home, issue_id: str) -> Any:
    """Through the real repairs, as an administrator does it."""
    await async_setup_component(home.hass, REPAIRS, {})
    flows: RepairsFlowManager = home.hass.data[REPAIRS]["flow_manager"]
    page = await flows.async_init(DOMAIN, data={"issue_id": issue_id})
    assert (page["type"], page["step_id"]) == (FlowResultType.FORM, "confirm")
    assert page["description_placeholders"] is not None
    done = await flows.async_configure(page["flow_id"], {})
    await home.settle()
    return done


async def test_a_rule_needs_an_administrator(home: Home) -> None:
    ben = MockUser(name="Ben").add_to_hass(home.hass)
    boss = MockUser(name="Boss", is_owner=True).add_to_hass(home.hass)
    intent_id = await _told(home, event="doorbell")
    for _ in range(2):
        asked = await _as(home, ben, intent_id, "too_loud")
        assert (asked["applied"], asked["asked"]) == (False, True)
        assert asked["proposal"]["then"] == {"priority": "low"}
    assert _rules(home) == []
    ((issue_id, hint),) = _hints(home).items()  # who asks twice asks once
    assert hint.is_fixable
    assert hint.is_persistent
    assert hint.translation_key == "change_softer"
    assert hint.translation_placeholders == {
        "recipient": "Anna",
        "message": "Hello",
        "event": "doorbell",
        "was": "Medium",
        "now": "Low",
    }
    # the hint outlasts a new start, and is confirmed then
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.settle()
    done = await _confirm(home, issue_id)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert [each["then"] for each in _rules(home)] == [{"priority": "low"}]
    assert _hints(home) == {}
    # who runs the home need not ask
    other = await _told(home, event="gate")
    made = await _as(home, boss, other, "too_loud")
    assert (made["applied"], made["asked"]) == (True, False)
    assert len(_rules(home)) == 2


async def test_ones_own_wish_is_changed_at_once_that_of_others_is_asked_for(
    home: Home,
) -> None:
    anna = MockUser(name="Anna").add_to_hass(home.hass)
    ben = MockUser(name="Ben").add_to_hass(home.hass)
    home.hass.states.async_set("person.anna", "home", {"user_id": anna.id})
    entry = home.entry
    person = entry.subentries[subentry(home, "Anna")]
    home.hass.config_entries.async_update_subentry(
        entry,
        person,
        data=MappingProxyType({**person.data, "person": "person.anna"}),
    )
    await home.settle()
    reward = await _told(home, category="reward")
    asked = await _as(home, ben, reward, "wrong_person")
    assert (asked["applied"], asked["asked"]) == (False, True)
    ((_, hint),) = _hints(home).items()
    assert hint.translation_key == "change_opt_out"
    assert hint.translation_placeholders == {
        "recipient": "Anna",
        "message": "Hello",
        "was": "Medium",
        "category": "Rewards",
    }
    made = await _as(home, anna, reward, "wrong_person")
    assert (made["applied"], made["asked"]) == (True, False)
    assert _hints(home) == {}  # nobody need confirm any more what is done
    answer = await act(home, "send", message="Again", category="reward")
    assert [each["outcome"] for each in answer["intents"]] == ["drop"]


async def test_whom_names_the_others_and_needs_its_recipient(home: Home) -> None:
    ben = MockUser(name="Ben").add_to_hass(home.hass)
    await add_ben(home)
    intent_id = await _told(home, event="doorbell", recipients=["Anna", "Ben"])
    await _as(home, ben, intent_id, "wrong_person")
    ((_, hint),) = _hints(home).items()
    assert hint.translation_key == "change_whom"
    assert hint.translation_placeholders is not None
    assert hint.translation_placeholders["others"] == "Ben"
    alone = await _told(home, category="reward", recipients=["Ben"])
    await _as(home, ben, alone, "wrong_person")
    (issue_id,) = (each for each in _hints(home) if "wish" in each)
    home.hass.config_entries.async_remove_subentry(home.entry, subentry(home, "Ben"))
    await home.settle()
    done = await _confirm(home, issue_id)
    assert (done["type"], done["reason"]) == (FlowResultType.ABORT, "not_there")


async def _press(home: Home, key: str, user: MockUser) -> None:
    await home.hass.services.async_call(
        "button",
        "press",
        {"entity_id": home.entity("button", key)},
        blocking=True,
        context=Context(user_id=user.id),
    )
    await home.settle()


async def test_the_dashboard_takes_complaints_about_the_latest_message(
    home: Home,
) -> None:
    """One's own; a rule is read in the hint before it is made, also by the boss."""
    ben = MockUser(name="Ben").add_to_hass(home.hass)
    ben.mock_policy({"entities": True})
    boss = MockUser(name="Boss", is_owner=True).add_to_hass(home.hass)
    with pytest.raises(ServiceValidationError) as refused:
        await _press(home, "too_loud", boss)
    assert refused.value.translation_key == "nothing_told_yet"
    await _told(home, event="doorbell")
    await home.wait(70, 10)
    await act(home, "pause", minutes=30)
    await _told(home, event="gate")  # that waits, and was no trouble yet
    await home.wait(10)
    with pytest.raises(ServiceValidationError) as refused:
        await _press(home, "too_loud", ben)
    assert refused.value.translation_key == "not_your_wishes"
    await _press(home, "too_loud", boss)
    assert _rules(home) == []
    ((_, hint),) = _hints(home).items()
    assert hint.translation_placeholders is not None
    assert hint.translation_placeholders["event"] == "doorbell"
    await _told(home, priority="urgent")
    await home.wait(70, 10)
    with pytest.raises(ServiceValidationError) as refused:
        await _press(home, "too_loud", boss)
    assert refused.value.translation_key == "nothing_to_change"


async def test_a_disk_that_refuses_a_complaint_is_said(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss = MockUser(name="Boss", is_owner=True).add_to_hass(home.hass)
    await _told(home, event="doorbell")
    await home.wait(70, 10)

    async def full(**_: object) -> None:
        raise StorageFailed("broken")

    monkeypatch.setattr(home.entry.runtime_data.decision_log, "explained", full)
    with pytest.raises(HomeAssistantError) as refused:
        await _press(home, "too_loud", boss)
    assert refused.value.translation_key == "storage_failed"


async def test_what_is_asked_for_goes_with_the_integration(home: Home) -> None:
    ben = MockUser(name="Ben").add_to_hass(home.hass)
    await _as(home, ben, await _told(home, event="doorbell"), "too_loud")
    assert len(_hints(home)) == 1
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.hass.async_block_till_done()
    assert _hints(home) == {}


async def test_bad_input_says_what_is_wrong(home: Home) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await act(home, "feedback", intent_id="nothing", complaint="too_loud")
    assert refused.value.translation_key == "nothing_known_of_it"
    with pytest.raises(vol.Invalid):
        await act(home, "feedback", intent_id="nothing", complaint="too_long")
