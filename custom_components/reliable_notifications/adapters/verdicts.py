"""What the outcome of a call proves: every error is sorted here and nowhere else.

Turns what a channel returned or raised, and what was logged meanwhile, into one
result; must not call channels or store anything.
"""

from __future__ import annotations

import logging
import re

from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceNotFound,
    ServiceValidationError,
)

from ..compat import vol
from ..engine.vocabulary import AttemptResult, Evidence
from .log_tap import Heard

_LOGGER = logging.getLogger(__name__)

# Addresses of push services and webhooks carry tokens
_ADDRESS = re.compile(r"\w+://\S+")

# The detail is one line of a table for people
_LONGEST_DETAIL = 200


def of_return(result: AttemptResult, heard: Heard) -> AttemptResult:
    """The channel has returned; lines in the log may take its success back."""
    if not result.evidence.rung:
        return result
    if heard.lines:
        return AttemptResult(
            evidence=Evidence.UNREACHABLE, detail=_plain(heard.lines[-1])
        )
    if heard.deaf and result.evidence is Evidence.ACCEPTED:
        return AttemptResult(
            evidence=Evidence.DISPATCHED,
            detail="The platform's logger is silenced: failures cannot be heard",
            reference=result.reference,
        )
    return result


def of_timeout(patience: float) -> AttemptResult:
    """No answer within the channel's time."""
    return AttemptResult(
        evidence=Evidence.TIMED_OUT, detail=f"No answer within {patience:g} s"
    )


def of_error(error: Exception, channel_name: str, *, starting: bool) -> AttemptResult:
    """The channel has raised. While Home Assistant starts, actions may yet appear."""
    if isinstance(error, ServiceNotFound):
        evidence = Evidence.UNREACHABLE if starting else Evidence.REFUSED
        detail = f"The action {error.domain}.{error.service} does not exist"
        return AttemptResult(evidence=evidence, detail=detail)
    if isinstance(error, ServiceValidationError | vol.Invalid):
        return AttemptResult(evidence=Evidence.REFUSED, detail=_plain(str(error)))
    if isinstance(error, TimeoutError):  # the platform's own limit, not ours
        return AttemptResult(
            evidence=Evidence.TIMED_OUT, detail=_plain(f"The platform gave up: {error}")
        )
    if isinstance(error, HomeAssistantError):
        return AttemptResult(evidence=Evidence.UNREACHABLE, detail=_plain(str(error)))
    detail = _plain(f"{type(error).__name__}: {error}")
    _LOGGER.warning("Channel %s failed in an unexpected way: %s", channel_name, detail)
    return AttemptResult(evidence=Evidence.UNREACHABLE, detail=detail)


def _plain(text: str) -> str:
    """One line without addresses."""
    line = " ".join(_ADDRESS.sub("(address)", text).split())
    return line[:_LONGEST_DETAIL]
