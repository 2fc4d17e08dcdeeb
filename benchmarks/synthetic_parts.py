"""What appliances are made of: heaters, drums, pumps, fans and rests, second by second.

Every part appends to a recording. Lengths are whole seconds. What a programme timer
controls repeats to a second or two; what water, load and temperature control does
not. All chance comes from the given generator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
import random

from benchmarks.traces import Segment


@dataclass(slots=True)
class Recorder:
    """A recording that grows; `load_until` is the end of the last load."""

    chance: random.Random
    resolution: float = 1.0  # watts
    segments: list[Segment] = field(default_factory=list)
    at: float = 0.0
    load_until: float = 0.0

    def draw(self, seconds: float, watts: float, *, load: bool = True) -> None:
        """Draw this power for so long (at least a second)."""
        whole = max(1, round(seconds))
        shown = round(watts / self.resolution) * self.resolution
        if self.segments and self.segments[-1][2] == shown:
            since, _, _ = self.segments.pop()
            self.segments.append((since, self.at + whole, shown))
        else:
            self.segments.append((self.at, self.at + whole, shown))
        self.at += whole
        if load:
            self.load_until = self.at

    def rest(self, seconds: float, watts: float) -> None:
        """Draw what the electronics draw."""
        self.draw(seconds, watts, load=False)


# One part of a programme: does its work on the recorder, given the display's power.
type Part = Callable[[Recorder, float], None]


def heat(minutes: float, watts: float, spread: float = 0.15) -> Part:
    """Heat until warm: the length varies with water and load, the mains wobble."""

    def part(to: Recorder, display: float) -> None:
        length = minutes * 60.0 * to.chance.gauss(1.0, spread / 2)
        for _ in range(max(1, round(length / 60.0))):
            to.draw(60.0, watts * to.chance.uniform(0.985, 1.015) + display)

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
        until = to.at + minutes * 60.0 * to.chance.gauss(1.0, 0.08)
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


def pulses(minutes: float, on: float, every: float, watts: float) -> Part:
    """Short loads after the end: anti-crease, keep warm. They are not the programme."""

    def part(to: Recorder, display: float) -> None:
        programme_end = to.load_until
        until = to.at + minutes * 60.0 * to.chance.uniform(0.3, 1.0)
        while to.at < until:
            to.rest(every - on, display)
            to.draw(on, watts * to.chance.uniform(0.95, 1.05) + display)
        to.load_until = programme_end

    return part
