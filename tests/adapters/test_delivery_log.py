"""The log as it is counted says of each intent what the outbox says."""

from __future__ import annotations

from pathlib import Path

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError

from custom_components.reliable_notifications.adapters.delivery_log import DeliveryLog
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentState,
    Priority,
)
from tests.adapters.delivering import action, open_desk


async def test_it_says_what_the_outbox_says(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    async def take(call: ServiceCall) -> None:
        if "lost" in call.data["message"]:
            raise HomeAssistantError("no network")

    async with open_desk(hass, tmp_path, phone=action(hass, "phone", take)) as desk:
        log = DeliveryLog(desk.database)
        for message in ("first", "second"):
            await desk.over(await desk.send("phone", message=message))
        failing = await desk.send("phone", message="lost", priority=Priority.LOW)
        await desk.until(failing, lambda each: each.evidence is Evidence.DISPATCHED)
        waiting = await desk.store("phone", message="waits")

        records = await log.records_since(0.0)

        assert [each.state for each in records[:2]] == [IntentState.DONE] * 2
        assert records[-1].intent_id == waiting
        assert records == [await desk.record(each.intent_id) for each in records]
        # the open ones belong to it, however old they are
        later = {each.intent_id for each in await log.records_since(9e9)}
        assert later == {each.intent_id for each in records if each.finished_at is None}
        assert waiting in later
