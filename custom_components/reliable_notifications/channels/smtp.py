"""E-mail by Home Assistant's own SMTP integration: HTML beside text, with the logo.

Either an entity, which is one mailbox and raises what the server says; or the older
action, which writes to any address and, up to 2025, only warns of what the server says:
the courier listens to that. Must not compose what stands in the e-mail.

The logo: an entity attaches it under the name that the HTML has for it, which every
mail program shows. The action attaches only files from folders that the user has opened
to it, so it goes into the HTML itself: Apple Mail and Thunderbird show that, Gmail and
Outlook show the name of the home in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
import logging
from typing import Any

from homeassistant.core import HomeAssistant

from ..compat import smtp_action_raises, smtp_attaches
from ..const import DOMAIN
from ..engine.vocabulary import (
    AttemptResult,
    ChannelTraits,
    ContactKind,
    Evidence,
    Priority,
    Shape,
    Trouble,
)
from .interface import (
    LOGO,
    LOGO_MEDIA,
    Channel,
    Choice,
    Envelope,
)
from .parts.logo import LOGO_ADDRESS, LOGO_NAME, with_logo_inside
from .parts.platforms import integration_behind
from .parts.targets import (
    by_label,
    entity_choices,
    entity_hindrance,
    entity_id_of,
    platform_of,
)

SMTP = "smtp"
NOTIFY = "notify"
_SEND = "send_message"

# How mail programs are told; most show the two highest with a mark
_IMPORTANCE: Mapping[Priority, str] = {
    Priority.URGENT: "highest",
    Priority.HIGH: "high",
    Priority.MEDIUM: "normal",
    Priority.LOW: "low",
}

_NO_ADDRESS = AttemptResult(
    evidence=Evidence.REFUSED,
    detail="The recipient has no e-mail address that was confirmed",
    trouble=Trouble.REJECTED,
)
_TAKEN = AttemptResult(
    evidence=Evidence.ACCEPTED, detail="The mail server took the message"
)


class Smtp(Channel):
    """One mailbox, or one mail account."""

    kind = "smtp"
    # the server's answer; that it bounced comes later, as a mail to the sender
    best_evidence = Evidence.ACCEPTED
    # the integration itself waits 60 s and tries twice: too long to wait for (delivery
    # reference 5.3)
    patience = 10.0
    replaces = False
    shape = Shape.EMAIL

    @property
    def traits(self) -> ChannelTraits:
        """The declaration; an account needs the recipient's own address."""
        contact = ContactKind.EMAIL if self._is_account else None
        return replace(super().traits, contact=contact)

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The mailboxes and accounts that are set up."""
        mailboxes = entity_choices(
            hass,
            [NOTIFY],
            lambda state: platform_of(hass, state.entity_id) == SMTP,
        )
        accounts = [
            Choice(value=f"{NOTIFY}.{name}", label=f"{NOTIFY}.{name}")
            for name in hass.services.async_services_for_domain(NOTIFY)
            if integration_behind(hass, name) == SMTP
        ]
        return by_label([*mailboxes, *accounts])

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether it is there, and is mail."""
        if (name := _action(target)) is not None:
            behind = integration_behind(hass, name)
            return None if behind == SMTP else "action_missing"
        is_mail = platform_of(hass, entity_id_of(hass, target)) == SMTP
        return None if is_mail else "target_gone"

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where the older action hides that the server has refused a message."""
        if not self._is_account or smtp_action_raises():
            return {}
        return {"homeassistant.components.smtp.notify": logging.WARNING}

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Hand it to the server; its refusal is raised."""
        name = _action(self.target)
        if name is not None:
            return await self._by_account(name, envelope)
        entity_id = entity_id_of(self.hass, self.target)
        if (hindrance := entity_hindrance(self.hass, entity_id)) is not None:
            return hindrance
        data = {"entity_id": entity_id, "message": envelope.message}
        if envelope.title:
            data["title"] = envelope.subject
        if self.hass.services.has_service(SMTP, _SEND):
            await self._call(SMTP, _SEND, data | self._beside(envelope))
        else:
            await self._call(NOTIFY, _SEND, data)
        return _TAKEN

    async def _by_account(self, name: str, envelope: Envelope) -> AttemptResult:
        if name.startswith(DOMAIN):
            return AttemptResult(
                evidence=Evidence.REFUSED, detail="The action would lead back to us"
            )
        if not envelope.address:
            return _NO_ADDRESS
        data: dict[str, Any] = {
            "message": envelope.message,
            "target": [envelope.address],
        }
        if envelope.title:
            data["title"] = envelope.subject
        if envelope.html:
            data["data"] = {"html": with_logo_inside(self.hass, envelope.html)}
        await self._call(NOTIFY, name, data)
        return _TAKEN

    def _beside(self, envelope: Envelope) -> dict[str, Any]:
        """What an entity takes besides the text."""
        data: dict[str, Any] = {"priority": _IMPORTANCE[envelope.priority]}
        if not envelope.html:
            return data
        if LOGO not in self.hass.data or LOGO_ADDRESS not in envelope.html:
            return data | {"html": envelope.html}
        if not smtp_attaches(self.hass):
            return data | {"html": with_logo_inside(self.hass, envelope.html)}
        picture = {
            "media_content_id": f"media-source://{DOMAIN}/{LOGO_MEDIA}",
            "media_content_type": "image/png",
        }
        logo = {
            "media_source": picture,
            "filename": "logo.png",
            "content_id": LOGO_NAME,
        }
        return data | {"html": envelope.html, "attachments": [logo]}

    async def _call(self, domain: str, action: str, data: dict[str, Any]) -> None:
        await self.hass.services.async_call(domain, action, data, blocking=True)

    @property
    def _is_account(self) -> bool:
        return _action(self.target) is not None


def _action(target: str) -> str | None:
    """The name of the action that a target is; None where it is an entity."""
    domain, dot, name = target.partition(".")
    return name if dot and domain == NOTIFY else None
