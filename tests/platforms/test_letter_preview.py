"""The example of an e-mail, opened from the settings."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from custom_components.reliable_notifications.channels.interface import LOGO
from custom_components.reliable_notifications.const import LETTER_PREVIEW

from .home import Home


async def _link(home: Home) -> str:
    menu = await home.hass.config_entries.options.async_init(home.entry.entry_id)
    form: Any = await home.hass.config_entries.options.async_configure(
        menu["flow_id"], {"next_step_id": "letterhead"}
    )
    return str(form["description_placeholders"]["preview"])


async def test_the_link_of_the_form_shows_an_example_on_the_letterhead(
    home: Home, hass_client_no_auth: Callable[[], Any]
) -> None:
    home.hass.config_entries.async_update_entry(
        home.entry,
        options={"brand_name": "Villa Nova", "logo_size": [100, 20]},
    )
    await home.settle()
    home.hass.data[LOGO] = b"a picture"
    client = await hass_client_no_auth()
    answer = await client.get(await _link(home))
    assert answer.status == HTTPStatus.OK
    assert answer.content_type == "text/html"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    page = await answer.text()
    for words in ("Washing machine finished", "Villa Nova", "data:image/png;base64,"):
        assert words in page
    assert "cid:" not in page


async def test_nobody_else_sees_it(
    home: Home, hass_client_no_auth: Callable[[], Any]
) -> None:
    client = await hass_client_no_auth()
    assert (await client.get(LETTER_PREVIEW)).status == HTTPStatus.UNAUTHORIZED


async def test_without_the_entry_there_is_nothing_to_show(
    home: Home, hass_client_no_auth: Callable[[], Any]
) -> None:
    link = await _link(home)
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    client = await hass_client_no_auth()
    assert (await client.get(link)).status == HTTPStatus.NOT_FOUND
