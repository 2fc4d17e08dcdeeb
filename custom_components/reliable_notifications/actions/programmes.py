"""Lists the programmes of appliances, for planners of energy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.helpers import config_validation as cv

from ..appliances.appliance import ApplianceWatch
from ..appliances.forecast import KnownProgramme
from ..compat import vol
from ..const import ATTR_APPLIANCE, ATTR_NAME, ATTR_NUMBER, SERVICE_PROGRAMMES
from .interface import Action, appliance_named, runtime_of

_SCHEMA = vol.Schema({vol.Optional(ATTR_APPLIANCE): cv.string})


async def _async_list(call: ServiceCall) -> ServiceResponse:
    watches: Iterable[ApplianceWatch] = runtime_of(call.hass).watches.values()
    if (wanted := call.data.get(ATTR_APPLIANCE)) is not None:
        watches = [appliance_named(watches, wanted)]
    return {
        "appliances": [
            {
                ATTR_APPLIANCE: watch.spec.name,
                "appliance_id": watch.spec.id,
                "programmes": [_told(each) for each in watch.programmes.known],
            }
            for watch in watches
        ]
    }


def _told(programme: KnownProgramme) -> dict[str, Any]:
    return {
        ATTR_NUMBER: programme.id + 1,
        ATTR_NAME: programme.name,
        "count": programme.count,
        "minutes": round(programme.length_s / 60),
        "energy": round(programme.wh / 1000, 3),
        "watts": [round(watts) for watts in programme.profile_w],
    }


PROGRAMMES = Action(
    name=SERVICE_PROGRAMMES,
    schema=_SCHEMA,
    run=_async_list,
    responds=SupportsResponse.ONLY,
)
