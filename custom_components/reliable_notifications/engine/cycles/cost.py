"""What a cycle costs, at the price of each moment.

Energy is priced as it is used, so a tariff that changes within a cycle is right.
Energy that was used while no price was known waits for the next one, for as long as a
tariff holds; what waited longer has no price, and then the cycle has none: no number
is better than a wrong one.

Must not measure energy, and must not know entities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .snapshot import NEVER, Json, SnapshotError, pack, unpack

# The slowest of the dynamic tariffs changes each hour.
PRICE_HOLDS_S = 3600.0
# A cost that lacks this share of the energy is off by less than meters are.
MOST_UNPRICED = 0.02

_PER_KWH: Mapping[str, float] = {"wh": 1000.0, "kwh": 1.0, "mwh": 0.001}
# hundredths of a currency, as people write them in units
_HUNDREDTHS = frozenset({"c", "¢", "cent", "cents", "ct", "ore", "p", "pence", "øre"})
_HUNDREDTHS_TOO = frozenset({"öre", "gr", "rp", "haléř", "hal"})


def price_factor(unit: str | None, currency: str) -> float | None:
    """What makes a price per kWh in the currency of a number in this unit.

    None if the unit is no price of energy, or one in another currency.
    """
    money, slash, energy = (unit or "").strip().casefold().partition("/")
    per_kwh = _PER_KWH.get(energy.strip())
    money = money.strip()
    if not slash or not money or per_kwh is None:
        return None
    if money in _HUNDREDTHS | _HUNDREDTHS_TOO:
        return per_kwh / 100.0
    is_code = len(money) == 3 and money.isascii() and money.isalpha()
    if is_code and money != currency.casefold():
        return None
    return per_kwh


@dataclass(slots=True, kw_only=True)
class _Spent:
    """What was spent in one cycle so far."""

    money: float = 0.0
    # energy up to here has a price, or never gets one
    settled_wh: float = 0.0
    unpriced_wh: float = 0.0
    # the last instant at which everything had a price
    settled_at: float = NEVER


class CostMeter:
    """The cost of one cycle, from its energy and the price now."""

    __slots__ = ("_price", "_spent")

    def __init__(self) -> None:
        """Begin without a price."""
        self._price: float | None = None
        self._spent = _Spent()

    def begin(self, started_at: Instant) -> None:
        """Begin anew with a cycle."""
        self._spent = _Spent(settled_at=started_at)

    def price(self, price: float | None, wh: float, now: Instant) -> None:
        """Take a new price; what was used before it has the price before it."""
        self.use(wh, now)
        waited = self._price is None
        self._price = price
        if waited and price is not None and self._spent.settled_at != NEVER:
            if now - self._spent.settled_at > PRICE_HOLDS_S:
                self._spent.unpriced_wh += wh - self._spent.settled_wh
                self._spent.settled_wh = wh
            self.use(wh, now)

    def use(self, wh: float, now: Instant) -> None:
        """Take the energy of the cycle so far; a correction downwards is paid back."""
        spent = self._spent
        if self._price is not None and spent.settled_at != NEVER:
            spent.money += (wh - spent.settled_wh) / 1000.0 * self._price
            spent.settled_wh, spent.settled_at = wh, now

    def cost(self, wh: float) -> float | None:
        """What this much energy of the cycle has cost; None if that is not known."""
        spent = self._spent
        if spent.settled_at == NEVER:
            return None
        lacking = abs(spent.unpriced_wh) + abs(wh - spent.settled_wh)
        return None if lacking > MOST_UNPRICED * wh else spent.money

    def snapshot(self) -> dict[str, Json]:
        """Everything but the price, which is asked for anew."""
        return pack(self._spent)

    def restore(self, snapshot: Json) -> None:
        """Take up what was written down; what is not ours is left alone."""
        try:
            self._spent = unpack(_Spent, snapshot)
        except SnapshotError:
            return
