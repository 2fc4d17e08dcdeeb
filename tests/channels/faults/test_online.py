"""Services on the net that are talked to by HTTP, each with its real integration."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
import json
from types import MappingProxyType
from typing import Any, ClassVar

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from homeassistant.components.notify import DOMAIN as NOTIFY
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.channels.html5 import (
    Html5 as Html5Channel,
)
from custom_components.reliable_notifications.channels.interface import Channel
from custom_components.reliable_notifications.channels.notify_action import (
    NotifyAction,
)
from custom_components.reliable_notifications.channels.ntfy import Ntfy as NtfyChannel
from custom_components.reliable_notifications.channels.telegram import (
    Telegram as TelegramChannel,
)
from custom_components.reliable_notifications.channels.webhook import Webhook
from tests.channels.faults.judging import every_fault, judge
from tests.channels.faults.matrix import Fault
from tests.channels.faults.other_side import HttpScene
from tests.channels.faults.scene import Scene, Stage


class Rest(HttpScene):
    row = "action `rest`"
    kind = "notify_action"
    cannot: ClassVar = {
        Fault.RAISES: "only logs what the server says",
        Fault.UNAVAILABLE: "an action has no state",
    }

    async def build(self) -> Channel:
        self.server.takes("/message", {}, {})
        address = await self.server.open()
        rest = {
            "platform": "rest",
            "name": "it",
            "resource": f"{address}/message",
            "method": "POST_JSON",
        }
        assert await async_setup_component(self.hass, NOTIFY, {NOTIFY: [rest]})
        await self.hass.async_block_till_done()
        return NotifyAction(self.hass, "it", "It", "notify.it")

    async def remove(self) -> None:
        self.hass.services.async_remove(NOTIFY, "it")


class SynologyChat(Rest):
    """Blocks, so it runs in a thread of its own."""

    row = "action `synology_chat`"

    async def build(self) -> Channel:
        self.server.takes("/message", {}, {})
        address = await self.server.open()
        chat = {
            "platform": "synology_chat",
            "name": "it",
            "resource": f"{address}/message",
        }
        assert await async_setup_component(self.hass, NOTIFY, {NOTIFY: [chat]})
        await self.hass.async_block_till_done()
        return NotifyAction(self.hass, "it", "It", "notify.it")


class EntryScene(HttpScene):
    """A platform with a config entry and one notify entity."""

    cannot: ClassVar = {Fault.SWALLOWS: "raises instead"}
    channel: ClassVar[type[Channel]]
    entry: MockConfigEntry

    async def add(self, entry: MockConfigEntry) -> Channel:
        self.entry = entry
        entry.add_to_hass(self.hass)
        assert await self.hass.config_entries.async_setup(entry.entry_id)
        await self.hass.async_block_till_done()
        assert entry.state is ConfigEntryState.LOADED
        (entity,) = (
            entity
            for entity in er.async_entries_for_config_entry(
                er.async_get(self.hass), entry.entry_id
            )
            if entity.domain == NOTIFY
        )
        return self.channel(self.hass, "it", "It", entity.id)

    async def remove(self) -> None:
        await self.hass.config_entries.async_remove(self.entry.entry_id)

    async def make_unavailable(self) -> None:
        await self.hass.config_entries.async_unload(self.entry.entry_id)


class Ntfy(EntryScene):
    row = "ntfy"
    kind = "ntfy"
    channel = NtfyChannel

    async def build(self) -> Channel:
        self._ask_nobody_for_releases()
        account = {"username": "*", "role": "anonymous", "stats": _STATS}
        self.server.always("GET", "/v1/account", account)
        version = {"version": "2.15.0", "commit": "0", "date": "2026-01-01T00:00:00Z"}
        self.server.always("GET", "/v1/version", version)
        self.server.always("GET", "/home/auth", {"success": True})
        yes = {"id": "1", "time": 1, "event": "message", "topic": "home"}
        no = {"code": 40001, "http": 400, "error": "no", "link": ""}
        self.server.takes("/", yes, no)
        url = f"{await self.server.open()}/"
        topic = ConfigSubentry(
            data=MappingProxyType({"topic": "home"}),
            subentry_type="topic",
            title="Home",
            unique_id="home",
        )
        data = {"url": url, "username": None, "token": None, "verify_ssl": False}
        return await self.add(
            MockConfigEntry(domain="ntfy", data=data, subentries_data=[topic.as_dict()])
        )

    def _ask_nobody_for_releases(self) -> None:
        """Newer versions look on the net for the newest server."""
        if find_spec("aiontfy.update") is None:
            return
        update = import_module("aiontfy.update")

        async def no_release(_: Any) -> None:
            raise update.UpdateCheckerError("not asked from here")

        checker = update.UpdateChecker
        self.stage.monkeypatch.setattr(checker, "latest_release", no_release)


_STATS = dict.fromkeys(
    (
        *("messages", "messages_remaining", "emails", "emails_remaining", "calls"),
        *("calls_remaining", "reservations", "reservations_remaining"),
        *("attachment_total_size", "attachment_total_size_remaining"),
    ),
    0,
)


class TelegramScene(EntryScene):
    row = "telegram_bot"
    kind = "telegram"

    async def start_server(self) -> str:
        """The part of Telegram's interface that is used; returns its address."""
        bot = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
        self.server.always("POST", "/bot1:secret/getMe", {"ok": True, "result": bot})
        chat = {"id": 7, "type": "private"}
        message = {"message_id": 1, "date": 1, "chat": chat, "text": "it"}
        self.server.takes(
            "/bot1:secret/sendMessage",
            {"ok": True, "result": message},
            {"ok": False, "error_code": 400, "description": "Bad Request: no"},
        )
        return await self.server.open()


class Telegram(TelegramScene):
    channel = TelegramChannel

    async def build(self) -> Channel:
        chat_entry = ConfigSubentry(
            data=MappingProxyType({"chat_id": 7}),
            subentry_type="allowed_chat_ids",
            title="Anna",
            unique_id="7",
        )
        return await self.add(
            MockConfigEntry(
                domain="telegram_bot",
                version=1,
                minor_version=3,
                unique_id="1:secret",
                data={
                    "platform": "broadcast",
                    "api_key": "1:secret",
                    "api_endpoint": await self.start_server(),
                },
                options={"parse_mode": "plain_text"},
                subentries_data=[chat_entry.as_dict()],
            )
        )


class OldTelegram(TelegramScene):
    """Two integrations: one has the bot, the other an action that tells it."""

    kind = "notify_action"
    cannot: ClassVar = {
        Fault.SWALLOWS: "as raises",
        Fault.UNAVAILABLE: "an action has no state",
    }

    async def build(self) -> Channel:
        address = await self.start_server()
        bot = import_module("homeassistant.components.telegram_bot")
        at_home = partial(bot.Bot, base_url=f"{address}/bot")
        self.stage.monkeypatch.setattr(bot, "Bot", at_home)
        it = {"platform": "telegram", "name": "it", "chat_id": 7}
        config = {
            "telegram_bot": [
                {
                    "platform": "broadcast",
                    "api_key": "1:secret",
                    "allowed_chat_ids": [7],
                }
            ],
            NOTIFY: [it],
        }
        assert await async_setup_component(self.hass, "telegram_bot", config)
        assert await async_setup_component(self.hass, NOTIFY, config)
        await self.hass.async_block_till_done()
        return NotifyAction(self.hass, "it", "It", "notify.it")

    async def remove(self) -> None:
        self.hass.services.async_remove(NOTIFY, "it")


BROWSERS_SECRET = bytes(16)


class Html5Scene(EntryScene):
    row = "html5"
    kind = "html5"

    async def make_entry(self) -> MockConfigEntry:
        """An entry with a browser that has registered."""
        self.server.takes("/push", {}, {}, status=201)
        endpoint = f"{await self.server.open()}/push"
        self.hass.config.config_dir = str(self.stage.path)
        path = self.stage.path / "html5_push_registrations.conf"
        self.browser = ec.generate_private_key(ec.SECP256R1())
        subscription = _subscription(endpoint, self.browser)
        registration = {"browser": "firefox", "subscription": subscription}
        path.write_text(json.dumps({"Anna": registration}), encoding="utf-8")
        vapid = ec.generate_private_key(ec.SECP256R1())
        number = vapid.private_numbers().private_value.to_bytes(32)
        return MockConfigEntry(
            domain="html5",
            data={
                "vapid_pub_key": _text(_point(vapid)),
                "vapid_prv_key": _text(number),
                "vapid_email": "anna@example.org",
                "name": "HTML5",
            },
        )


class Html5(Html5Scene):
    channel = Html5Channel

    async def build(self) -> Channel:
        return await self.add(await self.make_entry())


class OldHtml5(Html5Scene):
    """One action for all browsers, which blocks, and only logs."""

    cannot: ClassVar = {
        Fault.RAISES: "only logs what the server says",
        Fault.UNAVAILABLE: "an action has no state",
    }

    async def build(self) -> Channel:
        entry = await self.make_entry()
        entry.add_to_hass(self.hass)
        assert await self.hass.config_entries.async_setup(entry.entry_id)
        await self.hass.async_block_till_done()
        return Html5Channel(self.hass, "it", "It", "notify.html5")

    async def remove(self) -> None:
        self.hass.services.async_remove(NOTIFY, "html5")


class Hook(HttpScene):
    """A server of one's own; there is no integration between."""

    row = "webhook"
    kind = "webhook"
    cannot: ClassVar = {
        Fault.SWALLOWS: "raises instead",
        Fault.UNAVAILABLE: "an address has no state",
    }

    async def build(self) -> Channel:
        self.server.takes("/hook", {}, {}, status=202)
        address = await self.server.open()
        self._settings = {"address": f"{address}/hook", "secret": 32 * "x"}
        return Webhook(self.hass, "it", "It", "", self._settings)

    async def remove(self) -> None:
        self._settings["address"] += "/that-is-gone"


def _subscription(endpoint: str, browser: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    """What a browser gives: its key, and a secret."""
    keys = {"p256dh": _text(_point(browser)), "auth": _text(BROWSERS_SECRET)}
    return {"endpoint": endpoint, "expirationTime": None, "keys": keys}


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def has_entities(domain: str) -> bool:
    """Whether an integration's notify platform is one of entities, in this version."""
    module = f"homeassistant.components.{domain}.notify"
    return find_spec(module) is not None and hasattr(
        import_module(module), "async_setup_entry"
    )


SCENES: Sequence[type[Scene]] = (
    *(Rest, SynologyChat, Ntfy, Hook),
    Telegram if has_entities("telegram_bot") else OldTelegram,
    Html5 if has_entities("html5") else OldHtml5,
)


@every_fault(SCENES)
async def test_the_grade_is_what_really_happened(
    stage: Stage, scene: type[Scene], fault: Fault, cells: Any
) -> None:
    await judge(stage, scene, fault, cells)
