"""What the frontend asks for while a text is typed in the settings: how it looks now.

One picture for each state of the form; the frontend asks again for the next. Whose form
it is, and how its text is told, is the page's: it is known here only while it is open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..compat import vol
from ..const import DOMAIN
from ..engine.vocabulary import Shape
from .subentry_form import Answers

# How the text of an open page is told, in the words of the frontend; by the flow's id
TYPED: HassKey[dict[str, Callable[[Answers], dict[str, Any]]]] = HassKey(
    f"{DOMAIN}_texts_being_typed"
)

_ICONS = {
    Shape.PUSH: "mdi:cellphone-message",
    Shape.SHORT_TEXT: "mdi:message-text-outline",
    Shape.SPEECH: "mdi:bullhorn-outline",
    Shape.EMAIL: "mdi:email-outline",
}


def as_state(shape: Shape, title: str, text: str) -> dict[str, Any]:
    """A text as the frontend shows it: like the state of an entity.

    It has no domain of its own; newer frontends take that from here, older ones from
    the step, and show the text either way.
    """
    return {
        "state": text,
        "domain": "sensor",
        "attributes": {"friendly_name": title, "icon": _ICONS[shape]},
    }


@callback
def async_register(hass: HomeAssistant) -> None:
    """Answer the frontend."""
    websocket_api.async_register_command(hass, _start_preview)


@websocket_api.require_admin
@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/start_preview",
        vol.Required("flow_id"): str,
        vol.Required("flow_type"): "options_flow",
        vol.Required("user_input"): dict,
    }
)
@callback
def _start_preview(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
) -> None:
    told = hass.data.get(TYPED, {}).get(msg["flow_id"])
    if told is None:
        why = "No page of this flow is open that shows a text"
        connection.send_error(msg["id"], websocket_api.ERR_NOT_FOUND, why)
        return
    # an older frontend takes no error after this, so the page tells errors as a text
    connection.send_result(msg["id"])
    # nothing is left to be ended: the next thing that is typed asks anew
    connection.subscriptions[msg["id"]] = lambda: None
    seen = told(msg["user_input"])
    connection.send_message(websocket_api.event_message(msg["id"], seen))
