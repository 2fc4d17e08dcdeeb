"""Does what people say to Assist, and finds the words for the answer.

Which message is meant is never said: it is what waits for an answer, or else what was
told last. Must not know how a sentence was understood: `intent` and `sentences` do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..adapters.database import StorageFailed
from ..adapters.outbox import Outbox
from ..adapters.parcel import Parcel
from ..appliances.appliance import ApplianceWatch
from ..engine.content.voice import Voice, voice
from ..engine.vocabulary import EmptiedBy, Evidence, IntentState, Priority
from .inbox import Inbox
from .responses import Responses
from .snoozing import USUAL, Snoozing

# Seconds for which people speak of *the message* without saying which: who comes home
# to an older one looks it up
RECENT = 3600.0

# More than these are no answer that anybody listens to
_MOST_TITLES = 5

# Longest that a sentence puts a message off, in minutes: a day, as for the action
LONGEST_SNOOZE = 1440

# ends after which nobody needs the message any more
_NEEDLESS = frozenset({IntentState.CANCELLED, IntentState.RESOLVED})

type Told = Sequence[Parcel]


class Assist:
    """What can be said; each returns a sentence, in the language of who speaks."""

    def __init__(
        self,
        hass: HomeAssistant,
        outbox: Outbox,
        inbox: Inbox,
        responses: Responses,
        snoozing: Snoozing,
        watches: Mapping[str, ApplianceWatch],
    ) -> None:
        """Remember the parts."""
        self._hass = hass
        self._outbox = outbox
        self._inbox = inbox
        self._responses = responses
        self._snoozing = snoozing
        self.watches = watches

    async def async_acknowledge(self, who: str, language: str | None = None) -> str:
        """Somebody has taken note of what waits."""
        words = self._voice(language)
        try:
            recent = await self._recent()
            open_ones = [told for told in recent if not _is_answered(told)]
            waiting = [told for told in open_ones if _waits(told)] or open_ones[:1]
            for told in waiting:
                await self._responses.async_acknowledge(told, who, source="voice")
        except StorageFailed:
            return words.failed
        if waiting:
            return words.acknowledged.format(what=_titles(waiting))
        answered = [told for told in recent if _is_answered(told)]
        if answered:
            return words.already.format(what=_titles(answered[:1]))
        return words.nothing_new

    async def async_waiting(self, language: str | None = None) -> str:
        """What waits: messages for an answer, appliances to be emptied."""
        words = self._voice(language)
        try:
            recent = await self._recent()
        except StorageFailed:
            return words.failed
        titles = [
            _title(told) for told in recent if _waits(told) and not _is_answered(told)
        ]
        titles += [
            item.title or item.message for item in await self._inbox.async_look()
        ]
        titles += [
            words.to_empty.format(appliance=watch.spec.name)
            for watch in self.watches.values()
            if _holds_a_load(watch)
        ]
        known = list(dict.fromkeys(titles))[:_MOST_TITLES]
        return (
            words.waits.format(what="; ".join(known)) if known else words.nothing_waits
        )

    async def async_snooze(
        self, who: str, minutes: float | None = None, language: str | None = None
    ) -> str:
        """Put off what was told last; what is urgent stays, and says so."""
        words = self._voice(language)
        wanted = USUAL / 60.0 if minutes is None else minutes
        wanted = min(max(1.0, wanted), LONGEST_SNOOZE)
        until = dt_util.utcnow().timestamp() + 60.0 * wanted
        try:
            open_ones = [
                told for told in await self._recent() if not _is_answered(told)
            ]
            if not open_ones:
                return words.nothing_new
            told = next((each for each in open_ones if not _is_urgent(each)), None)
            if told is None:
                return words.urgent.format(what=_titles(open_ones[:1]))
            for parcel in told:
                intent_id = parcel.delivery.intent_id
                await self._snoozing.async_snooze(intent_id, who, until)
        except StorageFailed:
            return words.failed
        return words.snoozed.format(what=_title(told), minutes=f"{wanted:g}")

    def emptied(self, appliance_id: str, language: str | None = None) -> str:
        """The load of an appliance was taken out."""
        words, watch = self._voice(language), self.watches[appliance_id]
        if not _holds_a_load(watch):
            return words.not_waiting.format(appliance=watch.spec.name)
        watch.async_emptied(EmptiedBy.VOICE)
        return words.taken_out.format(appliance=watch.spec.name)

    def named(self, name: str) -> str | None:
        """The id of the appliance that is called so, without regard to case."""
        wanted = name.strip().casefold()
        return next(
            (
                key
                for key, watch in self.watches.items()
                if watch.spec.name.casefold() == wanted
            ),
            None,
        )

    def unknown(self, name: str, language: str | None = None) -> str:
        """There is no such appliance."""
        known = ", ".join(watch.spec.name for watch in self.watches.values())
        return self._voice(language).unknown.format(appliance=name, known=known or "-")

    async def _recent(self) -> Sequence[Told]:
        """What was told lately or is still open, the latest first; of tests nothing."""
        since = dt_util.utcnow().timestamp() - RECENT
        ids = [each.intent_id for each in await self._outbox.records_since(since)]
        found: dict[str, list[Parcel]] = {}
        for parcel in await self._outbox.load(ids):
            about = parcel.notification
            if not about.is_test:
                found.setdefault(about.id, []).append(parcel)
        told = [each for each in found.values() if any(p.delivery.told for p in each)]
        return sorted(
            told, key=lambda each: each[0].notification.created_at, reverse=True
        )

    def _voice(self, language: str | None) -> Voice:
        return voice(language, self._hass.config.language)


def _is_answered(told: Told) -> bool:
    """Whether somebody has taken note, or nobody needs it any more."""
    return any(
        parcel.delivery.evidence is Evidence.ACKNOWLEDGED
        or parcel.delivery.state in _NEEDLESS
        for parcel in told
    )


def _waits(told: Told) -> bool:
    """Whether it goes on until somebody answers."""
    return any(not parcel.delivery.state.is_terminal for parcel in told)


def _is_urgent(told: Told) -> bool:
    return told[0].priority is Priority.URGENT


def _title(told: Told) -> str:
    about = told[0].notification
    return (about.title or about.message).rstrip(".")


def _titles(several: Iterable[Told]) -> str:
    return "; ".join([_title(told) for told in several][:_MOST_TITLES])


def _holds_a_load(watch: ApplianceWatch) -> bool:
    return watch.consequences.unloading.waiting is not None
