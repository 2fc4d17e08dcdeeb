"""The files that the integration keeps: opened for an entry, erased with it.

Must not know what is in them.
"""

from __future__ import annotations

from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers.storage import STORAGE_DIR

from .adapters.database import Database, StorageFailed
from .adapters.schema import DatabaseTooNew
from .const import DATABASE_FILE, DOMAIN
from .texts.letterhead import logo_file


async def async_erase(hass: HomeAssistant) -> None:
    """Delete the file, with what SQLite keeps beside it and what was moved aside."""
    file = _file(hass)

    def erase() -> None:
        for part in (*file.parent.glob(f"{file.name}*"), logo_file(hass)):
            part.unlink(missing_ok=True)

    await hass.async_add_executor_job(erase)


def _file(hass: HomeAssistant) -> Path:
    return Path(hass.config.path(STORAGE_DIR, DATABASE_FILE))


async def async_open(hass: HomeAssistant) -> Database:
    """The database, open; raises what Home Assistant says of an entry without one."""
    file = _file(hass)
    await hass.async_add_executor_job(lambda: file.parent.mkdir(exist_ok=True))
    database = Database(file)
    try:
        await database.open()
    except DatabaseTooNew as found:
        raise ConfigEntryError(
            translation_domain=DOMAIN,
            translation_key="database_too_new",
            translation_placeholders={"found": str(found.found)},
        ) from found
    except StorageFailed as failure:
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN,
            translation_key="database_unusable",
            translation_placeholders={"reason": str(failure)},
        ) from failure
    return database
