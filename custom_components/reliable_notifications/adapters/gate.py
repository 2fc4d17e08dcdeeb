"""What has to hold before an account is asked to send: leave of its owner, and money.

Whoever has opted out is not sent anything by that channel again, also after a restart,
until a person says otherwise. What costs more than the month allows is not sent before
the next one. Must not decide which channel is tried instead.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
import logging
import sqlite3

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..engine.vocabulary import AttemptResult, Evidence, Price, Trouble
from .database import Database, StorageFailed
from .parcel import NOT_ASKED
from .purse import Expense, Purse, month_start

_LOGGER = logging.getLogger(__name__)

# What proves that a service has not taken a message, so that it costs nothing
_UNPAID = frozenset({Evidence.REFUSED, Evidence.UNREACHABLE})

type Send = Callable[[], Awaitable[AttemptResult]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A message that wants through: by which channel, for whom, at what price.

    `paid` says that it costs something, `price` how much; None: nobody knows, and
    `unpriced` is where it goes. `cap` is what the channel may cost in a month; None: as
    much as it will.
    """

    attempt_id: str
    channel_id: str
    recipient_id: str
    recipient_name: str
    address: str | None
    paid: bool
    price: Price | None
    unpriced: str
    cap: float | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A channel that does not reach somebody, until a person does something."""

    channel_id: str
    recipient_id: str
    recipient_name: str


class Gate:
    """Who may not be sent anything by which channel, and what is spent."""

    def __init__(self, database: Database) -> None:
        """Everything is open before `async_start`."""
        self._database = database
        self.purse = Purse(database)
        self._opted_out: dict[tuple[str, str], Closed] = {}
        self._unverified: dict[tuple[str, str], Closed] = {}
        # the channels that reached their cap: in which month, and which it was
        self._capped: dict[str, tuple[datetime, str]] = {}

    async def async_start(self) -> None:
        """Read what was so before a restart."""
        await self.purse.async_start()
        try:
            rows = await self._database.read(
                lambda connection: connection.execute(
                    "SELECT * FROM opt_out"
                ).fetchall()
            )
        except StorageFailed as failure:
            _LOGGER.warning("Who has opted out cannot be read: %s", failure)
            return
        self._opted_out = {
            (row["channel_id"], row["address"]): Closed(
                row["channel_id"], row["recipient_id"], row["recipient_name"]
            )
            for row in rows
        }

    @property
    def opted_out(self) -> Iterable[Closed]:
        """Who has opted out of what."""
        return tuple(self._opted_out.values())

    @property
    def unverified(self) -> Iterable[Closed]:
        """Whom a service does not send to before their address is proven to it."""
        return tuple(self._unverified.values())

    @callback
    def cap_reached(self, channel_id: str) -> str | None:
        """The cap for which a message was not sent this month, said to people."""
        since, cap = self._capped.get(channel_id, (None, ""))
        return cap if since == self.purse.since else None

    async def async_reopen(self, channel_id: str, recipient_id: str) -> None:
        """Somebody wants messages again. Raises StorageFailed."""
        self._opted_out = {
            key: each
            for key, each in self._opted_out.items()
            if (each.channel_id, each.recipient_id) != (channel_id, recipient_id)
        }
        await self._database.write(
            lambda connection: connection.execute(
                "DELETE FROM opt_out WHERE channel_id = ? AND recipient_id = ?",
                (channel_id, recipient_id),
            )
        )

    async def async_send(self, passage: Passage, send: Send) -> AttemptResult:
        """Let a message through, unless something is against it."""
        if (refused := self.refusal(passage)) is not None:
            return refused
        result = await (self._paid(passage, send) if passage.paid else send())
        await self._learn(passage, result)
        return result

    def refusal(self, passage: Passage) -> AttemptResult | None:
        """What is against it, if anything is."""
        if _key(passage) in self._opted_out:
            return AttemptResult(
                evidence=Evidence.REFUSED,
                detail=f"{NOT_ASKED}: the recipient has opted out",
                trouble=Trouble.OPTED_OUT,
            )
        return self._too_dear(passage) if passage.paid else None

    def _too_dear(self, passage: Passage) -> AttemptResult | None:
        """Why it cannot be afforded, if so."""
        if passage.cap is None:
            return None
        price = passage.price
        if price is None:
            return AttemptResult(
                evidence=Evidence.REFUSED,
                detail=f"{NOT_ASKED}: there is a limit for the month, and nobody knows"
                f" what a message to {passage.unpriced} costs",
                trouble=Trouble.UNPRICED,
            )
        spent = self.purse.spent(passage.channel_id).amount
        if spent + price.amount <= passage.cap:
            self._capped.pop(passage.channel_id, None)
            return None
        limit = f"{passage.cap:.2f} {price.currency}"
        self._capped[passage.channel_id] = (self.purse.since, limit)
        # the message is no news any more by then: it must not wait for that
        return AttemptResult(
            evidence=Evidence.REFUSED,
            detail=f"{NOT_ASKED}: the limit for the month is reached ({limit})",
            trouble=Trouble.USED_UP,
            retry_at=month_start(1).timestamp(),
        )

    async def _paid(self, passage: Passage, send: Send) -> AttemptResult:
        """Send it, and count what it costs, also where it may not have been taken."""
        expense = Expense(
            attempt_id=passage.attempt_id,
            channel_id=passage.channel_id,
            recipient_id=passage.recipient_id,
            price=passage.price,
        )
        await self.purse.async_pay(expense)
        try:
            result = await send()
        except TimeoutError:
            raise  # it may have been taken
        except Exception:
            await self.purse.async_take_back(passage.attempt_id)
            raise
        if result.evidence in _UNPAID:
            await self.purse.async_take_back(passage.attempt_id)
        return result

    async def _learn(self, passage: Passage, result: AttemptResult) -> None:
        """Remember what the service says of this address.

        Not of a code, which is for nobody yet: the form says what became of it.
        """
        if not passage.recipient_id:
            return
        closed = Closed(
            passage.channel_id, passage.recipient_id, passage.recipient_name
        )
        if result.trouble is Trouble.UNVERIFIED:
            self._unverified[_key(passage)] = closed
        elif result.evidence.rung:
            self._unverified.pop(_key(passage), None)
        if result.trouble is Trouble.OPTED_OUT:
            await self.async_close(closed, passage.address or "")

    async def async_close(self, closed: Closed, address: str) -> None:
        """Send nothing there any more by this channel."""
        self._opted_out[closed.channel_id, address] = closed
        row = (
            closed.channel_id,
            address,
            closed.recipient_id,
            closed.recipient_name,
            dt_util.utcnow().timestamp(),
        )

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO opt_out (channel_id, address, recipient_id,"
                " recipient_name, at) VALUES (?, ?, ?, ?, ?)",
                row,
            )

        try:
            await self._database.write(work)
        except StorageFailed as failure:
            _LOGGER.warning("That somebody opted out could not be stored: %s", failure)


def _key(passage: Passage) -> tuple[str, str]:
    return passage.channel_id, passage.address or ""
