"""Says that what messages were about is over."""

from __future__ import annotations

from homeassistant.core import ServiceCall, ServiceResponse

from ..compat import vol
from ..const import ATTR_INCIDENT, ATTR_MESSAGE, SERVICE_RESOLVE
from .interface import INCIDENT, TEXT, Action, runtime_of

_SCHEMA = vol.Schema(
    {
        vol.Required(ATTR_INCIDENT): INCIDENT,
        vol.Optional(ATTR_MESSAGE): TEXT,
    }
)


async def _async_resolve(call: ServiceCall) -> ServiceResponse:
    told = await runtime_of(call.hass).pipeline.async_resolve(
        call.data[ATTR_INCIDENT], call.data.get(ATTR_MESSAGE, "")
    )
    return {"told": list(told)}


RESOLVE = Action(name=SERVICE_RESOLVE, schema=_SCHEMA, run=_async_resolve)
