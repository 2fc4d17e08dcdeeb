"""What a person may attach to a report: how things stand, without secrets.

No message, no name and no address of anybody; only kinds, counts and reasons.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
import logging
from typing import Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .channels.interface import Channel
from .const import (
    CONF_BRAND_NAME,
    CONF_COMPANY,
    CONF_HEARTBEAT_URL,
    CONF_KIND,
    CONF_LINKS,
)
from .runtime import RnConfigEntry

# Seconds that the services behind the channels get: a person waits for the file
ACCOUNT_PATIENCE = 8.0

# also whose home it is: what stands on the letterhead
SECRETS = frozenset({CONF_HEARTBEAT_URL, CONF_BRAND_NAME, CONF_COMPANY, CONF_LINKS})


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: RnConfigEntry
) -> dict[str, Any]:
    """Sum the entry up."""
    runtime = entry.runtime_data
    database, heartbeat = runtime.database, runtime.heartbeat
    return {
        "options": async_redact_data(dict(entry.options), SECRETS),
        "set_up": Counter(
            " ".join(filter(None, (each.subentry_type, each.data.get(CONF_KIND))))
            for each in entry.subentries.values()
        ),
        "database": {
            "refusal": database.refusal,
            "recovered": database.recovered is not None,
            "doubt": runtime.origin.doubt,
            "closed_for_it": runtime.origin.closed,
            "bytes": await hass.async_add_executor_job(_size, database.path),
        },
        "self_test": runtime.uptime.trouble,
        # failures that these log cannot be heard: their word counts for nothing
        "silenced": sorted(
            name
            for channel in runtime.pipeline.directory.configured.values()
            for name, level in channel.loggers.items()
            if not logging.getLogger(name).isEnabledFor(level)
        ),
        "open_messages": runtime.pipeline.courier.open_count,
        "heartbeat": heartbeat
        and {"reached": heartbeat.is_reached, "obstacle": heartbeat.obstacle},
        "accounts": await _accounts(runtime.pipeline.directory.configured),
        "metrics": {
            key: metric.value for key, metric in runtime.scoreboard.values.items()
        },
    }


async def _accounts(channels: Mapping[str, Channel]) -> list[dict[str, Any]]:
    """What the services say of the accounts that we have logged in to."""
    accounts = [each for each in channels.values() if each.has_own_login]
    return list(await asyncio.gather(*(_account(each) for each in accounts)))


async def _account(channel: Channel) -> dict[str, Any]:
    try:
        async with asyncio.timeout(ACCOUNT_PATIENCE):
            facts: Mapping[str, Any] = await channel.async_inspect()
    except TimeoutError:
        facts = {"problem": "no answer in time"}
    except HomeAssistantError as error:
        facts = {"problem": str(error)}
    return {"kind": channel.kind, **facts}


def _size(path: Any) -> int:
    return int(path.stat().st_size) if path.exists() else 0
