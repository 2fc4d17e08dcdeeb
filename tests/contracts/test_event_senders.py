"""What stands in the catalogue of events reaches people, or says who has to send it.

What only automations and events of other systems say is marked where it is chosen.
"""

from __future__ import annotations

import json
import re

from custom_components.reliable_notifications.engine.routing.catalogue import (
    CATALOGUE,
    Sender,
)
from custom_components.reliable_notifications.reporting.telling import TOLD, WISHED
from custom_components.reliable_notifications.upkeep.concerns import ALL_CLEAR

from .source_tree import INTEGRATION

MARK = "(by automations)"
# what tells of cycles has a table; all else is made in one of these files
_MAKES_EVENTS = (
    "pipeline.py",
    "recipients/verification.py",
    "texts/wording.py",
    "upkeep/channel_concerns.py",
    "upkeep/concern_sources.py",
    "upkeep/trials.py",
)


def _sent() -> set[str]:
    """The keys that this integration tells people of, by its source."""
    of_cycles = {each.value for each in (*TOLD, *WISHED)}
    code = "".join((INTEGRATION / file).read_text("utf-8") for file in _MAKES_EVENTS)
    made = set(re.findall(r'\b(?:key|event)="(\w+)"', code))
    return of_cycles | (made & CATALOGUE.keys()) | set(ALL_CLEAR.values())


def test_each_event_has_a_sender() -> None:
    ours = {key for key, each in CATALOGUE.items() if each.sender is Sender.OURS}
    assert ours == _sent()


def test_what_others_send_is_marked_where_it_is_chosen() -> None:
    file = INTEGRATION / "translations" / "en.json"
    texts = json.loads(file.read_text("utf-8"))["selector"]["event_key"]["options"]
    marked = {key for key, text in texts.items() if text.endswith(MARK)}
    others = {key for key, each in CATALOGUE.items() if each.sender is Sender.OTHERS}
    assert marked == others
    assert others
