"""A home whose secrets are known, and a search of everything that is seen of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
import json
import logging
from pathlib import Path
from typing import Any
from urllib.parse import quote

from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    ParamValidationError,
)
from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.const import MATCH_ALL
from homeassistant.core import Event, ServiceCall, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
import pytest

from custom_components.reliable_notifications.const import DOMAIN
from tests.platforms.home import Home

KEYS = {
    kind: {
        "region": "eu-central-1",
        "access_key_id": f"AKIACANARY{kind.upper()}",
        "secret_access_key": f"canary+of/{kind}=",
    }
    for kind in ("ses", "sms_aws", "sns")
}
TOKEN = "canary-token-in-the-address"
SIGNATURE = "canary-secret-of-the-signature"
HEARTBEAT = "canary-of-the-heartbeat"
PLATFORMS_TOKEN = "canary-token-of-a-platform"
SECRETS = (
    *(str(each["secret_access_key"]) for each in KEYS.values()),
    *(str(each["access_key_id"]) for each in KEYS.values()),
    *(TOKEN, SIGNATURE, HEARTBEAT, PLATFORMS_TOKEN),
)
# of people and of the home: not in what is shown, kept or sent on, but in the database,
# which has to know where to send
MAIL, NUMBER, STREET = "canary.anna@example.org", "+4915199988877", "Canary Lane 12"
PERSONAL = (MAIL, NUMBER, STREET)

CHANNELS = ("Mail", "Text", "Topic", "Hook", "Pager")

# what the test itself writes: the other side of the web, and the store that stands for
# the disk; and boto3, which we have no say over, is not called
OTHERS = ("aiohttp.access", "aiohttp.server", "pytest_homeassistant_custom_component")

type Web = Callable[[str], Awaitable[Any]]


class Cloud:
    """All of Amazon: takes everything, or says no and quotes what it was given."""

    def __init__(self) -> None:
        self.sent: list[Mapping[str, Any]] = []
        self.refuse: Callable[[str], Exception] | None = None
        self.meta = type("Meta", (), {})()
        self.meta.service_model = type("Model", (), {"shape_names": ("Attachment",)})()

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def answer(**arguments: Any) -> Any:
            if self.refuse is not None:
                raise self.refuse(" ".join((*SECRETS, MAIL, NUMBER, str(arguments))))
            if operation == "get_suppressed_destination":
                raise says("NotFoundException", 404)(str(arguments))
            if operation.startswith(("send", "publish")):
                self.sent.append(arguments)
            return {"MessageId": f"m-{len(self.sent)}"}

        return answer


def says(code: str, status: int) -> Callable[[str], Exception]:
    return lambda words: ClientError(
        {
            "Error": {"Code": code, "Message": words},
            "ResponseMetadata": {"HTTPStatusCode": status},
        },
        "Send",
    )


FAULTS: dict[str, tuple[Callable[[str], Exception] | None, int | None]] = {
    "works": (None, HTTPStatus.ACCEPTED),
    "wrong keys": (says("UnrecognizedClientException", 403), HTTPStatus.UNAUTHORIZED),
    "refused": (says("MessageRejected", 400), HTTPStatus.BAD_REQUEST),
    "throttled": (says("ThrottlingException", 400), HTTPStatus.TOO_MANY_REQUESTS),
    "gone": (
        lambda words: EndpointConnectionError(endpoint_url=f"https://x.org/{words}"),
        None,
    ),
    "raises": (
        lambda words: ParamValidationError(report=words),
        HTTPStatus.TEMPORARY_REDIRECT,
    ),
}


class Vault(Home):
    """A home with a channel of each kind that has a secret of ours."""

    address: str
    heartbeat: str
    cloud: Cloud
    # as a platform that we know nothing of raises
    pager_raises: type[Exception] = HomeAssistantError

    async def _page(self, call: ServiceCall) -> None:
        """A platform whose errors quote its address, its login, and who it was for."""
        if self.cloud.refuse is not None:
            raise self.pager_raises(
                f"https://api.example.org/bot{PLATFORMS_TOKEN}/send said no to"
                f" {call.data.get('target')}"
            )

    async def add(self) -> None:
        self.hass.services.async_register("notify", "pager", self._page)
        self.entry.add_to_hass(self.hass)
        self.hass.config_entries.async_update_entry(
            self.entry,
            options={"heartbeat_url": self.heartbeat, "company": STREET},
        )
        mail = {**KEYS["ses"], "sender": "house@example.org"}
        hook = {"address": f"{self.address}?key={TOKEN}", "secret": SIGNATURE}
        self.channels = [
            self._add("channel", "Mail", kind="ses", target="", settings=mail),
            self._login("Text", "sms_aws"),
            self._login("Topic", "sns"),
            self._add("channel", "Hook", kind="webhook", target="", settings=hook),
            self._add("channel", "Pager", kind="sms_action", target="notify.pager"),
        ]
        self._add(
            "recipient",
            "Anna",
            channels=self.channels,
            contacts={
                "email": {"value": MAIL, "verified": True},
                "phone": {"value": NUMBER, "verified": True},
            },
        )

    def _login(self, name: str, kind: str) -> str:
        return self._add("channel", name, kind=kind, target="", settings=KEYS[kind])


class Search:
    """Everything that can be seen of a home, by where it is seen."""

    def __init__(
        self, vault: Vault, log: pytest.LogCaptureFixture, disk: Path, web: Web
    ) -> None:
        self.vault, self._log, self._disk, self._web = vault, log, disk, web
        self.answers: list[Any] = []
        self.pages: list[Any] = []
        self.events: list[dict[str, Any]] = []
        vault.hass.bus.async_listen(MATCH_ALL, self._hear)

    @callback
    def _hear(self, event: Event[Any]) -> None:
        if event.event_type == "call_service" and event.data["domain"] == "notify":
            return  # how Home Assistant calls a platform: it must know to whom
        self.events.append(event.as_dict())

    async def call(self, action: str, **data: Any) -> Any:
        """Do it, and keep what it answers, or how it fails."""
        try:
            answer = await self.vault.hass.services.async_call(
                DOMAIN, action, data, blocking=True, return_response=True
            )
        except HomeAssistantError as error:
            self.answers.append(f"{error!r} {error} {error.translation_placeholders}")
            return None
        self.answers.append(answer)
        return answer

    async def seen(self) -> dict[str, str]:
        """What there is to see now."""
        hass = self.vault.hass
        admin = await hass.auth.async_create_user("Ada", group_ids=[GROUP_ID_ADMIN])
        login = await hass.auth.async_create_refresh_token(admin, "https://x.org/")
        client = await self._web(hass.auth.async_create_access_token(login))
        download = await client.get(
            f"/api/diagnostics/config_entry/{self.vault.entry.entry_id}"
        )
        assert download.status == HTTPStatus.OK
        formatter = logging.Formatter("%(name)s %(message)s")
        own = self.vault.entry.entry_id
        entities = er.async_entries_for_config_entry(er.async_get(hass), own)
        devices = dr.async_entries_for_config_entry(dr.async_get(hass), own)
        found = {
            "log": [
                formatter.format(each)
                for each in self._log.records
                if not each.name.startswith(OTHERS)
            ],
            "states": [each.as_dict() for each in hass.states.async_all()],
            "issues": [
                [each.to_json(), each.translation_key, each.translation_placeholders]
                for each in ir.async_get(hass).issues.values()
            ],
            "registries": [
                *(each.extended_dict for each in entities),
                *(each.dict_repr for each in devices),
            ],
            "events": self.events,
            "diagnostics": await download.text(),
            "answers": self.answers,
            "forms": self.pages,
        }
        return {where: _text(each) for where, each in found.items()}

    def kept(self) -> str:
        """What the database keeps."""
        files = [each for each in self._disk.rglob("*.db*") if each.is_file()]
        assert files
        return b"".join(each.read_bytes() for each in files).decode("latin-1")


def _text(found: Any) -> str:
    return found if isinstance(found, str) else json.dumps(found, default=str)


def _is_in(canary: str, text: str) -> bool:
    """Also as it stands in an address, or inside of JSON inside of JSON."""
    return any(each in text for each in (canary, quote(canary, safe="")))


def leaks(seen: Mapping[str, str], canaries: tuple[str, ...]) -> list[str]:
    return [
        f"{canary} in {where}"
        for where, text in seen.items()
        for canary in canaries
        if _is_in(canary, text)
    ]
