"""When a recipient wants to be left alone: quiet hours, sleep, do-not-disturb."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.helpers.selector import EntityFilterSelectorConfig

from ...const import CONF_DND_ENTITY, CONF_PREFERENCES, CONF_SLEEP_ENTITY
from ..entity_references import entity_id_of, reference_of
from ..fields import Field, Group, entity_field
from ..subentry_form import Answers
from ..times import span_fields, span_problem, span_shown, span_stored
from .page import Page, Stored, Surroundings, with_part

QUIET, MORE_QUIET, SLEEP, DISTURB = "quiet", "more_quiet", "sleep", "do_not_disturb"

# what can say yes or no: sensors, switches made by hand, and schedules
_YES_OR_NO = ["binary_sensor", "input_boolean", "schedule", "sensor", "switch"]


class Calm(Page):
    """Times and signs."""

    key = "calm"

    def fields(self, around: Surroundings, stored: Stored) -> Iterable[Field | Group]:
        """Two spans of quiet hours: one for weekdays, another for the weekend."""
        kinds = [EntityFilterSelectorConfig(domain=_YES_OR_NO)]
        return (
            Group(key=QUIET, fields=span_fields(), folded=False),
            Group(key=MORE_QUIET, fields=span_fields()),
            Group(
                key=SLEEP,
                fields=(
                    *span_fields(),
                    entity_field(CONF_SLEEP_ENTITY, kinds, required=False),
                ),
            ),
            Group(
                key=DISTURB,
                fields=(entity_field(CONF_DND_ENTITY, kinds, required=False),),
            ),
        )

    def shown(self, around: Surroundings, stored: Stored) -> Answers:
        """As it is stored."""
        wishes = stored.get(CONF_PREFERENCES, {})
        quiet = [*wishes.get("quiet", ()), None, None]
        sleep = [*wishes.get("sleep", ()), None]
        return {
            QUIET: span_shown(quiet[0]),
            MORE_QUIET: span_shown(quiet[1]),
            SLEEP: span_shown(sleep[0]) | _entity(around, wishes, CONF_SLEEP_ENTITY),
            DISTURB: _entity(around, wishes, CONF_DND_ENTITY),
        }

    def problems(
        self, around: Surroundings, answers: Answers
    ) -> Mapping[str, str | None]:
        """A span needs both its ends."""
        return {
            group: span_problem(answers.get(group, {}))
            for group in (QUIET, MORE_QUIET, SLEEP)
        }

    def changed(
        self, around: Surroundings, stored: Stored, answers: Answers
    ) -> dict[str, Any]:
        """The first span of quiet hours stays the first."""
        sleep = answers.get(SLEEP, {})
        wishes = {
            **stored.get(CONF_PREFERENCES, {}),
            "quiet": [
                *span_stored(answers.get(QUIET, {})),
                *span_stored(answers.get(MORE_QUIET, {})),
            ],
            "sleep": span_stored(sleep),
            CONF_SLEEP_ENTITY: _reference(around, sleep, CONF_SLEEP_ENTITY),
            CONF_DND_ENTITY: _reference(
                around, answers.get(DISTURB, {}), CONF_DND_ENTITY
            ),
        }
        return with_part(stored, CONF_PREFERENCES, wishes)


def _entity(
    around: Surroundings, wishes: Mapping[str, Any], key: str
) -> dict[str, Any]:
    """The entity by its present name; what was deleted is not shown."""
    entity_id = entity_id_of(around.hass, wishes.get(key, ""))
    return {} if entity_id is None else {key: entity_id}


def _reference(around: Surroundings, answers: Answers, key: str) -> str | None:
    entity = answers.get(key)
    return None if entity is None else reference_of(around.hass, entity)
