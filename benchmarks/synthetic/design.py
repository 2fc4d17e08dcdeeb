"""What a drawn appliance is: its programmes, and what it does around them.

Must not draw anything itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.synthetic.parts import Part

type Programme = Sequence[Part]

# The least power of a load, as the labels of the traces have it; and how far it must
# be from the display.
LOAD_W = {
    "washing_machine": 8.0,
    "washer_dryer": 8.0,
    "dishwasher": 8.0,
    "dryer": 50.0,
    "kettle": 200.0,
    "coffee_machine": 60.0,
    "microwave": 100.0,
}
ABOVE_DISPLAY_W = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """An appliance.

    `after` follows the end of a programme and is not part of it. `display_s` is how
    long the display stays on then; 0 means that it goes off at once. `wanders` is how
    far the length of heating drifts over its life, as a share. The shares are of
    cycles: put in within ten minutes of the last (`hurried`), switched off in
    mid-cycle (`cut`), paused by its user (`paused`), begun hours after the programme
    was chosen (`delayed`). `hurried_at_first`: the second load follows the first soon.
    """

    name: str
    kind: str
    programmes: Sequence[Programme]
    weights: Sequence[float]
    display: float
    off: float
    display_s: float = 0.0
    after: Programme = ()
    wanders: float = 0.0
    hurried: float = 0.08
    cut: float = 0.0
    paused: float = 0.0
    delayed: float = 0.0
    hurried_at_first: bool = False
    cycles: int = 20

    @property
    def load_w(self) -> float:
        """The power from which on a load is on."""
        return max(LOAD_W[self.kind], self.display + ABOVE_DISPLAY_W)


def falling(count: int) -> list[float]:
    """Weigh programmes: the first is run most, the last seldom."""
    return [2.0 / (1 + each) for each in range(count)]
