"""A plug's meter between the true power and the recording: steps, noise and holes.

Must not know appliances.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
import dataclasses
from dataclasses import dataclass
import random

from benchmarks.traces import Segment, TrueCycle

# A rest is what a meter of 2 W steps cannot tell from nothing.
REST_W = 4.0
# An end that lies in a hole longer than this cannot be seen by anybody.
SEEN_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """Resolution in watts, a sample each so many seconds, and what goes wrong.

    `toggles_s` is the mean time between two changes of the last step while the
    appliance rests (0: none), `glitches` and `holes` are counted per day.
    """

    step_w: float = 1.0
    sample_s: int = 1
    toggles_s: float = 0.0
    glitches: float = 0.0
    holes: float = 0.0

    def read(self, true: Sequence[Segment], chance: random.Random) -> list[Segment]:
        """Give what the meter shows."""
        shown = self._noisy(self._sampled(true), chance)
        duration = true[-1][1]
        shown = _over(shown, self._glitches(duration, chance))
        return _over(shown, self._holes(duration, chance))

    def _sampled(self, true: Sequence[Segment]) -> Iterator[Segment]:
        every = float(self.sample_s)
        for since, until, watts in true:
            first, last = -(-since // every) * every, -(-until // every) * every
            if first < last and watts is not None:
                yield first, last, round(watts / self.step_w) * self.step_w

    def _noisy(self, shown: Iterable[Segment], chance: random.Random) -> list[Segment]:
        noisy: list[Segment] = []
        for since, until, watts in shown:
            at, up = since, False
            while self.toggles_s and watts is not None and watts <= REST_W:
                lasts = chance.expovariate(1.0 / self.toggles_s) * (0.3 if up else 1.0)
                to = at + max(self.sample_s, int(lasts))
                if to >= until:
                    break
                _add(noisy, (at, to, watts + up * self.step_w))
                at, up = to, not up
            _add(noisy, (at, until, watts))
        return noisy

    def _glitches(self, duration: float, chance: random.Random) -> Iterator[Segment]:
        at = 0.0
        while self.glitches:
            at += chance.expovariate(self.glitches / 86400.0)
            if at >= duration - 60.0:
                return
            watts = chance.choice((6.0, 20.0, 60.0, 250.0, 1200.0))
            yield float(int(at)), float(int(at) + self.sample_s), watts

    def _holes(self, duration: float, chance: random.Random) -> Iterator[Segment]:
        at = 0.0
        while self.holes:
            at += chance.expovariate(self.holes / 86400.0)
            if at >= duration - 1800.0:
                return
            yield float(int(at)), float(int(at + chance.uniform(60, 1200))), None
            at += 1200.0


def draw_meter(chance: random.Random) -> Meter:
    """Draw one of the meters that people have."""
    step_w, sample_s = chance.choice(((0.1, 1), (1.0, 1), (2.0, 4), (2.0, 8), (2.0, 1)))
    return Meter(
        step_w=step_w,
        sample_s=sample_s,
        toggles_s=chance.choice((0.0, 600.0)) if step_w >= 1.0 else 0.0,
        glitches=chance.choice((0.0, 0.0, 0.5)),
        holes=chance.choice((0.0, 0.0, 0.7)),
    )


def _add(segments: list[Segment], new: Segment) -> None:
    if segments and segments[-1][2] == new[2]:
        segments[-1] = (segments[-1][0], new[1], new[2])
    else:
        segments.append(new)


def _over(shown: Sequence[Segment], later: Iterable[Segment]) -> list[Segment]:
    """Lay segments over others; both are in order."""
    laid: list[Segment] = []
    covers = list(later)
    index = 0
    for since, until, watts in shown:
        at = since
        while index < len(covers) and covers[index][0] < until:
            begin, end, value = covers[index]
            if begin > at:
                _add(laid, (at, begin, watts))
            stop = min(end, until)
            if stop > max(at, begin):
                _add(laid, (max(at, begin), stop, value))
            at = max(at, stop)
            if end > until:
                break
            index += 1
        if at < until:
            _add(laid, (at, until, watts))
    return laid


def labelled(
    cycles: Iterable[TrueCycle],
    segments: Sequence[Segment],
    load_w: float,
    sample_s: float,
) -> list[TrueCycle]:
    """Label what the meter shows, as a person would who sees nothing else.

    An end is where the last load shown drops: a sample each eight seconds may miss
    the last turns of a drum. Where a long hole hides it, the cycle is not scored.
    """
    holes = [(a, b) for a, b, watts in segments if watts is None and b - a > SEEN_S]
    begins = [since for since, _, _ in segments]
    return [
        dataclasses.replace(
            each,
            end=_shown_end(each, segments, begins, (load_w, sample_s)),
            scored=not any(
                a - SEEN_S <= at <= b + 1.0
                for a, b in holes
                for at in (each.start, each.end or each.start)
            ),
        )
        for each in cycles
    ]


def _shown_end(
    cycle: TrueCycle,
    segments: Sequence[Segment],
    begins: Sequence[float],
    meter: tuple[float, float],
) -> float:
    load_w, sample_s = meter
    end = cycle.end or cycle.start
    for index in range(bisect.bisect_left(begins, end + sample_s) - 1, -1, -1):
        _, until, watts = segments[index]
        if until <= cycle.start:
            break
        if watts is not None and watts >= load_w:
            return min(until, end + sample_s)
    return end
