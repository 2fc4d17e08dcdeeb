"""What a channel type asks for besides target and name: fields, and what is stored.

The forms themselves are tested with the channels that have such settings.
"""

from __future__ import annotations

from homeassistant.core import HomeAssistant

from custom_components.reliable_notifications.channels.interface import (
    Channel,
    Choice,
    Envelope,
    Setting,
    SettingKind,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    AttemptResult,
    Evidence,
)
from custom_components.reliable_notifications.flows.channel_settings import (
    filled_in,
    missing,
    setting_fields,
    shown,
)


class Account(Channel):
    """An account of a service that this test has made up."""

    kind = "account"
    best_evidence = Evidence.ACCEPTED
    patience = 3.0
    replaces = False
    needs_target = False
    settings = (
        Setting(key="region", default="eu-central-1"),
        Setting(key="secret", kind=SettingKind.SECRET),
        Setting(key="cap", kind=SettingKind.NUMBER, required=False, unit="USD"),
        Setting(key="loud", kind=SettingKind.YES_NO, required=False),
        Setting(key="engine", kind=SettingKind.ENTITY, domains=("tts",)),
        Setting(key="kind", kind=SettingKind.CHOICE, options=("a", "b")),
    )

    @classmethod
    def choices(cls, hass: HomeAssistant) -> list[Choice]:
        return []

    @classmethod
    def problem(cls, hass: HomeAssistant, target: str) -> str | None:
        return None

    async def async_send(self, envelope: Envelope) -> AttemptResult:
        return AttemptResult(evidence=Evidence.ACCEPTED)


def test_each_setting_has_its_field() -> None:
    fields = {field.key: field for field in setting_fields(Account)}
    assert list(fields) == ["region", "secret", "cap", "loud", "engine", "kind"]
    assert fields["secret"].selector.config["type"] == "password"
    assert not fields["secret"].required  # left empty, it stays as it was
    assert fields["cap"].selector.config["unit_of_measurement"] == "USD"
    assert fields["kind"].selector.config["options"] == ["a", "b"]
    assert fields["kind"].selector.config["translation_key"] == "channel_kind"
    assert fields["engine"].required


def test_a_secret_is_never_shown() -> None:
    stored = {"region": "eu-west-1", "secret": "s3", "loud": False}
    assert shown(Account, stored) == {"region": "eu-west-1", "loud": False}
    assert shown(Account, {}) == {"region": "eu-central-1"}


def test_a_secret_that_is_left_empty_is_kept_and_a_new_one_replaces_it() -> None:
    stored = {"region": "eu-west-1", "secret": "s3", "cap": 5.0}
    answers = {"region": " eu-north-1 ", "secret": " "}
    assert filled_in(Account, answers, stored) == {
        "region": "eu-north-1",
        "secret": "s3",
    }
    assert filled_in(Account, {"secret": "s4"}, stored) == {"secret": "s4"}


def test_what_is_required_and_missing_is_said_at_its_field() -> None:
    values = filled_in(Account, {"region": "  ", "engine": "tts.x", "kind": "a"}, {})
    assert missing(Account, values) == {
        "region": "setting_missing",
        "secret": "setting_missing",
    }
