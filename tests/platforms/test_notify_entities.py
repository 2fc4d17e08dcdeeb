"""The notify entities: the household, each recipient, and who must not go round."""

from __future__ import annotations

from homeassistant.helpers import device_registry as dr, entity_registry as er

from custom_components.reliable_notifications.channels.notify_entity import NotifyEntity
from custom_components.reliable_notifications.const import DOMAIN

from .home import ACTION, Home


def _anna(home: Home) -> str:
    return next(
        each.subentry_id
        for each in home.entry.subentries.values()
        if each.subentry_type == "recipient"
    )


async def test_a_recipient_is_told_by_the_entity_that_is_called_so(home: Home) -> None:
    entity_id = home.entity("notify", "recipient")
    assert entity_id == "notify.anna"
    await home.hass.services.async_call(
        "notify",
        "send_message",
        {"entity_id": entity_id, "message": "Dinner", "title": "Kitchen"},
        blocking=True,
    )
    await home.settle()
    assert [(c.service, c.data["message"]) for c in home.received] == [
        (ACTION, "Dinner")
    ]


async def test_the_entity_keeps_its_identity_and_goes_with_its_recipient(
    home: Home,
) -> None:
    registry = er.async_get(home.hass)
    entity_id = home.entity("notify", "recipient")
    entity = registry.async_get(entity_id)
    assert entity is not None
    assert entity.unique_id == f"{_anna(home)}_recipient"
    home.hass.config_entries.async_update_subentry(
        home.entry, home.entry.subentries[_anna(home)], title="Anne"
    )
    await home.settle()
    assert registry.async_get(entity_id) is not None
    devices = dr.async_get(home.hass)
    assert entity.device_id is not None
    device = devices.async_get(entity.device_id)
    assert device is not None
    assert device.name == "Anne"
    home.hass.config_entries.async_remove_subentry(home.entry, _anna(home))
    await home.settle()
    assert registry.async_get(entity_id) is None
    assert devices.async_get(entity.device_id) is None


async def test_our_own_entities_cannot_be_chosen_as_a_channel(home: Home) -> None:
    ours = [
        entity.entity_id
        for entity in er.async_entries_for_config_entry(
            er.async_get(home.hass), home.entry.entry_id
        )
        if entity.domain == "notify"
    ]
    assert len(ours) == 3
    offered = {choice.value for choice in NotifyEntity.choices(home.hass)}
    registry = er.async_get(home.hass)
    for entity_id in ours:
        entity = registry.async_get(entity_id)
        assert entity is not None
        assert entity.platform == DOMAIN
        assert not offered & {entity_id, entity.id}
        assert NotifyEntity.problem(home.hass, entity.id) is not None
        assert NotifyEntity.problem(home.hass, entity_id) is not None


async def test_a_role_is_told_while_somebody_has_it(home: Home) -> None:
    anna = home.entry.subentries[_anna(home)]
    bert = home._add(
        "recipient", "Bert", channels=anna.data["channels"], roles=["technician"]
    )
    await home.settle()
    registry = er.async_get(home.hass)
    entity_id = home.entity("notify", "role_technician")
    assert entity_id == "notify.reliable_notifications_technicians"
    await home.hass.services.async_call(
        "notify",
        "send_message",
        {"entity_id": entity_id, "message": "Belt is torn"},
        blocking=True,
    )
    await home.settle()
    log = await home.entry.runtime_data.outbox.records_since(0)
    assert [record.recipient_name for record in log] == ["Bert"]
    home.hass.config_entries.async_remove_subentry(home.entry, bert)
    await home.settle()
    assert registry.async_get(entity_id) is None
    assert home.entity("notify", "role_adult")
