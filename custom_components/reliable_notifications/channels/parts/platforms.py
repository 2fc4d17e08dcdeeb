"""The integration behind an action, and where it hides what goes wrong.

Must not call it.
"""

from __future__ import annotations

from collections.abc import Mapping
import logging

from homeassistant.core import HomeAssistant
from homeassistant.loader import IntegrationNotLoaded, async_get_loaded_integration

# where the code of integrations lies
_INTEGRATIONS = ("homeassistant.components.", "custom_components.")


def integration_behind(hass: HomeAssistant, action: str) -> str | None:
    """The domain of the integration whose code `notify.<action>` runs, if it is one."""
    service = hass.services.async_services_for_domain("notify").get(action)
    if service is None:
        return None
    code = service.job.target
    module = type(getattr(code, "__self__", None) or code).__module__
    if module in ("builtins", "functools"):  # a plain function
        module = getattr(code, "__module__", "")
    for package in _INTEGRATIONS:
        if module.startswith(package):
            return module.removeprefix(package).partition(".")[0]
    return None


def loggers_of(hass: HomeAssistant, domain: str) -> Mapping[str, int]:
    """Where an integration, and the library that its manifest names, log their errors.

    Errors only: of platforms that we do not know one by one, warnings also tell of
    settings that will go, of retries, of pictures that were left out.
    """
    try:
        integration = async_get_loaded_integration(hass, domain)
    except IntegrationNotLoaded:
        return {}
    names = (integration.pkg_path, *(integration.loggers or ()))
    return dict.fromkeys(names, logging.ERROR)
