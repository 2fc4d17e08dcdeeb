"""Notify actions and entities: what is offered, what is refused, what is proven."""

from __future__ import annotations

from pathlib import Path

from homeassistant.components.notify import (
    DOMAIN as NOTIFY,
    NotifyEntity as HaNotifyEntity,
    NotifyEntityFeature,
)
from homeassistant.core import CoreState, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockEntityPlatform

from custom_components.reliable_notifications.channels.notify_action import (
    NotifyAction,
)
from custom_components.reliable_notifications.channels.notify_entity import (
    NotifyEntity,
)
from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import open_desk


class Letterbox(HaNotifyEntity):
    """A notify entity that keeps what it gets, or raises."""

    def __init__(self, name: str, *, titles: bool = True) -> None:
        self._attr_name = name
        self._attr_unique_id = name
        if titles:
            self._attr_supported_features = NotifyEntityFeature.TITLE
        self.got: list[tuple[str | None, str]] = []
        self.error: Exception | None = None

    async def async_send_message(self, message: str, title: str | None = None) -> None:
        if self.error is not None:
            raise self.error
        self.got.append((title, message))


async def add(hass: HomeAssistant, platform: str, *entities: Letterbox) -> None:
    """Add these entities as those of an integration of this name."""
    await MockEntityPlatform(
        hass, domain=NOTIFY, platform_name=platform
    ).async_add_entities(entities)
    await hass.async_block_till_done()


@pytest.fixture
async def notify(hass: HomeAssistant) -> HomeAssistant:
    assert await async_setup_component(hass, NOTIFY, {})
    return hass


async def nothing(call: ServiceCall) -> None:
    pass


# --- actions ---


async def test_actions_that_lead_to_people_are_offered(notify: HomeAssistant) -> None:
    for name in ("zoe", "mobile_app_pixel", "all_doors", f"{DOMAIN}_household"):
        notify.services.async_register(NOTIFY, name, nothing)

    choices = [(each.value, each.label) for each in NotifyAction.choices(notify)]

    assert choices == [("notify.all_doors", "All doors"), ("notify.zoe", "Zoe")]


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("notify.zoe", None),
        ("notify.nobody", "action_missing"),
        ("notify.send_message", "action_missing"),
        ("notify.persistent_notification", "action_missing"),
        ("light.turn_on", "action_missing"),
        (f"notify.{DOMAIN}_household", "own_channel"),
        (f"{DOMAIN}.send", "own_channel"),
    ],
)
async def test_what_is_wrong_with_an_action(
    notify: HomeAssistant, target: str, problem: str | None
) -> None:
    for name in ("zoe", f"{DOMAIN}_household"):
        notify.services.async_register(NOTIFY, name, nothing)

    assert NotifyAction.problem(notify, target) == problem


async def test_an_action_that_returns_proves_nothing(
    notify: HomeAssistant, tmp_path: Path
) -> None:
    got: list[dict[str, object]] = []

    async def take(call: ServiceCall) -> None:
        got.append(dict(call.data))

    notify.services.async_register(NOTIFY, "zoe", take)
    zoe = NotifyAction(notify, "zoe", "Zoe", "notify.zoe")
    async with open_desk(notify, tmp_path, zoe=zoe) as desk:
        calm = await desk.over(await desk.send("zoe"))
        urgent = await desk.over(await desk.send("zoe", priority=Priority.URGENT))

    assert calm.evidence is urgent.evidence is Evidence.DISPATCHED
    assert calm.proven_at is None
    assert calm.attempts == 1
    assert urgent.attempts == 2  # the last resort as well
    assert got[0] == {"message": "Washing machine finished", "title": "Washing machine"}


async def test_edge_41_an_action_that_leads_back_is_refused_at_run_time(
    notify: HomeAssistant, tmp_path: Path
) -> None:
    calls: list[ServiceCall] = []

    async def take(call: ServiceCall) -> None:
        calls.append(call)

    notify.services.async_register(NOTIFY, DOMAIN, take)
    loop = NotifyAction(notify, "loop", "Loop", f"notify.{DOMAIN}")
    async with open_desk(notify, tmp_path, loop=loop) as desk:
        intent_id = await desk.send("loop")
        await desk.over(intent_id)

        assert (await desk.attempts(intent_id))[0][1] == "refused"
    assert calls == []


# --- entities ---


def registry_id(hass: HomeAssistant, entity_id: str) -> str:
    entry = er.async_get(hass).async_get(entity_id)
    assert entry is not None
    return entry.id


async def test_entities_are_offered_by_what_does_not_change(
    notify: HomeAssistant,
) -> None:
    await add(notify, "letters", Letterbox("Zoe"), Letterbox("Anna"))
    notify.states.async_set("notify.bare", "unknown", {"friendly_name": "Bare"})

    choices = {each.label: each.value for each in NotifyEntity.choices(notify)}

    assert list(choices) == ["Anna", "Bare", "Zoe"]
    assert choices["Bare"] == "notify.bare"
    assert choices["Zoe"] == registry_id(notify, "notify.zoe")
    assert NotifyEntity.problem(notify, choices["Zoe"]) is None
    assert NotifyEntity.problem(notify, "notify.zoe") is None


async def test_what_is_wrong_with_an_entity(notify: HomeAssistant) -> None:
    notify.states.async_set("light.lamp", "on")

    for target in ("notify.nobody", "no such registry id", "light.lamp"):
        assert NotifyEntity.problem(notify, target) == "target_gone"


async def test_edge_41_our_own_entities_and_groups_with_them_lead_back(
    notify: HomeAssistant, tmp_path: Path
) -> None:
    er.async_get(notify).async_get_or_create(
        NOTIFY, DOMAIN, "household", suggested_object_id="household"
    )
    notify.states.async_set("notify.household", "unknown")
    notify.states.async_set(
        "notify.inner", "unknown", {"entity_id": ["notify.household", "notify.outer"]}
    )
    notify.states.async_set(
        "notify.outer", "unknown", {"entity_id": ["notify.inner", "notify.inner"]}
    )
    notify.states.async_set("notify.fine", "unknown", {"entity_id": ["notify.x"]})

    assert [each.value for each in NotifyEntity.choices(notify)] == ["notify.fine"]
    for entity_id in ("notify.household", "notify.inner", "notify.outer"):
        assert NotifyEntity.problem(notify, entity_id) == "own_channel"
    loop = NotifyEntity(notify, "loop", "Loop", "notify.outer")
    async with open_desk(notify, tmp_path, loop=loop) as desk:
        intent_id = await desk.send("loop")
        await desk.over(intent_id)
        assert (await desk.attempts(intent_id))[0][1:] == (
            "refused",
            "The entity would lead back to us",
        )


@pytest.mark.parametrize(
    ("platform", "evidence"),
    [("ntfy", Evidence.ACCEPTED), ("some_speaker", Evidence.DISPATCHED)],
)
async def test_what_a_quiet_return_proves_depends_on_the_platform(
    notify: HomeAssistant, tmp_path: Path, platform: str, evidence: Evidence
) -> None:
    box = Letterbox("Box")
    await add(notify, platform, box)
    channel = NotifyEntity(notify, "box", "Box", registry_id(notify, "notify.box"))

    assert channel.traits.best_evidence is evidence
    async with open_desk(notify, tmp_path, box=channel) as desk:
        record = await desk.over(await desk.send("box"))

    assert record.evidence is evidence
    assert box.got == [("Washing machine", "Washing machine finished")]


async def test_a_title_is_not_lost_where_there_is_no_place_for_it(
    notify: HomeAssistant, tmp_path: Path
) -> None:
    box = Letterbox("Box", titles=False)
    await add(notify, "letters", box)
    channel = NotifyEntity(notify, "box", "Box", "notify.box")
    async with open_desk(notify, tmp_path, box=channel) as desk:
        await desk.over(await desk.send("box"))

    assert box.got == [(None, "Washing machine\nWashing machine finished")]


async def test_an_entity_that_raises_is_unreachable(
    notify: HomeAssistant, tmp_path: Path
) -> None:
    box = Letterbox("Box")
    box.error = HomeAssistantError("server says no")
    await add(notify, "ntfy", box)
    channel = NotifyEntity(notify, "box", "Box", "notify.box")
    async with open_desk(notify, tmp_path, box=channel) as desk:
        intent_id = await desk.send("box")
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)

        assert (await desk.attempts(intent_id))[0] == (
            "box",
            "unreachable",
            "server says no",
        )


async def test_an_unavailable_entity_is_not_called(
    notify: HomeAssistant, tmp_path: Path
) -> None:
    box = Letterbox("Box")
    await add(notify, "ntfy", box)
    box._attr_available = False
    box.async_write_ha_state()
    channel = NotifyEntity(notify, "box", "Box", registry_id(notify, "notify.box"))
    async with open_desk(notify, tmp_path, box=channel) as desk:
        intent_id = await desk.send("box")
        await desk.until(intent_id, lambda each: each.state is IntentState.WAITING)

        assert (await desk.attempts(intent_id))[0][1:] == (
            "unreachable",
            "The entity is unavailable",
        )
    assert box.got == []


@pytest.mark.parametrize(
    ("state", "evidence"),
    [(CoreState.running, "refused"), (CoreState.starting, "unreachable")],
)
async def test_a_missing_entity_is_no_success(
    notify: HomeAssistant, tmp_path: Path, state: CoreState, evidence: str
) -> None:
    channel = NotifyEntity(notify, "box", "Box", "notify.nowhere")
    notify.set_state(state)
    async with open_desk(notify, tmp_path, box=channel) as desk:
        intent_id = await desk.send("box")
        await desk.until(intent_id, lambda each: each.evidence is Evidence.DISPATCHED)

        assert (await desk.attempts(intent_id))[0][1:] == (
            evidence,
            "The entity does not exist",
        )
    notify.set_state(CoreState.running)


async def test_a_renamed_entity_keeps_working(
    notify: HomeAssistant, tmp_path: Path
) -> None:
    box = Letterbox("Box")
    await add(notify, "ntfy", box)
    channel = NotifyEntity(notify, "box", "Box", registry_id(notify, "notify.box"))
    er.async_get(notify).async_update_entity(
        "notify.box", new_entity_id="notify.letterbox"
    )
    await notify.async_block_till_done()
    async with open_desk(notify, tmp_path, box=channel) as desk:
        record = await desk.over(await desk.send("box"))

    assert record.evidence is Evidence.ACCEPTED
    assert len(box.got) == 1
