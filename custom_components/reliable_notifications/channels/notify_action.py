"""A notify action (`notify.something`) of any platform.

For platforms that have nothing better. That the action returned proves nothing: of
the 51 platforms of this kind in Home Assistant, 28 never tell of a failure. Those that
write it to the log at least are listened to. Must not offer what has a channel of its
own.
"""

from __future__ import annotations

from collections.abc import Mapping

from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from ..engine.vocabulary import AttemptResult, Evidence
from .interface import Channel, Choice, Envelope, loggers_of

NOTIFY = "notify"

# what is in the domain `notify` and is no way to reach a person by itself: the action
# of notify entities, the last resort, and the group of everything
_NOT_A_TARGET = frozenset({"send_message", "persistent_notification", "notify"})

# these actions belong to phones, which the channel `mobile_app` can ask more of
_PHONES = "mobile_app_"

# where the code of integrations lies
_INTEGRATIONS = ("homeassistant.components.", "custom_components.")


class NotifyAction(Channel):
    """One action, named `notify.something`."""

    kind = "notify_action"
    best_evidence = Evidence.DISPATCHED
    # platforms of this kind wait up to 10 s for their server (delivery reference 1.2)
    patience = 12.0
    replaces = False

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The notify actions there are now."""
        return [
            Choice(value=f"{NOTIFY}.{name}", label=name.replace("_", " ").capitalize())
            for name in sorted(hass.services.async_services_for_domain(NOTIFY))
            if name not in _NOT_A_TARGET
            and not name.startswith(_PHONES)
            and not _is_ours(name)
        ]

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether the action exists and does not lead back to us."""
        domain, _, name = target.partition(".")
        if domain == DOMAIN or _is_ours(name):
            return "own_channel"
        if domain != NOTIFY or name in _NOT_A_TARGET:
            return "action_missing"
        return None if hass.services.has_service(NOTIFY, name) else "action_missing"

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where the integration behind the action logs its errors."""
        domain = _integration(self.hass, self.target.partition(".")[2])
        return loggers_of(self.hass, domain) if domain else {}

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Call it; a missing action raises ServiceNotFound."""
        name = self.target.partition(".")[2]
        if _is_ours(name) or not self.target.startswith(f"{NOTIFY}."):
            return AttemptResult(
                evidence=Evidence.REFUSED, detail="The action would lead back to us"
            )
        data = {"message": envelope.message}
        if envelope.title:
            data["title"] = envelope.title
        await self.hass.services.async_call(NOTIFY, name, data, blocking=True)
        return AttemptResult(
            evidence=Evidence.DISPATCHED,
            detail="The action returned; it cannot tell more",
        )


def _integration(hass: HomeAssistant, name: str) -> str | None:
    """The domain of the integration whose code an action runs, if it is one."""
    service = hass.services.async_services_for_domain(NOTIFY).get(name)
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


def _is_ours(name: str) -> bool:
    """A message sent to ourselves would go round in circles."""
    return name.startswith(DOMAIN)
