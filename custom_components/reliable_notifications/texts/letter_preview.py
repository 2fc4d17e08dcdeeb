"""A page that shows an example of our e-mails, on the letterhead as it is stored.

It is opened by a signed link: from the settings, or from a text of one's own that is
being written. Must not send anything, nor show what has really been told.
"""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView
from homeassistant.util import dt as dt_util

from ..channels.parts.logo import with_logo_inside
from ..const import DOMAIN, LETTER_PREVIEW
from ..engine.content.examples import example
from ..engine.vocabulary import Event, Priority, Recipient, Shape
from ..runtime import RnConfigEntry
from .letterhead import LETTER_DRAFT, LETTER_DRAFTS
from .wording import Wording

# the page may show itself and its logo, and load nothing
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


@callback
def async_register(hass: HomeAssistant) -> None:
    """Offer the page."""
    hass.http.register_view(LetterPreview())


class LetterPreview(HomeAssistantView):
    """The example, in the language of the household."""

    url = LETTER_PREVIEW
    name = f"api:{DOMAIN}:letter"

    async def get(self, request: web.Request) -> web.Response:
        """Show it."""
        hass = request.app[KEY_HASS]
        entries: list[RnConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
        draft = request.query.get(LETTER_DRAFT)
        if draft is None:
            page = _example(entries[0].runtime_data.pipeline.wording) if entries else ""
        else:
            page = hass.data.get(LETTER_DRAFTS, {}).get(draft, "")
        if not page:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        return web.Response(
            text=with_logo_inside(hass, page),
            content_type="text/html",
            headers={"Content-Security-Policy": _POLICY},
        )


def _example(wording: Wording) -> str:
    now = dt_util.utcnow().timestamp()
    event = Event(
        key="cycle_finished",
        at=now,
        title="",
        message="",
        priority=Priority.MEDIUM,
        data={name: fact for name, fact in example(now).items() if name in _OF_A_CYCLE},
    )
    reader = Recipient(id="", name="Anna", channels=())
    return wording.preview(event, reader, [Shape.EMAIL])[Shape.EMAIL].message.html


_OF_A_CYCLE = frozenset(
    {"appliance", "started_at", "ended_at", "duration_s", "energy_wh", "cost"}
)
