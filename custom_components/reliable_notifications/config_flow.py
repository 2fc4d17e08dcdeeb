"""How the integration is added, and which kinds of things it can then be given.

Everything that a household sets up is a subentry with a form of its own under `flows`;
the options of the entry are what concerns the integration as a whole.
"""

from __future__ import annotations

from typing import Any

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.core import callback

from .const import (
    DOMAIN,
    SUBENTRY_APPLIANCE,
    SUBENTRY_BINDING,
    SUBENTRY_CHANNEL,
    SUBENTRY_RECIPIENT,
    SUBENTRY_RULE,
    SUBENTRY_TEMPLATE,
)
from .flows.appliance import ApplianceFlow
from .flows.binding import BindingFlow
from .flows.channel import ChannelFlow
from .flows.login import LoginForm
from .flows.message_template import MessageTemplateFlow
from .flows.recipient import RecipientFlow
from .flows.rule import RuleFlow
from .flows.settings import SettingsFlow

TITLE = "Reliable Notifications"


class ReliableNotificationsFlow(LoginForm, domain=DOMAIN):
    """Adds the integration; there is nothing to fill in."""

    VERSION = 1
    MINOR_VERSION = 1

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say what happens next, then add the entry."""
        if user_input is None:
            return self.async_show_form(step_id="user")
        return self.async_create_entry(title=TITLE, data={})

    @staticmethod
    @callback
    def async_get_options_flow(config_entry: ConfigEntry[Any]) -> OptionsFlow:
        """What concerns the integration as a whole."""
        return SettingsFlow()

    @classmethod
    @callback
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry[Any]
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """The kinds of things, in the order in which they are set up."""
        return {
            SUBENTRY_CHANNEL: ChannelFlow,
            SUBENTRY_RECIPIENT: RecipientFlow,
            SUBENTRY_APPLIANCE: ApplianceFlow,
            SUBENTRY_RULE: RuleFlow,
            SUBENTRY_BINDING: BindingFlow,
            SUBENTRY_TEMPLATE: MessageTemplateFlow,
        }
