"""The recipes of the documentation are true: each is replayed in a real core."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from pprint import pformat
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from tests.platforms.home import lived_in

from .recipes import INDEX, Recipe, RecipeError, index, read, recipes
from .retelling import ZONE, Told

FEWEST = 20
RECIPES = recipes()


@pytest.mark.parametrize("recipe", RECIPES, ids=[each.name for each in RECIPES])
async def test_it_happens_as_it_is_told(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    tmp_path: Path,
    recipe: Recipe,
) -> None:
    zone = dt_util.get_time_zone(ZONE)
    freezer.move_to(datetime.fromisoformat(recipe.home["now"]).replace(tzinfo=zone))
    hass.config.config_dir = str(tmp_path)
    async with lived_in(Told(hass, freezer, recipe)) as place:
        await place.replay()
        differences = [
            *_of_messages(recipe.expect["told"], place.told),
            *_of_answers(recipe.expect.get("answers", []), place.answers),
        ]
        hints = place.hints()
        if not set(recipe.expect.get("hints", [])) <= set(hints):
            differences.append({"hints": hints})
        for wanted in recipe.expect["explained"]:
            differences += _of_explanation(wanted, await place.explanation(wanted))
    assert not differences, pformat(differences, width=100)


def _of_messages(wanted: list[Any], told: list[dict[str, str]]) -> list[Any]:
    """Exactly these; of the words a part is enough.

    Which of several phones is asked first in the same minute is chance.
    """

    def place(each: dict[str, str]) -> tuple[str, str]:
        return each["at"], each["through"]

    wanted, real = sorted(wanted, key=place), sorted(told, key=place)
    same = len(wanted) == len(real) and all(
        place(one) == place(other) and one["says"] in other["says"]
        for one, other in zip(wanted, real, strict=True)
    )
    return [] if same else [{"told": told}]


def _of_answers(wanted: list[Any], answers: list[Any]) -> list[Any]:
    """Each is part of an answer, in their order."""
    left = iter(answers)
    return [
        {"not answered": each, "but": answers}
        for each in wanted
        if not any(_is_part(each, answer) for answer in left)
    ]


def _of_explanation(wanted: dict[str, Any], found: dict[str, Any]) -> list[Any]:
    """The decisions in their order; of the reasons those that the recipe names."""
    decisions = found["decisions"]
    real = {
        "decided": [each["summary"] for each in decisions],
        "because": [line for each in decisions for line in each["reasons"]],
        "unless": [line for each in decisions for line in each["would_change"]],
        "ended": found["state"],
        "reason": found["reason"],
        "through": sorted({each["channel"] for each in found["attempts"]}),
    }
    same = (
        all(
            wanted[key] == real[key]
            for key in ("decided", "ended", "reason", "through")
            if key in wanted
        )
        and set(wanted.get("because", [])) <= set(real["because"])
        and set(wanted.get("unless", [])) <= set(real["unless"])
    )
    return [] if same else [real]


def _is_part(wanted: Any, real: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(real, dict) and all(
            key in real and _is_part(each, real[key]) for key, each in wanted.items()
        )
    if isinstance(wanted, list):
        return (
            isinstance(real, list)
            and len(wanted) == len(real)
            and all(map(_is_part, wanted, real))
        )
    return bool(wanted == real)


def test_there_are_enough_of_them() -> None:
    assert len({each.title for each in RECIPES}) >= FEWEST


def test_the_index_names_them_all() -> None:
    assert INDEX.read_text(encoding="utf-8").endswith(f"\n{index(RECIPES)}")


PAGE = """# A title

A story.

```yaml
home: {now: 2026-11-21 10:00}
steps:
  - pass: 1 min
expect:
  told: []
  explained:
    - {for: Anna, decided: [Anna is not told], ended: cancelled}
```
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("# A title", "A title"),
        ("A story.", "A story. " * 100),
        ("home:", "house:"),
        ("now:", "then:"),
        ("pass:", "wait:"),
        ("told: []", "tolled: []"),
        ("told: []", "told: [{at: Sat 10:00, through: Phone}]"),
        ("ended:", "end:"),
        (", ended: cancelled", ""),
        ("    - {for: Anna, decided: [Anna is not told], ended: cancelled}\n", ""),
    ],
)
def test_a_page_that_says_less_than_it_seems_to_is_no_recipe(
    right: str, wrong: str
) -> None:
    assert read("page", PAGE).title == "A title"
    with pytest.raises(RecipeError):
        read("page", PAGE.replace(right, wrong, 1))


MESSAGE = {"at": "Sat 10:00", "through": "Phone", "says": "Washer: ready"}
DECISION = {"summary": "Told", "reasons": ["Quiet"], "would_change": ["Urgent"]}
EXPLANATION = {
    "decisions": [DECISION],
    "state": "done",
    "reason": "",
    "attempts": [{"channel": "Phone"}],
}


def test_what_is_not_as_it_is_told_is_found() -> None:
    assert _of_messages([{**MESSAGE, "says": "ready"}], [MESSAGE]) == []
    for wrong in ({"at": "Sat 11:00"}, {"through": "Mail"}, {"says": "Dryer"}):
        assert _of_messages([{**MESSAGE, **wrong}], [MESSAGE])
    assert _of_messages([], [MESSAGE])
    assert _of_messages([MESSAGE], [])
    said = {"decided": ["Told"], "because": ["Quiet"], "through": ["Phone"]}
    assert _of_explanation(said, EXPLANATION) == []
    for key in (*said, "unless", "ended", "reason"):
        assert _of_explanation({**said, key: ["Other"]}, EXPLANATION)
    answer = {"pause": {"known": True, "who": ["Anna"], "at": 1}}
    assert _of_answers([{"pause": {"known": True, "who": ["Anna"]}}], [answer]) == []
    for wrong_part in ({"known": False}, {"who": ["Ben"]}, {"who": []}, {"by": 1}):
        assert _of_answers([{"pause": wrong_part}], [answer])
