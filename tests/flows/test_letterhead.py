"""The letterhead: a logo made small, colours that can be read, links that lead."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
import stat
from typing import Any
from uuid import uuid4

from aiohttp.test_utils import TestClient
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.setup import async_setup_component
from PIL import Image
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.reliable_notifications.engine.content.colours import Colour
from custom_components.reliable_notifications.engine.content.letter import Link, Logo
from custom_components.reliable_notifications.texts.letterhead import (
    brand_of,
    kept_logo,
    links_of,
    logo_file,
    resized,
)

from .forms import TEXTS, read_page, shown

FILLED_IN = {
    "brand_name": "Villa Nova",
    "colour": [3, 107, 161],
    "company": "Nova Services\n12 Garden Lane",
    "links": "Website https://example.org\nHelp: mailto:help@example.org",
}


def _picture(width: int, height: int, kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "red").save(file, kind)
    return file.getvalue()


class Upload:
    """A browser that uploads files, as the form does before it is sent."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self._client = client

    async def put(self, content: bytes) -> str:
        answer = await self._client.post(
            "/api/file_upload", data={"file": BytesIO(content)}
        )
        assert answer.status == HTTPStatus.OK
        return str((await answer.json())["file_id"])


@pytest.fixture
async def upload(
    hass: HomeAssistant, hass_client: Callable[[], Any], tmp_path: Path
) -> Upload:
    hass.config.config_dir = str(tmp_path)
    assert await async_setup_component(hass, "file_upload", {})
    return Upload(await hass_client())


async def _page(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, Any]:
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    read_page(TEXTS["options"], menu)
    return await _answer(hass, menu, {"next_step_id": "letterhead"})


async def _answer(
    hass: HomeAssistant, page: Any, answers: dict[str, Any]
) -> dict[str, Any]:
    result: Any = await hass.config_entries.options.async_configure(
        page["flow_id"], answers
    )
    if result["type"] is FlowResultType.FORM:
        read_page(TEXTS["options"], result)
    return result  # type: ignore[no-any-return]


async def test_it_is_kept_beside_the_other_settings(
    hass: HomeAssistant, entry: MockConfigEntry, upload: Upload
) -> None:
    hass.config_entries.async_update_entry(entry, options={"preset": "service_team"})
    logo = await upload.put(_picture(1000, 250))
    result = await _answer(hass, await _page(hass, entry), {**FILLED_IN, "logo": logo})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options["preset"] == "service_team"
    brand = brand_of(entry.options, "Home")
    assert brand.home == "Villa Nova"
    assert brand.company == ("Nova Services", "12 Garden Lane")
    assert brand.links == (
        Link(label="Website", address="https://example.org"),
        Link(label="Help", address="mailto:help@example.org"),
    )
    assert brand.logo == Logo(width=220, height=55)
    assert (brand.colour, brand.on_colour) == (Colour(3, 107, 161), None)

    kept = kept_logo(logo_file(hass))
    assert kept is not None
    with Image.open(BytesIO(kept)) as picture:
        assert (picture.format, picture.size) == ("PNG", (440, 110))
    assert stat.S_IMODE(logo_file(hass).stat().st_mode) == 0o600

    # shown again; left as it is, the logo stays
    page = await _page(hass, entry)
    assert shown(page) == FILLED_IN
    await _answer(hass, page, FILLED_IN)
    assert brand_of(entry.options, "Home").logo == Logo(width=220, height=55)
    assert kept_logo(logo_file(hass)) == kept
    await _answer(hass, await _page(hass, entry), {"without_logo": True})
    assert kept_logo(logo_file(hass)) is None
    assert entry.options == {"preset": "service_team"}
    assert brand_of(entry.options, "Home").home == "Home"


@pytest.mark.parametrize(
    ("wrong", "field", "error", "words"),
    [
        (
            {"colour": [255, 220, 0], "text_colour": [255, 255, 255]},
            "text_colour",
            "contrast_too_low",
            {"contrast": "1.4", "least": "4.5"},
        ),
        # on our own blue, where no colour was chosen
        (
            {"colour": None, "text_colour": [0, 0, 0]},
            "text_colour",
            "contrast_too_low",
            {"contrast": "3.6"},
        ),
        (
            {"links": "Site javascript:alert(1)"},
            "links",
            "link_unreadable",
            {"line": "javascript:alert(1)"},
        ),
        ({"links": "example"}, "links", "link_unreadable", {"line": "example"}),
        ({"logo": str(uuid4())}, "logo", "logo_unreadable", {}),
    ],
)
async def test_what_is_wrong_is_said_at_the_field(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    upload: Upload,
    wrong: dict[str, Any],
    field: str,
    error: str,
    words: dict[str, str],
) -> None:
    answers = {
        key: value for key, value in {**FILLED_IN, **wrong}.items() if value is not None
    }
    result = await _answer(hass, await _page(hass, entry), answers)
    assert result["errors"] == {field: error}
    assert words.items() <= result["description_placeholders"].items()
    # what was typed is not lost, but for a file, which is used up
    answers.pop("logo", None)
    assert shown(result) == answers
    mended = await _answer(hass, result, FILLED_IN)
    assert mended["type"] is FlowResultType.CREATE_ENTRY


async def test_a_file_that_is_no_picture_is_no_logo(
    hass: HomeAssistant, entry: MockConfigEntry, upload: Upload
) -> None:
    page = await _page(hass, entry)
    for content in (b"<svg/>", b"", _picture(300, 300)[:100], _picture(4001, 4000)):
        page = await _answer(hass, page, {"logo": await upload.put(content)})
        assert page["errors"] == {"logo": "logo_unreadable"}
    assert kept_logo(logo_file(hass)) is None


@pytest.mark.parametrize(
    ("size", "shown_as", "stored_as"),
    [
        ((100, 20), (100, 20), (100, 20)),
        ((440, 128), (220, 64), (440, 128)),
        ((600, 1200), (32, 64), (64, 128)),
        ((4000, 2), (220, 1), (440, 1)),
    ],
)
def test_a_logo_is_made_small_and_never_large(
    size: tuple[int, int], shown_as: tuple[int, int], stored_as: tuple[int, int]
) -> None:
    for kind in ("PNG", "JPEG", "GIF", "WEBP"):
        picture, found = resized(_picture(*size, kind))
        assert found == shown_as
        with Image.open(BytesIO(picture)) as image:
            assert image.size == stored_as


def test_links_have_a_name() -> None:
    assert links_of("https://example.org") == (
        Link(label="https://example.org", address="https://example.org"),
    )
    assert links_of("Our shop - https://example.org\n\n") == (
        Link(label="Our shop", address="https://example.org"),
    )
