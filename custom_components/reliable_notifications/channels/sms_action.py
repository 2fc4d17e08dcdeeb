"""Text messages by a notify action: Twilio, Sinch, MessageBird, ClickSend and others.

The same rules for the words as for a service of our own, and the recipient's number as
the target. What the action's return proves depends on its platform. Must not call what
leads back to us.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from ..engine.vocabulary import (
    AttemptResult,
    ChannelTraits,
    Evidence,
    Trouble,
)
from .interface import (
    Choice,
    Envelope,
    Setting,
    SettingKind,
)
from .parts.platforms import integration_behind, loggers_of
from .parts.sms_words import STYLE_SETTINGS, in_parts, words
from .parts.text_prices import Texts, cost_settings

NOTIFY = "notify"
WITH_NUMBER = "with_number"

# Platforms that raise what their service refuses, and return after its yes (delivery
# reference 1.2); the others only log, or ask nobody
_TRUTHFUL = frozenset({"message_bird", "sinch", "twilio_sms"})

# Actions that are no text messages, whatever else is there
_OTHERS = (DOMAIN, "mobile_app_", "persistent_notification", "send_message", "alexa_")

_NO_NUMBER = AttemptResult(
    evidence=Evidence.REFUSED,
    detail="The recipient has no phone number for this channel",
    trouble=Trouble.REJECTED,
)


class SmsAction(Texts):
    """One notify action that sends text messages."""

    kind = "sms_action"
    # of an unknown platform; a truthful one reaches *accepted*
    best_evidence = Evidence.DISPATCHED
    # these platforms wait 5 to 10 s for their service (delivery reference 1.2)
    patience = 10.0
    replaces = False
    settings = (
        # some platforms have the number in their own settings, and refuse another
        Setting(key=WITH_NUMBER, kind=SettingKind.YES_NO, required=False, default=True),
        *STYLE_SETTINGS,
        *cost_settings(None),
    )

    @property
    def traits(self) -> ChannelTraits:
        """The declaration, with what the action's platform can prove, and wants."""
        contact = self.contact if self._wants_number else None
        evidence = self._evidence()
        return replace(super().traits, best_evidence=evidence, contact=contact)

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The notify actions there are now, but those that send no text messages."""
        return [
            Choice(value=f"{NOTIFY}.{name}", label=f"{NOTIFY}.{name}")
            for name in sorted(hass.services.async_services_for_domain(NOTIFY))
            if not name.startswith(_OTHERS)
        ]

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether the action exists, and is not one of ours."""
        name = target.partition(".")[2]
        if name.startswith(DOMAIN):
            return "own_channel"
        return None if hass.services.has_service(NOTIFY, name) else "action_missing"

    @classmethod
    async def async_check(
        cls, hass: HomeAssistant, target: str, filled_in: Mapping[str, Any]
    ) -> Mapping[str, str]:
        """Whether a cap can hold."""
        return cls.cap_problem(hass, filled_in)

    @classmethod
    def unpriced(
        cls, hass: HomeAssistant, filled_in: Mapping[str, Any], addresses: Iterable[str]
    ) -> Sequence[str]:
        """An action that has its number by itself goes there, whoever it is for."""
        own = not filled_in.get(WITH_NUMBER, True)
        return super().unpriced(hass, filled_in, [""] if own else addresses)

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where the integration behind the action logs its errors."""
        integration = integration_behind(self.hass, self._name)
        return {} if integration is None else loggers_of(self.hass, integration)

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Call it; a missing action raises ServiceNotFound."""
        if self._name.startswith(DOMAIN):
            return AttemptResult(
                evidence=Evidence.REFUSED, detail="The action would lead back to us"
            )
        text = words(envelope, self.filled_in)
        data: dict[str, Any] = {"message": text}
        if self._wants_number:
            if not envelope.address:
                return _NO_NUMBER
            data["target"] = [envelope.address]
        await self.hass.services.async_call(NOTIFY, self._name, data, blocking=True)
        evidence = self._evidence()
        says = "said yes" if evidence.is_success else "returned; it cannot tell more"
        return AttemptResult(
            evidence=evidence, detail=f"Sent {in_parts(text)}: the action {says}"
        )

    @property
    def _wants_number(self) -> bool:
        return bool(self.filled_in.get(WITH_NUMBER, True))

    @property
    def _name(self) -> str:
        return self.target.partition(".")[2]

    def _evidence(self) -> Evidence:
        """What a quiet return proves, by the platform behind the action."""
        truthful = integration_behind(self.hass, self._name) in _TRUTHFUL
        return Evidence.ACCEPTED if truthful else self.best_evidence
