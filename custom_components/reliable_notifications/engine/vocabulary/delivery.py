"""The words of delivery: channels, notifications, plans, answers, and the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .basic import Instant, Priority, Scalar
from .evidence import Evidence, Trouble

# The id of the channel that is always there: Home Assistant's own notification list,
# which needs no set-up and cannot be removed
LAST_RESORT = "last_resort"

# Stands for a recipient where nobody is set up, or nobody wants to be told
NOBODY = "household"


class Shape(StrEnum):
    """The form in which a channel wants its words."""

    PUSH = "push"  # a title and a few lines
    SHORT_TEXT = "short_text"  # one line that costs by its length
    SPEECH = "speech"  # read aloud, also to those who only happen to be there
    EMAIL = "email"


class ContactKind(StrEnum):
    """By what a recipient is reached over a channel that is an account."""

    EMAIL = "email"
    PHONE = "phone"


class IntentState(StrEnum):
    """Life of an intent. Everything from `DONE` on is terminal."""

    QUEUED = "queued"
    HELD = "held"
    SENDING = "sending"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    RESOLVED = "resolved"

    @property
    def is_terminal(self) -> bool:
        """Whether nothing more will happen to the intent."""
        return self in _TERMINAL


_TERMINAL = frozenset(
    {
        IntentState.DONE,
        IntentState.FAILED,
        IntentState.EXPIRED,
        IntentState.CANCELLED,
        IntentState.RESOLVED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTraits:
    """What a configured channel can do, as far as deciding needs it.

    `best_evidence` is the highest rung that it can reach by itself (without a
    person acting), `patience` the seconds after which a call is given up,
    `replaces` whether a repeated message with the same tag replaces the first,
    `confirms` whether the device sends a receipt by itself. `shape` is the form of its
    words, `local` whether it works without the internet, `contact` by what it reaches
    a recipient (None: it is one place by itself), `room` the area in which it is heard.
    """

    id: str
    kind: str
    name: str
    best_evidence: Evidence
    patience: float
    replaces: bool
    confirms: bool = False
    shape: Shape = Shape.PUSH
    local: bool = False
    contact: ContactKind | None = None
    room: str | None = None

    @property
    def can_tell(self) -> bool:
        """Whether the channel's word counts as evidence of success."""
        return self.best_evidence.is_success


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a person reads or hears; `html` is the same for those who see HTML.

    `bare` is what stands in an e-mail without what every e-mail of ours has.
    """

    title: str
    message: str
    html: str = ""
    bare: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said to one recipient: the language, and a message for each shape.

    `addresses` are where they are reached over channels that are accounts.
    """

    language: str
    messages: Mapping[Shape, Message]
    addresses: Mapping[ContactKind, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """An event addressed to recipients: what people see as one message."""

    id: str
    event: str
    category: str
    priority: Priority
    title: str
    message: str
    tag: str
    created_at: Instant
    deadline: Instant
    source: str | None = None
    is_test: bool = False
    data: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cue:
    """When something is done, and what makes it needless.

    `after` counts in seconds from the release of the intent; None means once every
    step before it has failed. It is not done where `unless` or better is known.
    """

    unless: Evidence
    after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One channel of a plan, why it stands there, and when it is asked.

    What the channel can do is noted as it was when the plan was made, so that a
    stored plan can be carried on without asking again. The first cue that comes
    while it is not needless is the one that counts. `private`: its words are for the
    recipient, and others may hear or see them.
    """

    channel_id: str
    reason: str
    can_tell: bool = False
    replaces: bool = False
    last_resort: bool = False
    cues: tuple[Cue, ...] = (Cue(Evidence.DISPATCHED),)
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the router decided for one recipient, in order, with the reasons.

    `repeats` is when the message is brought to mind again on the channels that
    replace. `hold` keeps it back at first, and drops it if another recipient of the
    same notification has given the evidence in the meantime.
    """

    recipient_id: str
    recipient_name: str
    steps: tuple[PlannedStep, ...]
    reasons: tuple[str, ...] = ()
    repeats: tuple[Cue, ...] = ()
    hold: Cue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one message costs: an amount and the ISO code of its currency."""

    amount: float
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResult:
    """What came out of one call of one channel.

    `detail` is a sentence for people (no secrets); `reference` is the
    provider's own id of the message, if it gave one. `trouble` says what kind of
    failure it was, `retry_at` before when asking again is useless.
    """

    evidence: Evidence
    detail: str = ""
    reference: str | None = None
    trouble: Trouble | None = None
    retry_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentRecord:
    """One line of the delivery log: the unit from which success is counted.

    `title` is the text of a message that has none. `released_at` is when the intent
    was stored, or released from a hold.
    `proven_at` is the arrival of the first evidence that counts as success,
    `acknowledged_at` that of the recipient's answer, which it was made to ask for if
    `wants_answer`; `resolved_at` is when what it is about was over.
    """

    intent_id: str
    notification_id: str
    event: str
    title: str
    priority: Priority
    recipient_id: str
    recipient_name: str
    state: IntentState
    evidence: Evidence | None
    channel_id: str | None
    created_at: Instant
    released_at: Instant
    deadline: Instant
    proven_at: Instant | None
    finished_at: Instant | None
    attempts: int
    is_test: bool
    reason: str = ""
    wants_answer: bool = False
    acknowledged_at: Instant | None = None
    resolved_at: Instant | None = None
