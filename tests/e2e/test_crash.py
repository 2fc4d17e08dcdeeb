"""After a SIGKILL in mid-cycle and in mid-delivery, both go on as one story."""

from __future__ import annotations

from concurrent.futures import Future
import signal

import pytest

from .crash import CrashReport

# the whole story takes about two minutes, and has begun with the first test
LIMIT_S = 300


@pytest.fixture(scope="module")
def report(crash: Future[CrashReport]) -> CrashReport:
    return crash.result(LIMIT_S)


def test_home_assistant_was_killed_in_the_middle(report: CrashReport) -> None:
    assert report.exit_code == -signal.SIGKILL
    assert report.kettle_before["state"] == "running"
    assert report.intent_at_kill.finished_at is None
    assert [attempt.ended_at for attempt in report.intent_at_kill.attempts] == [None]


def test_cycles_keep_their_ids(report: CrashReport) -> None:
    for before, after in (
        (report.kettle_before, report.kettle_after),
        (report.washer_before, report.washer_after),
    ):
        assert before["attributes"]["cycle_id"]
        assert after["attributes"]["cycle_id"] == before["attributes"]["cycle_id"]


def test_one_start_per_cycle(report: CrashReport) -> None:
    # an id is unique for its appliance only
    started = sorted((each["appliance"], each["cycle_id"]) for each in report.started)
    assert started == [
        ("Kettle", report.kettle_before["attributes"]["cycle_id"]),
        ("Washing machine", report.washer_before["attributes"]["cycle_id"]),
    ]


def test_one_finish_of_the_kettle_and_none_of_the_washer(report: CrashReport) -> None:
    finished = [(each["appliance"], each["cycle_id"]) for each in report.finished]
    assert finished == [("Kettle", report.kettle_before["attributes"]["cycle_id"])]
    assert len(report.kettle_pushes) == 1


def test_the_message_arrives_after_the_restart(report: CrashReport) -> None:
    (interrupted, *others) = report.intent_at_end.attempts
    assert interrupted.evidence == "unknown"
    assert others
    assert report.intent_at_end.evidence == "delivered"
    assert report.intent_at_end.state == "done"
    # a repeated push replaces the first one on the phone
    assert len({push.tag for push in report.pushes}) == 1
    assert len(report.pushes) == 2


def test_the_message_has_one_end(report: CrashReport) -> None:
    intent_id = report.intent_at_end.id
    ends = [event["intent_id"] for event in (*report.delivered, *report.failed)]
    assert ends.count(intent_id) == 1
    assert report.intent_at_end.finished_at is not None


def test_nothing_is_complained_of(report: CrashReport) -> None:
    assert report.problems == []
