"""What the errors of Amazon's services mean, as a table (delivery reference 9.2).

Turns what boto3 raises into the result of an attempt, in sentences of our own: Amazon's
quote addresses and names of accounts. Must not call anything, nor decide what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus

from ....engine.vocabulary import AttemptResult, Evidence, Trouble

SES = "sesv2"
SMS = "pinpoint-sms-voice-v2"
SNS = "sns"
ANY = ""


class Kind(StrEnum):
    """What went wrong, as far as that decides what to do about it."""

    THROTTLED = "throttled"
    QUOTA_OF_DAY = "quota_of_day"
    QUOTA_OF_MONTH = "quota_of_month"
    UNVERIFIED = "unverified"
    OPTED_OUT = "opted_out"
    BAD_ADDRESS = "bad_address"
    BAD_MESSAGE = "bad_message"
    TOO_DEAR = "too_dear"
    NO_SENDER = "no_sender"
    NO_REGION = "no_region"
    STOPPED = "stopped"
    NOT_ALLOWED = "not_allowed"
    CREDENTIALS = "credentials"
    CLOCK = "clock"
    NOT_SENT = "not_sent"
    NO_ANSWER = "no_answer"
    OUTAGE = "outage"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a kind of error proves, and how it is said to people."""

    evidence: Evidence
    trouble: Trouble
    says: str


@dataclass(frozen=True, slots=True)
class Row:
    """An error: of which service, its code, and what else tells it from others.

    `reason` is the machine-readable one that some errors carry; `words` are part of
    Amazon's sentence, in small letters, where there is nothing better.
    """

    service: str
    code: str
    kind: Kind
    reason: str = ""
    words: str = ""


_REFUSED, _UNREACHABLE = Evidence.REFUSED, Evidence.UNREACHABLE

MEANINGS = {
    Kind.THROTTLED: Meaning(
        _UNREACHABLE, Trouble.THROTTLED, "AWS wants fewer messages a second"
    ),
    Kind.QUOTA_OF_DAY: Meaning(
        _UNREACHABLE, Trouble.USED_UP, "The AWS account has sent all it may in a day"
    ),
    # no message waits for the next month: to this one it is a refusal
    Kind.QUOTA_OF_MONTH: Meaning(
        _REFUSED,
        Trouble.USED_UP,
        "The spending limit of the AWS account for this month is reached",
    ),
    Kind.UNVERIFIED: Meaning(
        _REFUSED,
        Trouble.UNVERIFIED,
        "The AWS account is in the sandbox, and this address is not verified there",
    ),
    Kind.OPTED_OUT: Meaning(
        _REFUSED, Trouble.OPTED_OUT, "The recipient has opted out at AWS"
    ),
    Kind.BAD_ADDRESS: Meaning(
        _REFUSED, Trouble.REJECTED, "AWS does not send to this address"
    ),
    Kind.BAD_MESSAGE: Meaning(
        _REFUSED, Trouble.REJECTED, "AWS does not take this message"
    ),
    Kind.TOO_DEAR: Meaning(
        _REFUSED, Trouble.REJECTED, "It would cost more than the limit for a message"
    ),
    Kind.NO_SENDER: Meaning(
        _REFUSED,
        Trouble.BLOCKED,
        "The AWS account may not send under this sender, or has none for the country",
    ),
    Kind.NO_REGION: Meaning(_REFUSED, Trouble.BLOCKED, "There is no such AWS region"),
    Kind.STOPPED: Meaning(
        _REFUSED, Trouble.BLOCKED, "AWS has stopped the sending of this account"
    ),
    Kind.NOT_ALLOWED: Meaning(
        _REFUSED, Trouble.LOGIN, "The access key may not send: its policy forbids it"
    ),
    Kind.CREDENTIALS: Meaning(
        _REFUSED, Trouble.LOGIN, "AWS does not accept the access key"
    ),
    Kind.CLOCK: Meaning(
        _REFUSED,
        Trouble.LOGIN,
        "AWS does not accept the signature: the secret key is wrong, or this clock",
    ),
    Kind.NOT_SENT: Meaning(_UNREACHABLE, Trouble.OUTAGE, "AWS cannot be reached"),
    Kind.NO_ANSWER: Meaning(
        Evidence.TIMED_OUT, Trouble.SILENCE, "AWS did not answer; it may have it"
    ),
    Kind.OUTAGE: Meaning(_UNREACHABLE, Trouble.OUTAGE, "AWS has a fault of its own"),
}

# The first row that fits counts: what is narrower stands above
ROWS: tuple[Row, ...] = (
    # throttled
    Row(
        SES, "TooManyRequestsException", Kind.QUOTA_OF_DAY, words="daily message quota"
    ),
    Row(SES, "TooManyRequestsException", Kind.THROTTLED),
    Row(SES, "Throttling", Kind.QUOTA_OF_DAY, words="daily message quota"),
    Row(ANY, "Throttling", Kind.THROTTLED),
    Row(ANY, "ThrottlingException", Kind.THROTTLED),
    Row(SNS, "Throttled", Kind.THROTTLED),
    Row(SNS, "ThrottledException", Kind.THROTTLED),
    Row(SNS, "KMSThrottling", Kind.THROTTLED),
    Row(SNS, "KMSThrottlingException", Kind.THROTTLED),
    # quota
    Row(SES, "LimitExceededException", Kind.QUOTA_OF_DAY),
    Row(
        SMS,
        "ServiceQuotaExceededException",
        Kind.QUOTA_OF_MONTH,
        "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
    ),
    Row(SMS, "ServiceQuotaExceededException", Kind.QUOTA_OF_DAY),
    # the sandbox, opting out
    Row(SES, "MessageRejected", Kind.UNVERIFIED, words="not verified"),
    Row(SES, "MessageRejected", Kind.BAD_MESSAGE),
    Row(
        SMS,
        "ConflictException",
        Kind.UNVERIFIED,
        "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",
    ),
    Row(SMS, "ConflictException", Kind.OPTED_OUT, "DESTINATION_PHONE_NUMBER_OPTED_OUT"),
    Row(SMS, "ConflictException", Kind.NO_SENDER, "NO_ORIGINATION_IDENTITIES_FOUND"),
    Row(
        SMS,
        "ConflictException",
        Kind.BAD_ADDRESS,
        "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
    ),
    Row(
        SMS,
        "ConflictException",
        Kind.BAD_ADDRESS,
        "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE",
    ),
    Row(SMS, "ConflictException", Kind.NO_SENDER),
    # the price, the sender, the address, the message
    Row(SMS, "ValidationException", Kind.TOO_DEAR, "PRICE_OVER_THRESHOLD"),
    Row(SMS, "ValidationException", Kind.NO_SENDER, "SENDER_ID_REQUIRES_REGISTRATION"),
    Row(SMS, "ValidationException", Kind.NO_SENDER, "SENDER_ID_NOT_REGISTERED"),
    Row(SMS, "ValidationException", Kind.NO_SENDER, "SENDER_ID_NOT_SUPPORTED"),
    Row(
        SMS,
        "ValidationException",
        Kind.NO_SENDER,
        "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY",
    ),
    Row(
        SMS,
        "ValidationException",
        Kind.NO_SENDER,
        "INTERNATIONAL_SENDING_NOT_SUPPORTED",
    ),
    Row(SMS, "ValidationException", Kind.BAD_ADDRESS, "DESTINATION_COUNTRY_BLOCKED"),
    Row(SMS, "ValidationException", Kind.BAD_ADDRESS, "COUNTRY_NOT_ENABLED"),
    Row(SMS, "ValidationException", Kind.BAD_MESSAGE, "MAXIMUM_SIZE_EXCEEDED"),
    Row(SMS, "ValidationException", Kind.BAD_ADDRESS),
    Row(SMS, "ResourceNotFoundException", Kind.NO_SENDER),
    Row(SES, "MailFromDomainNotVerifiedException", Kind.NO_SENDER),
    Row(SES, "NotFoundException", Kind.NO_SENDER),
    Row(SES, "BadRequestException", Kind.BAD_ADDRESS),
    Row(SNS, "InvalidParameter", Kind.NO_SENDER, words="sender"),
    Row(SNS, "InvalidParameter", Kind.BAD_ADDRESS),
    Row(SNS, "InvalidParameterException", Kind.NO_SENDER, words="sender"),
    Row(SNS, "InvalidParameterException", Kind.BAD_ADDRESS),
    Row(SNS, "InvalidParameterValueException", Kind.BAD_ADDRESS),
    Row(SNS, "InvalidParameterValue", Kind.BAD_ADDRESS),
    # the account
    Row(SES, "AccountSuspendedException", Kind.STOPPED),
    Row(SES, "SendingPausedException", Kind.STOPPED),
    Row(SMS, "AccessDeniedException", Kind.STOPPED, "ACCOUNT_DISABLED"),
    Row(SMS, "AccessDeniedException", Kind.STOPPED, "INSUFFICIENT_ACCOUNT_REPUTATION"),
    Row(ANY, "AccessDeniedException", Kind.NOT_ALLOWED),
    Row(ANY, "AccessDenied", Kind.NOT_ALLOWED),
    Row(SNS, "AuthorizationError", Kind.NOT_ALLOWED),
    Row(SNS, "AuthorizationErrorException", Kind.NOT_ALLOWED),
    Row(ANY, "OptInRequired", Kind.STOPPED),
    # who we are
    Row(ANY, "UnrecognizedClientException", Kind.CREDENTIALS),
    Row(ANY, "InvalidClientTokenId", Kind.CREDENTIALS),
    Row(ANY, "InvalidAccessKeyId", Kind.CREDENTIALS),
    Row(ANY, "ExpiredToken", Kind.CREDENTIALS),
    Row(ANY, "ExpiredTokenException", Kind.CREDENTIALS),
    Row(ANY, "MissingAuthenticationToken", Kind.CREDENTIALS),
    Row(ANY, "MissingAuthenticationTokenException", Kind.CREDENTIALS),
    Row(ANY, "IncompleteSignature", Kind.CREDENTIALS),
    Row(ANY, "SignatureDoesNotMatch", Kind.CLOCK),
    Row(ANY, "InvalidSignatureException", Kind.CLOCK),
    Row(ANY, "RequestExpired", Kind.CLOCK),
    # what boto3 raises by itself, by the name of its class
    Row(ANY, "NoCredentialsError", Kind.CREDENTIALS),
    Row(ANY, "PartialCredentialsError", Kind.CREDENTIALS),
    Row(ANY, "CredentialRetrievalError", Kind.CREDENTIALS),
    Row(ANY, "InvalidRegionError", Kind.NO_REGION),
    Row(ANY, "ValueError", Kind.NO_REGION),
    Row(ANY, "ParamValidationError", Kind.BAD_MESSAGE),
    Row(ANY, "EndpointConnectionError", Kind.NOT_SENT),
    Row(ANY, "ConnectTimeoutError", Kind.NOT_SENT),
    Row(ANY, "ProxyConnectionError", Kind.NOT_SENT),
    Row(ANY, "SSLError", Kind.NOT_SENT),
    Row(ANY, "ReadTimeoutError", Kind.NO_ANSWER),
    Row(ANY, "ConnectionClosedError", Kind.NO_ANSWER),
    Row(ANY, "ResponseStreamingError", Kind.NO_ANSWER),
    # somebody else has answered, such as a proxy
    Row(ANY, "ResponseParserError", Kind.NO_ANSWER),
)

# what is known of an error that is not in the table
_BY_STATUS = {
    HTTPStatus.BAD_REQUEST: Kind.BAD_MESSAGE,
    HTTPStatus.UNAUTHORIZED: Kind.CREDENTIALS,
    HTTPStatus.FORBIDDEN: Kind.CREDENTIALS,
    HTTPStatus.NOT_FOUND: Kind.NO_SENDER,
    HTTPStatus.TOO_MANY_REQUESTS: Kind.THROTTLED,
}

# A daily quota of Amazon's counts the last 24 hours, so that some of it comes back
# every hour (SES developer guide, "Sending quotas")
_NEXT_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Fault:
    """An error, read: `name` is its code, with the reason where it has one."""

    kind: Kind
    name: str


def read(service: str, error: Exception) -> Fault:
    """What an error of boto3 means."""
    response = getattr(error, "response", None)
    if not isinstance(response, dict):
        code = type(error).__name__
        kind = _found(service, code, "", "")
        return Fault(kind or _of_class(error), code)
    said = response.get("Error", {})
    code, words = str(said.get("Code", "")), str(said.get("Message", ""))
    reason = str(response.get("Reason", "") or said.get("Reason", ""))
    kind = _found(service, code, reason, words) or _of_status(response)
    return Fault(kind, " ".join(part for part in (code, reason) if part))


def result_of(fault: Fault, now: datetime) -> AttemptResult:
    """The fault as the result of an attempt; `now` is in UTC."""
    meaning = MEANINGS[fault.kind]
    retry = _RETRY.get(fault.kind)
    return AttemptResult(
        evidence=meaning.evidence,
        detail=f"{meaning.says} ({fault.name})",
        trouble=meaning.trouble,
        retry_at=retry(now).timestamp() if retry else None,
    )


def next_month(now: datetime) -> datetime:
    """Its first instant: Amazon counts the money of a month by UTC."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)


_RETRY: dict[Kind, Callable[[datetime], datetime]] = {
    Kind.QUOTA_OF_DAY: lambda now: now + _NEXT_HOUR,
    Kind.QUOTA_OF_MONTH: next_month,
}


def _found(service: str, code: str, reason: str, words: str) -> Kind | None:
    return next(
        (row.kind for row in _rows(service, code) if _fits(row, reason, words)), None
    )


def _rows(service: str, code: str) -> Iterator[Row]:
    return (row for row in ROWS if row.code == code and row.service in (service, ANY))


def _fits(row: Row, reason: str, words: str) -> bool:
    return row.reason in ("", reason) and row.words in words.lower()


def _of_class(error: Exception) -> Kind:
    """Of a class that is not in the table: of a request, or of our own side."""
    families = {each.__name__ for each in type(error).__mro__}
    if "HTTPClientError" in families:
        return Kind.NO_ANSWER
    return Kind.NOT_SENT if "ConnectionError" in families else Kind.OUTAGE


def _of_status(response: dict[str, object]) -> Kind:
    about = response.get("ResponseMetadata")
    status = about.get("HTTPStatusCode") if isinstance(about, dict) else None
    known = {int(each): kind for each, kind in _BY_STATUS.items()}
    return known.get(status, Kind.OUTAGE) if isinstance(status, int) else Kind.OUTAGE
