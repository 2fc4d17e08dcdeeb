"""The form that asks for the login of a channel anew, once it is not accepted any more.

Home Assistant asks the whole entry, so what is asked for says which channel it is. It
must not change anything but the login.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult, ConfigSubentry

from ..channels import CHANNELS
from ..channels.interface import NOT_ASKED, Channel
from ..const import CONF_KIND, CONF_SETTINGS, CONF_TARGET
from .channel_settings import filled_in, login_fields, shown
from .fields import form_schema

# in the data with which the flow is begun: the subentry of the channel
CHANNEL_ID = "channel_id"


class LoginForm(ConfigFlow):
    """The part of the entry's flow that logs in anew."""

    _channel_id = ""

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Find out which channel it is."""
        self._channel_id = entry_data.get(CHANNEL_ID, "")
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the login, try it, and keep it."""
        subentry = self._get_reauth_entry().subentries.get(self._channel_id)
        channel = None if subentry is None else _type_of(subentry)
        if subentry is None or channel is None:
            return self.async_abort(reason="channel_gone")
        stored = subentry.data.get(CONF_SETTINGS, {})
        errors: dict[str, str] = {}
        if user_input is not None:
            settings = _with_login(channel, user_input, stored)
            found = await channel.async_check(
                self.hass, subentry.data[CONF_TARGET], settings
            )
            errors = _of_the_login(channel, found)
            if not errors:
                return self._keep(subentry, channel, settings)
        values = shown(channel, {**stored, **(user_input or {})})
        return self.async_show_form(
            step_id="reauth_confirm",
            data_schema=self.add_suggested_values_to_schema(
                form_schema(login_fields(channel)), values
            ),
            errors=errors,
            description_placeholders={"channel": subentry.title},
        )

    def _keep(
        self,
        subentry: ConfigSubentry,
        channel: type[Channel],
        settings: Mapping[str, Any],
    ) -> ConfigFlowResult:
        """Store it, and begin anew with it; also if it is the same as before."""
        entry = self._get_reauth_entry()
        target = subentry.data[CONF_TARGET]
        same = settings == subentry.data.get(CONF_SETTINGS)
        self.hass.config_entries.async_update_subentry(
            entry,
            subentry,
            data={**subentry.data, CONF_SETTINGS: settings},
            unique_id=channel.identity(target, settings),
        )
        if same:  # else a listener of the entry reloads it
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
        return self.async_abort(reason="reauth_successful")


def _type_of(subentry: ConfigSubentry) -> type[Channel] | None:
    kind = subentry.data.get(CONF_KIND)
    return next((each for each in CHANNELS if each.kind == kind), None)


def _with_login(
    channel: type[Channel], answers: Mapping[str, Any], stored: Mapping[str, Any]
) -> dict[str, Any]:
    """What is stored, with what was filled in; a secret left empty stays."""
    given = filled_in(channel, answers, stored)
    login = {each.key for each in channel.settings if each.is_login}
    return {**stored, **{key: given[key] for key in login & given.keys()}}


def _of_the_login(
    channel: type[Channel], problems: Mapping[str, str]
) -> dict[str, str]:
    """What is wrong with the login, or keeps us from trying it.

    What else is wrong with the channel cannot be mended here: a hint says it, once the
    daily look has found it.
    """
    login = {each.key for each in channel.settings if each.is_login}
    return {
        key if key in login else "base": text
        for key, text in problems.items()
        if key in login or text in NOT_ASKED
    }
