"""Accounts at Amazon's: boto3 as it is, with Amazon's servers on loopback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from aiohttp import web

from custom_components.reliable_notifications.channels.interface import Channel
from custom_components.reliable_notifications.channels.parts.aws.account import (
    AwsChannel,
)
from custom_components.reliable_notifications.channels.ses import Ses as SesChannel
from custom_components.reliable_notifications.channels.sms_aws import SmsAws
from custom_components.reliable_notifications.channels.sns import Sns as SnsChannel
from tests.channels.aws.conftest import ACCOUNT
from tests.channels.faults.judging import every_fault, judge
from tests.channels.faults.matrix import Fault
from tests.channels.faults.other_side import HttpScene
from tests.channels.faults.scene import Scene, Stage


class AmazonScene(HttpScene):
    """An account that exists; what is missing is the right to it."""

    cannot: ClassVar = {
        Fault.SWALLOWS: "raises instead",
        Fault.UNAVAILABLE: "an account has no state",
    }

    async def opened(self, channel: AwsChannel) -> Channel:
        """With boto3 imported, as it is from the start on."""
        self.stage.closing.append(channel.async_stop)
        self.stage.closing.append(self._let_end)
        await channel.aws.async_start()
        return channel

    async def address(self) -> None:
        """Have boto3 find us where it looks for Amazon."""
        address = await self.server.open()
        self.stage.monkeypatch.setenv("AWS_ENDPOINT_URL", address)

    async def remove(self) -> None:
        self.server.mood = Fault.MISSING

    async def _let_end(self) -> None:
        """The threads, which wait for an answer."""
        self.server.let_go()


class Ses(AmazonScene):
    row = "Amazon SES"
    kind = "ses"

    async def build(self) -> Channel:
        self.server.always("GET", "/v2/email/account", {})
        self.server.takes(
            "/v2/email/outbound-emails",
            {"MessageId": "m"},
            {"__type": "InternalFailure"},
        )
        self.server.says = {
            Fault.THROTTLES: {"__type": "TooManyRequestsException"},
            Fault.MISSING: {"__type": "UnrecognizedClientException"},
        }
        await self.address()
        settings = {**ACCOUNT, "sender": "home@example.org"}
        return await self.opened(SesChannel(self.hass, "it", "It", "", settings))


class EndUserMessaging(AmazonScene):
    row = "AWS End User Messaging"
    kind = "sms_aws"

    async def build(self) -> Channel:
        self.server.takes(
            "/", {"MessageId": "m"}, {"__type": "InternalServerException"}
        )
        self.server.says = {
            Fault.THROTTLES: {"__type": "ThrottlingException"},
            Fault.MISSING: {"__type": "UnrecognizedClientException"},
        }
        await self.address()
        return await self.opened(SmsAws(self.hass, "it", "It", "", ACCOUNT))


class Sns(AmazonScene):
    """It is asked beforehand, and answers that, whatever becomes of the message."""

    row = "Amazon SNS"
    kind = "sns"

    async def build(self) -> Channel:
        self.server.written = _as_xml
        self.server.questions = {
            b"CheckIfPhoneNumberIsOptedOut": {
                "CheckIfPhoneNumberIsOptedOutResult": {"isOptedOut": "false"}
            },
            b"GetSMSSandboxAccountStatus": {
                "GetSMSSandboxAccountStatusResult": {"IsInSandbox": "false"}
            },
        }
        self.server.takes(
            "/",
            {"PublishResult": {"MessageId": "m"}},
            {"Error": {"Code": "InternalError"}},
        )
        self.server.says = {
            Fault.THROTTLES: {"Error": {"Code": "Throttled"}},
            Fault.MISSING: {"Error": {"Code": "InvalidClientTokenId"}},
        }
        await self.address()
        return await self.opened(SnsChannel(self.hass, "it", "It", "", ACCOUNT))


def _as_xml(body: Mapping[str, Any], **how: Any) -> web.Response:
    """What Amazon's older services speak."""
    text = f"<Response>{_elements(body)}</Response>"
    return web.Response(text=text, content_type="text/xml", **how)


def _elements(body: Mapping[str, Any]) -> str:
    return "".join(
        f"<{key}>{_elements(each) if isinstance(each, Mapping) else each}</{key}>"
        for key, each in body.items()
    )


@every_fault([Ses, EndUserMessaging, Sns])
async def test_the_grade_is_what_really_happened(
    stage: Stage, scene: type[Scene], fault: Fault, cells: Any
) -> None:
    await judge(stage, scene, fault, cells)
