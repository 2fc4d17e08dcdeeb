"""A notify action (`notify.something`) of any platform.

For platforms that have nothing better. That the action returned proves nothing: of
the 51 platforms of this kind in Home Assistant, 28 never tell of a failure. Those that
write it to the log at least are listened to. A group of YAML asks nobody what became of
its members, so they are called one by one in its place. Must not offer what has a
channel of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from ..engine.vocabulary import AttemptResult, Evidence
from .interface import (
    Channel,
    Choice,
    Envelope,
)
from .parts.platforms import integration_behind, loggers_of

NOTIFY = "notify"

# what is in the domain `notify` and is no way to reach a person by itself: the action
# of notify entities, the last resort, and the group of everything
_NOT_A_TARGET = frozenset({"send_message", "persistent_notification", "notify"})

# these actions belong to phones, browsers and Echos, which have channels of their own
_BETTER_SERVED = ("mobile_app_", "html5", "alexa_media")

# the code of notify groups in YAML
_GROUP = "homeassistant.components.group.notify"


class NotifyAction(Channel):
    """One action, named `notify.something`."""

    kind = "notify_action"
    best_evidence = Evidence.DISPATCHED
    # platforms of this kind wait up to 10 s for their server (delivery reference 1.2)
    patience = 12.0
    replaces = False

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        """The notify actions there are now."""
        return [
            Choice(value=f"{NOTIFY}.{name}", label=name.replace("_", " ").capitalize())
            for name in sorted(hass.services.async_services_for_domain(NOTIFY))
            if name not in _NOT_A_TARGET
            and not name.startswith(_BETTER_SERVED)
            and not _is_ours(name)
        ]

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        """Whether the action exists and does not lead back to us."""
        domain, _, name = target.partition(".")
        if domain == DOMAIN or _is_ours(name):
            return "own_channel"
        if domain != NOTIFY or name in _NOT_A_TARGET:
            return "action_missing"
        return None if hass.services.has_service(NOTIFY, name) else "action_missing"

    @property
    def loggers(self) -> Mapping[str, int]:
        """Where the integration behind the action logs its errors."""
        domain = integration_behind(self.hass, self.target.partition(".")[2])
        return loggers_of(self.hass, domain) if domain else {}

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        """Call it; a missing action raises ServiceNotFound."""
        name = self.target.partition(".")[2]
        if _is_ours(name) or not self.target.startswith(f"{NOTIFY}."):
            return AttemptResult(
                evidence=Evidence.REFUSED, detail="The action would lead back to us"
            )
        data: dict[str, Any] = {"message": envelope.message}
        if envelope.title:
            data["title"] = envelope.subject
        members = _members(self.hass, name)
        if members is not None:
            return await self._tell_each(members, data)
        await self.hass.services.async_call(NOTIFY, name, data, blocking=True)
        return AttemptResult(
            evidence=Evidence.DISPATCHED,
            detail="The action returned; it cannot tell more",
        )

    async def _tell_each(
        self, members: Sequence[_Member], data: Mapping[str, Any]
    ) -> AttemptResult:
        """Do what the group does, and ask what became of each."""
        outcomes = await asyncio.gather(
            *(
                self.hass.services.async_call(
                    NOTIFY, member.name, member.completed(data), blocking=True
                )
                for member in members
            ),
            return_exceptions=True,
        )
        failed = {
            member.name: outcome
            for member, outcome in zip(members, outcomes, strict=True)
            if isinstance(outcome, BaseException)
        }
        if not members:
            return AttemptResult(
                evidence=Evidence.REFUSED, detail="The group has no members"
            )
        if len(failed) == len(members):
            raise next(iter(failed.values()))
        if failed:
            names = ", ".join(f"{NOTIFY}.{name}" for name in failed)
            return AttemptResult(
                evidence=Evidence.UNKNOWN,
                detail=f"Not everybody of the group has it: {names} failed",
            )
        return AttemptResult(
            evidence=Evidence.DISPATCHED,
            detail="All of the group returned; they cannot tell more",
        )


@dataclass(frozen=True, slots=True)
class _Member:
    """Whom a group tells, and what it adds for them."""

    name: str
    extras: Mapping[str, Any]

    def completed(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The data of a call, with what the group adds."""
        extras = deepcopy(dict(self.extras))
        return {**data, "data": extras} if extras else dict(data)


def _members(
    hass: HomeAssistant,
    name: str,
    extras: Mapping[str, Any] = MappingProxyType({}),
    above: frozenset[str] = frozenset(),
) -> list[_Member] | None:
    """Whom a group tells, through the groups in it; None if the action is no group."""
    service = hass.services.async_services_for_domain(NOTIFY).get(name)
    group = getattr(service.job.target, "__self__", None) if service else None
    if type(group).__module__ != _GROUP:
        return None
    found = []
    for each in getattr(group, "entities", ()):
        member, more = each["action"], {**each.get("data", {}), **extras}
        if member in above | {name}:
            continue  # a group that has itself in it
        inner = _members(hass, member, more, above | {name})
        found += [_Member(member, more)] if inner is None else inner
    return found


def _is_ours(name: str) -> bool:
    """A message sent to ourselves would go round in circles."""
    return name.startswith(DOMAIN)
