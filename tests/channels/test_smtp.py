"""Mail as it arrives: text, HTML and the logo, at the right mailbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

from aiosmtpd.controller import Controller
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.channels.interface import (
    LOGO,
    Channel,
    Envelope,
)
from custom_components.reliable_notifications.channels.smtp import Smtp
from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import (
    ContactKind,
    Evidence,
    Priority,
    Shape,
)
from custom_components.reliable_notifications.texts.letterhead import logo_file
from tests.adapters.delivering import open_desk

HAS_ENTITIES = find_spec("aiosmtplib") is not None
PICTURE = b"\x89PNG\r\n\x1a\n and a picture"
HTML = '<p>Grüße</p><img src="cid:logo" alt="Villa Nova">'
ENVELOPE = Envelope(
    attempt_id="a",
    intent_id="i",
    notification_id="n",
    recipient_id="anna",
    recipient_name="Anna",
    priority=Priority.URGENT,
    title="Waschmaschine ist fertig",
    message="Grüße\n",
    html=HTML,
    tag="rn-1",
    sent_at=1.0,
    data={},
    address="anna@example.org",
)


class Mailbox:
    """Takes every mail."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        # what it says to the next ones instead
        self.answers: list[str] = []

    async def handle_DATA(  # noqa: N802 - the server's name for it
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append((envelope.rcpt_tos, mail))
        return "250 Taken"


class FreePort(Controller):
    """A server on a port that is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
async def mailbox(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, socket_enabled: None
) -> AsyncIterator[tuple[Mailbox, int]]:
    # the name of this machine is asked of the net otherwise
    monkeypatch.setattr("socket.getfqdn", lambda: "home.example.org")
    box = Mailbox()
    server = FreePort(box, hostname="127.0.0.1", port=0)
    await hass.async_add_executor_job(server.start)
    yield box, server.port
    await hass.async_add_executor_job(server.stop)


async def _entry(hass: HomeAssistant, port: int) -> MockConfigEntry:
    anna = ConfigSubentry(
        data=MappingProxyType({}),
        subentry_type="recipient",
        title="Anna",
        unique_id="box@example.org",
    )
    entry = MockConfigEntry(
        domain="smtp",
        title="Post",
        data={
            "server": "127.0.0.1",
            "port": port,
            "sender": "home@example.org",
            "encryption": "none",
            "verify_ssl": False,
        },
        subentries_data=[anna.as_dict()],
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    return entry


async def _mailbox_channel(hass: HomeAssistant, port: int) -> Smtp:
    entry = await _entry(hass, port)
    (entity,) = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return Smtp(hass, "it", "Mail", entity.id)


async def _account_channel(hass: HomeAssistant, port: int) -> Smtp:
    """The older action: from the YAML up to 2025, beside the mailboxes since."""
    if HAS_ENTITIES:
        await _entry(hass, port)
        return Smtp(hass, "it", "Mail", "notify.post")
    smtp = {
        "platform": "smtp",
        "name": "post",
        "server": "127.0.0.1",
        "port": port,
        "sender": "home@example.org",
        "recipient": "somebody@example.org",
        "encryption": "none",
    }
    assert await async_setup_component(hass, "notify", {"notify": [smtp]})
    await hass.async_block_till_done()
    return Smtp(hass, "it", "Mail", "notify.post")


async def _send(channel: Channel, envelope: Envelope = ENVELOPE) -> None:
    result = await channel.async_send(envelope)
    assert result.evidence is Evidence.ACCEPTED


def _parts(mail: EmailMessage) -> dict[str, EmailMessage]:
    return {
        part.get_content_type(): part
        for part in mail.walk()
        if isinstance(part, EmailMessage) and not part.is_multipart()
    }


@pytest.mark.skipif(not HAS_ENTITIES, reason="mailboxes are entities since 2026")
async def test_a_mailbox_gets_text_html_and_the_logo(
    hass: HomeAssistant, mailbox: tuple[Mailbox, int], tmp_path: Path
) -> None:
    box, port = mailbox
    hass.config.config_dir = str(tmp_path)
    logo_file(hass).parent.mkdir()
    await hass.async_add_executor_job(logo_file(hass).write_bytes, PICTURE)
    entry = MockConfigEntry(domain=DOMAIN, title="Reliable Notifications")
    entry.add_to_hass(hass)
    assert await async_setup_component(hass, "media_source", {})
    assert await hass.config_entries.async_setup(entry.entry_id)
    channel = await _mailbox_channel(hass, port)
    await _send(channel)

    ((recipients, mail),) = box.mails
    assert recipients == ["box@example.org"]
    assert mail["Subject"] == "Waschmaschine ist fertig"
    assert mail["X-Priority"].startswith("1")
    parts = _parts(mail)
    assert parts["text/plain"].get_content().strip() == "Grüße"
    assert parts["text/html"].get_content().strip() == HTML
    assert parts["image/png"].get_content() == PICTURE
    assert parts["image/png"]["Content-ID"] == "<logo>"
    assert channel.traits.contact is None
    await hass.config_entries.async_unload(entry.entry_id)
    assert LOGO not in hass.data


@pytest.mark.skipif(not HAS_ENTITIES, reason="mailboxes are entities since 2026")
async def test_a_mailbox_without_a_logo_or_html(
    hass: HomeAssistant, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    channel = await _mailbox_channel(hass, port)
    await _send(channel)
    await _send(channel, replace(ENVELOPE, html="", title="", priority=Priority.LOW))

    (_, with_html), (_, bare) = box.mails
    assert set(_parts(with_html)) == {"text/plain", "text/html"}
    assert set(_parts(bare)) == {"text/plain"}
    assert bare["X-Priority"].startswith("4")


@pytest.mark.skipif(not HAS_ENTITIES, reason="mailboxes are entities since 2026")
async def test_only_mail_is_offered(
    hass: HomeAssistant, mailbox: tuple[Mailbox, int]
) -> None:
    hass.services.async_register("notify", "pager", lambda call: None)
    channel = await _mailbox_channel(hass, mailbox[1])
    assert channel.target in [each.value for each in Smtp.choices(hass)]
    assert "notify.pager" not in [each.value for each in Smtp.choices(hass)]
    assert Smtp.problem(hass, channel.target) is None
    assert Smtp.problem(hass, "nothing") == "target_gone"
    assert Smtp.problem(hass, "notify.pager") == "action_missing"
    assert channel.loggers == {}


async def test_an_account_writes_to_the_recipients_own_address(
    hass: HomeAssistant, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    hass.data[LOGO] = PICTURE
    channel = await _account_channel(hass, port)
    offered = [each.value for each in Smtp.choices(hass)]
    assert [each for each in offered if "." in each] == ["notify.post"]
    assert Smtp.problem(hass, "notify.post") is None
    assert channel.traits.contact is ContactKind.EMAIL
    await _send(channel)
    await _send(channel, replace(ENVELOPE, html=""))

    (recipients, mail), (_, bare) = box.mails
    assert recipients == ["anna@example.org"]
    parts = _parts(mail)
    assert parts["text/plain"].get_content().strip() == "Grüße"
    # no folder is open to it: the picture is in the HTML
    assert "data:image/png;base64,iVBORw0KGgo" in parts["text/html"].get_content()
    assert set(_parts(bare)) == {"text/plain"}


@pytest.mark.skipif(not HAS_ENTITIES, reason="up to 2025 only the warning tells")
async def test_a_second_try_that_works_is_no_failure(
    hass: HomeAssistant, mailbox: tuple[Mailbox, int], tmp_path: Path
) -> None:
    box, port = mailbox
    channel = await _account_channel(hass, port)
    box.answers = ["451 Not now"]
    async with open_desk(hass, tmp_path, mail=channel) as desk:
        result = await desk.courier.ask("mail", ENVELOPE)
        assert (result.evidence, len(box.mails)) == (Evidence.ACCEPTED, 1)
        box.answers = ["451 Not now"] * 9
        result = await desk.courier.ask("mail", ENVELOPE)
        assert (result.evidence, len(box.mails)) == (Evidence.UNREACHABLE, 1)


async def test_a_title_with_a_line_break_is_a_subject_of_one_line(
    hass: HomeAssistant, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    broken = replace(ENVELOPE, html="", title="Leak\nin  the\r\nbasement ")
    await _send(await _account_channel(hass, port), broken)
    if HAS_ENTITIES:
        (entity,) = hass.states.async_entity_ids("notify")
        found = er.async_get(hass).async_get(entity)
        assert found is not None
        await _send(Smtp(hass, "it", "Mail", found.id), broken)
    assert {mail["Subject"] for _, mail in box.mails} == {"Leak in the basement"}
    assert len(box.mails) == 1 + HAS_ENTITIES


async def test_who_has_no_address_gets_no_mail(hass: HomeAssistant) -> None:
    channel = Smtp(hass, "it", "Mail", "notify.post")
    result = await channel.async_send(replace(ENVELOPE, address=None))
    assert result.evidence is Evidence.REFUSED
    assert "address" in result.detail
    looped = Smtp(hass, "it", "Mail", f"notify.{DOMAIN}_household")
    assert (await looped.async_send(ENVELOPE)).evidence is Evidence.REFUSED
    assert Smtp.shape is Shape.EMAIL


async def test_a_mailbox_that_is_gone_is_not_called(hass: HomeAssistant) -> None:
    channel = Smtp(hass, "it", "Mail", "0" * 32)
    result = await channel.async_send(ENVELOPE)
    assert result.evidence is Evidence.REFUSED
