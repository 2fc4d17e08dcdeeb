"""The latest notification tells of the person who is worst off."""

from __future__ import annotations

from dataclasses import replace

from custom_components.reliable_notifications.engine.metrics.latest import (
    latest_notification,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    Evidence,
    IntentRecord,
    IntentState,
)

from .records import HOUR, NOW, failed, intent


def for_ben(record: IntentRecord) -> IntentRecord:
    return replace(record, recipient_id="ben", recipient_name="Ben")


def test_nothing_was_ever_sent() -> None:
    assert latest_notification([]) is None


def test_the_newest_is_summed_up() -> None:
    old = intent(ago=HOUR, notification="old")
    new = replace(intent(ago=60, took=2.5, notification="new"), title="Dryer is done")
    latest = latest_notification([new, old])
    assert latest is not None
    assert (latest.notification_id, latest.title, latest.at) == (
        "new",
        "Dryer is done",
        NOW - 60,
    )
    assert latest.recipients == ("Anna",)
    assert latest.evidence is Evidence.ACCEPTED
    assert latest.seconds == 2.5


def test_one_of_two_people_not_reached_is_what_is_told() -> None:
    seen = intent(took=1.0, evidence=Evidence.SEEN)
    latest = latest_notification([for_ben(failed()), seen])
    assert latest is not None
    assert latest.recipients == ("Anna", "Ben")
    assert latest.evidence is Evidence.UNREACHABLE
    assert latest.seconds is None


def test_the_slower_of_two_people_is_told() -> None:
    latest = latest_notification([intent(took=1.0), for_ben(intent(took=9.0))])
    assert latest is not None
    assert latest.seconds == 9.0


def test_still_on_its_way_to_one_is_not_yet_told_as_anything() -> None:
    waiting = for_ben(intent(took=None, evidence=None, state=IntentState.SENDING))
    latest = latest_notification([intent(), waiting])
    assert latest is not None
    assert latest.evidence is None
