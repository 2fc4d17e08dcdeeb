"""What the hub's sensors say about deliveries."""

from __future__ import annotations

from homeassistant.const import STATE_UNKNOWN

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.metrics.catalogue import METRICS

from .home import Home


async def test_every_metric_has_a_sensor_and_none_makes_a_number_up(home: Home) -> None:
    values = {metric.key: home.value("sensor", metric.key) for metric in METRICS}
    assert values["delivery_success_rate"] == STATE_UNKNOWN
    assert values["average_latency"] == STATE_UNKNOWN
    assert values["detection_delay"] == STATE_UNKNOWN
    assert float(values["intents_open"]) == 0


async def test_a_proven_message_counts_as_success_with_its_latency(home: Home) -> None:
    await home.hass.services.async_call(
        DOMAIN, "send", {"message": "Hello", "priority": "high"}, blocking=True
    )
    await home.settle()
    await home.wait(2, 1)
    assert float(home.value("sensor", "delivery_success_rate")) == 100
    assert float(home.value("sensor", "average_latency")) < 1
    # one sample makes no percentile
    assert home.value("sensor", "latency_p95") == STATE_UNKNOWN
    last = home.hass.states.get(home.entity("sensor", "last_notification"))
    assert last is not None
    assert last.attributes["evidence"] == "accepted"
    assert last.attributes["recipients"] == "Anna"


async def test_a_dispatched_message_is_unverified_and_no_success(home: Home) -> None:
    await home.hass.services.async_call(
        DOMAIN, "send", {"message": "Hello", "priority": "medium"}, blocking=True
    )
    await home.settle()
    await home.wait(2, 1)
    assert len(home.received) == 1
    assert float(home.value("sensor", "unverified")) == 1
    assert home.value("sensor", "delivery_success_rate") in ("0", "0.0", STATE_UNKNOWN)
    assert home.happened == []


async def test_the_delay_of_the_announcement_is_measured(home: Home) -> None:
    await home.boil()
    await home.wait(2, 1)
    finish = next(data for word, data in home.happened if word == "cycle_finished")
    assert finish["ended_at"] == "2026-11-21T07:03:01+00:00"
    assert 0 < float(home.value("sensor", "detection_delay")) <= 120


async def test_uptime_counts_the_minutes(home: Home) -> None:
    await home.wait(600, 60)
    assert float(home.value("sensor", "uptime")) == 100


async def test_an_answer_is_counted_with_its_time(home: Home) -> None:
    assert home.value("sensor", "acknowledgement_rate") == STATE_UNKNOWN
    told = await home.hass.services.async_call(
        DOMAIN,
        "send",
        {"message": "Water", "priority": "urgent"},
        blocking=True,
        return_response=True,
    )
    assert told is not None
    await home.wait(30, 10)
    assert home.value("sensor", "acknowledgement_rate") == STATE_UNKNOWN
    await home.hass.services.async_call(
        DOMAIN,
        "acknowledge",
        {"notification_id": told["notification_id"]},
        blocking=True,
    )
    await home.wait(2, 1)
    assert float(home.value("sensor", "acknowledgement_rate")) == 100
    assert float(home.value("sensor", "acknowledgement_latency")) == 30
    score = home.hass.states.get(home.entity("sensor", "compliance_score"))
    assert score is not None
    assert score.attributes["acknowledgement"] == 100


async def test_what_was_over_first_needs_no_answer(home: Home) -> None:
    await home.hass.services.async_call(
        DOMAIN,
        "send",
        {"message": "Water", "priority": "urgent", "incident": "leak"},
        blocking=True,
    )
    await home.settle()
    await home.hass.services.async_call(
        DOMAIN, "resolve", {"incident": "leak"}, blocking=True
    )
    await home.wait(2, 1)
    assert home.value("sensor", "acknowledgement_rate") == STATE_UNKNOWN
