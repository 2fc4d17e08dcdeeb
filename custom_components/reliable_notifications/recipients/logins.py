"""Whose login a user is: which recipient asks, and whether they run the home.

A recipient is found by their person, which Home Assistant gives a login. Must not
decide what somebody may do.
"""

from __future__ import annotations

from collections.abc import Iterable

from homeassistant.core import HomeAssistant

from ..engine.vocabulary import Recipient


def login_of(hass: HomeAssistant, person: str | None) -> str | None:
    """The id of a person's user; None where there is no person, or no login."""
    state = hass.states.get(person or "")
    login: str | None = state.attributes.get("user_id") if state else None
    return login or None


def is_login_of(
    hass: HomeAssistant, recipient: Recipient | None, user_id: str | None
) -> bool:
    """Whether this user is the recipient."""
    return (
        bool(user_id)
        and recipient is not None
        and (login_of(hass, recipient.person) == user_id)
    )


def recipient_of(
    hass: HomeAssistant, recipients: Iterable[Recipient], user_id: str | None
) -> Recipient | None:
    """The recipient that this user is; None where it is none of them."""
    theirs = (each for each in recipients if is_login_of(hass, each, user_id))
    return next(theirs, None)


def has_person(hass: HomeAssistant, user_id: str) -> bool:
    """Whether a person of Home Assistant has this login."""
    return any(
        login_of(hass, state.entity_id) == user_id
        for state in hass.states.async_all("person")
    )


async def async_runs_the_home(hass: HomeAssistant, user_id: str | None) -> bool:
    """Whether it is an administrator, or an automation, which has no user."""
    if not user_id:
        return True
    user = await hass.auth.async_get_user(user_id)
    return user is not None and user.is_admin
