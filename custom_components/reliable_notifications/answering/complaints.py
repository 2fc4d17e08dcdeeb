"""What follows from a complaint about a message: a change, made or asked for.

A rule changes what others hear, so only who runs the home makes one, and everybody else
asks for it: the proposal waits as a repair issue, in words, until an administrator
confirms it. What a recipient wishes for themselves is theirs to change. Must not know
how a complaint was made, nor what would help: that is the engine's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..adapters.decision_log import DecisionLog
from ..adapters.outbox import Outbox
from ..adapters.parcel import Parcel, ReceiptEntry
from ..adapters.storage_errors import telling_of_the_disk
from ..announcements import Announcements
from ..const import DOMAIN, FEEDBACK
from ..decisions.switchboard import event_of
from ..engine.routing.feedback import Complaint, Proposal, propose
from ..engine.vocabulary import Evidence
from ..recipients.directory import Directory
from ..recipients.logins import async_runs_the_home, is_login_of
from .proposed_changes import ProposedChanges
from .responses import Responses


class Became(StrEnum):
    """What became of a complaint."""

    NOTHING = "nothing"  # there is nothing that would have made it right
    PROPOSED = "proposed"  # only said, for nobody wanted it made
    ASKED = "asked"  # it waits for an administrator
    MADE = "made"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A complaint with the message that it is about, and what would help."""

    parcel: Parcel
    complaint: Complaint
    proposal: Proposal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """The message is not known (any more), or its recipient is gone: `key` says so."""

    key: str
    words: dict[str, str] = field(default_factory=dict)


class Complaints:
    """Takes in what people say was wrong with a message."""

    def __init__(
        self,
        hass: HomeAssistant,
        *,
        outbox: Outbox,
        decision_log: DecisionLog,
        directory: Directory,
        responses: Responses,
        announcements: Announcements,
        changes: ProposedChanges,
    ) -> None:
        """Remember the parts."""
        self._hass = hass
        self._outbox = outbox
        self._decision_log = decision_log
        self._directory = directory
        self._responses = responses
        self._announcements = announcements
        self._changes = changes

    async def async_hear(
        self, intent_id: str, complaint: Complaint, who: str
    ) -> Heard | Unheard:
        """Note it, and find what would help; whoever complains has seen the message.

        Raises StorageFailed.
        """
        found = await self._decision_log.explained(intent_id=intent_id)
        if not found or not found[0].decisions:
            return Unheard(key="nothing_known_of_it")
        parcel = found[0].parcel
        told = [
            each.recipient_id
            for each in await self._outbox.of_notification(parcel.notification.id)
            # others were left out for reasons of their own, or are gone
            if each.delivery.steps and each.recipient_id in self._directory.recipients
        ]
        await self._book(parcel, complaint, who)
        self._say(parcel, complaint)
        recipient = self._directory.recipients.get(parcel.recipient_id)
        if recipient is None:
            gone = {"recipient": parcel.recipient_name}
            return Unheard(key="recipient_gone", words=gone)
        decision = found[0].decisions[-1].decision
        proposal = propose(complaint, event_of(parcel), decision, recipient, told)
        return Heard(parcel=parcel, complaint=complaint, proposal=proposal)

    async def async_make(
        self, heard: Heard, context: Context, *, rules: bool
    ) -> Became:
        """Make the change that would help, or ask for it where the asking may not.

        `rules`: somebody has read what would be changed, so that a rule may be made at
        once by who runs the home.
        """
        proposal = heard.proposal
        if proposal is None:
            return Became.NOTHING
        may = await async_runs_the_home(self._hass, context.user_id)
        if proposal.rule is not None:
            may = may and rules
        elif not may:
            recipient = self._directory.recipients[proposal.recipient_id]
            may = is_login_of(self._hass, recipient, context.user_id)
        if may:
            await self._changes.async_make(proposal, heard.parcel)
            return Became.MADE
        self._changes.async_ask(proposal, heard.parcel)
        return Became.ASKED

    async def async_say(self, intent_id: str, complaint: str, context: Context) -> None:
        """Take in what somebody says on the dashboard, where a refusal is read.

        What a rule would change is read in the hint that asks for it. Raises
        HomeAssistantError where nothing follows from it.
        """
        who = context.user_id or ""
        with telling_of_the_disk():
            heard = await self.async_hear(intent_id, Complaint(complaint), who)
            if isinstance(heard, Unheard):
                raise ServiceValidationError(
                    translation_domain=DOMAIN,
                    translation_key=heard.key,
                    translation_placeholders=heard.words or None,
                )
            became = await self.async_make(heard, context, rules=False)
        if became is Became.NOTHING:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="nothing_to_change"
            )

    async def _book(self, parcel: Parcel, complaint: Complaint, who: str) -> None:
        news = ReceiptEntry(
            evidence=Evidence.SEEN,
            at=dt_util.utcnow().timestamp(),
            source=complaint.value,
            who=f"{who}:{complaint.value}",
        )
        await self._responses.async_book(parcel.delivery.intent_id, news)

    def _say(self, parcel: Parcel, complaint: Complaint) -> None:
        """On the bus, for whoever counts."""
        self._announcements.async_say(
            None,
            FEEDBACK,
            {
                "intent_id": parcel.delivery.intent_id,
                "notification_id": parcel.notification.id,
                "event": parcel.notification.event,
                "recipient": parcel.recipient_name,
                "complaint": complaint.value,
            },
        )
