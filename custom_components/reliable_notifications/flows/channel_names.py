"""The channels that a person can choose of: those that were added, and the inbox.

The inbox is always there; where one was added, that is the one that is shown. Must not
know what a channel is.
"""

from __future__ import annotations

from collections.abc import Iterable

from homeassistant.config_entries import ConfigSubentry

from ..channels.inbox import Inbox
from ..const import BUILT_IN_INBOX, BUILT_IN_INBOX_NAME, CONF_KIND


def channel_names(added: Iterable[ConfigSubentry]) -> dict[str, str]:
    """What they are called, by their ids."""
    added = tuple(added)
    names = {each.subentry_id: each.title for each in added}
    if not any(each.data.get(CONF_KIND) == Inbox.kind for each in added):
        names[BUILT_IN_INBOX] = BUILT_IN_INBOX_NAME
    return names
