"""What a part of a text message costs, as far as somebody who bills it says so.

A table of data, with the day and the source of each row: prices change, and carriers
add to them. A country that is not here has the price that the household fills in. Must
not guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPrice:
    """The price of a part to one country, in US dollars, without a carrier's fee.

    `as_of` is the day of the source, as in ISO 8601.
    """

    usd: float
    as_of: str
    source: str


# by the two letters of the country (ISO 3166)
AWS_PART_PRICES: Mapping[str, PartPrice] = {
    "US": PartPrice(
        usd=0.00645,
        as_of="2026-11-21",
        source="AWS's own sample of a delivery log (delivery reference 9.3)",
    ),
}


def aws_part_price(country: str | None) -> float | None:
    """What Amazon takes for a part to a country; None where we do not know."""
    known = AWS_PART_PRICES.get(country or "")
    return known.usd if known else None
