"""How decisions and plans are shown in the answers of actions.

Plain values that automations can use. Must not decide, and does not know any action.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from homeassistant.util import dt as dt_util

from ..adapters.parcel import Settled
from ..decisions.switchboard import Switchboard
from ..engine.vocabulary import Decision, Instant


def local(at: Instant | None) -> str | None:
    """A moment as text; None where there is none, or no end is known."""
    if at is None or not isfinite(at):
        return None
    return dt_util.as_local(dt_util.utc_from_timestamp(at)).isoformat()


def settled_answer(settled: Settled, names: Mapping[str, str]) -> dict[str, Any]:
    """Who is told how, and why."""
    decision = settled.decision
    hold = None if decision is None else decision.hold
    return {
        "recipient": settled.recipient_name,
        "recipient_id": settled.recipient_id,
        "outcome": "deliver" if decision is None else decision.outcome.value,
        "until": None if hold is None else local(hold.until),
        "channels": [
            {
                "channel_id": step.channel_id,
                "channel": names.get(step.channel_id, step.channel_id),
                "reason": step.reason,
            }
            for step in (settled.plan.steps if settled.plan else ())
        ],
        "reasons": list(settled.reasons),
    }


def decision_answer(decision: Decision, switchboard: Switchboard) -> dict[str, Any]:
    """Everything that is known of a decision, each reason in words."""
    rules = {each.id: each.name for each in switchboard.laid_down.rules.rules}
    hold = decision.hold
    return {
        "recipient": switchboard.recipient(decision.recipient_id).name,
        "recipient_id": decision.recipient_id,
        "outcome": decision.outcome.value,
        "summary": switchboard.summary(decision),
        "priority": decision.priority.value,
        "loudness": decision.level.value,
        "acknowledge": decision.acknowledge,
        "until": None if hold is None else local(hold.until),
        "until_arrival": hold is not None and hold.for_arrival,
        "rules": [rules.get(each, each) for each in decision.rules],
        "reasons": list(switchboard.reasons(decision)),
        "would_change": list(switchboard.changes(decision)),
        "facts": {
            switchboard.named(key): value for key, value in decision.facts.items()
        },
    }


def plan_answer(decision: Decision, switchboard: Switchboard) -> list[dict[str, Any]]:
    """The plan on its time line: when which channel is asked, unless what is known."""
    if decision.plan is None:
        return []
    return [
        {
            "after": moment.after,
            "channel_id": moment.channel_id,
            "unless": moment.unless.value,
            "text": moment.text,
        }
        for moment in switchboard.time_line(decision.plan)
    ]
