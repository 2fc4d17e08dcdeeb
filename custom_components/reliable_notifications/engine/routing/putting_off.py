"""What a decision becomes once its recipient has said *not now*.

The message is held until then and decided again with what is known by that time: quiet
hours, a pause, a rule, or that it is over. Must not decide what may be put off.
"""

from __future__ import annotations

from dataclasses import replace

from ..vocabulary import Decision, Hold, Instant, Outcome, Priority, Reason
from .policy import deadline
from .policy_row import Policies
from .why import If, Why, because


def put_off(decision: Decision, until: Instant, policies: Policies) -> Decision:
    """The same decision, held until then, unless there is nothing to hold.

    It is news for as long after its release as it would be now.
    """
    if decision.outcome is Outcome.DROP or decision.priority is Priority.URGENT:
        return decision
    return replace(
        decision,
        outcome=Outcome.HOLD,
        deadline=deadline(decision.priority, until, policies),
        hold=Hold(until=until, why=Why.PUT_OFF.value),
        reasons=(because(Why.PUT_OFF, None, until=until), *decision.reasons),
        changes=(Reason(key=If.NOT_SNOOZED), Reason(key=If.URGENT)),
    )


def put_off_until(decision: Decision) -> Instant | None:
    """Until when it was put off; None where it was not."""
    hold = decision.hold
    return None if hold is None or hold.why != Why.PUT_OFF else hold.until
