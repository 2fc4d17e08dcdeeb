"""The logo inside the HTML of an e-mail, for those that cannot attach it.

Apple Mail and Thunderbird show such a picture; Gmail and Outlook show the name of the
home in its place. Must not attach anything.
"""

from __future__ import annotations

from base64 import b64encode

from homeassistant.core import HomeAssistant

from ..interface import LOGO

# the name under which the HTML looks for the picture, as a mail has it beside itself
LOGO_NAME = "logo"
LOGO_ADDRESS = f"cid:{LOGO_NAME}"


def with_logo_inside(hass: HomeAssistant, html: str) -> str:
    """The HTML with the picture in it, where it has a place for one."""
    inside = b64encode(hass.data.get(LOGO, b"")).decode()
    return html.replace(LOGO_ADDRESS, f"data:image/png;base64,{inside}")
