"""Whatever channels answer, however often we die, and whatever the clock does.

A simulation drives the lifecycle like the courier does, with several calls in the air,
through random plans, cues, answers (in time, late and never), deaths, receipts, answers
of others, ends of what it is about, resting channels and jumps of the clock, and checks
the promises at every step.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings, strategies as st

from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    after_crash,
    attempt_started,
    close,
    heard_elsewhere,
    late_verdict,
    next_move,
    receipt,
    resolved,
    verdict,
)
from custom_components.reliable_notifications.engine.delivery.moves import Over, Send
from custom_components.reliable_notifications.engine.delivery.record import (
    Delivery,
    from_row,
    to_row,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Cue,
    Evidence,
    IntentState,
    PlannedStep,
    Priority,
)

from .intents import ECHO, LIST, MAIL, NOW, PHONE, RADIO, TABLET, at, hedged

PROOFS = [each for each in Evidence if each.is_success]
RUNGS = [each for each in Evidence if each.rung]
CUES = st.builds(
    Cue, st.sampled_from(RUNGS), st.none() | st.sampled_from([0.0, 1.0, 30.0, 900.0])
)
STEPS = st.builds(
    lambda step, cues: at(step, *cues),
    st.sampled_from([PHONE, TABLET, MAIL, ECHO, RADIO]),
    st.lists(CUES, min_size=1, max_size=3),
)
PLANS = st.lists(STEPS, unique_by=lambda step: step.channel_id, max_size=5).flatmap(
    lambda steps: st.lists(CUES, min_size=1, max_size=2).map(
        lambda cues: (*steps, at(LIST, *cues))
    )
)
REPEATS = st.lists(
    st.builds(Cue, st.sampled_from(RUNGS), st.sampled_from([60.0, 120.0, 1800.0])),
    max_size=4,
).map(lambda cues: tuple(sorted(cues, key=lambda cue: cue.after or 0.0)))
JUMPS = st.sampled_from([0.0, 0.0, 0.0, 0.0, 3600.0, -7200.0, 86400.0])
MAY_HAVE_ARRIVED = (Evidence.TIMED_OUT, Evidence.UNKNOWN)


class World:
    """One intent, a clock, the calls in the air, and what happened so far."""

    def __init__(self, delivery: Delivery, data: st.DataObject) -> None:
        self.delivery = delivery
        self.data = data
        self.now = NOW
        self.best = 0
        self.ends = 0
        self.calls: list[int] = []  # by step
        self.hanging: list[int] = []  # outlived their time
        self.answers: dict[int, list[Evidence]] = {}

    def draw[T](self, strategy: st.SearchStrategy[T]) -> T:
        return self.data.draw(strategy)

    def rarely(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == one_in

    def change(self, after: Delivery) -> None:
        """Go on, checking that nothing proven is lost and no end is undone."""
        before = self.delivery
        rung = after.evidence.rung if after.evidence else 0
        assert rung >= self.best
        self.best = rung
        if before.state.is_terminal:
            assert (after.state, after.finished_at) == (
                before.state,
                before.finished_at,
            )
        elif after.state.is_terminal:
            self.ends += 1
        assert (after.proven_at is not None) == (rung >= 2)
        assert (after.finished_at is not None) == after.state.is_terminal
        assert (after.acknowledged_at is not None) == (rung == 5)
        assert before.acknowledged_at in (None, after.acknowledged_at)
        self.delivery = from_row(to_row(after))  # every step is stored and read back
        assert self.delivery == after

    def ask(self, step: int) -> None:
        earlier = self.answers.setdefault(step, [])
        planned = self.delivery.steps[step]
        assert step not in self.calls, "asked beside itself"
        assert Evidence.REFUSED not in earlier
        if not planned.replaces:
            told = any(each.rung or each in MAY_HAVE_ARRIVED for each in earlier)
            assert not told, "told twice"
        self.change(attempt_started(self.delivery, step, self.now))
        self.calls.append(step)

    def answer(self) -> None:
        """One of the calls ends: with an answer, or by its time."""
        step = self.draw(st.sampled_from(self.calls))
        self.calls.remove(step)
        evidence = self.draw(st.sampled_from(Evidence))
        hint = self.draw(st.none() | st.just(self.now + 5000.0))
        result = AttemptResult(evidence=evidence, retry_at=hint)
        jitter = self.draw(st.floats(0, 1))
        self.answers[step].append(evidence)
        if evidence is Evidence.TIMED_OUT:
            self.hanging.append(step)
        self.change(verdict(self.delivery, step, result, self.now, jitter=jitter))

    def answer_late(self) -> None:
        step = self.hanging.pop()
        evidence = self.draw(st.sampled_from(Evidence))
        if not evidence.rung and evidence not in MAY_HAVE_ARRIVED:
            self.answers[step].remove(Evidence.TIMED_OUT)  # known not to have arrived
        self.answers[step].append(evidence)
        result = AttemptResult(evidence=evidence)
        asking_again = step in self.calls
        self.change(late_verdict(self.delivery, step, result, self.now))
        if asking_again and evidence is Evidence.REFUSED:
            self.answers[step].remove(Evidence.REFUSED)  # the later call decides

    def die(self) -> None:
        for step in self.calls:
            if not self.delivery.steps[step].replaces:
                self.answers[step].append(Evidence.UNKNOWN)
        self.calls.clear()
        self.hanging.clear()
        if not self.delivery.state.is_terminal:  # others are not looked at any more
            self.change(after_crash(self.delivery, self.now))
            assert not self.delivery.is_asking

    def something_happens(self) -> None:
        if self.hanging and self.rarely(3):
            self.answer_late()
        if self.rarely(30):
            news = self.draw(st.sampled_from(PROOFS))
            self.change(receipt(self.delivery, news, self.now))
        if self.rarely(20):
            self.die()
        if self.rarely(60):
            news = self.draw(st.sampled_from(PROOFS))
            self.change(heard_elsewhere(self.delivery, news, self.now, who="Ben"))
        if self.rarely(60):
            self.change(resolved(self.delivery, "emptied", self.now))

    def has_rung_out(self) -> None:
        """What nobody has answered is not over before its last repeat."""
        after, rung = self.delivery, self.best
        if after.state.is_terminal or self.now >= after.deadline:
            return
        for step, track in zip(after.steps, after.tracks, strict=True):
            rings = step.replaces and not step.last_resort and not track.settled
            if rings and track.told:
                left = after.repeats[track.rings :]
                assert not left or rung >= left[0].unless.rung, "a repeat is lost"

    def live(self) -> None:
        for _ in range(5_000):
            resting = {"phone": self.now + 40.0} if self.rarely(5) else {}
            move = next_move(self.delivery, self.now, resting)
            if isinstance(move, Over):
                self.has_rung_out()
                if not self.delivery.state.is_terminal:
                    self.change(close(self.delivery, move, self.now))
                return
            if isinstance(move, Send):
                assert move.channel_id not in resting
                self.ask(move.step)
            elif self.calls and (move.until is None or self.rarely(2)):
                self.answer()
            else:
                assert move.until is not None, "waits for nobody"
                assert move.until > self.now
                self.now = move.until + self.draw(JUMPS)
            self.something_happens()
        raise AssertionError("it goes on for ever")


@settings(max_examples=400, deadline=None)
@given(
    data=st.data(), steps=PLANS, repeats=REPEATS, held=st.booleans(), low=st.booleans()
)
def test_every_intent_ends_exactly_once(
    data: st.DataObject,
    steps: tuple[PlannedStep, ...],
    repeats: tuple[Cue, ...],
    held: bool,
    low: bool,
) -> None:
    delivery = hedged(*steps, repeats=repeats)
    if held:
        delivery = replace(
            delivery,
            state=IntentState.HELD,
            wake_at=NOW + 120.0,
            yields_to=Evidence.SEEN if low else None,
        )
    if low:
        delivery = replace(delivery, priority=Priority.LOW)
    world = World(delivery, data)

    world.live()

    assert world.delivery.state.is_terminal
    assert world.ends == 1
    end = world.delivery.state
    while world.calls:  # losers of the race still answer
        world.answer()
    while world.hanging:
        world.answer_late()
    world.change(heard_elsewhere(world.delivery, Evidence.ACKNOWLEDGED, world.now))
    world.change(resolved(world.delivery, "emptied", world.now))
    world.change(receipt(world.delivery, Evidence.ACKNOWLEDGED, world.now))
    assert world.delivery.state is end
    assert world.ends == 1
    assert world.delivery.evidence is Evidence.ACKNOWLEDGED


URGENT = hedged(
    at(PHONE, Cue(Evidence.SEEN, 0.0)),
    at(TABLET, Cue(Evidence.SEEN, 0.0)),
    at(LIST, Cue(Evidence.ACCEPTED)),
    repeats=tuple(Cue(Evidence.ACKNOWLEDGED, each) for each in (120.0, 300.0, 600.0)),
)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_an_urgent_intent_rings_until_its_last_repeat(data: st.DataObject) -> None:
    """On several devices at once, which is when none is left to be asked meanwhile."""
    world = World(URGENT, data)

    world.live()

    assert world.ends == 1
