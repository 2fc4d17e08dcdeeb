"""Each error that Amazon's services know becomes the verdict that it should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from botocore import exceptions
from botocore.parsers import ResponseParserError
from botocore.stub import ANY, Stubber
import pytest

from custom_components.reliable_notifications.channels.parts.aws.client import (
    AwsClient,
    AwsError,
)
from custom_components.reliable_notifications.channels.parts.aws.errors import (
    MEANINGS,
    ROWS,
    Fault,
    Kind,
    next_month,
    read,
    result_of,
)
from custom_components.reliable_notifications.engine.vocabulary import Evidence, Trouble
from tests.channels.aws.conftest import KEY_ID, SECRET
from tests.channels.aws.table import OPERATION, SAYINGS, SES, SMS, SNS, Said

NOW = datetime(2026, 12, 24, 18, 30, tzinfo=UTC)
ARGUMENTS: dict[str, dict[str, Any]] = {
    SES: {
        "Destination": {"ToAddresses": ["anna@example.org"]},
        "Content": {
            "Simple": {
                "Subject": {"Data": "Washer"},
                "Body": {"Text": {"Data": "Finished"}},
            }
        },
    },
    SMS: {"DestinationPhoneNumber": "+4915123456789"},
    SNS: {"PhoneNumber": "+4915123456789", "Message": "Finished"},
}


@pytest.mark.parametrize("said", SAYINGS, ids=str)
async def test_what_a_service_says(
    client: Callable[[str], AwsClient], said: Said
) -> None:
    aws = client(said.service)
    await aws.async_start()
    stub = Stubber(aws._client)
    operation = OPERATION[said.service]
    stub.add_client_error(
        operation,
        service_error_code=said.code,
        service_message=said.message or f"Denied to {KEY_ID} with {SECRET}",
        http_status_code=said.status,
        modeled_fields={"Reason": said.reason} if said.reason else None,
        expected_params=dict.fromkeys(ARGUMENTS[said.service], ANY),
    )
    with stub, pytest.raises(AwsError) as raised:
        await aws.async_call(operation, **ARGUMENTS[said.service])
    stub.assert_no_pending_responses()

    result = raised.value.result
    assert (result.evidence, result.trouble) == (said.evidence, said.trouble)
    assert said.code in result.detail
    assert said.reason in result.detail
    assert (result.retry_at is not None) == (said.trouble is Trouble.USED_UP)
    # what Amazon quotes is not repeated, and boto3's error is not dragged along
    told = f"{result.detail} {raised.value} {raised.value!r}"
    assert not any(each in told for each in (SECRET, KEY_ID, "anna@example.org"))
    assert raised.value.__context__ is None


@pytest.mark.parametrize(
    ("error", "evidence", "trouble"),
    [
        (exceptions.NoCredentialsError(), Evidence.REFUSED, Trouble.LOGIN),
        (
            exceptions.PartialCredentialsError(provider="env", cred_var="x"),
            Evidence.REFUSED,
            Trouble.LOGIN,
        ),
        (
            exceptions.CredentialRetrievalError(provider="env", error_msg="x"),
            Evidence.REFUSED,
            Trouble.LOGIN,
        ),
        (
            exceptions.InvalidRegionError(region_name="moon!"),
            Evidence.REFUSED,
            Trouble.BLOCKED,
        ),
        (ValueError("Invalid endpoint"), Evidence.REFUSED, Trouble.BLOCKED),
        (
            exceptions.ParamValidationError(report="x"),
            Evidence.REFUSED,
            Trouble.REJECTED,
        ),
        *(
            (error, Evidence.UNREACHABLE, Trouble.OUTAGE)
            for error in (
                exceptions.EndpointConnectionError(endpoint_url="x"),
                exceptions.ConnectTimeoutError(endpoint_url="x"),
                exceptions.ProxyConnectionError(proxy_url="x"),
                exceptions.SSLError(endpoint_url="x", error="x"),
                exceptions.ConnectionError(error="x"),
                exceptions.UnknownServiceError(
                    service_name="x", known_service_names=""
                ),
            )
        ),
        *(
            (error, Evidence.TIMED_OUT, Trouble.SILENCE)
            for error in (
                exceptions.ReadTimeoutError(endpoint_url="x"),
                exceptions.ConnectionClosedError(endpoint_url="x"),
                exceptions.ResponseStreamingError(error="x"),
                exceptions.HTTPClientError(error="x"),
                ResponseParserError("<html>"),
            )
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_what_boto3_raises_by_itself(
    error: Exception, evidence: Evidence, trouble: Trouble
) -> None:
    for service in OPERATION:
        result = result_of(read(service, error), NOW)
        assert (result.evidence, result.trouble) == (evidence, trouble)
        assert type(error).__name__ in result.detail


def test_no_row_of_the_table_is_without_a_test() -> None:
    raised_by_boto3 = set(dir(exceptions)) | {"ValueError", "ResponseParserError"}
    untested = [
        row
        for row in ROWS
        if row.code not in raised_by_boto3
        and not any(
            (said.code, said.reason) == (row.code, row.reason)
            and row.words in said.message.lower()
            for said in SAYINGS
        )
    ]
    # what is left of a code after its reasons: one reason stands for all others
    assert [row for row in untested if row.reason or row.words] == []
    assert {row.code for row in untested} <= {said.code for said in SAYINGS}


def test_no_row_stands_behind_one_that_takes_everything() -> None:
    for place, row in enumerate(ROWS):
        response = {
            "Error": {"Code": row.code, "Message": row.words},
            "Reason": row.reason,
        }
        error = exceptions.ClientError(response, "Send")
        service = row.service or SES
        assert read(service, error).kind is row.kind, f"row {place} is never reached"


def test_each_kind_has_a_meaning_and_a_row() -> None:
    assert set(MEANINGS) == set(Kind)
    # an outage is what is in no row
    assert {row.kind for row in ROWS} == set(Kind) - {Kind.OUTAGE}


def test_a_quota_says_when_it_begins_anew() -> None:
    month = result_of(Fault(Kind.QUOTA_OF_MONTH, "x"), NOW)
    assert month.retry_at == datetime(2027, 1, 1, tzinfo=UTC).timestamp()
    day = result_of(Fault(Kind.QUOTA_OF_DAY, "x"), NOW)
    assert day.retry_at == datetime(2026, 12, 24, 19, 30, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 1, 31, 23, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), datetime(2028, 3, 1, tzinfo=UTC)),
        (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
    ],
)
def test_the_next_month(now: datetime, expected: datetime) -> None:
    assert next_month(now) == expected
