"""What people do with an appliance: when they load it, and what they do meanwhile.

Must not know what an appliance is made of.
"""

from __future__ import annotations

import random

from benchmarks.synthetic.design import Design
from benchmarks.synthetic.parts import Recorder
from benchmarks.traces import Segment, TrueCycle

HOUR_S = 3600.0
# A load this soon after the last one is put in by somebody who stood waiting.
HURRY_S = (40.0, 600.0)
# Kinds that begin at the press of one button.
SHORT = frozenset({"kettle", "microwave", "coffee_machine"})


class Life:
    """Records one appliance from its first day on."""

    def __init__(self, design: Design, chance: random.Random) -> None:
        self.design, self.chance = design, chance
        self.to = Recorder(chance)
        self.cycles: list[TrueCycle] = []

    def live(self) -> tuple[list[Segment], list[TrueCycle], float]:
        """Give the recording, its cycles and its length."""
        self.to.rest(3 * HOUR_S, self.design.off)
        for number in range(self.design.cycles):
            self._choose()
            self._run(number)
        self.to.rest(HOUR_S, self.design.off)
        return self.to.segments, self.cycles, self.to.at

    def _choose(self) -> None:
        """Switch on, choose, perhaps for later: a drain check, then hours of rest."""
        design, to, chance = self.design, self.to, self.chance
        if design.kind in SHORT:
            return
        to.draw(chance.uniform(1, 4), 8.0 + design.display, load=False)
        to.rest(chance.uniform(5, 40), design.display)
        if chance.random() < design.delayed:
            to.draw(chance.uniform(10, 50), 26.0 + design.display, load=False)
            to.rest(chance.uniform(0.5, 8) * HOUR_S, design.display)

    def _run(self, number: int) -> None:
        design, to, chance = self.design, self.to, self.chance
        run = self._programme(number)
        cut = number > 0 and chance.random() < design.cut
        if cut:
            run.cut(float(int(run.load_until * chance.uniform(0.1, 0.9))))
        elif chance.random() < design.paused:
            at = float(int(run.load_until * chance.uniform(0.1, 0.9)))
            run.interrupt(at, chance.uniform(30, 480), design.display)
        begun = to.at
        to.take(run)
        end, until = to.load_until, None
        gap = self._gap(number)
        if not cut:
            until = self._after(end, gap)
        to.rest(max(1.0, end + gap - to.at), design.off)
        self.cycles.append(
            TrueCycle(
                id=f"{design.name}-{number + 1:03}",
                start=begun,
                end=end,
                after_until=until,
                cut=cut,
            )
        )

    def _programme(self, number: int) -> Recorder:
        design, chance = self.design, self.chance
        age = number / design.cycles
        run = Recorder(
            chance,
            filling=chance.uniform(0.5, 1.5),
            slow=1.0 + design.wanders * age,
        )
        for part in chance.choices(design.programmes, design.weights)[0]:
            part(run, design.display)
        return run

    def _gap(self, number: int) -> float:
        """Tell how long after this end the next load begins."""
        design, chance = self.design, self.chance
        hurried = chance.random() < design.hurried
        if hurried or (design.hurried_at_first and number == 0):
            least = HURRY_S[0] + (15.0 if design.kind in SHORT else 0.0)
            return chance.uniform(least, HURRY_S[1])
        if chance.random() < 0.08:
            return chance.uniform(600, 1800)
        return chance.uniform(1.0, 14.0) * HOUR_S

    def _after(self, end: float, gap: float) -> float | None:
        """Let it do what it does after the end, until somebody switches it off."""
        design, to, chance = self.design, self.to, self.chance
        until = end + gap - 45.0
        if chance.random() < 0.2:  # switched off at once
            until = min(until, end + chance.uniform(20, 600))
        pulsing = False
        for part in design.after:
            part(to, design.display)
            pulsing = True
        after_until = min(to.at, max(until, end)) if pulsing else None
        if design.display_s:
            to.rest(design.display_s, design.display)
        if to.at > until:
            to.cut(float(int(max(until, end))))
        return after_until
