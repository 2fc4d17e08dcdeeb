"""What the service behind a channel says of the account, in words for people.

Must not ask the service; what is not known is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN
from ..engine.vocabulary import Scalar

# the texts are options of this selector, which no form has: of all places for texts,
# the only one for words that are put together
_TEXTS = f"component.{DOMAIN}.selector.account_fact.options"


async def in_words(hass: HomeAssistant, facts: Mapping[str, Scalar]) -> str:
    """A line for each fact, as Markdown; one sentence where nothing is known."""
    texts = await async_get_translations(
        hass, hass.config.language, "selector", [DOMAIN]
    )

    def said(word: str) -> str:
        return texts.get(f"{_TEXTS}.{word.lower()}", word)

    lines = [
        f"- {said(key)}: **{said(_word(value))}**"
        for key, value in facts.items()
        if value is not None
    ]
    return "\n".join(lines) or said("nothing_told")


def _word(value: Scalar) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.10g}" if isinstance(value, float) else str(value)
