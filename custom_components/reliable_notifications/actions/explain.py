"""Explains why a message went where it went, or where another one would go.

A stored message by its id, or a simulation. Changes nothing, counts nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.exceptions import ServiceValidationError

from ..adapters.decision_log import Explained
from ..adapters.storage_errors import telling_of_the_disk
from ..compat import vol
from ..const import (
    ATTR_EVENT,
    ATTR_INTENT_ID,
    ATTR_MESSAGE,
    ATTR_NOTIFICATION_ID,
    DOMAIN,
    SERVICE_EXPLAIN,
)
from ..decisions.switchboard import Switchboard
from ..engine.vocabulary import Decision, Outcome
from ..runtime import Runtime
from .answer import decision_answer, local, plan_answer
from .interface import TEXT, Action, runtime_of
from .request import FIELDS, request
from .supposed import FIELDS as SUPPOSED, not_known, supposed

_SCHEMA = vol.Schema(
    {
        vol.Exclusive(ATTR_NOTIFICATION_ID, "what"): TEXT,
        vol.Exclusive(ATTR_INTENT_ID, "what"): TEXT,
        **FIELDS,
        **SUPPOSED,
    }
)


async def _async_explain(call: ServiceCall) -> ServiceResponse:
    runtime = runtime_of(call.hass)
    if ATTR_NOTIFICATION_ID in call.data or ATTR_INTENT_ID in call.data:
        return await _stored(runtime, call)
    if not {ATTR_MESSAGE, ATTR_EVENT} & call.data.keys():
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="nothing_to_explain"
        )
    return await _simulated(runtime, call)


async def _simulated(runtime: Runtime, call: ServiceCall) -> ServiceResponse:
    """What would be decided for each recipient if the event came now, or then.

    What would be left out as told already, or as explained by something greater, is.
    """
    switchboard, directory = runtime.pipeline.switchboard, runtime.pipeline.directory
    wanted = request(call.data, runtime)
    facts = supposed(call.data, switchboard, directory)
    event = replace(wanted.event, at=facts.at)
    decisions = switchboard.decisions(event, wanted.recipients, wanted.asked, facts)
    people = [each.recipient_id for each in decisions if each.plan is not None]
    dropped = await runtime.pipeline.told_before.reasons_to_drop(
        runtime.pipeline.wording.filled(event), people, facts.at
    )
    unknown: list[Any] = list(not_known(facts, switchboard))
    return {
        "simulated": True,
        "not_known": unknown,
        "decisions": [
            _unless(each, dropped.get(each.recipient_id), switchboard)
            for each in decisions
        ],
    }


def _unless(
    decision: Decision, because: str | None, switchboard: Switchboard
) -> dict[str, Any]:
    """A decision in words, unless there is a reason to tell nobody."""
    if because is not None:
        decision = replace(decision, outcome=Outcome.DROP, plan=None, hold=None)
    answer = decision_answer(decision, switchboard)
    reasons = [*answer["reasons"], *([] if because is None else [because])]
    return {
        **answer,
        "reasons": reasons,
        "plan": plan_answer(decision, switchboard),
    }


async def _stored(runtime: Runtime, call: ServiceCall) -> ServiceResponse:
    by_intent = call.data.get(ATTR_INTENT_ID)
    with telling_of_the_disk():
        found = await runtime.decision_log.explained(
            intent_id=by_intent, notification_id=call.data.get(ATTR_NOTIFICATION_ID)
        )
    if not found:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="nothing_known_of_it"
        )
    about = found[0].parcel.notification
    return {
        "simulated": False,
        "notification_id": about.id,
        "event": about.event,
        "title": about.title,
        "message": about.message,
        "at": local(about.created_at),
        "intents": [_intent(each, runtime.pipeline.switchboard) for each in found],
    }


def _intent(found: Explained, switchboard: Switchboard) -> dict[str, Any]:
    """One recipient: what was decided, once or more often, and what came of it."""
    delivery = found.parcel.delivery
    return {
        "intent_id": delivery.intent_id,
        "recipient": found.parcel.recipient_name,
        "state": delivery.state.value,
        "evidence": None if delivery.evidence is None else delivery.evidence.value,
        "reason": switchboard.named(delivery.reason),
        "reasons": list(found.reasons),
        "decisions": [
            {
                **decision_answer(each.decision, switchboard),
                "at": local(_at(each.decision.facts.get("at"))),
            }
            for each in found.decisions
        ],
        "channels": [
            {
                "channel_id": step.channel_id,
                "channel": switchboard.channel_name(step.channel_id),
                "reason": step.reason,
            }
            for step in delivery.steps
        ],
        "attempts": [
            {
                "channel_id": each.channel_id,
                "channel": switchboard.channel_name(each.channel_id),
                "started_at": local(each.started_at),
                "ended_at": local(each.ended_at),
                "evidence": each.evidence,
                "detail": each.detail,
            }
            for each in found.attempts
        ],
    }


def _at(value: object) -> float | None:
    return value if isinstance(value, float) else None


EXPLAIN = Action(
    name=SERVICE_EXPLAIN,
    schema=_SCHEMA,
    run=_async_explain,
    responds=SupportsResponse.ONLY,
)
