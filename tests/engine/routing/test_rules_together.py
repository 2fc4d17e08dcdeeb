"""Rules of which several before them leave nothing between them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from custom_components.reliable_notifications.engine.routing.rule_check import findings
from custom_components.reliable_notifications.engine.vocabulary import (
    Presence,
    Priority,
    Role,
    Rule,
    Span,
)

from .household import rule
from .test_rule_check import DAY, HIGH, KNOWN, LOW


def together(*rules: Rule) -> list[tuple[str, list[str]]]:
    return [
        (each.rule.id, [other.id for other in each.together])
        for each in findings(rules, KNOWN)
        if each.together
    ]


MORNING, REST = Span(start=0, end=720), Span(start=720, end=0)


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        ({"spans": (MORNING,)}, {"spans": (REST,)}, {}),
        ({"spans": (MORNING,)}, {"spans": (REST,)}, {"spans": (DAY,)}),
        (
            {"events": frozenset({"x"})},
            {"events": frozenset({"y"})},
            {"events": frozenset({"x", "y"})},
        ),
        (
            {"categories": frozenset({"safety"})},
            {"categories": frozenset({"repair"})},
            {"categories": frozenset({"safety", "repair"})},
        ),
        (
            {"sources": frozenset({"w"})},
            {"sources": frozenset({"d"})},
            {"sources": frozenset({"w", "d"})},
        ),
        (
            {"priorities": frozenset({Priority.URGENT, HIGH})},
            {"priorities": frozenset({LOW, Priority.MEDIUM})},
            {},
        ),
        (
            {"recipients": frozenset({"anna"})},
            {"recipients": frozenset({"ben"})},
            {"roles": frozenset({Role.HOUSEHOLD})},
        ),
    ],
)
def test_a_rule_of_which_two_before_it_leave_nothing(
    one: dict[str, Any], other: dict[str, Any], whole: dict[str, Any]
) -> None:
    first, second = rule("a", 1, **one), rule("b", 2, **other)
    third = rule("c", 3, **whole)

    assert together(first, second, third) == [("c", ["a", "b"])]
    # not if one of them lets others add to it, or asks for something more
    assert together(replace(first, final=False), second, third) == []
    if_home = replace(second.when, presence=Presence.ANYBODY_HOME)
    assert together(first, replace(second, when=if_home), third) == []
    assert together(first, third) == []
