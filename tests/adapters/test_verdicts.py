"""Every error is sorted in one place: what it means, and when to ask again."""

from __future__ import annotations

from datetime import UTC, datetime
import smtplib
from types import SimpleNamespace
from typing import Any

from aiohttp import ClientResponseError, RequestInfo
from freezegun.api import FrozenDateTimeFactory
from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    HomeAssistantError,
    ServiceNotFound,
    ServiceValidationError,
)
from multidict import CIMultiDict, CIMultiDictProxy
import pytest
from yarl import URL

from custom_components.reliable_notifications.adapters import verdicts
from custom_components.reliable_notifications.adapters.log_tap import Heard
from custom_components.reliable_notifications.compat import vol
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Evidence,
    Trouble,
)


def http(status: int, **headers: str) -> ClientResponseError:
    url = URL("https://push.example/secret")
    info = RequestInfo(url, "POST", CIMultiDictProxy(CIMultiDict()), url)
    fields = CIMultiDict(
        {name.replace("_", "-"): said for name, said in headers.items()}
    )
    return ClientResponseError(info, (), status=status, headers=fields)


def keyed(key: str) -> HomeAssistantError:
    error = HomeAssistantError("so it is")
    error.translation_key = key
    return error


def wrapped(cause: Exception) -> HomeAssistantError:
    error = HomeAssistantError("could not send")
    error.__cause__ = cause
    return error


class LibraryError(Exception):
    def __init__(self, **fields: Any) -> None:
        super().__init__("library")
        self.__dict__.update(fields)


def sort(error: Exception, *, starting: bool = False) -> AttemptResult:
    return verdicts.of_error(error, "Phone", starting=starting)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (ServiceNotFound("notify", "phone"), Trouble.MISSING),
        (ServiceValidationError("bad data"), Trouble.REJECTED),
        (vol.Invalid("bad schema"), Trouble.REJECTED),
        (ConfigEntryAuthFailed("expired"), Trouble.LOGIN),
        (keyed("authentication_error"), Trouble.LOGIN),
        (keyed("channel_expired"), Trouble.MISSING),
        (keyed("rate_limit_exceeded_sending_notification"), Trouble.USED_UP),
        (keyed("send_mail_connection_error"), Trouble.OUTAGE),
        (wrapped(http(401)), Trouble.LOGIN),
        (wrapped(http(403)), Trouble.LOGIN),
        (wrapped(http(404)), Trouble.MISSING),
        (wrapped(http(410)), Trouble.MISSING),
        (http(413), Trouble.REJECTED),
        (http(429), Trouble.THROTTLED),
        (http(503), Trouble.OUTAGE),
        (wrapped(smtplib.SMTPAuthenticationError(535, b"no")), Trouble.LOGIN),
        (LibraryError(status_code=429), Trouble.THROTTLED),
        (LibraryError(response=SimpleNamespace(status_code=400)), Trouble.REJECTED),
        (HomeAssistantError("no network"), Trouble.OUTAGE),
        (OSError("no route to host"), Trouble.OUTAGE),
        (TimeoutError("too slow"), Trouble.SILENCE),
    ],
)
def test_errors_are_sorted(error: Exception, trouble: Trouble) -> None:
    result = sort(error)

    assert result.trouble is trouble
    permanent = trouble in {Trouble.MISSING, Trouble.LOGIN, Trouble.REJECTED}
    assert (result.evidence is Evidence.REFUSED) is permanent
    assert (result.evidence is Evidence.TIMED_OUT) is (trouble is Trouble.SILENCE)
    assert "push.example" not in result.detail


def test_edge_05_at_start_a_missing_action_may_yet_appear() -> None:
    result = sort(ServiceNotFound("notify", "phone"), starting=True)

    assert (result.evidence, result.trouble) == (Evidence.UNREACHABLE, Trouble.OUTAGE)


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (http(429), 1.0),
        (http(429, Retry_After="0"), 1.0),
        (http(429, Retry_After="120"), 120.0),
        (http(503, Retry_After="30"), 30.0),
        (http(429, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"), 1.0),
        (http(429, Retry_After="999999"), 86400.0),
        (LibraryError(status=429, retry_after=17), 17.0),
        (http(503), None),
    ],
)
def test_a_hint_is_honoured(
    freezer: FrozenDateTimeFactory, error: Exception, seconds: float | None
) -> None:
    now = freezer().replace(tzinfo=UTC).timestamp()

    at = sort(error).retry_at

    assert at == (None if seconds is None else pytest.approx(now + seconds))


def test_edge_10_the_quota_of_the_day_comes_back_at_midnight_utc(
    freezer: FrozenDateTimeFactory,
) -> None:
    freezer.move_to(datetime(2026, 11, 25, 20, 15, tzinfo=UTC))
    heard = Heard("a", ["Rate limit exceeded sending notification to Pixel"])

    result = verdicts.of_return(AttemptResult(evidence=Evidence.ACCEPTED), heard)

    assert (result.evidence, result.trouble) == (Evidence.UNREACHABLE, Trouble.USED_UP)
    assert result.retry_at == datetime(2026, 11, 26, tzinfo=UTC).timestamp()


def test_edge_07_what_was_only_logged_is_an_outage() -> None:
    heard = Heard("a", ["Timeout sending notification to https://push.example/x"])

    result = verdicts.of_return(AttemptResult(evidence=Evidence.ACCEPTED), heard)

    assert (result.evidence, result.trouble) == (Evidence.UNREACHABLE, Trouble.OUTAGE)
    assert result.detail == "Timeout sending notification to (address)"


def test_silence_is_a_trouble_too() -> None:
    assert verdicts.of_timeout(4.0).trouble is Trouble.SILENCE
