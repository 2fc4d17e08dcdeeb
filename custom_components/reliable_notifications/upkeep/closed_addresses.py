"""Finds out once a day whom a service does not send to any more.

A bounce, a complaint or a STOP comes after the yes to a message, and tells nobody who
does not ask. Whoever is found is not sent anything by that channel, and a hint says so.
Must not take anybody off again: that is a person's.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..adapters.gate import Closed, Gate
from ..engine.vocabulary import ContactKind, Recipient
from ..recipients.directory import Directory


class ClosedAddresses:
    """Asks the channels about the proven addresses of their recipients."""

    def __init__(self, directory: Directory, gate: Gate) -> None:
        """Ask nothing yet; `gate` is told who is found."""
        self._directory = directory
        self._gate = gate

    async def async_look(self, channel_id: str) -> None:
        """Ask one channel; raises HomeAssistantError if it does not answer."""
        channel = self._directory.configured[channel_id]
        if channel.contact is None:
            return
        owners = dict(self._owners(channel_id, channel.contact))
        for address in await channel.async_closed(owners):
            owner = owners[address]
            closed = Closed(channel_id, owner.id, owner.name)
            await self._gate.async_close(closed, address)

    def _owners(
        self, channel_id: str, kind: ContactKind
    ) -> Iterable[tuple[str, Recipient]]:
        for recipient in self._directory.recipients.values():
            if channel_id in recipient.channels:
                for contact in recipient.contacts:
                    if contact.verified and contact.kind is kind:
                        yield contact.value, recipient
