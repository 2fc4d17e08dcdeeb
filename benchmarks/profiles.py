"""A trace as smart plugs of different makes report it to the hub.

Every profile yields `(seconds, watts or None)`, None being *unavailable*. What is
left to chance (phase of a poll, dropouts) is drawn from the seed and the name of
the recording, so that a draw can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
import random

from benchmarks.traces import Segment, Trace

type Report = tuple[float, float | None]
type Profile = Callable[[Trace, int], Iterator[Report]]

LOW_W = 10.0  # the fall below this is what a flaky plug loses
LOW_STAYS_S = 60.0


def _every_second(trace: Trace, _seed: int) -> Iterator[Report]:
    for since, until, watts in trace.segments:
        if watts is None:
            yield since, None
            continue
        for second in range(int(since), int(until)):
            yield float(second), watts


def _shelly(trace: Trace, _seed: int) -> Iterator[Report]:
    """On a change of 2 W or 3 %, once a second at most, else each minute."""
    told: float | None = None
    told_at = 0.0
    for since, until, watts in trace.segments:
        if watts is None:
            yield since, None
            told = None
            continue
        if told is None or abs(watts - told) >= max(2.0, 0.03 * abs(told)):
            yield since, watts
            told, told_at = watts, since
        while told_at + 60.0 < until:
            told_at = max(told_at + 60.0, since)
            yield told_at, watts
            told = watts


def _stays_low(segments: Sequence[Segment], index: int, at: float) -> bool:
    for since, _, watts in segments[index:]:
        if since > at + LOW_STAYS_S:
            return True
        if watts is not None and watts >= LOW_W:
            return False
    return True


class _Zigbee:
    """On a change of 5 W or 5 %, 5 s apart; else after 300 s, if it differs."""

    def __init__(
        self, trace: Trace, drops: Sequence[tuple[float, float]], *, lossy: bool
    ):
        self.segments = trace.segments
        self.drops = list(drops)
        self.lossy = lossy
        self.hub: float | None = None
        self.plug: float | None = None
        self.plug_at = -1e9
        self.dropped = False

    def reports(self) -> Iterator[Report]:
        for index, (since, until, watts) in enumerate(self.segments):
            at = since
            while at < until:
                if self.drops and self.drops[0][0] <= at:
                    if not self.dropped:
                        self.dropped, self.hub, self.plug = True, None, None
                        yield max(self.drops[0][0], at), None
                    if self.drops[0][1] >= until:
                        break
                    at = max(at, self.drops.pop(0)[1])
                    self.dropped, self.plug_at = False, -1e9
                    continue
                stop = min(until, self.drops[0][0]) if self.drops else until
                due = stop if watts is None else self._due(at, watts)
                if watts is None or due >= stop:
                    at = stop
                    continue
                if not self._lost(index, due, watts) and watts != self.hub:
                    yield due, watts
                    self.hub = watts
                self.plug, self.plug_at = watts, due
                at = due if due > at else at + 1.0

    def _changed(self, watts: float) -> bool:
        plug = self.plug
        return plug is None or abs(watts - plug) >= max(5.0, 0.05 * abs(plug))

    def _due(self, at: float, watts: float) -> float:
        return max(at, self.plug_at + (5.0 if self._changed(watts) else 300.0))

    def _lost(self, index: int, at: float, watts: float) -> bool:
        falls = self.plug is not None and self.plug >= LOW_W > watts
        return (
            self.lossy
            and falls
            and self._changed(watts)
            and _stays_low(self.segments, index, at)
        )


def _zigbee(trace: Trace, _seed: int) -> Iterator[Report]:
    return _Zigbee(trace, (), lossy=False).reports()


def _flaky(trace: Trace, seed: int) -> Iterator[Report]:
    """As zigbee, away for 1-10 min each 90 min or so, and the last fall is lost."""
    chance = random.Random(f"{seed}/flaky/{trace.device}/{trace.id}")
    drops: list[tuple[float, float]] = []
    at = chance.expovariate(1 / 5400)
    while at < trace.duration:
        away = chance.randint(60, 600)
        drops.append((float(int(at)), float(int(at) + away)))
        at += away + chance.expovariate(1 / 5400)
    return _Zigbee(trace, drops, lossy=True).reports()


def _poll(every: int) -> Profile:
    def reports(trace: Trace, seed: int) -> Iterator[Report]:
        chance = random.Random(f"{seed}/poll/{trace.device}/{trace.id}")
        at = float(chance.randrange(every))
        away = False
        for _, until, watts in trace.segments:
            while at < until:
                if watts is not None or not away:
                    yield at, watts
                away = watts is None
                at += every

    return reports


PROFILES: dict[str, Profile] = {
    "every_second": _every_second,
    "shelly": _shelly,
    "zigbee": _zigbee,
    "poll30": _poll(30),
    "poll60": _poll(60),
    "flaky": _flaky,
}
