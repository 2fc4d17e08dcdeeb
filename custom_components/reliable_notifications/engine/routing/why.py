"""The keys of all reasons that routing gives; `explain` has a sentence for each.

Must not hold texts.
"""

from __future__ import annotations

from enum import StrEnum

from ..vocabulary import Reason, Scalar


class Why(StrEnum):
    """Why a decision, a channel, or its place is as it is."""

    # who is told
    NAMED_BY_CALL = "named_by_call"
    NAMED_BY_RULE = "named_by_rule"
    NOBODY_HAS_ROLE = "nobody_has_role"
    ADULTS_ONLY = "adults_only"
    ESCALATION = "escalation"
    NOBODY_LEFT = "nobody_left"
    USUAL_TABLE = "usual_table"
    # rules
    RULE_HEARD = "rule_heard"
    RULE_UNKNOWN = "rule_unknown"
    RULE_BROKEN = "rule_broken"
    RULE_NOT_FOR_URGENT = "rule_not_for_urgent"
    PRIORITY_CHANGED = "priority_changed"
    # not, or not now
    RESOLVED = "resolved"
    OPTED_OUT = "opted_out"
    CATEGORY_OFF = "category_off"
    RULE_DROPS = "rule_drops"
    RULE_HOLDS = "rule_holds"
    RULE_KEEPS = "rule_keeps"
    RULE_GROUPS = "rule_groups"
    PAUSED = "paused"
    SNOOZED = "snoozed"
    PUT_OFF = "put_off"
    QUIET = "quiet"
    ASLEEP = "asleep"
    DO_NOT_DISTURB = "do_not_disturb"
    VACATION = "vacation"
    NOBODY_HOME = "nobody_home"
    DIGEST = "digest"
    STALE_LATER = "stale_later"
    NOTHING_HEARD = "nothing_heard"
    CORRECTS = "corrects"
    # yet it is told
    PASSES = "passes"
    NOBODY_AWAKE = "nobody_awake"
    UNKNOWN_PRESENCE = "unknown_presence"
    # channels
    CHANNEL_GONE = "channel_gone"
    ITSELF = "itself"
    CHANNEL_OFF = "channel_off"
    CHANNEL_MUTED = "channel_muted"
    BELOW_LEAST = "below_least"
    NOT_THEIRS = "not_theirs"
    NO_CONTACT = "no_contact"
    UNVERIFIED = "unverified"
    NOT_IN_TABLE = "not_in_table"
    NOT_HOME = "not_home"
    ROOM_EMPTY = "room_empty"
    ROOM_UNKNOWN = "room_unknown"
    IN_ANOTHER_ROOM = "in_another_room"
    SILENT_NOW = "silent_now"
    CHANNEL_DND = "channel_dnd"
    SPOKEN_ALREADY = "spoken_already"
    UNHEALTHY = "unhealthy"
    NO_INTERNET = "no_internet"
    YET_USED = "yet_used"
    ORDER_CHANGED = "order_changed"
    NO_CHANNEL = "no_channel"


def because(why: Why, channel_id: str | None = None, /, **data: Scalar) -> Reason:
    """A reason with what it is about."""
    return Reason(key=why, channel_id=channel_id, data=data)


class If(StrEnum):
    """What would have changed a decision."""

    URGENT = "if_urgent"
    LOUDER = "if_louder"
    OPTED_IN = "if_opted_in"
    CATEGORY_ON = "if_category_on"
    WITHOUT_RULE = "if_without_rule"
    RULE_MENDED = "if_rule_mended"
    NOT_PAUSED = "if_not_paused"
    NOT_SNOOZED = "if_not_snoozed"
    AFTER_QUIET = "if_after_quiet"
    IN_QUIET_HOURS = "if_in_quiet_hours"
    AWAKE = "if_awake"
    DISTURBABLE = "if_disturbable"
    BY_DAY = "if_by_day"
    NOT_ON_VACATION = "if_not_on_vacation"
    SOMEBODY_HOME = "if_somebody_home"
    NOBODY_HOME = "if_nobody_home"
    THERE = "if_there"
    NO_GUESTS = "if_no_guests"
    NO_DIGEST = "if_no_digest"
    CHANNEL_ON = "if_channel_on"
    CHANNEL_BACK = "if_channel_back"
    IN_TABLE = "if_in_table"
    VERIFIED = "if_verified"
    FACTS_KNOWN = "if_facts_known"
