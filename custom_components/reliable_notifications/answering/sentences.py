"""Teaches Home Assistant's own Assist our sentences, in the language of the home.

They are registered like the sentences of an automation, so that nobody has to copy
anything. With the names of the appliances in them they catch no sentence that is about
something else. Must not do what is said: that is `assist`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
import logging
from typing import Any

from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.helpers.script import ScriptRunResult
from homeassistant.helpers.trigger import async_initialize_triggers
from homeassistant.setup import async_when_setup

from ..const import DOMAIN
from ..engine.content.voice import MINUTES, about, voice
from .assist import Assist

CONVERSATION = "conversation"

_LOGGER = logging.getLogger(__name__)

type Said = Mapping[str, Any]
type Answer = Callable[[Said, str, str], Awaitable[str]]


class Sentences:
    """Our sentences in Assist, while an entry is set up."""

    def __init__(self, hass: HomeAssistant, assist: Assist) -> None:
        """Teach nothing yet."""
        self._hass = hass
        self._assist = assist
        self._forget: list[CALLBACK_TYPE] = []
        self._is_wanted = False

    @callback
    def async_start(self) -> None:
        """Teach them as soon as there is an Assist; a home need not have one."""
        self._is_wanted = True
        async_when_setup(self._hass, CONVERSATION, self._teach)

    @callback
    def async_stop(self) -> None:
        """Let Assist forget them."""
        self._is_wanted = False
        while self._forget:
            self._forget.pop()()

    async def _teach(self, _hass: HomeAssistant, _component: str) -> None:
        if not self._is_wanted or self._forget:
            return
        for sentences, answer in self._taught():
            forget = await async_initialize_triggers(
                self._hass,
                [{"platform": CONVERSATION, "command": list(sentences)}],
                partial(_answer, answer),
                DOMAIN,
                "sentences",
                _LOGGER.log,
            )
            if forget is not None:
                self._forget.append(forget)
        self._forget_unwanted()

    @callback
    def _forget_unwanted(self) -> None:
        """We may have been stopped while we taught."""
        if not self._is_wanted:
            self.async_stop()

    def _taught(self) -> list[tuple[Sequence[str], Answer]]:
        """The sentences, each with what is done."""
        assist, words = self._assist, voice(self._hass.config.language)

        async def acknowledge(_slots: Said, who: str, language: str) -> str:
            return await assist.async_acknowledge(who, language)

        async def waiting(_slots: Said, _who: str, language: str) -> str:
            return await assist.async_waiting(language)

        async def snooze(slots: Said, who: str, language: str) -> str:
            return await assist.async_snooze(who, _minutes(slots), language)

        async def emptied(key: str, _slots: Said, _who: str, language: str) -> str:
            return assist.emptied(key, language)

        taught: list[tuple[Sequence[str], Answer]] = [
            (words.acknowledge, acknowledge),
            (words.waiting, waiting),
            (words.snooze, snooze),
        ]
        taught += [
            (sentences, partial(emptied, key))
            for key, watch in assist.watches.items()
            if (sentences := about(words.emptied, watch.spec.name))
        ]
        return taught


async def _answer(
    answer: Answer, variables: Mapping[str, Any], _context: Context | None = None
) -> ScriptRunResult:
    """What an automation with this sentence would have answered."""
    heard = variables["trigger"]
    said = heard["user_input"]
    words = await answer(
        heard.get("slots", {}),
        said["context"].get("user_id") or "",
        said.get("language") or "",
    )
    return ScriptRunResult(words, None, {})


def _minutes(slots: Said) -> float | None:
    """A number of minutes, as far as it was said in digits."""
    try:
        return float(slots.get(MINUTES, ""))
    except (TypeError, ValueError):
        return None
