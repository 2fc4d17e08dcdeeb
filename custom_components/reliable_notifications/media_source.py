"""The logo of the letterhead, for Home Assistant's own mail, which attaches media only.

It is in the media browser because every source is; there is nothing to play. Must not
give out any other file.
"""

from __future__ import annotations

from homeassistant.components.media_player import MediaClass
from homeassistant.components.media_source import (
    BrowseMediaSource,
    MediaSource,
    MediaSourceItem,
    PlayMedia,
    Unresolvable,
)
from homeassistant.core import HomeAssistant

from .channels.interface import LOGO, LOGO_MEDIA
from .compat import media_at
from .const import DOMAIN
from .texts.letterhead import logo_file

_PNG = "image/png"


async def async_get_media_source(hass: HomeAssistant) -> Letterhead:
    """Answer Home Assistant, which asks every integration."""
    return Letterhead(hass)


class Letterhead(MediaSource):
    """A folder with the logo in it, if there is one."""

    name = "Reliable Notifications"

    def __init__(self, hass: HomeAssistant) -> None:
        """Look nowhere yet."""
        super().__init__(DOMAIN)
        self.hass = hass

    async def async_resolve_media(self, item: MediaSourceItem) -> PlayMedia:
        """Say where the logo is."""
        if LOGO not in self.hass.data or item.identifier != LOGO_MEDIA:
            raise Unresolvable("There is no such picture")
        return media_at(logo_file(self.hass), _PNG)

    async def async_browse_media(self, item: MediaSourceItem) -> BrowseMediaSource:
        """Show the folder."""
        folder = _entry("", self.name, MediaClass.DIRECTORY, "")
        folder.can_expand = True
        if LOGO in self.hass.data:
            folder.children = [_entry(LOGO_MEDIA, "Logo", MediaClass.IMAGE, _PNG)]
        return folder


def _entry(
    identifier: str, title: str, media_class: MediaClass, content_type: str
) -> BrowseMediaSource:
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=identifier,
        media_class=media_class,
        media_content_type=content_type,
        title=title,
        can_play=False,
        can_expand=False,
    )
