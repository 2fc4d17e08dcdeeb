"""Where a recipient is reached over channels that are accounts: e-mail and phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.helpers.selector import (
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from ...const import CONF_CONTACTS
from ...engine.contacts.address import email_address
from ...engine.vocabulary import ContactKind
from ...phone_numbers import PhoneNumber, PhoneProblem, phone_number
from ..fields import Field
from ..subentry_form import Answers
from .page import Page, Stored, Surroundings, with_part

_LOOKS: Mapping[ContactKind, TextSelectorConfig] = {
    ContactKind.EMAIL: TextSelectorConfig(
        type=TextSelectorType.EMAIL, autocomplete="email"
    ),
    ContactKind.PHONE: TextSelectorConfig(
        type=TextSelectorType.TEL, autocomplete="tel"
    ),
}


class Contacts(Page):
    """The contact points; that they are theirs is proven by a code afterwards."""

    key = "contacts"

    def fields(self, around: Surroundings, stored: Stored) -> Iterable[Field]:
        """One line each."""
        return (
            Field(key=kind, selector=TextSelector(config), required=False)
            for kind, config in _LOOKS.items()
        )

    def shown(self, around: Surroundings, stored: Stored) -> Answers:
        """As they are stored."""
        contacts = stored.get(CONF_CONTACTS, {})
        return {kind: contacts[kind]["value"] for kind in _LOOKS if kind in contacts}

    def problems(
        self, around: Surroundings, answers: Answers
    ) -> Mapping[str, str | None]:
        """What cannot be an address or a number."""
        return {kind: _read(around, kind, answers)[1] for kind in _LOOKS}

    def changed(
        self, around: Surroundings, stored: Stored, answers: Answers
    ) -> dict[str, Any]:
        """One that is the same stays as proven as it was."""
        before = stored.get(CONF_CONTACTS, {})
        contacts: dict[str, Any] = {}
        for kind in _LOOKS:
            value, _ = _read(around, kind, answers)
            same = value == before.get(kind, {}).get("value")
            if value is not None:
                verified = same and before[kind].get("verified", False)
                contacts[kind] = {"value": value, "verified": verified}
        return with_part(stored, CONF_CONTACTS, contacts)


def unproven(stored: Stored) -> Iterable[tuple[ContactKind, str]]:
    """The contact points that nobody has confirmed yet."""
    for kind in ContactKind:
        contact = stored.get(CONF_CONTACTS, {}).get(kind)
        if contact is not None and not contact["verified"]:
            yield kind, contact["value"]


def proven(stored: Stored, kind: ContactKind) -> dict[str, Any]:
    """What is stored, with this contact confirmed."""
    contacts = stored[CONF_CONTACTS]
    confirmed = {**contacts, kind: {**contacts[kind], "verified": True}}
    return {**stored, CONF_CONTACTS: confirmed}


def _read(
    around: Surroundings, kind: ContactKind, answers: Answers
) -> tuple[str | None, str | None]:
    """What is stored of a field, and what is wrong with it."""
    written = answers.get(kind, "").strip()
    if not written:
        return None, None
    if kind is ContactKind.EMAIL:
        address = email_address(written)
        return address, None if address else "email_not_an_address"
    number = phone_number(written, around.hass.config.country)
    match number:
        case PhoneNumber():
            return number.e164, None
        case PhoneProblem():
            return None, number.value
