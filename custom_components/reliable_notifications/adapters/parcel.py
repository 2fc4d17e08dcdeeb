"""What the outbox keeps and gives: an intent with all about it, its calls, its news.

Plain records; reading and writing them is the outbox's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..engine.delivery.record import Delivery
from ..engine.vocabulary import (
    AttemptResult,
    Decision,
    Evidence,
    Instant,
    IntentRecord,
    InterruptionLevel,
    Message,
    Notification,
    Outcome,
    Plan,
    Priority,
    Scalar,
    Shape,
    Words,
)

# What the log says of a call that was not made; it is not counted as a message
NOT_ASKED = "Not asked"
# of an intent that was stored before there were words for each shape
WORDLESS = Words(language="", messages={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What is told instead of the message of an intent and of those that it leads."""

    tag: str
    number: int
    texts: Mapping[Shape, Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a call asks for besides its event; as it is made, nothing.

    `named`: it has named its recipients. `channels` are to be used in this order and no
    others, `expires` is when it is no news any more, `acknowledge` wants an answer.
    """

    named: bool = False
    channels: tuple[str, ...] = ()
    expires: Instant | None = None
    acknowledge: bool = False


NOTHING_ASKED = Asked()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """An intent with everything that is needed to deliver it.

    `level`, `acknowledge` and `company` are as they were decided, `asked` as the call
    has wished.
    `bundle` is there where others are told with it; `put_off_until` is when a person
    wants to hear of it again.
    """

    notification: Notification
    delivery: Delivery
    recipient_id: str
    recipient_name: str
    created_at: Instant
    words: Words = WORDLESS
    level: InterruptionLevel | None = None
    acknowledge: bool = False
    company: float = 0.0
    asked: Asked = NOTHING_ASKED
    bundle: Bundle | None = None
    digest_at: Instant | None = None
    put_off_until: Instant | None = None

    @property
    def priority(self) -> Priority:
        """As loudly as it is told, by the latest decision; that of its event stays."""
        return self.delivery.priority

    @property
    def tag(self) -> str:
        """What is the same in messages that replace each other."""
        return self.notification.tag if self.bundle is None else self.bundle.tag

    @property
    def data(self) -> Mapping[str, Scalar]:
        """What can be answered, and more; nothing of several messages at once."""
        return self.notification.data if self.bundle is None else {}

    def message(self, shape: Shape) -> Message:
        """What a channel of this shape says; a push where there is nothing for it."""
        if self.bundle is not None:
            return self.bundle.texts[shape]
        said = self.words.messages
        about = self.notification
        plain = Message(title=about.title, message=about.message)
        return said.get(shape) or said.get(Shape.PUSH) or plain

    def bare(self, shape: Shape) -> Message:
        """The same without the paper of an e-mail, to be told with others."""
        told = self.message(shape)
        if not told.bare:
            return told
        # on paper, what has no title goes by the name of the home
        title = told.title if self.notification.title else ""
        return Message(title=title, message=told.bare)

    @property
    def wants_answer(self) -> bool:
        """Whether somebody is to acknowledge it: as decided, else what is urgent."""
        undecided = self.level is None
        return self.acknowledge or (undecided and self.priority is Priority.URGENT)

    def record(self) -> IntentRecord:
        """The parcel as one line of the log."""
        notification, delivery = self.notification, self.delivery
        return IntentRecord(
            intent_id=delivery.intent_id,
            notification_id=notification.id,
            event=notification.event,
            title=notification.title or notification.message,
            priority=self.priority,
            recipient_id=self.recipient_id,
            recipient_name=self.recipient_name,
            state=delivery.state,
            evidence=delivery.evidence,
            channel_id=delivery.channel_id,
            created_at=self.created_at,
            released_at=delivery.released_at,
            deadline=delivery.deadline,
            proven_at=delivery.proven_at,
            finished_at=delivery.finished_at,
            attempts=delivery.attempts,
            is_test=notification.is_test,
            reason=delivery.reason,
            wants_answer=self.wants_answer,
            acknowledged_at=delivery.acknowledged_at,
            resolved_at=delivery.resolved_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is to be stored for one recipient: a plan, and the decision behind it.

    `reasons` are those of the decision in words, `because` the one for which it is
    dropped. `words` None leaves what was said before.
    """

    recipient_id: str
    recipient_name: str
    plan: Plan | None
    decision: Decision | None = None
    reasons: tuple[str, ...] = ()
    because: str = ""
    words: Words | None = None
    asked: Asked = NOTHING_ASKED


def as_settled(told: Plan | Settled, words: Words | None = None) -> Settled:
    """A plan that was made without a decision is carried out as it is."""
    if isinstance(told, Settled):
        return told
    return Settled(
        recipient_id=told.recipient_id,
        recipient_name=told.recipient_name,
        plan=told,
        reasons=told.reasons,
        words=words,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptEntry:
    """One call of a channel; without a result it is still going on."""

    id: str
    channel_id: str
    started_at: Instant
    ended_at: Instant | None = None
    result: AttemptResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptEntry:
    """News of a message from outside a call: from which event, and by whom.

    `text` is what the person has written with it, if anything.
    """

    evidence: Evidence
    at: Instant
    source: str
    who: str = ""
    text: str = ""


def are_digest(parcels: Iterable[Parcel]) -> bool:
    """Whether all of them have waited for the digest."""
    return all(parcel.digest_at is not None for parcel in parcels)


def digest_at(decision: Decision) -> Instant | None:
    """When the digest is due that a message belongs into, if it does."""
    hold = decision.hold
    into_digest = decision.outcome is Outcome.DIGEST and hold is not None
    return hold.until if into_digest and hold is not None else None
