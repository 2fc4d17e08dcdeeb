"""Follows one entity through renames, absence and deletion.

Hands its states on as they are, with the instant of each. Must not judge what a
state means.
"""

from __future__ import annotations

from collections.abc import Callable

from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_state_change_event,
    async_track_state_report_event,
)
from homeassistant.util import dt as dt_util

from ..engine.vocabulary import Instant


class FollowedEntity:
    """One entity; None stands for its state while there is none."""

    def __init__(
        self,
        hass: HomeAssistant,
        reference: str,
        on_state: Callable[[State | None, Instant], None],
        *,
        hears_repeats: bool = False,
    ) -> None:
        """Follow the entity with this entity-registry id or entity id.

        `hears_repeats` also hands on reports that change nothing.
        """
        self._hass = hass
        self._reference = reference
        self._on_state = on_state
        self._hears_repeats = hears_repeats
        self._undo: list[CALLBACK_TYPE] = []

    @property
    def entity_id(self) -> str | None:
        """Present name of the entity; None when it was deleted."""
        return er.async_resolve_entity_id(er.async_get(self._hass), self._reference)

    @property
    def state(self) -> State | None:
        """Present state of the entity; None while it has none."""
        entity_id = self.entity_id
        return None if entity_id is None else self._hass.states.get(entity_id)

    @callback
    def async_start(self) -> None:
        """Begin to listen, and hand on the present state."""
        entity_id = self.entity_id
        # the present state is what Home Assistant holds *now*, however old it is
        now = dt_util.utcnow().timestamp()
        if entity_id is None:
            self._on_state(None, now)
            return
        self._undo = [
            async_track_state_change_event(self._hass, entity_id, self._changed),
            async_track_entity_registry_updated_event(
                self._hass, entity_id, self._registry_updated
            ),
        ]
        if self._hears_repeats:
            self._undo.append(
                async_track_state_report_event(self._hass, entity_id, self._reported)
            )
        self._on_state(self._hass.states.get(entity_id), now)

    @callback
    def async_stop(self) -> None:
        """Stop listening."""
        while self._undo:
            self._undo.pop()()

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        at = state.last_updated if state is not None else event.time_fired
        self._on_state(state, at.timestamp())

    @callback
    def _reported(self, event: Event[EventStateReportedData]) -> None:
        # the event says when, in all versions; the state's own time may be the old one
        self._on_state(event.data["new_state"], event.time_fired.timestamp())

    @callback
    def _registry_updated(
        self, event: Event[er.EventEntityRegistryUpdatedData]
    ) -> None:
        data = event.data
        if data["action"] == "remove" or "old_entity_id" in data:
            self.async_stop()
            self.async_start()
