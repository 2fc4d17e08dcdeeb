"""A web address of one's own to which messages are posted as signed JSON.

Signed as Standard Webhooks (standardwebhooks.com) says, so that libraries for every
language can verify it: the headers *webhook-id*, *webhook-timestamp* and
*webhook-signature*. The id, which is also the *Idempotency-Key*, is the same for every
attempt of a message: a receiver that has it already may drop the second one. What is
brought to mind again on purpose has an id of its own. Must not follow a redirect: it
would carry the message to where nobody has allowed it to go.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
import hmac
from ipaddress import ip_address
import json
from typing import Any

import aiohttp
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util import dt as dt_util
from homeassistant.util.network import is_ip_address, is_local
from yarl import URL

from ..engine.vocabulary import AttemptResult, ChannelTraits, Evidence, Trouble
from .interface import Channel, Choice, Envelope, Setting, SettingKind

ADDRESS = "address"
SECRET = "secret"
CHECK_CERTIFICATE = "check_certificate"

# The version of the body; a receiver need not understand a higher one
SCHEMA = 1

# How Standard Webhooks marks a secret that is bytes in base64
_ENCODED = "whsec_"

# Standard Webhooks asks for 24 bytes at least; fewer can be guessed
_SHORTEST_SECRET = 24

# Web servers take no longer ones (RFC 9110 asks for 8000, many stop at 2 kB)
_LONGEST_ADDRESS = 2000

# Names that no public server has (RFC 6762, 8375; ICANN has set *internal* aside)
_AT_HOME = (".local", ".lan", ".home.arpa", ".internal", ".localhost")

# Seconds after which a server that was asked is left alone; the courier has gone on to
# the next channel by then, and takes an answer that comes late
_LONGEST_CALL = 15.0


class Webhook(Channel):
    """One address, with the secret that its receiver knows."""

    kind = "webhook"
    # the server's answer; what it does with the message is its own affair
    best_evidence = Evidence.ACCEPTED
    # a server that takes a message answers within a second (delivery reference 5.3)
    patience = 4.0
    # by its Idempotency-Key a receiver knows a message that comes again
    replaces = True
    needs_target = False
    settings = (
        Setting(key=ADDRESS),
        Setting(key=SECRET, kind=SettingKind.SECRET, required=False),
        Setting(
            key=CHECK_CERTIFICATE,
            kind=SettingKind.YES_NO,
            required=False,
            default=True,
        ),
    )

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """An address is typed in: nothing to choose."""
        return []

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """There is no target."""
        return None

    @property
    def traits(self) -> ChannelTraits:
        """The declaration; a server at home is reached without the internet."""
        host = URL(self.filled_in.get(ADDRESS, "")).host or ""
        return replace(super().traits, local=bool(host) and is_at_home(host))

    @classmethod
    def identity(cls, target: str, filled_in: Mapping[str, Any]) -> str:
        """The address, which may hold a secret: only its digest."""
        digest = sha256(str(filled_in.get(ADDRESS, "")).encode()).hexdigest()
        return f"{cls.kind}:{digest}"

    @classmethod
    async def async_check(
        cls, hass: HomeAssistant, target: str, filled_in: Mapping[str, Any]
    ) -> Mapping[str, str]:
        """Whether the address can be asked, safely, and the secret can be used."""
        found = {
            ADDRESS: address_problem(filled_in),
            SECRET: secret_problem(filled_in.get(SECRET, "")),
        }
        return {key: problem for key, problem in found.items() if problem}

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Post it; what the server does not like is raised."""
        try:
            status = await self._post(key_of(envelope), body_of(envelope))
        except TimeoutError:
            raise TimeoutError(f"no answer within {_LONGEST_CALL:g} s") from None
        except aiohttp.ClientConnectorError as error:
            raise HomeAssistantError(_why_no_connection(error)) from None
        except (aiohttp.ClientError, OSError):
            return AttemptResult(
                evidence=Evidence.UNKNOWN,
                detail="The connection broke off before the server answered",
                trouble=Trouble.SILENCE,
                reference=key_of(envelope),
            )
        if status // 100 == 3:
            return AttemptResult(
                evidence=Evidence.REFUSED,
                detail="The server wants to send us elsewhere, which is not followed:"
                " give the channel the new address",
                trouble=Trouble.MISSING,
            )
        return AttemptResult(
            evidence=Evidence.ACCEPTED,
            detail="The server took it",
            reference=key_of(envelope),
        )

    async def async_clear(self, tag: str) -> None:
        """Tell that what carries this tag is over."""
        await self.async_take_back(tag, ())

    async def async_take_back(self, tag: str, references: Sequence[str]) -> None:
        """Tell it, under a key that goes by the last message with this tag.

        Tags come again, and what is over then is another matter: a receiver must not
        take the news for what it has.
        """
        body = {"schema": SCHEMA, "type": "withdrawal", "tag": tag}
        await self._post(f"withdrawal-{[tag, *references][-1]}", body)

    async def _post(self, key: str, body: Mapping[str, Any]) -> int:
        """Post it and return the status of an answer that is no error."""
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        check = bool(self.filled_in.get(CHECK_CERTIFICATE, True))
        async with async_get_clientsession(self.hass, verify_ssl=check).post(
            URL(self.filled_in[ADDRESS]),
            data=content,
            headers=self._headers(key, content),
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=_LONGEST_CALL),
        ) as answer:
            try:
                answer.raise_for_status()
            except aiohttp.ClientResponseError as error:
                said = f"The server answered with HTTP status {error.status}"
                raise HomeAssistantError(said) from error
            return answer.status

    def _headers(self, key: str, content: bytes) -> dict[str, str]:
        """The headers, signed where there is a secret."""
        seconds = str(int(dt_util.utcnow().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "webhook-id": key,
            "webhook-timestamp": seconds,
        }
        if secret := self.filled_in.get(SECRET):
            headers["webhook-signature"] = signature(secret, key, seconds, content)
        return headers


def signature(secret: str, key: str, seconds: str, content: bytes) -> str:
    """HMAC-SHA256 over id, timestamp and body (Standard Webhooks, *v1*).

    The timestamp is in seconds; a receiver refuses what is older than a few minutes,
    so that nobody can send a recorded message again.
    """
    signed = b".".join((key.encode(), seconds.encode(), content))
    digest = hmac.new(_key(secret), signed, sha256).digest()
    return f"v1,{b64encode(digest).decode()}"


def key_of(envelope: Envelope) -> str:
    """By what a receiver knows this message: the same in all attempts of one ring."""
    ring = f"-{envelope.ring}" if envelope.ring else ""
    return f"{envelope.intent_id}{ring}"


def body_of(envelope: Envelope) -> dict[str, Any]:
    """What is posted; docs/channels.md tells what each field means."""
    return {
        "schema": SCHEMA,
        "type": "message",
        "intent_id": envelope.intent_id,
        "attempt_id": envelope.attempt_id,
        "notification_id": envelope.notification_id,
        "recipient_id": envelope.recipient_id,
        "recipient": envelope.recipient_name,
        "priority": envelope.priority.value,
        "title": envelope.title,
        "message": envelope.message,
        "tag": envelope.tag,
        "language": envelope.language,
        "acknowledge": envelope.acknowledge,
        "ring": envelope.ring,
        "sent_at": _iso(envelope.sent_at),
        "deadline": _iso(envelope.deadline),
        "data": dict(envelope.data),
    }


def address_problem(filled_in: Mapping[str, Any]) -> str | None:
    """Translation key of what is wrong with the address, or None.

    Without encryption, or without a look at the certificate, only to a place at home.
    """
    text = str(filled_in.get(ADDRESS, ""))
    if len(text) > _LONGEST_ADDRESS or any(sign.isspace() for sign in text):
        return "not_an_address"
    try:
        url = URL(text)
        reachable = bool(url.host and url.port)
    except ValueError:
        return "not_an_address"
    if url.scheme not in ("http", "https"):
        return "not_a_web_address"
    if not reachable or url.fragment:
        return "not_an_address"
    checked = url.scheme == "https" and filled_in.get(CHECK_CERTIFICATE, True)
    return None if checked or is_at_home(url.host or "") else "not_encrypted"


def secret_problem(secret: str) -> str | None:
    """Translation key of what is wrong with the secret, or None; none is allowed."""
    if not secret:
        return None
    try:
        long_enough = len(_key(secret)) >= _SHORTEST_SECRET
    except ValueError:
        return "secret_not_readable"
    return None if long_enough else "secret_too_short"


def is_at_home(host: str) -> bool:
    """Whether a host is in the home's own network, as far as its name tells."""
    if is_ip_address(host):
        return is_local(ip_address(host))
    return "." not in host or host.lower().endswith(_AT_HOME)


def _key(secret: str) -> bytes:
    if secret.startswith(_ENCODED):
        return b64decode(secret.removeprefix(_ENCODED), validate=True)
    return secret.encode()


def _iso(instant: float | None) -> str | None:
    return None if instant is None else dt_util.utc_from_timestamp(instant).isoformat()


def _why_no_connection(error: aiohttp.ClientConnectorError) -> str:
    """For people; the error's own text holds the address."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "The certificate of the server is not trusted"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "The name of the server is not known"
    return f"No connection to the server ({type(error.os_error).__name__})"
