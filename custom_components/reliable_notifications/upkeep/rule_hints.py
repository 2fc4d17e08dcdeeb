"""What is wrong with the rules, as hints: contradictions, never heard, broken ones.

And which edits do not fit the table of priorities any more. Rules are looked at anew
only when what they may name has changed. Must not decide what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import area_registry as ar, entity_registry as er

from ..decisions.laid_down import LaidDown
from ..engine.routing.rule_check import Finding, Flaw, Known, findings
from ..recipients.directory import Directory
from .hints import Hint, Source


def of_table(unfit: Iterable[str]) -> Iterable[Hint]:
    """Say of which priorities an edit is left out; it was made for another table."""
    for priority in sorted(unfit):
        key = f"policy_unfit_{priority}"
        yield Hint(key=key, text="policy_unfit", words={"priority": priority})


def of_rules(
    hass: HomeAssistant,
    laid_down: LaidDown,
    directory: Directory,
    appliances: Iterable[str],
) -> Source:
    """The hints about a household's rules."""
    sources, rules = frozenset(appliances), laid_down.rules.rules
    last: tuple[Known, list[Hint]] | None = None

    def look() -> list[Hint]:
        nonlocal last
        asked = {each.id: laid_down.conditions.entities(each.id) for each in rules}
        known = Known(
            recipients=directory.recipients,
            channels=directory.channels.keys(),
            appliances=sources,
            rooms=frozenset(ar.async_get(hass).areas),
            gone=frozenset(_gone(hass, laid_down.entity_ids.union(*asked.values()))),
            asked=asked,
            catalogue=laid_down.rules.catalogue,
        )
        if last is None or last[0] != known:
            last = known, [_hint(each) for each in findings(rules, known)]
        return last[1]

    return look


def _gone(hass: HomeAssistant, references: Iterable[str]) -> Iterable[str]:
    """Entities that were deleted; of those without a registry it shows once we run."""
    registry = er.async_get(hass)
    for reference in references:
        if er.async_resolve_entity_id(registry, reference) is None or (
            hass.state is CoreState.running
            and registry.async_get(reference) is None
            and hass.states.get(reference) is None
        ):
            yield reference


def _hint(finding: Finding) -> Hint:
    rule, other = finding.rule, finding.other
    words = {"rule": rule.name}
    if other is not None:
        words["other"] = other.name
    if finding.together:
        words["others"] = ", ".join(each.name for each in finding.together)
    text = f"rule_{finding.flaw}"
    if finding.flaw in (Flaw.CONFLICT, Flaw.NEVER):
        text = f"{text}_{finding.about}"
    if finding.together:
        text = f"{text}_together"
    if finding.part is not None:
        text = f"{text}_{finding.part}"
    ids = (rule.id, other.id if other else "", finding.about)
    return Hint(key="_".join((text, *filter(None, ids))), text=text, words=words)
