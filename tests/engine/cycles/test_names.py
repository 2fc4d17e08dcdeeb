"""Names of programmes: given by people, kept through everything that is learned."""

from __future__ import annotations

import json

from custom_components.reliable_notifications.engine.cycles.names import (
    MOST_NAMES,
    Names,
)
from custom_components.reliable_notifications.engine.cycles.programmes import (
    MOST,
    Programmes,
)

SHORT = (1000.0, 320.0, [30.0, 200.0, 300.0])
LONG = (1900.0, 900.0, [30.0, 40.0, 60.0, 200.0, 800.0])


def _two() -> Programmes:
    programmes = Programmes()
    programmes.learn(*SHORT)
    programmes.learn(*LONG)
    return programmes


def test_a_programme_is_called_what_people_call_it() -> None:
    programmes, names = _two(), Names()
    assert names.of(0) is None
    names.give({0: "Quick", 1: "Cotton", 5: "Nothing"}, programmes)
    assert (names.of(0), names.of(1), names.of(5)) == ("Quick", "Cotton", None)
    names.give({0: "Rinse", 1: ""}, programmes)
    assert (names.of(0), names.of(1)) == ("Rinse", None)


def test_a_name_follows_a_programme_that_drifts() -> None:
    programmes, names = _two(), Names()
    names.give({0: "Quick"}, programmes)
    length_s, wh, course = SHORT
    for _ in range(20):
        length_s *= 1.03
        programmes.learn(length_s, wh, course)
        names.follow(programmes)
    assert names.of(0) == "Quick"
    assert length_s > 1.5 * SHORT[0]


def test_a_name_is_found_again_when_everything_is_learned_anew() -> None:
    names = Names()
    names.give({0: "Quick", 1: "Cotton"}, _two())
    anew = Programmes()
    restored = Names()
    restored.restore(json.loads(json.dumps(names.snapshot())), anew)
    assert restored.of(0) is None
    anew.learn(*LONG)  # now the long one is the first
    restored.follow(anew)
    assert restored.of(0) == "Cotton"
    anew.learn(*SHORT)
    restored.follow(anew)
    assert restored.of(1) == "Quick"


def test_a_number_that_another_programme_got_does_not_take_the_name_along() -> None:
    programmes, names = Programmes(), Names()
    programmes.learn(*SHORT)
    names.give({0: "Quick"}, programmes)
    for index in range(1, MOST + 1):
        programmes.learn(10_000.0 * 1.5**index, 2000.0 * 2.0**index, [])
        names.follow(programmes)
    assert programmes.named(0) is not None
    assert names.of(0) is None
    number = programmes.learn(*SHORT)
    names.follow(programmes)
    assert names.of(number) == "Quick"


def test_a_name_that_is_lost_does_not_push_out_another() -> None:
    programmes, names = _two(), Names()
    names.give({0: "Quick"}, programmes)
    elsewhere = Names()
    elsewhere.restore([*names.snapshot(), *names.snapshot()], programmes)
    assert elsewhere.of(0) == "Quick"
    elsewhere.restore("damaged", programmes)
    assert elsewhere.of(0) == "Quick"


def test_names_are_not_collected_for_ever() -> None:
    names = Names()
    for index in range(MOST_NAMES + 4):
        programmes = Programmes()
        programmes.learn(100.0 * 1.3**index, 10.0 * 1.5**index, [])
        names.give({0: f"Number {index}"}, programmes)
        names.follow(Programmes())
    assert len(names.snapshot()) == MOST_NAMES
