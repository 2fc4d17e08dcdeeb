"""Every reason for a state has a text that people read beside it."""

from __future__ import annotations

import json

from custom_components.reliable_notifications.engine.cycles.evidence import Reason
from custom_components.reliable_notifications.engine.cycles.native_states import (
    NativeState,
)

from .source_tree import INTEGRATION


def test_each_reason_has_a_text() -> None:
    file = INTEGRATION / "translations" / "en.json"
    texts = json.loads(file.read_text(encoding="utf-8"))
    state = texts["entity"]["sensor"]["state"]
    known = state["state_attributes"]["reason"]["state"]
    assert known.keys() == {each.value for each in (*Reason, *NativeState)}
