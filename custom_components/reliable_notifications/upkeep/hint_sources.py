"""Who in this integration knows what a person should be told as a hint.

Must not know what a hint says.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from homeassistant.core import HomeAssistant

from .hints import (
    Source,
    of_allowance,
    of_appliance,
    of_channel,
    of_database,
    of_deciding,
    of_disk,
    of_gate,
    of_heartbeat,
    of_origin,
    of_pipeline,
    of_strangers,
    of_templates,
    of_watchdog,
)
from .price_hints import of_prices
from .rule_hints import of_rules, of_table

if TYPE_CHECKING:
    from ..runtime import Runtime


def hint_sources(hass: HomeAssistant, runtime: Runtime) -> Iterable[Source]:
    """Who knows what a person should be told."""
    database, uptime = runtime.database, runtime.uptime
    yield lambda: of_database(database.recovered)
    yield lambda: of_origin(runtime.origin.closed)
    yield lambda: of_disk(database.refusal)
    yield lambda: of_pipeline(uptime.trouble, database.refusal)
    yield lambda: of_heartbeat(runtime.heartbeat)
    yield lambda: of_watchdog(runtime.watchdog)
    traffic, gate = runtime.pipeline.courier.traffic, runtime.pipeline.gate
    recipients = runtime.pipeline.directory.recipients
    for channel_id, channel in runtime.pipeline.directory.configured.items():
        login = channel.has_own_login
        yield partial(of_channel, channel_id, channel.name, login, traffic.health, gate)
        yield partial(of_allowance, channel_id, channel.name, traffic)
        yield partial(of_prices, channel, recipients.values())
    yield partial(of_gate, gate, runtime.pipeline.directory.names)
    for watch in runtime.watches.values():
        yield partial(of_appliance, hass, watch)
    yield partial(of_templates, runtime.pipeline.wording)
    yield partial(of_strangers, hass, runtime.pipeline.responses.strangers)
    switchboard = runtime.pipeline.switchboard
    yield lambda: of_deciding(switchboard.trouble)
    yield partial(of_table, switchboard.laid_down.unfit)
    directory = runtime.pipeline.directory
    yield of_rules(hass, switchboard.laid_down, directory, runtime.watches)
