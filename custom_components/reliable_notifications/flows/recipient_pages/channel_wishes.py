"""What a recipient wants over one of their channels: from which priority, what not.

The same page is for every channel, and for all together. Must not choose the channel.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...const import CONF_PREFERENCES
from ...engine.routing.catalogue import Category
from ...engine.vocabulary import EVERY_CHANNEL, Priority
from ..fields import Field, several_field, words_field
from ..subentry_form import Answers
from .page import Page, Stored, Surroundings, with_part

LEAST, NOT_WANTED = "least", "not_wanted"


class ChannelWishes(Page):
    """The wishes for one channel; EVERY_CHANNEL for all of them."""

    key = "channel_wishes"

    def __init__(self, channel_id: str) -> None:
        """Ask about this channel."""
        self._channel_id = channel_id

    def fields(self, around: Surroundings, stored: Stored) -> Iterable[Field]:
        """Of all channels there is no least priority: nothing would be left."""
        if self._channel_id != EVERY_CHANNEL:
            yield words_field(LEAST, Priority, "priority", required=False)
        yield several_field(
            NOT_WANTED, [category.value for category in Category], "category"
        )

    def shown(self, around: Surroundings, stored: Stored) -> Answers:
        """As it is stored."""
        wishes = stored.get(CONF_PREFERENCES, {})
        least = wishes.get("least", {}).get(self._channel_id)
        return {
            **({} if least is None else {LEAST: least}),
            NOT_WANTED: [
                category
                for category, channel_id in wishes.get("muted", ())
                if channel_id == self._channel_id
            ],
        }

    def changed(
        self, around: Surroundings, stored: Stored, answers: Answers
    ) -> dict[str, Any]:
        """The wishes for other channels stay; those for channels that are gone go."""
        wishes = stored.get(CONF_PREFERENCES, {})
        known = {*around.channel_names, EVERY_CHANNEL} - {self._channel_id}
        least = {
            channel_id: priority
            for channel_id, priority in wishes.get("least", {}).items()
            if channel_id in known
        }
        if chosen := answers.get(LEAST):
            least[self._channel_id] = chosen
        muted = [pair for pair in wishes.get("muted", ()) if pair[1] in known]
        muted += [[each, self._channel_id] for each in answers.get(NOT_WANTED, ())]
        return with_part(
            stored, CONF_PREFERENCES, {**wishes, "least": least, "muted": muted}
        )
