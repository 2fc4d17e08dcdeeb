"""Which answer tells more."""

from __future__ import annotations

from custom_components.reliable_notifications.engine.delivery.strength import (
    STRENGTH,
    weaker_than,
)
from custom_components.reliable_notifications.engine.vocabulary import Evidence


def test_what_tells_less_is_what_the_lifecycle_learns_over() -> None:
    assert weaker_than(Evidence.REFUSED) == ()
    assert set(weaker_than(Evidence.UNREACHABLE)) == {Evidence.REFUSED}
    others = set(Evidence) - {Evidence.ACKNOWLEDGED}
    assert set(weaker_than(Evidence.ACKNOWLEDGED)) == others
    assert set(STRENGTH) == {None, *Evidence}
