"""Prices that an entity tells in advance, in its attributes.

There is no standard: each integration has lists of its own (Nord Pool, EPEX Spot,
ENTSO-e, Octopus, Amber and others). What they have in common is that each entry has a
beginning and a price; anything else is left alone.

Must not judge whether the prices fit the one that is shown: the engine does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
import math
from typing import Any

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import State
from homeassistant.util import dt as dt_util

from ..engine.cycles.cost import price_factor
from ..engine.cycles.prices import Slot

# how integrations call the beginning, the end and the price of an entry
_BEGINS = (
    *("start", "start_time", "starts_at", "startsAt", "start_at", "valid_from"),
    *("from", "hour", "time", "datetime", "timestamp"),
)
_ENDS = ("end", "end_time", "ends_at", "endsAt", "end_at", "valid_to", "till", "to")
_PRICES = (
    *("price", "value", "total", "price_per_kwh", "per_kwh", "value_inc_vat"),
    *("electricity_price", "cost", "rate"),
)
# The last entry of a list without ends: no dynamic tariff has longer ones.
_LONGEST_S = 3600.0
# Three days by quarters of an hour: more entries are no tariff.
_MOST = 288


def given_prices(state: State | None, currency: str) -> list[Slot]:
    """Read the prices per kWh that are known in advance; empty where there are none."""
    if state is None:
        return []
    factor = price_factor(state.attributes.get(ATTR_UNIT_OF_MEASUREMENT), currency)
    if factor is None:
        return []
    found: list[Slot] = []
    for value in state.attributes.values():
        if isinstance(value, Sequence) and not isinstance(value, str):
            found += _slots(value[:_MOST], factor)
    return found


def _slots(entries: Iterable[Any], factor: float) -> list[Slot]:
    known = [
        (begin, _moment(entry, _ENDS), price)
        for entry in entries
        if isinstance(entry, Mapping)
        and (begin := _moment(entry, _BEGINS)) is not None
        and (price := _price(entry)) is not None
    ]
    known.sort(key=lambda each: each[0])
    begins = [begin for begin, _, _ in known]
    slots = []
    for (begin, end, price), following in zip(
        known, [*begins[1:], math.inf], strict=False
    ):
        until = min(following, begin + _LONGEST_S) if end is None else end
        if until > begin:
            slots.append(Slot(begin, until, price * factor))
    return slots


def _moment(entry: Mapping[Any, Any], keys: Sequence[str]) -> float | None:
    for key in keys:
        value = entry.get(key)
        if isinstance(value, str):
            value = dt_util.parse_datetime(value)
        if isinstance(value, datetime):
            return dt_util.as_utc(value).timestamp()
    return None


def _price(entry: Mapping[Any, Any]) -> float | None:
    for key in _PRICES:
        value = entry.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value) if math.isfinite(value) else None
    return None
