"""What is wrong with the rules, as hints: contradictions, never heard, broken ones.

Rules change only with a new start, so they are looked at once. Must not decide what is
wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..engine.routing.rule_check import Finding, Flaw, findings
from ..engine.vocabulary import Rule
from ..recipients.directory import Directory
from .hints import Hint, Source


def of_rules(rules: Iterable[Rule], directory: Directory) -> Source:
    """The hints about a household's rules."""
    found = findings(
        tuple(rules), directory.recipients.keys(), directory.channels.keys()
    )
    hints = [_hint(each) for each in found]
    return lambda: hints


def _hint(finding: Finding) -> Hint:
    rule, other = finding.rule, finding.other
    words = {"rule": rule.name}
    if other is not None:
        words["other"] = other.name
    text = f"rule_{finding.flaw}"
    if finding.flaw is Flaw.CONFLICT:
        text = f"{text}_{finding.about}"
    ids = (rule.id, other.id if other else "", finding.about)
    return Hint(key="_".join((text, *filter(None, ids))), text=text, words=words)
