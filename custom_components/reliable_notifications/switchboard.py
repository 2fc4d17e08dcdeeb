"""Asks the router who is told how, with everything that it has to know.

Gathers; must not decide, store or send.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from homeassistant.util import dt as dt_util

from .directory import Directory
from .engine.routing.router import decide
from .engine.vocabulary import Cue, Event, Evidence, Plan, Priority, Recipient

# Whom to tell while nobody is set up: the plan then ends at the last resort
HOUSEHOLD = Recipient(id="household", name="Household", channels=())


class Switchboard:
    """Makes the plans of an event."""

    def __init__(self, directory: Directory) -> None:
        """Ask for these recipients and channels."""
        self._directory = directory

    def plans(
        self, event: Event, recipients: Sequence[str] | None = None
    ) -> tuple[Plan, ...]:
        """One plan per recipient; None addresses everybody."""
        return decide(
            event,
            self._addressed(recipients),
            self._directory.traits,
            dt_util.utcnow().timestamp(),
            self._others(event.priority, recipients),
        )

    def later(self, event: Event, recipient_id: str, after: float) -> tuple[Plan, ...]:
        """The plan for one recipient, to be told after so many seconds."""
        recipient = self._directory.recipients.get(recipient_id, HOUSEHOLD)
        now = dt_util.utcnow().timestamp()
        return tuple(
            replace(plan, hold=Cue(Evidence.ACKNOWLEDGED, after))
            for plan in decide(event, [recipient], self._directory.traits, now)
        )

    def _addressed(self, wanted: Sequence[str] | None) -> Sequence[Recipient]:
        recipients = self._directory.recipients
        if wanted is not None:
            return [recipients[recipient_id] for recipient_id in wanted]
        return list(recipients.values()) or [HOUSEHOLD]

    def _others(
        self, priority: Priority, wanted: Sequence[str] | None
    ) -> Sequence[Recipient]:
        """Who else is told if nobody acknowledges it.

        Only of what is urgent: a message of less weight may be meant for one alone.
        """
        if wanted is None or priority is not Priority.URGENT:
            return ()
        recipients = self._directory.recipients
        return [each for key, each in recipients.items() if key not in wanted]
