"""Actions about programmes: list them, for planners of energy; give one a name.

Checks what was asked and gives it to the appliance's watch; every refusal is a
translated sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from .actions.interface import appliance_named, runtime_of
from .appliance import ApplianceWatch
from .compat import vol
from .const import (
    ATTR_APPLIANCE,
    ATTR_NAME,
    ATTR_NUMBER,
    DOMAIN,
    SERVICE_NAME_PROGRAMME,
    SERVICE_PROGRAMMES,
)
from .forecast import KnownProgramme
from .programme_book import name_problem

_LIST_SCHEMA = vol.Schema({vol.Optional(ATTR_APPLIANCE): cv.string})
_NAME_SCHEMA = vol.Schema(
    {
        vol.Required(ATTR_APPLIANCE): cv.string,
        vol.Required(ATTR_NUMBER): vol.All(vol.Coerce(int), vol.Range(min=1)),
        vol.Optional(ATTR_NAME, default=""): cv.string,
    }
)


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions once, whether or not an entry is set up."""
    hass.services.async_register(
        DOMAIN,
        SERVICE_PROGRAMMES,
        _async_list,
        schema=_LIST_SCHEMA,
        supports_response=SupportsResponse.ONLY,
    )
    hass.services.async_register(
        DOMAIN, SERVICE_NAME_PROGRAMME, _async_name, schema=_NAME_SCHEMA
    )


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


async def _async_name(call: ServiceCall) -> None:
    watch = appliance_named(
        runtime_of(call.hass).watches.values(), call.data[ATTR_APPLIANCE]
    )
    number, name = call.data[ATTR_NUMBER], " ".join(call.data[ATTR_NAME].split())
    others = [each for each in watch.programmes.known if each.id != number - 1]
    if len(others) == len(watch.programmes.known):
        raise _refused("unknown_programme", number=str(number))
    problem = name_problem(name, [each.name for each in others if each.name])
    if name and problem is not None:
        raise _refused(problem)
    watch.programmes.async_name({number - 1: name})


def _refused(key: str, **words: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=words or None,
    )
