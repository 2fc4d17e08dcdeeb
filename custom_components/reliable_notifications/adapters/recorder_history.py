"""What Home Assistant's recorder remembers of a power sensor, as readings.

Used to see what happened while we could not look. Must not judge what it finds,
and must not fail where there is no recorder or no history: then nothing is known.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
import logging

from homeassistant.components.recorder import get_instance, history
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.util import dt as dt_util
from sqlalchemy.exc import SQLAlchemyError

from ..engine.cycles.readings import Intake
from ..engine.vocabulary import Instant, Reading

_LOGGER = logging.getLogger(__name__)

# One query: half a day of a plug that reports each second is 43,200 rows, some
# 20 MB for a moment; a whole ten days at once would not fit a small machine.
CHUNK = timedelta(hours=12)


@callback
def recording_since(hass: HomeAssistant) -> Instant | None:
    """Since when the recorder has been writing without a break; None if it is not.

    Before that Home Assistant was down for an unknown time, and the last value
    written then does not tell what followed.
    """
    if "recorder" not in hass.config.components:
        return None
    return get_instance(hass).recorder_runs_manager.recording_start.timestamp()


async def async_readings(
    hass: HomeAssistant, entity_id: str, since: Instant, until: Instant
) -> AsyncIterator[list[Reading]]:
    """Give the readings between two instants in order, in pieces.

    The first may carry an instant before `since`: the value that held then.
    """
    if "recorder" not in hass.config.components:
        return
    state = hass.states.get(entity_id)
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) if state else None
    start, end = (dt_util.utc_from_timestamp(moment) for moment in (since, until))
    while start < end:
        stop = min(start + CHUNK, end)
        states = await _async_states(hass, entity_id, start, stop)
        if readings := list(_readings(states, unit)):
            yield readings
        start = stop


async def _async_states(
    hass: HomeAssistant, entity_id: str, start: datetime, stop: datetime
) -> Iterable[State]:
    def query() -> Iterable[State]:
        found = history.state_changes_during_period(
            hass, start, stop, entity_id, no_attributes=True
        )
        return found.get(entity_id, ())

    try:
        return await get_instance(hass).async_add_executor_job(query)
    except SQLAlchemyError as error:
        _LOGGER.warning(
            "The history of %s cannot be read, so what happened meanwhile stays"
            " unknown: %s",
            entity_id,
            type(error).__name__,
        )
        return ()


def _readings(states: Iterable[State], unit: str | None) -> Iterable[Reading]:
    intake = Intake()
    for state in states:
        at = state.last_updated_timestamp
        if (reading := intake.reading(at, state.state, unit)) is not None:
            yield reading
