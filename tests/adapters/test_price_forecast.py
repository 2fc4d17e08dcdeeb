"""Prices that entities tell in advance, each integration in its own way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from homeassistant.core import HomeAssistant, State
import pytest

from custom_components.reliable_notifications.adapters.price_forecast import (
    given_prices,
)
from custom_components.reliable_notifications.engine.cycles.prices import Slot

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
AT = NOON.timestamp()
HOUR = 3600.0
TWO_HOURS = [Slot(AT, AT + HOUR, 0.30), Slot(AT + HOUR, AT + 2 * HOUR, 0.25)]


def told(unit: str = "EUR/kWh", **attributes: Any) -> State:
    return State("sensor.tariff", "0.30", {"unit_of_measurement": unit} | attributes)


def test_no_entity_no_unit_no_list_no_prices() -> None:
    assert given_prices(None, "EUR") == []
    assert given_prices(told("kWh", raw_today=[]), "EUR") == []
    assert given_prices(told(friendly_name="Tariff", today=[0.3, 0.2]), "EUR") == []


@pytest.mark.parametrize(
    "attributes",
    [
        # Nord Pool: moments with a zone, today and tomorrow apart
        {
            "raw_today": [
                {"start": NOON, "end": NOON + timedelta(hours=1), "value": 0.30}
            ],
            "raw_tomorrow": [
                {
                    "start": (NOON + timedelta(hours=1)).astimezone(
                        timezone(timedelta(hours=1))
                    ),
                    "end": NOON + timedelta(hours=2),
                    "value": 0.25,
                }
            ],
        },
        # EPEX Spot: texts
        {
            "data": [
                {
                    "start_time": "2026-11-21T12:00:00+00:00",
                    "end_time": "2026-11-21T13:00:00+00:00",
                    "price_per_kwh": 0.30,
                },
                {
                    "start_time": "2026-11-21T13:00:00+00:00",
                    "end_time": "2026-11-21T14:00:00+00:00",
                    "price_per_kwh": 0.25,
                },
            ]
        },
        # ENTSO-e: no ends, in no order
        {
            "prices": [
                {"time": "2026-11-21T13:00:00Z", "price": 0.25},
                {"time": "2026-11-21T12:00:00Z", "price": 0.30},
            ]
        },
        # Octopus
        {
            "rates": (
                {"start": NOON, "end": NOON + timedelta(hours=1), "value_inc_vat": 0.3},
                {
                    "start": NOON + timedelta(hours=1),
                    "end": NOON + timedelta(hours=2),
                    "value_inc_vat": 0.25,
                },
            )
        },
    ],
)
def test_each_integration_has_its_own_words(attributes: dict[str, Any]) -> None:
    assert given_prices(told(**attributes), "EUR") == TWO_HOURS


def test_prices_are_in_the_unit_of_the_entity() -> None:
    entries = [{"start": NOON, "end": NOON + timedelta(hours=1), "value": 30}]
    (slot,) = given_prices(told("ct/kWh", prices=entries), "EUR")
    assert slot.price == pytest.approx(0.30)


def test_a_time_without_a_zone_is_that_of_the_home(hass: HomeAssistant) -> None:
    entries = [{"start": "2026-11-21T12:00:00", "value": 0.3}]
    (slot,) = given_prices(told(prices=entries), "EUR")
    # the home of the tests is in California
    assert slot == Slot(AT + 8 * HOUR, AT + 9 * HOUR, 0.3)


def test_what_makes_no_sense_is_left_alone() -> None:
    entries: list[Any] = [
        {"start": "soon", "value": 0.3},
        {"start": NOON, "value": "cheap"},
        {"start": NOON, "value": float("nan")},
        {"start": NOON, "value": True},
        {"start": NOON, "end": NOON, "value": 0.3},
        {"value": 0.3},
        7,
        None,
    ]
    assert given_prices(told(prices=entries), "EUR") in (
        [],
        [Slot(AT, AT + HOUR, 0.3)],
    )
