"""Tells entities when there is something new to show, and not more often.

Must not know what is shown.
"""

from __future__ import annotations

from collections.abc import Hashable

from homeassistant.core import CALLBACK_TYPE, callback

from ..engine.vocabulary import Instant

# Energy alone is shown at most this often: it changes with each reading, and nobody
# watches it closer; a change of state is shown at once.
SHOW_EVERY = 10.0


class Display:
    """Those who show something, and what they have shown last."""

    def __init__(self) -> None:
        """Begin with nobody looking."""
        self._listeners: list[CALLBACK_TYPE] = []
        self._shown: Hashable = None
        self._shown_at: Instant = 0.0

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back when something that is shown has changed."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_show(self, now: Instant, what: Hashable, *, is_moving: bool) -> None:
        """Show it if it is something else, or if it moves and it is time again."""
        if what == self._shown and not (
            is_moving and now - self._shown_at >= SHOW_EVERY
        ):
            return
        self._shown, self._shown_at = what, now
        self.async_show_at_once()

    @callback
    def async_show_at_once(self) -> None:
        """Show it now."""
        for listener in tuple(self._listeners):
            listener()
