"""Leave one appliance out: choose a number on all others, see how it does on that one.

A number that only one machine likes shows here: left out, that machine pays.

Must not run or draw anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.study.tallies import Tally

# Tallies of one number: value, appliance.
type Sweep = Mapping[float, Mapping[str, Tally]]

# Costs that differ by less than this share are the same: the shipped value then stays.
SAME_COST = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The value chosen without an appliance, and the cost of a cycle of that one."""

    left_out: str
    value: float
    cost_min: float
    shipped_cost_min: float
    tally: Tally


def leave_one_out(sweep: Sweep, shipped: float, names: list[str]) -> list[Choice]:
    """Choose for each of the named appliances without it."""
    return [_choice(sweep, shipped, name) for name in names]


def _choice(sweep: Sweep, shipped: float, left_out: str) -> Choice:
    costs = {value: _average(tallies, left_out) for value, tallies in sweep.items()}
    best = min(costs, key=lambda value: costs[value])
    if costs[shipped] <= (1.0 + SAME_COST) * costs[best]:
        best = shipped
    tally = sweep[best][left_out]
    return Choice(
        left_out=left_out,
        value=best,
        cost_min=tally.cost_min,
        shipped_cost_min=sweep[shipped][left_out].cost_min,
        tally=tally,
    )


def _average(tallies: Mapping[str, Tally], left_out: str) -> float:
    """Average over appliances, so that the one with most cycles does not decide."""
    others = [
        each for name, each in tallies.items() if name != left_out and each.cycles
    ]
    return sum(each.cost_min for each in others) / max(len(others), 1)
