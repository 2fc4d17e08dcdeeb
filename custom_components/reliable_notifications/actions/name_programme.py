"""Gives a programme of an appliance a name, or takes it away."""

from __future__ import annotations

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..appliances.programme_book import name_problem
from ..compat import vol
from ..const import (
    ATTR_APPLIANCE,
    ATTR_NAME,
    ATTR_NUMBER,
    DOMAIN,
    SERVICE_NAME_PROGRAMME,
)
from .interface import Action, appliance_named, runtime_of

_SCHEMA = vol.Schema(
    {
        vol.Required(ATTR_APPLIANCE): cv.string,
        vol.Required(ATTR_NUMBER): vol.All(vol.Coerce(int), vol.Range(min=1)),
        vol.Optional(ATTR_NAME, default=""): cv.string,
    }
)


async def _async_name(call: ServiceCall) -> ServiceResponse:
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
    return None


def _refused(key: str, **words: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=words or None,
    )


NAME_PROGRAMME = Action(
    name=SERVICE_NAME_PROGRAMME,
    schema=_SCHEMA,
    run=_async_name,
    responds=SupportsResponse.NONE,
)
