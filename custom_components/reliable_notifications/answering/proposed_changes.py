"""Changes that a complaint proposes: made, or kept as a hint that can be confirmed.

The hint says in words what is and what would be, and carries the change with it, so
that it can be confirmed days later and after a restart. Who may make a change is
decided by who calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
import json
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..adapters.parcel import Parcel
from ..const import CHANGE_HINT, DOMAIN, SUBENTRY_RULE
from ..decisions.rulebook import written
from ..engine.content.languages import language_of
from ..engine.routing.feedback import Complaint, Proposal
from ..engine.routing.rule_order import placed
from ..engine.vocabulary import Priority, Rule
from ..recipients.directory import Directory
from ..recipients.wish_changes import hearing_of
from ..recipients.wishes import Wishes

_RULE, _WISH = "rule", "wish"


class ProposedChanges:
    """Makes changes of rules and wishes, and shows those that wait."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        directory: Directory,
        wishes: Wishes,
    ) -> None:
        """Remember where rules and wishes are kept."""
        self._hass = hass
        self._entry = entry
        self._directory = directory
        self._wishes = wishes

    async def async_make(self, proposal: Proposal, parcel: Parcel) -> None:
        """Make the change; a hint that has asked for it is over."""
        change = _change(proposal, parcel)
        await self.async_confirmed({_key(change): json.dumps(change)})
        ir.async_delete_issue(self._hass, DOMAIN, _hint_id(proposal, parcel))

    @callback
    def async_ask(self, proposal: Proposal, parcel: Parcel) -> None:
        """Show what would be changed, for an administrator to confirm."""
        change = _change(proposal, parcel)
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            _hint_id(proposal, parcel),
            data={_key(change): json.dumps(change)},
            is_fixable=True,
            is_persistent=True,
            severity=ir.IssueSeverity.WARNING,
            translation_key=_text(proposal),
            translation_placeholders=self._words(proposal, parcel),
        )

    async def async_confirmed(self, data: Mapping[str, Any]) -> bool:
        """Make the change that a hint carries; False where its recipient is gone."""
        if _WISH in data:
            wish = json.loads(data[_WISH])
            if wish["recipient"] not in self._directory.recipients:
                return False
            mute = partial(hearing_of, category=wish["category"], is_on=False)
            await self._wishes.async_change(wish["recipient"], mute, None)
            return True
        self._put(json.loads(data[_RULE]))
        return True

    @callback
    def _put(self, rule: Mapping[str, Any]) -> None:
        """Add the rule, or change the one of an earlier complaint about the same."""
        manager, name = self._hass.config_entries, rule["name"]
        rules = [
            each
            for each in self._entry.subentries.values()
            if each.subentry_type == SUBENTRY_RULE
        ]
        orders = {each.subentry_id: each.data.get("order", 0) for each in rules}
        for known in rules:
            if known.unique_id == rule["id"]:
                data = {**rule["data"], "order": orders[known.subentry_id]}
                manager.async_update_subentry(self._entry, known, data=data, title=name)
                return
        before_all = {**rule["data"], "order": placed(orders, None).order}
        fresh = ConfigSubentry(
            data=MappingProxyType(before_all),
            subentry_type=SUBENTRY_RULE,
            title=name,
            unique_id=rule["id"],
        )
        manager.async_add_subentry(self._entry, fresh)

    def _words(self, proposal: Proposal, parcel: Parcel) -> dict[str, str]:
        about = parcel.notification
        words = {
            "recipient": parcel.recipient_name,
            "message": about.title or about.message,
            "was": _called(proposal.was),
        }
        if proposal.rule is None:
            # the words of an issue are English, as all texts of the UI are
            topics = language_of("en").categories
            return {**words, "category": topics.get(about.category, about.category)}
        kind = about.event.replace("_", " ")
        appliance = about.data.get("appliance")
        words["event"] = f"{kind}, {appliance}" if appliance else kind
        then = proposal.rule.then
        if then.priority is not None:
            return {**words, "now": _called(then.priority)}
        known = self._directory.recipients
        names = [known[each].name for each in then.recipients if each in known]
        return {**words, "others": ", ".join(names)}


@callback
def async_forget_proposals(hass: HomeAssistant) -> None:
    """Withdraw all hints that propose a change; nobody can make it any more."""
    for domain, hint_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN and hint_id.startswith(CHANGE_HINT):
            ir.async_delete_issue(hass, DOMAIN, hint_id)


def in_words(proposal: Proposal | None, parcel: Parcel) -> dict[str, Any] | None:
    """What would change, as an action answers it; None where nothing would help."""
    if proposal is None:
        return None
    if proposal.rule is None:
        return {"kind": _WISH, "opts_out_of": parcel.notification.category}
    rule = proposal.rule
    return {"kind": _RULE, "name": rule.name, **written(rule)}


def _change(proposal: Proposal, parcel: Parcel) -> dict[str, Any]:
    """All that is needed to make it, as plain data."""
    rule: Rule | None = proposal.rule
    if rule is None:
        category = parcel.notification.category
        return {"recipient": proposal.recipient_id, "category": category}
    return {"id": rule.id, "name": rule.name, "data": written(rule)}


def _key(change: Mapping[str, Any]) -> str:
    return _RULE if "id" in change else _WISH


def _hint_id(proposal: Proposal, parcel: Parcel) -> str:
    """The same for the same change: who complains twice asks once."""
    if proposal.rule is not None:
        return f"{CHANGE_HINT}{proposal.rule.id}"
    about = (proposal.recipient_id, parcel.notification.category)
    return f"{CHANGE_HINT}{_WISH}-{'-'.join(about)}"


def _text(proposal: Proposal) -> str:
    if proposal.rule is None:
        return "change_opt_out"
    if proposal.rule.then.recipients:
        return "change_whom"
    late = proposal.complaint is Complaint.TOO_LATE
    return "change_louder" if late else "change_softer"


def _called(priority: Priority) -> str:
    return priority.value.capitalize()
