"""What the outcome of a call proves: every error is sorted here and nowhere else.

Turns what a channel returned or raised, and what was logged meanwhile, into one
result; must not call channels or store anything.

*Permanent* (missing, login, rejected) is `REFUSED`, *throttled* and *transient* are
`UNREACHABLE`, *unknown* is `TIMED_OUT`; the trouble says which, for the breaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
import logging
import re

from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    HomeAssistantError,
    ServiceNotFound,
    ServiceValidationError,
)
from homeassistant.util import dt as dt_util

from ..compat import vol
from ..engine.vocabulary import AttemptResult, Evidence, Instant, Trouble
from .log_tap import Heard

_LOGGER = logging.getLogger(__name__)

# Addresses of push services and webhooks carry tokens
_ADDRESS = re.compile(r"\w+://\S+")

# The detail is one line of a table for people
_LONGEST_DETAIL = 200

# How far an error is followed to the one that caused it
_DEEPEST_CAUSE = 4

# A service that names no time is asked again after a second (delivery reference 5.4),
# and no hint is believed beyond a day: quotas are daily
_LEAST_PAUSE = 1.0
_LONGEST_PAUSE = 86400.0

# What Home Assistant's platforms call their own errors (delivery reference 1.2)
_KEYS = {
    "authentication_error": Trouble.LOGIN,
    "channel_expired": Trouble.MISSING,
    "rate_limit_exceeded_sending_notification": Trouble.USED_UP,
}

# How the companion app says that the day's pushes are spent: newer versions in words of
# their own, older ones in those of the relay and with its figures
_SPENT = (
    "rate limit exceeded",
    "maximum number of notifications allowed per day",
    "push notification rate limits for",
)

_STATUSES = {
    HTTPStatus.UNAUTHORIZED: Trouble.LOGIN,
    HTTPStatus.FORBIDDEN: Trouble.LOGIN,
    HTTPStatus.NOT_FOUND: Trouble.MISSING,
    HTTPStatus.GONE: Trouble.MISSING,
    HTTPStatus.TOO_MANY_REQUESTS: Trouble.THROTTLED,
    HTTPStatus.BAD_REQUEST: Trouble.REJECTED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Trouble.REJECTED,
    HTTPStatus.UNPROCESSABLE_ENTITY: Trouble.REJECTED,
}

_EVIDENCE = {
    Trouble.MISSING: Evidence.REFUSED,
    Trouble.LOGIN: Evidence.REFUSED,
    Trouble.REJECTED: Evidence.REFUSED,
    Trouble.THROTTLED: Evidence.UNREACHABLE,
    Trouble.USED_UP: Evidence.UNREACHABLE,
    Trouble.OUTAGE: Evidence.UNREACHABLE,
    Trouble.SILENCE: Evidence.TIMED_OUT,
}


def of_return(
    result: AttemptResult, heard: Heard, hidden: Sequence[str] = ()
) -> AttemptResult:
    """The channel has returned; lines in the log may take its success back."""
    if not result.evidence.rung:
        return result
    if heard.lines:
        line = heard.lines[-1]
        return _failed(_trouble_of_line(line), plain(line, hidden))
    if heard.deaf and result.evidence is Evidence.ACCEPTED:
        return AttemptResult(
            evidence=Evidence.DISPATCHED,
            detail="The platform's logger is silenced: failures cannot be heard",
            reference=result.reference,
        )
    return result


def of_timeout(patience: float) -> AttemptResult:
    """No answer within the channel's time."""
    return _failed(Trouble.SILENCE, f"No answer within {patience:g} s")


def of_error(
    error: Exception, channel_name: str, *, starting: bool, hidden: Sequence[str] = ()
) -> AttemptResult:
    """The channel has raised. While Home Assistant starts, actions may yet appear.

    What is `hidden` is not said, wherever a library quotes it.
    """
    if isinstance(error, ServiceNotFound):
        detail = f"The action {error.domain}.{error.service} does not exist"
        return _failed(Trouble.OUTAGE if starting else Trouble.MISSING, detail)
    if isinstance(error, TimeoutError):  # the platform's own limit, not ours
        return _failed(Trouble.SILENCE, f"The platform gave up: {error}")
    trouble = _trouble_of(error)
    if isinstance(error, HomeAssistantError | vol.Invalid):
        return _failed(trouble, plain(str(error), hidden), _hint(error))
    detail = plain(f"{type(error).__name__}: {error}", hidden)
    _LOGGER.warning("Channel %s failed in an unexpected way: %s", channel_name, detail)
    return _failed(trouble, detail, _hint(error))


def _trouble_of(error: Exception) -> Trouble:
    """Sort an error by what it, or what caused it, says."""
    for each in _causes(error):
        if isinstance(each, ConfigEntryAuthFailed):
            return Trouble.LOGIN
        known = _KEYS.get(getattr(each, "translation_key", None) or "")
        known = known or _STATUSES.get(_status(each))  # type: ignore[call-overload]
        if known is not None:
            return known
        if type(each).__name__ == "SMTPAuthenticationError":
            return Trouble.LOGIN
    if isinstance(error, ServiceValidationError | vol.Invalid):
        return Trouble.REJECTED
    return Trouble.OUTAGE


def _trouble_of_line(line: str) -> Trouble:
    """Sort a line of the log: the companion app warns so of its 500 pushes a day."""
    plain = line.lower().replace("_", " ")
    if any(words in plain for words in _SPENT):
        return Trouble.USED_UP
    return Trouble.OUTAGE


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_DEEPEST_CAUSE):
        if error is None:
            return
        yield error
        error = error.__cause__


def _status(error: BaseException) -> int | None:
    """The HTTP status, under the names that client libraries give it."""
    response = getattr(error, "response", None)
    for holder in (error, response):
        for name in ("status", "status_code", "code"):
            value = getattr(holder, name, None)
            if isinstance(value, int):
                return value
    return None


def _hint(error: Exception) -> float | None:
    """Seconds that the service wants to be let alone, if it said so."""
    for each in _causes(error):
        for holder in (each, getattr(each, "response", None)):
            headers = getattr(holder, "headers", None)
            said = headers.get("Retry-After") if isinstance(headers, Mapping) else None
            value = getattr(each, "retry_after", None) if said is None else said
            if (seconds := _seconds(value)) is not None:
                return seconds
    return None


def _seconds(hint: object) -> float | None:
    """A number of seconds, or the seconds until a date (RFC 9110, 10.2.3)."""
    try:
        return float(hint)  # type: ignore[arg-type]  # it may be anything
    except (TypeError, ValueError):
        pass
    try:
        until = parsedate_to_datetime(hint)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return until.timestamp() - dt_util.utcnow().timestamp()


def _failed(trouble: Trouble, detail: str, hint: float | None = None) -> AttemptResult:
    return AttemptResult(
        evidence=_EVIDENCE[trouble],
        detail=plain(detail),
        trouble=trouble,
        retry_at=_retry_at(trouble, hint),
    )


def _retry_at(trouble: Trouble, hint: float | None) -> Instant | None:
    """When asking again makes sense; None where nothing was said about it."""
    now = dt_util.utcnow()
    if trouble is Trouble.USED_UP:
        # the companion app's relay counts anew at midnight UTC (delivery reference 1.3)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return (midnight + timedelta(days=1)).timestamp()
    if hint is None and trouble is not Trouble.THROTTLED:
        return None
    pause = min(max(hint or 0.0, _LEAST_PAUSE), _LONGEST_PAUSE)
    return now.timestamp() + pause


def plain(text: str, hidden: Sequence[str] = ()) -> str:
    """One line without addresses, and without what is `hidden`."""
    for each in sorted(filter(None, hidden), key=len, reverse=True):
        text = text.replace(each, "(hidden)")
    line = " ".join(_ADDRESS.sub("(address)", text).split())
    return line[:_LONGEST_DETAIL]
