"""Edge 39: a restored or copied old log never sends again what was told since.

Real files are copied and put back, as a backup of Home Assistant does it or as a person
does it by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from fnmatch import fnmatch
from pathlib import Path
import shutil
import sqlite3

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.reliable_notifications.adapters.origin import Doubt
from custom_components.reliable_notifications.backup import (
    async_post_backup,
    async_pre_backup,
)
from custom_components.reliable_notifications.const import DATABASE_FILE, DOMAIN

from .home import ACTION, Home

# of Home Assistant's own list what can concern us (components/backup/const.py)
LEFT_OUT = ("*.db-shm", "*.log", "*.log.*")


class Phone:
    """A notify action that works only when it is allowed to."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.works = False
        self.got: list[str] = []
        hass.services.async_register("notify", ACTION, self._receive)

    async def _receive(self, call: ServiceCall) -> None:
        if not self.works:
            raise HomeAssistantError("no network")
        self.got.append(call.data["message"])


@pytest.fixture
async def phone(home: Home) -> Phone:
    inbox = next(
        each for each in home.entry.subentries.values() if each.title == "Inbox"
    )
    home.hass.config_entries.async_remove_subentry(home.entry, inbox.subentry_id)
    await home.settle()
    return Phone(home.hass)


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept") / "storage"


def _storage(home: Home) -> Path:
    return Path(home.hass.config.path(".storage"))


def _copy_as_a_backup(home: Home, kept: Path) -> None:
    shutil.copytree(
        _storage(home),
        kept,
        ignore=lambda _, names: [
            name for name in names if any(fnmatch(name, rule) for rule in LEFT_OUT)
        ],
    )


def _restore_all(home: Home, kept: Path) -> None:
    shutil.rmtree(_storage(home))
    shutil.copytree(kept, _storage(home))


def _copy_the_file(home: Home, kept: Path) -> None:
    kept.mkdir()
    connection = sqlite3.connect(_storage(home) / DATABASE_FILE)
    with sqlite3.connect(kept / DATABASE_FILE) as copy:
        connection.backup(copy)
    copy.close()
    connection.close()


def _restore_the_file(home: Home, kept: Path) -> None:
    shutil.copy(kept / DATABASE_FILE, _storage(home) / DATABASE_FILE)


async def _say(home: Home, message: str) -> None:
    await home.hass.services.async_call(
        DOMAIN, "send", {"message": message, "priority": "high"}, blocking=True
    )
    await home.settle()


async def _restart(home: Home, between: Callable[[], None]) -> None:
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)
    await home.hass.async_add_executor_job(between)
    await home.set_up()
    assert home.entry.state is ConfigEntryState.LOADED
    await home.wait(120, 5)


def _ends(home: Home) -> list[tuple[str, str]]:
    connection = sqlite3.connect(_storage(home) / DATABASE_FILE)
    found = connection.execute(
        "SELECT state, reason FROM intent ORDER BY created_at"
    ).fetchall()
    connection.close()
    return found


def _hint(home: Home) -> ir.IssueEntry | None:
    return ir.async_get(home.hass).async_get_issue(DOMAIN, "older_log")


async def _told_after(home: Home, phone: Phone) -> None:
    """What was open in the copy reaches the phone now."""
    assert phone.got == []
    phone.works = True
    await home.wait(300, 5)
    assert sorted(phone.got) == ["Smoke", "Water"]


async def test_edge_39_a_restored_backup_sends_nothing_again(
    home: Home, phone: Phone, kept: Path
) -> None:
    await _say(home, "Water")
    await _say(home, "Smoke")
    await async_pre_backup(home.hass)
    await home.hass.async_add_executor_job(_copy_as_a_backup, home, kept)
    await async_post_backup(home.hass)
    await _told_after(home, phone)

    home.clock.tick(timedelta(minutes=30))  # well before their deadlines
    await _restart(home, lambda: _restore_all(home, kept))

    assert sorted(phone.got) == ["Smoke", "Water"]
    assert home.entry.runtime_data.origin.doubt is Doubt.BACKUP
    ends = _ends(home)
    assert [state for state, _ in ends] == ["expired", "expired"]
    assert all("Restored from a backup" in reason for _, reason in ends)
    hint = _hint(home)
    assert hint is not None
    assert hint.translation_placeholders == {"number": "2"}

    await _say(home, "Dinner")  # and what is new goes its way
    assert phone.got[-1] == "Dinner"
    await _restart(home, lambda: None)
    assert home.entry.runtime_data.origin.doubt is None
    assert _hint(home) is None


async def test_edge_39_an_old_file_put_back_by_hand_sends_nothing_again(
    home: Home, phone: Phone, kept: Path
) -> None:
    await _say(home, "Water")
    await _say(home, "Smoke")
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)
    await home.hass.async_add_executor_job(_copy_the_file, home, kept)
    await home.set_up()
    await _told_after(home, phone)

    await _restart(home, lambda: _restore_the_file(home, kept))

    assert sorted(phone.got) == ["Smoke", "Water"]
    assert home.entry.runtime_data.origin.doubt is Doubt.OLDER
    assert [state for state, _ in _ends(home)] == ["expired", "expired"]
    assert _hint(home) is not None


async def test_a_restart_sends_what_is_open(home: Home, phone: Phone) -> None:
    await _say(home, "Water")
    await _restart(home, lambda: None)
    assert home.entry.runtime_data.origin.doubt is None
    phone.works = True
    await home.wait(2000, 20)  # after minutes in vain the pauses are long
    assert phone.got == ["Water"]


async def test_a_death_in_the_middle_of_a_backup_loses_nothing(
    home: Home, phone: Phone, kept: Path
) -> None:
    """The mark of the backup is in the file, but nothing was restored."""
    await _say(home, "Water")
    await async_pre_backup(home.hass)
    storage = _storage(home)
    await home.hass.async_add_executor_job(shutil.copytree, storage, kept)

    await _restart(home, lambda: _restore_all(home, kept))

    assert home.entry.runtime_data.origin.doubt is None
    phone.works = True
    await home.wait(2000, 20)  # after minutes in vain the pauses are long
    assert phone.got == ["Water"]


async def test_what_is_past_its_deadline_expires_in_any_case(
    home: Home, phone: Phone
) -> None:
    await _say(home, "Water")

    def sleep_long() -> None:
        phone.works = True
        home.clock.tick(timedelta(days=3))

    await _restart(home, sleep_long)
    assert phone.got == []
    ((state, reason),) = _ends(home)
    # the last resort was told in time, which proves nothing
    assert (state, reason.split(":")[0]) == ("done", "Unverified")


async def test_what_was_saved_of_a_damaged_log_is_not_sent(
    home: Home, phone: Phone
) -> None:
    await _say(home, "Water")

    def damage() -> None:
        file = _storage(home) / DATABASE_FILE
        with sqlite3.connect(file) as connection:
            (page,) = connection.execute(
                "SELECT rootpage FROM sqlite_schema WHERE name = 'intent_released'"
            ).fetchone()
        connection.close()
        content = bytearray(file.read_bytes())
        content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
        file.write_bytes(content)
        phone.works = True

    await _restart(home, damage)
    assert home.entry.runtime_data.database.recovered is not None
    assert home.entry.runtime_data.origin.doubt is Doubt.DAMAGED
    assert phone.got == []
    assert [state for state, _ in _ends(home)] == ["expired"]
    # what was learned about the appliance is still there
    assert len(await home.entry.runtime_data.cycle_log.snapshots()) == 1
