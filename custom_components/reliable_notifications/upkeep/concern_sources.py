"""What is wrong now that people should be told of: sensors, cycles, goals, channels.

Asks the parts and says what they say, with how long it has to last to be told. Must not
tell anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from ..adapters.scoreboard import Scoreboard
from ..adapters.told_concerns import ToldConcerns
from ..appliances.appliance import ApplianceWatch
from ..engine.cycles.left_on import left_on_at
from ..engine.cycles.machine import IN_CYCLE
from ..engine.metrics.missed import Standing, objectives
from ..engine.vocabulary import ApplianceState, Instant
from .channel_concerns import of_channel
from .concerns import Concern, Concerns, Source

if TYPE_CHECKING:
    from homeassistant.core import HomeAssistant

    from ..runtime import Runtime

# Seconds for which a sensor is away outside of a cycle before that is told: who
# switches a socket off for the night, or takes a plug to another room, knows that.
AWAY_FOR = 43200.0


def concerns(hass: HomeAssistant, runtime: Runtime) -> Concerns:
    """Put together what looks for trouble."""
    pipeline = runtime.pipeline
    return Concerns(
        hass,
        _sources(runtime),
        ToldConcerns(runtime.database),
        pipeline.switchboard,
        pipeline.told_before,
        pipeline,
    )


def _sources(runtime: Runtime) -> Iterable[Source]:
    """Who knows of trouble."""
    health = runtime.pipeline.courier.health
    internet = partial(_internet, runtime)
    for channel_id, channel in runtime.pipeline.directory.configured.items():
        needs = None if channel.local else internet
        yield partial(of_channel, channel_id, channel.name, health, needs)
    for watch in runtime.watches.values():
        yield partial(of_appliance, watch)
    yield partial(of_objectives, runtime.scoreboard)


def _internet(runtime: Runtime) -> bool | None:
    return runtime.household.facts().internet


def of_appliance(watch: ApplianceWatch, now: Instant) -> Iterable[Concern]:
    """Say that it cannot be seen, takes too long, or was left on."""
    spec, detector = watch.spec, watch.detector
    yield from _unseen(watch, now)
    if detector.cycle_id is None or detector.state not in IN_CYCLE:
        return
    started_at = detector.started_at
    duration_s = None if started_at is None else now - started_at
    facts = {"appliance": spec.name, "duration_s": duration_s}
    yield Concern(
        key="overrunning",
        incident=f"{spec.id}-{detector.cycle_id}",
        source=spec.id,
        facts=facts,
        is_sure=watch.problem == "overrunning",
    )
    earlier = (
        each.ended_at - each.started_at
        for each in watch.chronicle.over
        if each.ended_at is not None and not each.no_cycle
    )
    since = left_on_at(spec.kind, started_at, earlier)
    if since is not None:
        yield Concern(
            key="appliance_left_on",
            # beside the finish, which says less: it is taken back by itself
            incident=f"{spec.id}-{detector.cycle_id}-on",
            source=spec.id,
            facts=facts,
            is_sure=now >= since,
        )


def _unseen(watch: ApplianceWatch, now: Instant) -> Iterable[Concern]:
    """In a cycle the detector says when it is silent for too long."""
    spec, presence = watch.spec, watch.presence
    is_stale = watch.detector.state is ApplianceState.STALE
    if presence.is_there and not is_stale:
        return
    since = presence.since
    is_away = since is not None and now - since >= AWAY_FOR
    yield Concern(
        key="sensor_stale",
        incident=f"sensor-{spec.id}",
        source=spec.id,
        facts={"appliance": spec.name, "since_at": since},
        is_sure=is_stale or is_away,
    )


def of_objectives(scoreboard: Scoreboard, _: Instant) -> Iterable[Concern]:
    """Say which of our own goals were missed."""
    values = {
        key: (each.value, each.attributes) for key, each in scoreboard.values.items()
    }
    for objective in objectives(values, scoreboard.objectives):
        if objective.standing is not Standing.MET:
            yield Concern(
                key="objective_missed",
                incident=f"objective-{objective.key}",
                facts=objective.facts,
                is_sure=objective.standing is Standing.MISSED,
            )
