"""Shows a message as each channel would bring it, and when each would be asked.

Changes nothing, counts nothing, sends nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse

from ..compat import vol
from ..const import SERVICE_PREVIEW
from ..engine.content.sms import Style, fitted, measure, one_text
from ..engine.vocabulary import Decision, Event, Message, Shape
from ..runtime import Runtime
from ..texts.message_templates import Problem
from .answer import decision_answer, plan_answer
from .interface import Action, runtime_of
from .request import FIELDS, request
from .supposed import FIELDS as SUPPOSED, supposed

_SCHEMA = vol.Schema({**FIELDS, **SUPPOSED})


async def _async_preview(call: ServiceCall) -> ServiceResponse:
    runtime = runtime_of(call.hass)
    switchboard, directory = runtime.pipeline.switchboard, runtime.pipeline.directory
    wanted = request(call.data, runtime)
    facts = supposed(call.data, switchboard, directory)
    event = replace(wanted.event, at=facts.at)
    recipients: list[Any] = [
        {
            **decision_answer(decision, switchboard),
            "plan": plan_answer(decision, switchboard),
            "messages": _messages(runtime, event, decision),
        }
        for decision in switchboard.decisions(
            event, wanted.recipients, wanted.asked, facts
        )
    ]
    return {"priority": event.priority.value, "recipients": recipients}


def _messages(runtime: Runtime, event: Event, decision: Decision) -> list[Any]:
    """What each channel of the plan would say; the same text is made once."""
    pipeline = runtime.pipeline
    if decision.plan is None:
        return []
    channels = [
        channel
        for step in decision.plan.steps
        if (channel := pipeline.directory.channels.get(step.channel_id))
    ]
    made = pipeline.wording.preview(
        event,
        pipeline.switchboard.recipient(decision.recipient_id),
        {channel.shape for channel in channels},
    )
    return [
        {
            "channel_id": channel.channel_id,
            "channel": channel.name,
            "shape": channel.shape.value,
            "title": made[channel.shape].message.title,
            "message": made[channel.shape].message.message,
            "problem": _problem(made[channel.shape].problem),
            **_as_text(channel.shape, made[channel.shape].message),
        }
        for channel in channels
    ]


def _problem(problem: Problem | None) -> str | None:
    """What is wrong with the template, in place of which our own text is told."""
    return None if problem is None else f"{problem.where}: {problem.what}"


def _as_text(shape: Shape, said: Message) -> dict[str, Any]:
    """A text message as it is sent, and as how many it is charged."""
    if shape is not Shape.SHORT_TEXT:
        return {}
    text = fitted(one_text(said.title, said.message), Style())
    measured = measure(text)
    return {
        "text": text,
        "parts": measured.parts,
        "encoding": measured.encoding.value,
    }


PREVIEW = Action(
    name=SERVICE_PREVIEW,
    schema=_SCHEMA,
    run=_async_preview,
    responds=SupportsResponse.ONLY,
)
