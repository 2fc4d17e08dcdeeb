"""Asks the router who is told how, with everything that it has to know.

Gathers; must not decide, store or send.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from homeassistant.util import dt as dt_util

from .directory import Directory
from .engine.routing.explain import sentences
from .engine.routing.router import decide
from .engine.vocabulary import (
    Cue,
    Decision,
    Event,
    Evidence,
    HouseholdFacts,
    Plan,
)


class Switchboard:
    """Asks for the decisions about an event."""

    def __init__(self, directory: Directory) -> None:
        """Ask for these recipients and channels."""
        self._directory = directory

    def decisions(
        self, event: Event, recipients: Sequence[str] | None = None
    ) -> tuple[Decision, ...]:
        """One decision per recipient; None leaves it to catalogue and rules whom."""
        directory = self._directory
        return decide(
            event,
            tuple(directory.recipients.values()),
            directory.traits,
            self._facts(),
            named=recipients,
        )

    def plans(
        self, event: Event, recipients: Sequence[str] | None = None
    ) -> tuple[Plan, ...]:
        """The plans of the decisions: nobody has one who is not told."""
        traits = self._directory.traits
        zone = dt_util.get_default_time_zone()
        return tuple(
            replace(each.plan, reasons=sentences(each.reasons, traits, zone))
            for each in self.decisions(event, recipients)
            if each.plan is not None
        )

    def later(self, event: Event, recipient_id: str, after: float) -> tuple[Plan, ...]:
        """The plan for one recipient, to be told after so many seconds."""
        return tuple(
            replace(plan, hold=Cue(Evidence.ACKNOWLEDGED, after))
            for plan in self.plans(event, [recipient_id])
            if plan.hold is None
        )

    def _facts(self) -> HouseholdFacts:
        now = dt_util.utcnow().timestamp()
        return HouseholdFacts(at=now, zone=dt_util.get_default_time_zone())
