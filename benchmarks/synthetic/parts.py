"""What appliances are made of: heaters, drums, pumps, fans and rests, second by second.

Every part appends to a recording. Lengths are whole seconds. What a programme timer
controls repeats to a second or two; what water, load and temperature control does
not. All chance comes from the recorder's generator.

Must not know appliances, people or meters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
import random

from benchmarks.traces import Segment


@dataclass(slots=True)
class Recorder:
    """A recording that grows, and when a load was on in it.

    `filling` is how full it is this time (1 is usual) and `slow` how long heating
    takes compared to the first day: cold water, scale, a worn pump.
    """

    chance: random.Random
    filling: float = 1.0
    slow: float = 1.0
    segments: list[Segment] = field(default_factory=list)
    at: float = 0.0
    loads: list[tuple[float, float]] = field(default_factory=list)

    @property
    def load_until(self) -> float:
        """The end of the last load."""
        return self.loads[-1][1] if self.loads else 0.0

    def draw(self, seconds: float, watts: float, *, load: bool = True) -> None:
        """Draw this power for so long (at least a second)."""
        whole = max(1, round(seconds))
        self._append(float(whole), round(watts, 1))
        if load:
            self.loads.append((self.at - whole, self.at))

    def rest(self, seconds: float, watts: float) -> None:
        """Draw what the electronics draw."""
        self.draw(seconds, watts, load=False)

    def take(self, other: Recorder) -> None:
        """Append what another one recorded."""
        begun = self.at
        for since, until, watts in other.segments:
            self._append(until - since, watts)
        self.loads += [(begun + since, begun + until) for since, until in other.loads]

    def cut(self, at: float) -> None:
        """Forget what came after."""
        self.segments = [
            (since, min(until, at), watts)
            for since, until, watts in self.segments
            if since < at
        ]
        self.at = min(self.at, at)
        self.loads = [
            (since, min(until, at)) for since, until in self.loads if since < at
        ]

    def interrupt(self, at: float, seconds: float, watts: float) -> None:
        """Put a rest in between; what follows comes so much later."""
        whole = float(round(seconds))
        rest = [each for each in self.segments if each[1] > at]
        loads = [each for each in self.loads if each[1] > at]
        self.cut(at)
        self.rest(whole, watts)
        for since, until, power in rest:
            self._append(until - max(since, at), power)
        self.loads += [(max(a, at) + whole, b + whole) for a, b in loads]

    def _append(self, seconds: float, watts: float | None) -> None:
        since = self.at
        if self.segments and self.segments[-1][2] == watts:
            since = self.segments.pop()[0]
        self.at += seconds
        self.segments.append((since, self.at, watts))


# One part of a programme: does its work on the recorder, given the display's power.
type Part = Callable[[Recorder, float], None]


def heat(minutes: float, watts: float, spread: float = 0.15) -> Part:
    """Heat until warm: the length varies with water and load, the mains wobble."""

    def part(to: Recorder, display: float) -> None:
        length = minutes * 60.0 * to.slow * to.chance.gauss(1.0, spread / 2)
        for _ in range(max(1, round(length / 60.0))):
            to.draw(60.0, watts * to.chance.uniform(0.985, 1.015) + display)

    return part


def block(seconds: float, watts: float, spread: float = 0.05) -> Part:
    """Run a heater, pump or fan for about so many seconds."""

    def part(to: Recorder, display: float) -> None:
        length = seconds * to.chance.uniform(1.0 - spread, 1.0 + spread)
        to.draw(length, watts * to.chance.uniform(0.98, 1.02) + display)

    return part


def tumble(minutes: float, on: float, off: float, watts: float) -> Part:
    """Turn and rest by the timer."""

    def part(to: Recorder, display: float) -> None:
        until = to.at + minutes * 60.0
        while to.at < until:
            to.draw(1.0, watts * to.chance.uniform(1.6, 2.4) + display)
            to.draw(on - 1.0, watts * to.chance.uniform(0.9, 1.1) + display)
            to.rest(off, display + to.chance.choice((0.0, 0.0, 1.0)))

    return part


def warm_tumble(
    minutes: float, on: float, off: float, watts: float, heater: float
) -> Part:
    """Heat while the drum turns and rests: the heater never rests."""

    def part(to: Recorder, display: float) -> None:
        until = to.at + minutes * 60.0 * to.slow * to.chance.gauss(1.0, 0.08)
        while to.at < until:
            power = heater * to.chance.uniform(0.985, 1.015) + display
            to.draw(on, power + watts * to.chance.uniform(0.9, 1.1))
            to.draw(off, power)

    return part


def spin(minutes: float, watts: float) -> Part:
    """Spin up in steps, hold, and coast down."""

    def part(to: Recorder, display: float) -> None:
        for share in (0.3, 0.5, 0.8):
            to.draw(
                minutes * 10.0, watts * share * to.chance.uniform(0.9, 1.1) + display
            )
        for _ in range(3):
            to.draw(minutes * 10.0, watts * to.chance.uniform(0.9, 1.1) + display)

    return part


def pump(seconds: float, watts: float, jitter: float = 2.0) -> Part:
    """Drain."""

    def part(to: Recorder, display: float) -> None:
        to.draw(seconds + to.chance.uniform(-jitter, jitter), watts + display)

    return part


def wash_round(minutes: float, watts: float) -> Part:
    """Circulate with small changes of load each few minutes."""

    def part(to: Recorder, display: float) -> None:
        for _ in range(max(1, round(minutes / 2))):
            to.draw(100.0, watts * to.chance.uniform(0.93, 1.07) + display)
            to.draw(20.0, watts * to.chance.uniform(0.75, 0.85) + display)

    return part


def rest(minutes: float, jitter: float = 2.0) -> Part:
    """Wait by the timer: soaking, drying, condensing."""

    def part(to: Recorder, display: float) -> None:
        to.rest(minutes * 60.0 + to.chance.uniform(-jitter, jitter), display)

    return part


def soak(minutes: float, every: float, watts: float) -> Part:
    """Rest, but turn the drum once in a while."""

    def part(to: Recorder, display: float) -> None:
        until = to.at + minutes * 60.0
        while to.at + every < until:
            to.rest(every, display)
            to.draw(4.0, watts + display)
        to.rest(max(1.0, until - to.at), display)

    return part


def maybe(probability: float, *parts: Part) -> Part:
    """Do these parts sometimes."""

    def part(to: Recorder, display: float) -> None:
        if to.chance.random() < probability:
            for each in parts:
                each(to, display)

    return part


def several(least: int, most: int, *parts: Part) -> Part:
    """Do these parts as often as it takes this time."""

    def part(to: Recorder, display: float) -> None:
        for _ in range(to.chance.randint(least, most)):
            for each in parts:
                each(to, display)

    return part


def thermostat(minutes: float, on: float, off: float, watts: float) -> Part:
    """Keep a temperature while the programme goes on: the last heating is a load."""

    def part(to: Recorder, display: float) -> None:
        until = to.at + minutes * 60.0
        while to.at < until:
            to.draw(on * to.chance.uniform(0.8, 1.2), watts + display)
            to.rest(off * to.chance.uniform(0.8, 1.2), display)

    return part


# -- what is not part of the programme -----------------------------------------------


def pulses(
    minutes: float, on: float, every: float, watts: float, idle: float = 0.0
) -> Part:
    """Short loads after the end, for a third of that time at least: anti-crease."""

    def part(to: Recorder, display: float) -> None:
        until = to.at + minutes * 60.0 * to.chance.uniform(0.3, 1.0)
        while to.at < until:
            to.rest(every - on, display + idle)
            to.rest(on, watts * to.chance.uniform(0.95, 1.05) + display)

    return part


def blips(minutes: float, least: float = 8.0, most: float = 15.0) -> Part:
    """Electronics left on, which show single samples of a few watts more."""

    def part(to: Recorder, display: float) -> None:
        until = to.at + minutes * 60.0 * to.chance.uniform(0.1, 1.0)
        while to.at < until:
            to.rest(to.chance.uniform(20.0, 400.0), display)
            to.rest(to.chance.choice((1, 1, 2, 4)), to.chance.uniform(least, most))

    return part


def glow(minutes: float, watts: float) -> Part:
    """Leave a lamp, a plate or a fan on after the end."""

    def part(to: Recorder, display: float) -> None:
        to.rest(minutes * 60.0 * to.chance.uniform(0.3, 1.0), watts + display)

    return part
