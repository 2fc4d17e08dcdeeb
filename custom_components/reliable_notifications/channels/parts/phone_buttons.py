"""The buttons under a message on a phone with the companion app.

Android has room for three, so what does not fit is offered after a tap; an iPhone shows
everything at once. Must not know phones, nor what follows from a tap.
"""

from __future__ import annotations

from typing import Any

from ...const import DASHBOARD_URL
from ...engine.content.verbs import (
    OwnButton,
    Verb,
    action_id,
    further,
    label,
    more_label,
    offered,
    own_buttons,
)
from ...engine.vocabulary import Priority
from ..interface import Envelope

# Android shows three, an iPhone ten (companion docs, "Actionable notifications")
_MOST = 3
_MOST_ON_IPHONE = 10


def buttons(envelope: Envelope, language: str, is_iphone: bool) -> list[dict[str, Any]]:
    """As many as the phone has room for, the answers before what only opens."""
    urgent = envelope.priority is Priority.URGENT

    def button(verb: Verb) -> dict[str, Any]:
        return answer(verb, envelope.intent_id, language, unlock=urgent)

    answers = [
        *(_own(each) for each in own_buttons(envelope.data)),
        *(button(verb) for verb in offered(envelope.data, envelope.priority)),
    ]
    reply = button(Verb.REPLY) | {"behavior": "textInput"}
    opens = {
        # Android opens an address only for an action of this name
        "action": "URI",
        "title": more_label(language),
        "uri": f"/{DASHBOARD_URL}",
    }
    more = further(envelope.data, envelope.priority)
    if is_iphone:
        rest = [button(verb) for verb in more]
        return [*answers, reply, *rest, opens][:_MOST_ON_IPHONE]
    # a tap on the message itself opens the dashboard, too
    return [*answers, button(Verb.MORE) if more else opens, reply][:_MOST]


def answer(
    verb: Verb, intent_id: str, language: str, *, unlock: bool = False
) -> dict[str, Any]:
    """A button that answers; `unlock`: whoever finds the phone locked cannot."""
    button: dict[str, Any] = {
        "action": action_id(verb, intent_id),
        "title": label(verb, language),
    }
    if unlock:
        button["authenticationRequired"] = True
    return button


def _own(button: OwnButton) -> dict[str, Any]:
    """An automation's own button; Android opens an address only by this name."""
    if button.uri:
        return {"action": "URI", "title": button.title, "uri": button.uri}
    return {"action": button.action, "title": button.title}
