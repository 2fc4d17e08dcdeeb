"""What needs not be said while something greater is going on."""

from __future__ import annotations

from dataclasses import replace

from custom_components.reliable_notifications.engine.routing.catalogue import CATALOGUE
from custom_components.reliable_notifications.engine.routing.inhibition import (
    INHIBITS,
    POWER_OUTAGE,
    inhibited_by,
)
from custom_components.reliable_notifications.engine.vocabulary import Event, Priority

INTERRUPTED = Event(
    key="cycle_interrupted", at=0.0, title="", message="", priority=Priority.HIGH
)


def test_an_interruption_is_not_told_while_the_power_is_out() -> None:
    assert inhibited_by(INTERRUPTED, ["burglary", POWER_OUTAGE]) == POWER_OUTAGE
    assert inhibited_by(INTERRUPTED, ["burglary"]) is None
    assert inhibited_by(INTERRUPTED, []) is None


def test_what_has_nothing_to_do_with_it_is_told() -> None:
    finish = replace(INTERRUPTED, key="cycle_finished")
    assert inhibited_by(finish, [POWER_OUTAGE]) is None


def test_urgent_is_told_whatever_goes_on() -> None:
    urgent = replace(INTERRUPTED, priority=Priority.URGENT)
    assert inhibited_by(urgent, [POWER_OUTAGE]) is None


def test_what_is_inhibited_is_told_otherwise() -> None:
    inhibited = {key for keys in INHIBITS.values() for key in keys}
    assert inhibited | INHIBITS.keys() <= CATALOGUE.keys()


def test_nothing_inhibits_what_inhibits() -> None:
    assert not INHIBITS.keys() & {key for keys in INHIBITS.values() for key in keys}
