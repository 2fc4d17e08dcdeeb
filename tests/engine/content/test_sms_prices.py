"""The prices of parts of text messages: known where somebody who bills them says so."""

from __future__ import annotations

from datetime import date

from custom_components.reliable_notifications.engine.content.sms_prices import (
    AWS_PART_PRICES,
    aws_part_price,
)


def test_a_known_country_has_its_price_and_others_none() -> None:
    assert aws_part_price("US") == 0.00645
    assert aws_part_price("XX") is None
    assert aws_part_price(None) is None


def test_each_price_has_its_day_and_its_source() -> None:
    for country, price in AWS_PART_PRICES.items():
        assert len(country) == 2
        assert 0.0 < price.usd < 1.0
        assert date.fromisoformat(price.as_of).year >= 2026
        assert price.source
