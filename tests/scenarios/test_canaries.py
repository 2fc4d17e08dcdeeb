"""A whole story with known secrets, and then everything is searched for them.

A real core with every channel to which a secret of ours belongs, each of which works,
fails, is refused and raises with its own secrets in the error. What is searched: the
log at its most talkative, states, repair issues, every event on the bus, the download
of diagnostics, forms, the answers and errors of actions, and the database.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
import json
import logging
from pathlib import Path
import re
import time
from urllib.parse import quote

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest

from custom_components.reliable_notifications.channels.parts.aws import client
from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.vocabulary import ContactKind
from tests.channels.receiver import Receiver
from tests.flows.forms import Forms, shown
from tests.platforms.home import lived_in

from .vault import (
    CHANNELS,
    FAULTS,
    HEARTBEAT,
    MAIL,
    NUMBER,
    PERSONAL,
    SECRETS,
    TOKEN,
    Cloud,
    Search,
    Vault,
    Web,
    leaks,
    says,
)


@pytest.fixture
async def search(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    hass_client: Web,
    socket_enabled: None,
) -> AsyncIterator[tuple[Search, Receiver]]:
    caplog.set_level(logging.DEBUG)
    hass.config.config_dir = str(tmp_path)
    assert await async_setup_component(hass, "diagnostics", {})
    vault, receiver, watcher = Vault(hass, freezer), Receiver(), Receiver()
    vault.cloud = Cloud()
    monkeypatch.setattr(client, "_client", lambda service, keys: vault.cloud)
    async with receiver.running() as address, watcher.running() as pinged:
        receiver.status = watcher.status = HTTPStatus.ACCEPTED
        vault.address, vault.heartbeat = address, f"{pinged}?{HEARTBEAT}"
        freezer.move_to("2026-11-26T07:00:00+00:00")
        async with lived_in(vault):
            yield Search(vault, caplog, tmp_path, hass_client), receiver


async def _live(search: Search) -> None:
    """Try each channel, look at it, tell something urgent, and ask what came of it."""
    vault = search.vault
    for channel in CHANNELS:
        await search.call("test_channel", channel=channel, recipient="Anna")
        await search.call("check_channel", channel=channel, recipient="Anna")
    for priority in ("urgent", "medium"):
        told = await search.call("send", message=f"Water {priority}", priority=priority)
        for _ in range(8):  # the cloud is asked in threads of its own
            await vault.hass.async_add_executor_job(time.sleep, 0.02)
            await vault.wait(20, step=10)
        await search.call("explain", intent_id=told["intents"][0]["intent_id"])
        await search.call("retry", intent_id=told["intents"][0]["intent_id"])
    await search.call("history", days=2)
    forms = Forms(vault.hass, vault.entry)
    for channel_id in vault.channels[:3]:
        page = await forms.change(vault.entry.subentries[channel_id])
        search.pages.append([shown(page), page["errors"], str(page["data_schema"])])
    await vault.wait(4000, step=400)


@pytest.mark.parametrize("fault", FAULTS)
async def test_nothing_secret_is_seen_anywhere(
    search: tuple[Search, Receiver],
    fault: str,
) -> None:
    seeker, receiver = search
    vault = seeker.vault
    vault.cloud.refuse, status = FAULTS[fault]
    if fault == "raises":
        vault.pager_raises = RuntimeError
    if status is None:
        hook = vault.entry.runtime_data.pipeline.directory.channels[vault.channels[3]]
        hook.filled_in = {**hook.filled_in, "address": f"http://127.0.0.1:1/{TOKEN}"}
    receiver.status = status
    receiver.headers = {"Location": f"{vault.address}?key={TOKEN}"}
    await _live(seeker)

    seen = await seeker.seen()
    # each of them has something to say, and the story went as it should
    assert all(len(text) > 100 for where, text in seen.items() if where != "issues")
    senders = {next(iter(each)) for each in vault.cloud.sent}
    assert len(senders) == (3 if fault == "works" else 0), senders
    assert f"{DOMAIN}_delivered" in seen["events"] or fault != "works"
    if fault == "wrong keys":
        assert "channel_down_own_login" in seen["issues"]
    forms = {"forms": seen.pop("forms")}  # who fills them in may see whose key it is
    assert leaks(forms, tuple(each for each in SECRETS if "AKIA" not in each)) == []
    assert leaks(seen, (*SECRETS, *PERSONAL)) == []
    kept = {"database": seeker.kept()}
    assert leaks(kept, SECRETS) == []
    assert leaks(kept, (MAIL,)) != []  # it can be found there


async def test_a_code_is_seen_by_its_reader_only(
    search: tuple[Search, Receiver],
) -> None:
    seeker, _ = search
    vault = seeker.vault
    verification = vault.entry.runtime_data.verification
    codes = []
    for kind, contact in ((ContactKind.EMAIL, MAIL), (ContactKind.PHONE, NUMBER)):
        assert await verification.async_send(kind, contact, "Anna", "en") is None
        found = re.search(r"\d{3} \d{3}", json.dumps(vault.cloud.sent[-1], default=str))
        assert found is not None
        codes += [found[0], found[0].replace(" ", "")]
        assert verification.problem(contact, "000000") is not None
    # and one that nobody takes
    vault.cloud.refuse = says("MessageRejected", 400)
    await verification.async_send(ContactKind.EMAIL, "b@example.org", "Bob", "en")
    await vault.wait(60, step=10)
    # a number of six digits may stand in an address of memory, one with a gap does not
    looked_for = (*codes[::2], f'"{codes[1]}"', f'"{codes[3]}"')
    seen = await seeker.seen()
    assert leaks(seen, (*looked_for, *SECRETS, *PERSONAL)) == []
    assert leaks({"database": seeker.kept()}, looked_for) == []
    assert verification.problem(MAIL, codes[1]) is None


def _state(vault: Vault, canary: str) -> None:
    vault.hass.states.async_set("sensor.x", "on", {"key": [canary]})


def _issue(vault: Vault, canary: str) -> None:
    ir.async_create_issue(
        vault.hass,
        DOMAIN,
        "x",
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="storage_refuses",
        translation_placeholders={"reason": canary},
    )


def _device(vault: Vault, canary: str) -> None:
    dr.async_get(vault.hass).async_get_or_create(
        config_entry_id=vault.entry.entry_id,
        identifiers={(DOMAIN, "x")},
        name=canary,
    )


def _option(vault: Vault, canary: str) -> None:
    options = {**vault.entry.options, "objective": canary}
    vault.hass.config_entries.async_update_entry(vault.entry, options=options)


def _line(_: Vault, canary: str) -> None:
    logging.getLogger("some.library").debug("used %s", canary)


def _trace(_: Vault, canary: str) -> None:
    logging.getLogger("some.library").error("failed", exc_info=ValueError(canary))


def _event(vault: Vault, canary: str) -> None:
    vault.hass.bus.async_fire(f"{DOMAIN}_failed", {"reason": canary})


@pytest.mark.parametrize(
    ("where", "plant"),
    [
        ("log", _line),
        ("log", _trace),
        ("states", _state),
        ("issues", _issue),
        ("registries", _device),
        ("events", _event),
        ("diagnostics", _option),
    ],
)
async def test_what_is_planted_is_found(
    search: tuple[Search, Receiver],
    where: str,
    plant: Callable[[Vault, str], None],
) -> None:
    """The search is worth something: wherever one lies, it is found."""
    seeker, _ = search
    assert leaks(await seeker.seen(), SECRETS) == []
    plant(seeker.vault, SECRETS[0])
    await seeker.vault.settle()
    found = leaks(await seeker.seen(), SECRETS)
    assert f"{SECRETS[0]} in {where}" in found


async def test_what_is_planted_in_answers_and_the_database_is_found(
    search: tuple[Search, Receiver],
) -> None:
    seeker, _ = search
    database = seeker.vault.entry.runtime_data.database
    await database.write(
        lambda rows: rows.execute("CREATE TABLE x AS SELECT ? AS y", (SECRETS[0],))
    )
    assert leaks({"database": seeker.kept()}, SECRETS) != []
    seeker.answers.append({"detail": [SECRETS[1]]})
    seeker.pages.append({"default": quote(SECRETS[0], safe="")})
    found = leaks(await seeker.seen(), SECRETS)
    assert found == [f"{SECRETS[1]} in answers", f"{SECRETS[0]} in forms"]
