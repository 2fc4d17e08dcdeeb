"""Makes events out of keys of the catalogue, as the household has edited it.

Says how urgent an event is and of which category, unless the caller does. Must not
find words for it, nor decide who is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from homeassistant.util import dt as dt_util

from .engine.routing.catalogue import Catalogue, entry_of, priority_of
from .engine.vocabulary import Event, Priority, Scalar


class Catalogued:
    """The catalogue of one entry."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take it as it was edited."""
        self.catalogue = catalogue

    def event(  # noqa: PLR0913 - all but the key may be left to the catalogue
        self,
        key: str,
        *,
        title: str = "",
        message: str = "",
        priority: Priority | None = None,
        category: str = "",
        source: str | None = None,
        about: str | None = None,
        data: Mapping[str, Scalar] | None = None,
        of_appliance: Priority | None = None,
    ) -> Event:
        """An event with this key, now; `about` is its incident.

        `priority` is the call's own, `of_appliance` that of the appliance; the call
        goes first. Of an unknown key the category decides.
        """
        entry = entry_of(key, category, self.catalogue)
        return Event(
            key=key,
            at=dt_util.utcnow().timestamp(),
            title=title,
            message=message,
            priority=priority_of(entry, call=priority, appliance=of_appliance),
            category=category or entry.category,
            source=source,
            incident=about,
            own_words=bool(title or message),
            data=data or {},
        )
