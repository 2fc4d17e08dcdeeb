"""The words that the stages of the engine, the channels and the shell exchange.

Only frozen records and enumerations live here: no rules, no thresholds, no
texts. A stage of the engine may import this module and no other stage.

Times are `Instant`s: seconds since 1970-01-01 UTC as a float. The engine never
asks for the time, it is told.
"""

from __future__ import annotations

from .basic import (
    Event as Event,
    Instant as Instant,
    Priority as Priority,
    Scalar as Scalar,
    UptimeSpan as UptimeSpan,
)
from .cycles import (
    ApplianceKind as ApplianceKind,
    ApplianceState as ApplianceState,
    CycleEvent as CycleEvent,
    CycleEventKind as CycleEventKind,
    CycleRecord as CycleRecord,
    EmptiedBy as EmptiedBy,
    Reading as Reading,
    UnloadingEvent as UnloadingEvent,
    UnloadingEventKind as UnloadingEventKind,
)
from .delivery import (
    LAST_RESORT as LAST_RESORT,
    NOBODY as NOBODY,
    AttemptResult as AttemptResult,
    ChannelTraits as ChannelTraits,
    ContactKind as ContactKind,
    Cue as Cue,
    IntentRecord as IntentRecord,
    IntentState as IntentState,
    Message as Message,
    Notification as Notification,
    Plan as Plan,
    PlannedStep as PlannedStep,
    Price as Price,
    Shape as Shape,
    Words as Words,
)
from .evidence import Evidence as Evidence, Trouble as Trouble
from .routing import (
    EVERY_CHANNEL as EVERY_CHANNEL,
    EVERY_DAY as EVERY_DAY,
    ChannelFacts as ChannelFacts,
    Contact as Contact,
    Decision as Decision,
    DigestWish as DigestWish,
    Hold as Hold,
    HoldUntil as HoldUntil,
    HouseholdFacts as HouseholdFacts,
    InterruptionLevel as InterruptionLevel,
    Outcome as Outcome,
    PersonFacts as PersonFacts,
    Preferences as Preferences,
    Presence as Presence,
    Reason as Reason,
    Recipient as Recipient,
    Role as Role,
    Rule as Rule,
    Snooze as Snooze,
    Span as Span,
    StateIs as StateIs,
    Then as Then,
    When as When,
)
