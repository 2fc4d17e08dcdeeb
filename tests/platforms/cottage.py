"""A home that is told by text message, and the cloud that takes it or says why not."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
import time
from typing import Any

from botocore.exceptions import ClientError
from homeassistant.helpers import issue_registry as ir

from custom_components.reliable_notifications.const import DOMAIN

from .home import PLUG, Home

SECRET = "canary/secret+key"
KEYS = {
    "region": "eu-central-1",
    "access_key_id": "AKIACANARY",
    "secret_access_key": SECRET,
}
STYLE = {"most_parts": 1, "part_price": 0.4, "monthly_cap": 1.0}
NUMBER = "+4915123456789"


class Cloud:
    """It takes text messages, or says why not."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.refusal: Exception | None = None
        self.answers: dict[str, Any] = {}

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def answer(**arguments: Any) -> Any:
            if self.refusal is not None:
                raise self.refusal
            if operation != "send_text_message":
                said = self.answers.get(operation, {})
                if isinstance(said, Exception):
                    raise said
                return said
            self.sent.append(arguments)
            return {"MessageId": f"m-{len(self.sent)}"}

        return answer


def refusal(code: str, reason: str = "", status: int = 400) -> ClientError:
    return ClientError(
        {
            "Error": {"Code": code, "Message": f"{SECRET} {NUMBER}"},
            "ResponseMetadata": {"HTTPStatusCode": status},
            "Reason": reason,
        },
        "SendTextMessage",
    )


_NUMBER = count()


class Cottage(Home):
    """A home that is told by text message, else by the inbox."""

    async def add(self) -> None:
        await self.watts(0)
        self.entry.add_to_hass(self.hass)
        settings = {**KEYS, **STYLE}
        self.sms = self._add(
            "channel", "Text", kind="sms_aws", target="", settings=settings
        )
        inbox = self._add("channel", "Inbox", kind="inbox", target="")
        self.anna = self._add(
            "recipient",
            "Anna",
            channels=[self.sms, inbox],
            contacts={"phone": {"value": NUMBER, "verified": True}},
        )
        self._add("appliance", "Kettle", kind="kettle", power_entity=PLUG)

    @property
    def runtime(self) -> Any:
        return self.entry.runtime_data

    def hints(self) -> dict[str, ir.IssueEntry]:
        issues = ir.async_get(self.hass).issues.values()
        return {each.issue_id: each for each in issues if each.domain == DOMAIN}

    async def say(self, message: str = "", priority: str = "medium") -> str:
        """Send a new message, and return by which channel it came.

        Not the same again, which is told once, and not within seconds of another one,
        or they would be told in one.
        """
        message = message or f"Leak {next(_NUMBER)}"
        answer = await self.hass.services.async_call(
            DOMAIN,
            "send",
            {"message": message, "priority": priority},
            blocking=True,
            return_response=True,
        )
        intent_id = answer["intents"][0]["intent_id"]
        for _ in range(30):  # the cloud is asked in a thread of its own
            # real time: each turn takes a second of the patience by the frozen clock
            await self.hass.async_add_executor_job(time.sleep, 0.05)
            await self.wait(1)
            (parcel,) = await self.runtime.outbox.load([intent_id])
            if parcel.delivery.state.is_terminal:
                break
        await self.wait(6)
        return str(self.runtime.pipeline.directory.name(parcel.delivery.channel_id))
