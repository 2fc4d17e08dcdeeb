"""The texts of the forms: nothing missing, nothing left over.

hassfest's rules for texts are among the contracts; here is what the forms need besides.
"""

from __future__ import annotations

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations
import pytest

from custom_components.reliable_notifications.channels import CHANNELS
from custom_components.reliable_notifications.engine.routing.catalogue import (
    CATALOGUE,
    Category,
)
from custom_components.reliable_notifications.engine.vocabulary import (
    ApplianceKind,
    HoldUntil,
    Presence,
    Priority,
    Role,
)
from custom_components.reliable_notifications.flows.channel import ChannelFlow
from custom_components.reliable_notifications.flows.settings import PRESETS

from .forms import FOLDER, TEXTS

FORMS = ("appliance", "binding", "channel", "recipient", "rule")
# reasons and errors that Home Assistant or a channel type raises, not a form of ours
FROM_ELSEWHERE = {
    "already_configured",
    "already_in_progress",
    "reconfigure_successful",
    "single_instance_allowed",
}


def test_sections_are_sorted() -> None:
    assert list(TEXTS) == sorted(TEXTS)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_what_the_frontend_shows(form: str) -> None:
    texts = TEXTS["config_subentries"][form]
    assert texts["entry_type"]
    assert texts["initiate_flow"].keys() == {"user", "reconfigure"}
    assert {"already_in_progress", "reconfigure_successful"} <= texts["abort"].keys()
    for step in texts["step"].values():
        assert step["title"]
        assert step["description"]
        assert step.get("data", {}).keys() == step.get("data_description", {}).keys()


@pytest.mark.parametrize("form", FORMS)
def test_no_error_or_reason_is_left_over(form: str) -> None:
    """Each text of an error is raised somewhere in the code."""
    folders = (FOLDER / "flows", FOLDER / "channels")
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    # rules that are the same for forms and actions, or that forms only pass on
    shared = ("appliances/programme_book", "phone_numbers", "recipients/verification")
    files += [FOLDER / f"{name}.py" for name in shared]
    files.append(FOLDER / "engine" / "contacts" / "codes.py")
    code = "".join(path.read_text("utf-8") for path in files)
    texts = TEXTS["config_subentries"][form]
    keys = (texts["error"].keys() | texts["abort"].keys()) - FROM_ELSEWHERE
    assert keys
    assert [key for key in sorted(keys) if f'"{key}"' not in code] == []


def test_each_kind_of_appliance_has_a_name() -> None:
    assert TEXTS["selector"]["appliance_kind"]["options"].keys() == set(ApplianceKind)


def test_each_word_of_the_forms_has_its_text() -> None:
    words = {
        "category": Category,
        "event_key": CATALOGUE,
        "hold_until": HoldUntil,
        "presence": Presence,
        "priority": Priority,
        "preset": PRESETS,
        "role": Role,
    }
    for selector, known in words.items():
        assert TEXTS["selector"][selector]["options"].keys() == set(known)


def test_each_channel_type_that_is_offered_has_its_page() -> None:
    offered = {each.kind for each in CHANNELS if each.offered}
    assert offered
    step = TEXTS["config_subentries"]["channel"]["step"]
    assert step["user"]["menu_options"].keys() == offered
    assert step["user"]["menu_option_descriptions"].keys() == offered
    assert step.keys() == offered | {"user", "reconfigure", "look", "look_sandbox"}
    for channel in CHANNELS:
        assert hasattr(ChannelFlow, f"async_step_{channel.kind}")
        if channel.offered:
            fields = {"name"} | {each.key for each in channel.settings}
            fields |= {"target"} if channel.needs_target else set()
            assert step[channel.kind]["data"].keys() == fields


async def test_home_assistant_finds_them(hass: HomeAssistant) -> None:
    domain = "reliable_notifications"
    found = await async_get_translations(hass, "en", "config_subentries", [domain])
    prefix = f"component.{domain}.config_subentries.appliance"
    assert found[f"{prefix}.error.not_power"].startswith(
        "This sensor does not measure power"
    )
    # a language that we do not have falls back to English
    found = await async_get_translations(hass, "de", "selector", [domain])
    assert found[f"component.{domain}.selector.appliance_kind.options.dryer"] == "Dryer"
