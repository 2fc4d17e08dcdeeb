"""What the paid channels have cost this month, message by message.

Each attempt that may have to be paid is a row, written before the call and taken out
again if the service has not taken the message. Totals are kept in memory, so that two
messages at once cannot both have the last coin. Must not decide whether one may be
spent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
import logging
import sqlite3

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.util import dt as dt_util

from ..engine.vocabulary import Price
from .database import Database, StorageFailed

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """What one attempt costs, by which channel and for whom; None: nobody knows."""

    attempt_id: str
    channel_id: str
    recipient_id: str
    price: Price | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a channel has cost since the month began.

    Of the messages, `unpriced` are those of which nobody knows what they cost.
    """

    amount: float = 0.0
    messages: int = 0
    unpriced: int = 0
    recipients: Mapping[str, float] = field(default_factory=dict)


_NOTHING = Spent()

# in the log, of what nobody knows what it costs
_NO_CURRENCY = ""


class Purse:
    """The expenses of the present month."""

    def __init__(self, database: Database) -> None:
        """Nothing is known before `async_start`."""
        self._database = database
        self._month = month_start()
        self._expenses: dict[str, Expense] = {}
        self._listeners: list[CALLBACK_TYPE] = []

    async def async_start(self) -> None:
        """Read what was spent before a restart; an unreadable log counts as nothing."""
        self._month = month_start()
        since = self._month.timestamp()
        try:
            rows = await self._database.read(
                lambda connection: connection.execute(
                    "SELECT * FROM expense WHERE at >= ?", (since,)
                ).fetchall()
            )
        except StorageFailed as failure:
            _LOGGER.warning("What was spent this month cannot be read: %s", failure)
            return
        self._expenses = {row["attempt_id"]: _expense(row) for row in rows}
        self._tell()

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back whenever something was spent, or given back."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @property
    def since(self) -> datetime:
        """When the month began, here."""
        self._turn_the_page()
        return self._month

    def spent(self, channel_id: str) -> Spent:
        """What a channel has cost this month."""
        self._turn_the_page()
        own = [
            each for each in self._expenses.values() if each.channel_id == channel_id
        ]
        if not own:
            return _NOTHING
        recipients: dict[str, float] = {}
        for each in own:
            paid = recipients.get(each.recipient_id, 0.0)
            recipients[each.recipient_id] = paid + _amount(each)
        return Spent(
            amount=sum(recipients.values()),
            messages=len(own),
            unpriced=sum(each.price is None for each in own),
            recipients=recipients,
        )

    async def async_pay(self, expense: Expense) -> None:
        """Count it at once; it is on the disk when this returns, if that takes it."""
        self._turn_the_page()
        self._expenses[expense.attempt_id] = expense
        at = dt_util.utcnow().timestamp()

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO expense (attempt_id, channel_id, recipient_id,"
                " at, amount, currency) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    expense.attempt_id,
                    expense.channel_id,
                    expense.recipient_id,
                    at,
                    _amount(expense),
                    expense.price.currency if expense.price else _NO_CURRENCY,
                ),
            )

        await self._write(work)

    async def async_take_back(self, attempt_id: str) -> None:
        """It was not taken, and costs nothing."""
        self._expenses.pop(attempt_id, None)
        await self._write(
            lambda connection: connection.execute(
                "DELETE FROM expense WHERE attempt_id = ?", (attempt_id,)
            )
        )

    async def _write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        self._tell()
        try:
            await self._database.write(work)
        except StorageFailed as failure:
            # a message must not wait for its bill
            _LOGGER.warning("What a message costs could not be stored: %s", failure)

    def _turn_the_page(self) -> None:
        if (month := month_start()) != self._month:
            self._month = month
            self._expenses.clear()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def month_start(months: int = 0) -> datetime:
    """When the present month began here, or one so many months from it begins."""
    now = dt_util.now()
    months += now.month - 1
    first = now.replace(year=now.year + months // 12, month=months % 12 + 1, day=1)
    return dt_util.start_of_local_day(first)


def _amount(expense: Expense) -> float:
    return expense.price.amount if expense.price else 0.0


def _expense(row: sqlite3.Row) -> Expense:
    price = Price(amount=row["amount"], currency=row["currency"])
    return Expense(
        attempt_id=row["attempt_id"],
        channel_id=row["channel_id"],
        recipient_id=row["recipient_id"],
        price=None if price.currency == _NO_CURRENCY else price,
    )
