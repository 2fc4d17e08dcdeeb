"""How long a message waits for others, where a rule puts several into one.

Must not know which others come, or how they are told together.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..vocabulary import Priority, Reason
from .calm import Case
from .why import Why, because

# Seconds, by priority. A finish is told within a minute of the true end: appliances
# that ended together are noticed no further apart. What is high has half of the time
# after which somebody is to have it on the phone (delivery reference 5.8).
LONGEST: Mapping[Priority, float] = {
    Priority.URGENT: 0.0,
    Priority.HIGH: 15.0,
    Priority.MEDIUM: 60.0,
    Priority.LOW: 60.0,
}


def company(case: Case) -> tuple[float, tuple[Reason, ...]]:
    """The seconds at most, and why; nothing where no rule asks for it."""
    rule = case.heard.grouped_by
    if rule is None or case.event.is_test:
        return 0.0, ()
    longest = LONGEST[case.priority]
    if not longest:
        return 0.0, (because(Why.PASSES, None, what=Why.RULE_GROUPS.value),)
    return longest, (because(Why.RULE_GROUPS, None, rule=rule.name, after=longest),)
