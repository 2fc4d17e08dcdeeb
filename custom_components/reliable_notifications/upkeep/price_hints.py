"""Hints about channels that cost money, where nobody knows how much.

Must not decide whether a message may be sent (`adapters/gate.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..channels.interface import Channel
from ..engine.vocabulary import Recipient
from .hints import Hint


def of_prices(channel: Channel, recipients: Iterable[Recipient]) -> Iterable[Hint]:
    """Say where a channel sends nothing as long as nobody says what it costs."""
    if channel.monthly_cap is None:
        return
    addresses = [
        contact.value
        for each in recipients
        if channel.channel_id in each.channels
        for contact in each.contacts
        if contact.verified and contact.kind is channel.contact
    ]
    if countries := channel.unpriced(channel.hass, channel.filled_in, addresses):
        yield Hint(
            key=f"unpriced_{channel.channel_id}",
            text="unpriced",
            words={"channel": channel.name, "countries": ", ".join(countries)},
        )
