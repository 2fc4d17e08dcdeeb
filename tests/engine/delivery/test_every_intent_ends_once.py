"""Whatever channels answer, however often we die, and whatever the clock does.

A simulation drives the lifecycle like the courier does, through random plans, answers,
deaths, receipts and jumps of the clock, and checks the promises at every step.
"""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from custom_components.reliable_notifications.engine.delivery.lifecycle import (
    Over,
    Send,
    after_crash,
    attempt_started,
    close,
    next_move,
    receipt,
    verdict,
)
from custom_components.reliable_notifications.engine.delivery.record import (
    Delivery,
    from_row,
    to_row,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Evidence,
    Priority,
)

from .intents import ECHO, LIST, MAIL, NOW, PHONE, RADIO, TABLET, intent

PROOFS = [each for each in Evidence if each.is_success]
PLANS = st.lists(
    st.sampled_from([PHONE, TABLET, MAIL, ECHO, RADIO]), unique=True, max_size=5
).map(lambda steps: (*steps, LIST))
ANSWERS = st.one_of(st.sampled_from(Evidence), st.none())  # None: we die in mid-call
JUMPS = st.sampled_from([0.0, 0.0, 0.0, 3600.0, -7200.0, 86400.0])


class World:
    """One intent, a clock, and what happened so far."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        self.now = NOW
        self.best = 0
        self.sends: dict[str, list[Evidence | None]] = {}

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
        assert (after.proven_at is not None) == (rung >= 2)
        assert (after.finished_at is not None) == after.state.is_terminal
        self.delivery = from_row(to_row(after))  # every step is stored and read back

    def ask(self, channel_id: str, answer: Evidence | None, jitter: float) -> None:
        earlier = self.sends.setdefault(channel_id, [])
        step = next(
            each for each in self.delivery.steps if each.channel_id == channel_id
        )
        assert Evidence.REFUSED not in earlier
        if not step.replaces:
            doubts = (None, Evidence.TIMED_OUT, Evidence.UNKNOWN)
            assert not any(each in doubts for each in earlier), "told twice"
        earlier.append(answer)
        self.change(attempt_started(self.delivery))
        if answer is None:
            self.change(after_crash(self.delivery, self.now, jitter=jitter))
        else:
            result = AttemptResult(evidence=answer)
            self.change(verdict(self.delivery, result, self.now, jitter=jitter))

    def live(self, data: st.DataObject) -> None:
        for _ in range(5_000):
            move = next_move(self.delivery, self.now)
            if isinstance(move, Over):
                if not self.delivery.state.is_terminal:
                    self.change(close(self.delivery, move, self.now))
                return
            if isinstance(move, Send):
                self.ask(
                    move.channel_id, data.draw(ANSWERS), data.draw(st.floats(0, 1))
                )
            else:
                assert move.at > self.now
                self.now = move.at + data.draw(JUMPS)
            if data.draw(st.integers(0, 30)) == 0:
                news = data.draw(st.sampled_from(PROOFS))
                self.change(receipt(self.delivery, news, self.now))
        raise AssertionError("it goes on for ever")


@settings(max_examples=300, deadline=None)
@given(data=st.data(), steps=PLANS, priority=st.sampled_from(Priority))
def test_every_intent_ends_exactly_once(
    data: st.DataObject,
    steps: tuple,
    priority: Priority,  # type: ignore[type-arg]
) -> None:
    world = World(intent(*steps, priority=priority))

    world.live(data)

    assert world.delivery.state.is_terminal
    end = world.delivery.state
    world.change(receipt(world.delivery, Evidence.ACKNOWLEDGED, world.now))
    assert world.delivery.state is end
    assert world.delivery.evidence is Evidence.ACKNOWLEDGED
