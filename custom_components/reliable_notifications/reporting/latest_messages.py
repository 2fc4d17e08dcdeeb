"""The latest messages of each recipient, and those that wait: what became of them, why.

Read anew when something has happened; what it says is for people. Must not decide, nor
tell anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
import logging
import re
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..adapters.database import StorageFailed
from ..adapters.decision_log import DecisionLog, Explained
from ..engine.vocabulary import Decision, Evidence, Instant, IntentState
from ..recipients.directory import Directory

_LOGGER = logging.getLogger(__name__)

# Of each kind, those that wait and those that do not: more than one screen of a phone
# is scrolled by nobody, and `explain` knows them all
MOST = 8
# What is older is in the log; a digest comes once a week at the least
LATELY = 7 * 86400.0


class Standing(StrEnum):
    """What became of a message for one recipient, as people see it."""

    HELD = "held"
    ON_ITS_WAY = "on_its_way"
    ACKNOWLEDGED = "acknowledged"
    SEEN = "seen"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    UNVERIFIED = "unverified"
    FAILED = "failed"
    NOT_TOLD = "not_told"
    RESOLVED = "resolved"


_OF_STATE: Mapping[IntentState, Standing] = {
    IntentState.HELD: Standing.HELD,
    IntentState.FAILED: Standing.FAILED,
    IntentState.EXPIRED: Standing.FAILED,
    IntentState.CANCELLED: Standing.NOT_TOLD,
    IntentState.RESOLVED: Standing.RESOLVED,
}
_OF_EVIDENCE: Mapping[Evidence, Standing] = {
    Evidence.ACKNOWLEDGED: Standing.ACKNOWLEDGED,
    Evidence.SEEN: Standing.SEEN,
    Evidence.DELIVERED: Standing.DELIVERED,
    Evidence.ACCEPTED: Standing.ACCEPTED,
}

_OTHER_MESSAGE = re.compile(r", by [0-9A-Z]{26}$")

# A message that was told and may yet be brought to mind waits for nothing
_NOT_TOLD_YET = frozenset({Standing.HELD, Standing.ON_ITS_WAY})

type Words = Callable[[Decision], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """What says a decision: its reasons, and what would have changed it."""

    reasons: Words
    changes: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """One message to one recipient; `until` is when it is looked at again."""

    title: str
    at: Instant
    state: Standing
    waits: bool
    until: Instant | None
    channel: str | None
    why: Sequence[str]
    would_change: Sequence[str]
    intent_id: str

    def as_attribute(self) -> dict[str, Any]:
        """The same as entities show it, its times as templates read them."""
        until = None if self.until is None else _local(self.until)
        told = {"why": list(self.why), "would_change": list(self.would_change)}
        return {**asdict(self), **told, "at": _local(self.at), "until": until}


class LatestMessages:
    """Keeps them current for the entities that show them."""

    def __init__(
        self,
        hass: HomeAssistant,
        log: DecisionLog,
        directory: Directory,
        in_words: InWords,
    ) -> None:
        """Nothing is known yet."""
        self._hass = hass
        self._log = log
        self._directory = directory
        self._in_words = in_words
        self._known: Mapping[str, Sequence[Latest]] = {}
        self._listeners: list[CALLBACK_TYPE] = []
        self._stop: CALLBACK_TYPE | None = None

    async def async_start(
        self, listen: Callable[[CALLBACK_TYPE], CALLBACK_TYPE]
    ) -> None:
        """Read now, and whenever there is news."""
        await self.async_read()
        self._stop = listen(self._news)

    @callback
    def async_stop(self) -> None:
        """Read no more."""
        if self._stop is not None:
            self._stop()

    def of(self, recipient_id: str) -> Sequence[Latest]:
        """The messages of a recipient, the newest first."""
        return self._known.get(recipient_id, ())

    def told(self, recipient_id: str) -> Latest | None:
        """The newest that the recipient may have heard; None where there is none."""
        unheard = (*_NOT_TOLD_YET, Standing.NOT_TOLD, Standing.FAILED)
        heard = (each for each in self.of(recipient_id) if each.state not in unheard)
        return next(heard, None)

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back when they are others; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def _news(self) -> None:
        self._hass.async_create_task(
            self.async_read(), "reliable_notifications reads the latest messages"
        )

    async def async_read(self) -> None:
        """Read them; what cannot be read stays as it was."""
        try:
            found = await self._log.latest(dt_util.utcnow().timestamp() - LATELY, MOST)
        except StorageFailed as failure:
            _LOGGER.info("The latest messages cannot be read: %s", failure)
            return
        known: dict[str, list[Latest]] = {}
        for each in found:
            known.setdefault(each.parcel.recipient_id, []).append(self._shown(each))
        if known != self._known:
            self._known = known
            for listener in tuple(self._listeners):
                listener()

    def _shown(self, found: Explained) -> Latest:
        parcel, delivery = found.parcel, found.parcel.delivery
        decision = found.decisions[-1].decision if found.decisions else None
        why = found.reasons if decision is None else self._in_words.reasons(decision)
        # what was told says by itself where it went
        ended = delivery.state.is_terminal and delivery.state is not IntentState.DONE
        end = _plain(self._directory.named(delivery.reason)) if ended else ""
        standing = _standing(delivery.state, delivery.evidence)
        waits = standing in _NOT_TOLD_YET
        hold = None if decision is None or not waits else decision.hold
        return Latest(
            title=parcel.notification.title or parcel.notification.message,
            at=parcel.created_at,
            state=standing,
            waits=waits,
            until=None if hold is None else hold.until,
            channel=self._directory.name(delivery.channel_id),
            # what it ended with stands first, unless that was a reason before
            why=(*(() if not end or end in why else (end,)), *why),
            would_change=() if decision is None else self._in_words.changes(decision),
            intent_id=delivery.intent_id,
        )


def _local(at: Instant) -> str:
    return dt_util.as_local(dt_util.utc_from_timestamp(at)).isoformat()


def _plain(reason: str) -> str:
    """A reason without the id of another message, which says nothing to people."""
    return _OTHER_MESSAGE.sub("", reason)


def _standing(state: IntentState, evidence: Evidence | None) -> Standing:
    if state in _OF_STATE:
        return _OF_STATE[state]
    if evidence is not None and evidence in _OF_EVIDENCE:
        return _OF_EVIDENCE[evidence]
    return Standing.UNVERIFIED if state is IntentState.DONE else Standing.ON_ITS_WAY
