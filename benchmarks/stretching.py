"""The same appliances, slower, faster or weaker: what a tuned number would not survive.

Must not change what happens, only how long it takes and how strong it is.
"""

from __future__ import annotations

from collections.abc import Sequence
import dataclasses

from benchmarks.traces import Appliance, Segment, Trace


def stretched(appliance: Appliance, time: float, power: float) -> Appliance:
    """Let everything take `time` times as long, at `power` times the watts."""
    if time == power == 1.0:
        return appliance
    name = appliance.name
    name += f" time×{time:g}" if time != 1.0 else ""
    name += f" power×{power:g}" if power != 1.0 else ""
    first = appliance.traces[0].begin
    traces = [
        _trace(each, first + (each.begin - first) * time, time, power)
        for each in appliance.traces
    ]
    return Appliance(name=name, kind=appliance.kind, traces=traces)


def _trace(trace: Trace, begin: float, time: float, power: float) -> Trace:
    cycles = [
        dataclasses.replace(
            each,
            start=round(each.start * time),
            end=None if each.end is None else round(each.end * time),
            after_until=None
            if each.after_until is None
            else round(each.after_until * time),
        )
        for each in trace.cycles
    ]
    return dataclasses.replace(
        trace,
        begin=begin,
        duration=trace.duration * time,
        segments=_segments(trace.segments, time, power),
        cycles=cycles,
    )


def _segments(segments: Sequence[Segment], time: float, power: float) -> list[Segment]:
    made: list[Segment] = []
    for since, until, watts in segments:
        begin, end = float(round(since * time)), float(round(until * time))
        if begin < end:
            made.append((begin, end, None if watts is None else watts * power))
    return made
