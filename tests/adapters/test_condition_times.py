"""What conditions answer at another time, and what nobody can say of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.adapters.conditions import Conditions

NOON = datetime(2026, 11, 26, 12, 0)  # noqa: DTZ001 - the wall clock is asked; Thursday
EVENING = {"condition": "time", "after": "22:00:00"}
NIGHT = {"condition": "time", "after": "22:00:00", "before": "06:00:00"}
LUNCH = {"condition": "time", "after": "11:30:00", "before": "12:30:00"}
WEEKEND = {"condition": "time", "weekday": ["sat", "sun"]}
THURSDAY = {"condition": "time", "weekday": "thu"}
ON = {"condition": "state", "entity_id": "light.hall", "state": "on"}
OFF = {"condition": "state", "entity_id": "light.hall", "state": "off"}
LONG_ON = {**ON, "for": "00:10:00"}
BY_ENTITY = {"condition": "time", "after": "input_datetime.bedtime"}
TEMPLATE = {"condition": "template", "value_template": "{{ true }}"}


def _all(kind: str, *inner: Any, **more: Any) -> dict[str, Any]:
    return {"condition": kind, "conditions": list(inner), **more}


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ([EVENING], False),
        ([NIGHT], False),
        ([LUNCH], True),
        ([WEEKEND], False),
        ([THURSDAY, LUNCH], True),
        ([{**EVENING, "enabled": False}], True),
        ([_all("not", EVENING)], True),
        ([_all("or", EVENING, LUNCH)], True),
        ([_all("and", THURSDAY, NIGHT)], False),
        # states are as they are now
        ([ON], True),
        ([ON, LUNCH], True),
        ([OFF, LUNCH], False),
        ([_all("or", ON, OFF)], True),
        # what passes by itself, nobody knows
        ([LONG_ON], None),
        ([TEMPLATE], None),
        ([BY_ENTITY], None),
        ([LUNCH, TEMPLATE], None),
        ([_all("or", LUNCH, ON)], None),
        ([{**LUNCH, "enabled": "{{ true }}"}], None),
        # but one that fails is enough
        ([EVENING, TEMPLATE], False),
    ],
)
async def test_answers(
    hass: HomeAssistant, written: list[dict[str, Any]], answer: bool | None
) -> None:
    hass.states.async_set("light.hall", "on")
    conditions = Conditions(hass, {"rule": written}, {})
    await conditions.async_start()
    assert conditions.answers_at(NOON) == {"rule": answer}


async def test_one_that_is_none_is_not_known(hass: HomeAssistant) -> None:
    conditions = Conditions(hass, {"rule": [{"condition": "nonsense"}]}, {})
    await conditions.async_start()
    assert conditions.answers_at(NOON) == {"rule": None}


@pytest.mark.parametrize("written", [EVENING, NIGHT, LUNCH, WEEKEND, THURSDAY])
@pytest.mark.parametrize(
    "clock", ["05:59:59", "06:00:00", "11:30:00", "12:30:00", "22:00:00", "00:00:00"]
)
async def test_as_home_assistant_would_answer_then(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    written: dict[str, Any],
    clock: str,
) -> None:
    conditions = Conditions(hass, {"rule": [written]}, {})
    await conditions.async_start()
    hour, minute, second = map(int, clock.split(":"))
    for day in (26, 28):
        then = datetime(
            2026, 11, day, hour, minute, second, tzinfo=dt_util.get_default_time_zone()
        )
        freezer.move_to(dt_util.as_utc(then))
        assert conditions.answers_at(then) == conditions.answers()
