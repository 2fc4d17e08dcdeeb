"""What Amazon's services can say (delivery reference 9.2), and what has to follow.

Written down once more, by hand: the integration's own table is held against it.
"""

from __future__ import annotations

from dataclasses import dataclass

from custom_components.reliable_notifications.engine.vocabulary import Evidence, Trouble

SES, SMS, SNS = "sesv2", "pinpoint-sms-voice-v2", "sns"
OPERATION = {SES: "send_email", SMS: "send_text_message", SNS: "publish"}
REFUSED, UNREACHABLE = Evidence.REFUSED, Evidence.UNREACHABLE


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of a service, and the verdict on it."""

    service: str
    code: str
    evidence: Evidence
    trouble: Trouble
    reason: str = ""
    message: str = ""
    status: int = 400

    def __str__(self) -> str:
        return "-".join(part for part in (self.service, self.code, self.reason) if part)


_CONFLICT, _INVALID = "ConflictException", "ValidationException"
_DENIED, _QUOTA = "AccessDeniedException", "ServiceQuotaExceededException"

SAYINGS: tuple[Said, ...] = (
    # throttled: retry
    Said(
        SES,
        "TooManyRequestsException",
        UNREACHABLE,
        Trouble.THROTTLED,
        message="Maximum sending rate exceeded.",
        status=429,
    ),
    Said(SMS, "ThrottlingException", UNREACHABLE, Trouble.THROTTLED, status=429),
    Said(SNS, "Throttled", UNREACHABLE, Trouble.THROTTLED, status=429),
    Said(SNS, "ThrottledException", UNREACHABLE, Trouble.THROTTLED, status=429),
    Said(SNS, "Throttling", UNREACHABLE, Trouble.THROTTLED),
    Said(SNS, "KMSThrottling", UNREACHABLE, Trouble.THROTTLED),
    Said(SNS, "KMSThrottlingException", UNREACHABLE, Trouble.THROTTLED),
    # quota: another channel
    Said(
        SES,
        "TooManyRequestsException",
        UNREACHABLE,
        Trouble.USED_UP,
        message="Daily message quota exceeded.",
        status=429,
    ),
    Said(
        SES,
        "Throttling",
        UNREACHABLE,
        Trouble.USED_UP,
        message="Daily message quota exceeded",
    ),
    Said(SES, "LimitExceededException", UNREACHABLE, Trouble.USED_UP),
    Said(
        SMS,
        _QUOTA,
        REFUSED,
        Trouble.USED_UP,
        reason="MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
        status=402,
    ),
    Said(SMS, _QUOTA, UNREACHABLE, Trouble.USED_UP, "DAILY_DESTINATION_CALL_LIMIT"),
    # sandbox
    Said(
        SES,
        "MessageRejected",
        REFUSED,
        Trouble.UNVERIFIED,
        message="Email address is not verified. The following identities failed the "
        "check in region EU-CENTRAL-1: anna@example.org",
    ),
    Said(
        SMS,
        _CONFLICT,
        REFUSED,
        Trouble.UNVERIFIED,
        "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",
    ),
    # opted out
    Said(
        SMS,
        _CONFLICT,
        REFUSED,
        Trouble.OPTED_OUT,
        "DESTINATION_PHONE_NUMBER_OPTED_OUT",
    ),
    # the address, the message, the price
    Said(SES, "BadRequestException", REFUSED, Trouble.REJECTED),
    Said(SES, "MessageRejected", REFUSED, Trouble.REJECTED, message="Virus found"),
    Said(SMS, _INVALID, REFUSED, Trouble.REJECTED, "INVALID_PARAMETER"),
    Said(SMS, _INVALID, REFUSED, Trouble.REJECTED, "DESTINATION_COUNTRY_BLOCKED"),
    Said(SMS, _INVALID, REFUSED, Trouble.REJECTED, "COUNTRY_NOT_ENABLED"),
    Said(SMS, _INVALID, REFUSED, Trouble.REJECTED, "MAXIMUM_SIZE_EXCEEDED"),
    Said(SMS, _INVALID, REFUSED, Trouble.REJECTED, "PRICE_OVER_THRESHOLD"),
    Said(
        SMS,
        _CONFLICT,
        REFUSED,
        Trouble.REJECTED,
        "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
    ),
    Said(
        SMS,
        _CONFLICT,
        REFUSED,
        Trouble.REJECTED,
        "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE",
    ),
    Said(SNS, "InvalidParameter", REFUSED, Trouble.REJECTED),
    Said(SNS, "InvalidParameterException", REFUSED, Trouble.REJECTED),
    Said(SNS, "InvalidParameterValue", REFUSED, Trouble.REJECTED),
    Said(SNS, "InvalidParameterValueException", REFUSED, Trouble.REJECTED),
    # no sender
    Said(SES, "MailFromDomainNotVerifiedException", REFUSED, Trouble.BLOCKED),
    Said(SES, "NotFoundException", REFUSED, Trouble.BLOCKED, status=404),
    Said(SMS, _CONFLICT, REFUSED, Trouble.BLOCKED, "NO_ORIGINATION_IDENTITIES_FOUND"),
    Said(SMS, _CONFLICT, REFUSED, Trouble.BLOCKED, "RESOURCE_NOT_ACTIVE"),
    Said(SMS, _INVALID, REFUSED, Trouble.BLOCKED, "SENDER_ID_REQUIRES_REGISTRATION"),
    Said(SMS, _INVALID, REFUSED, Trouble.BLOCKED, "SENDER_ID_NOT_REGISTERED"),
    Said(SMS, _INVALID, REFUSED, Trouble.BLOCKED, "SENDER_ID_NOT_SUPPORTED"),
    Said(
        SMS,
        _INVALID,
        REFUSED,
        Trouble.BLOCKED,
        "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY",
    ),
    Said(
        SMS, _INVALID, REFUSED, Trouble.BLOCKED, "INTERNATIONAL_SENDING_NOT_SUPPORTED"
    ),
    Said(SMS, "ResourceNotFoundException", REFUSED, Trouble.BLOCKED),
    Said(
        SNS,
        "InvalidParameter",
        REFUSED,
        Trouble.BLOCKED,
        message="Invalid parameter: SenderID",
    ),
    Said(
        SNS,
        "InvalidParameterException",
        REFUSED,
        Trouble.BLOCKED,
        message="SenderID is not allowed",
    ),
    # account stopped
    Said(SES, "AccountSuspendedException", REFUSED, Trouble.BLOCKED),
    Said(SES, "SendingPausedException", REFUSED, Trouble.BLOCKED),
    Said(SMS, _DENIED, REFUSED, Trouble.BLOCKED, "ACCOUNT_DISABLED", status=403),
    Said(SMS, _DENIED, REFUSED, Trouble.BLOCKED, "INSUFFICIENT_ACCOUNT_REPUTATION"),
    Said(SNS, "OptInRequired", REFUSED, Trouble.BLOCKED, status=403),
    # credentials
    Said(SMS, _DENIED, REFUSED, Trouble.LOGIN, status=403),
    Said(SES, _DENIED, REFUSED, Trouble.LOGIN, status=403),
    Said(SES, "AccessDenied", REFUSED, Trouble.LOGIN, status=403),
    Said(SNS, "AuthorizationError", REFUSED, Trouble.LOGIN, status=403),
    Said(SNS, "AuthorizationErrorException", REFUSED, Trouble.LOGIN, status=403),
    *(
        Said(service, code, REFUSED, Trouble.LOGIN, status=403)
        for service, code in (
            (SES, "UnrecognizedClientException"),
            (SMS, "UnrecognizedClientException"),
            (SNS, "InvalidClientTokenId"),
            (SES, "InvalidAccessKeyId"),
            (SES, "SignatureDoesNotMatch"),
            (SMS, "InvalidSignatureException"),
            (SNS, "SignatureDoesNotMatch"),
            (SNS, "RequestExpired"),
            (SNS, "ExpiredToken"),
            (SMS, "ExpiredTokenException"),
            (SNS, "IncompleteSignature"),
            (SNS, "MissingAuthenticationToken"),
            (SES, "MissingAuthenticationTokenException"),
        )
    ),
    # what is in no table is sorted by its status
    Said(SES, "403", REFUSED, Trouble.LOGIN, status=403),
    Said(SES, "401", REFUSED, Trouble.LOGIN, status=401),
    Said(SES, "Strange", REFUSED, Trouble.REJECTED, status=400),
    Said(SES, "404", REFUSED, Trouble.BLOCKED, status=404),
    Said(SNS, "429", UNREACHABLE, Trouble.THROTTLED, status=429),
    Said(SMS, "InternalServerException", UNREACHABLE, Trouble.OUTAGE, status=500),
    Said(SNS, "ServiceUnavailable", UNREACHABLE, Trouble.OUTAGE, status=503),
)
