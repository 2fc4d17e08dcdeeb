"""A text of one's own: written, tried, looked at, kept, and told."""

from __future__ import annotations

from typing import Any

from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.reliable_notifications.configured import message_templates
from custom_components.reliable_notifications.engine.vocabulary import Shape

from .forms import Forms, shown

WRITTEN = {
    "name": "Washer in short",
    "event": "cycle_finished",
    "message": "{{ appliance }}: {{ duration }}, {{ energy }}",
}


async def _look(forms: Forms, **answers: Any) -> dict[str, str]:
    form = await forms.add("message_template")
    page = await forms.fill(form, **{**WRITTEN, **answers})
    assert page["type"] is FlowResultType.MENU
    words = page["description_placeholders"]
    assert words is not None
    return dict(words)


async def test_it_is_looked_at_before_it_is_kept(forms: Forms) -> None:
    form = await forms.add("message_template")
    page = await forms.fill(form, **WRITTEN)
    assert page["step_id"] == "look"
    assert page["description_placeholders"] == {
        "title": "Washing machine finished",
        "message": "Washing machine: 1 h 12 min, 0.84 kWh",
    }
    assert forms.stored("message_template") == []

    # back to the form, which has everything in it
    again = await forms.pick(page, "again")
    assert shown(again) == WRITTEN
    page = await forms.fill(again, **{**WRITTEN, "title": "{{ appliance | upper }}"})
    assert page["description_placeholders"]["title"] == "WASHING MACHINE"  # type: ignore[index]
    await forms.pick(page, "keep")
    [kept] = forms.stored("message_template")
    assert kept.title == "Washer in short"
    assert kept.data == {
        "event": "cycle_finished",
        "title": "{{ appliance | upper }}",
        "message": WRITTEN["message"],
    }
    [template] = message_templates(forms.entry)
    assert (template.shape, template.language) == (None, None)


async def test_it_can_be_meant_for_a_form_and_a_language(forms: Forms) -> None:
    words = await _look(
        forms, shape="speech", language="de", message="{{ message }} Bravo."
    )
    assert words == {
        "title": "-",
        "message": "Washing machine ist nach 1 Stunde 12 Minuten fertig. Bravo.",
    }


async def test_what_everybody_may_not_hear_is_seen_here(forms: Forms) -> None:
    words = await _look(forms, event="repair_approved", message="{{ message }}")
    assert words["message"] == "Anna Smith has approved the repair. You can begin."


async def test_for_an_email_the_words_are_looked_at(forms: Forms) -> None:
    words = await _look(forms, shape="email", message="Dear {{ recipient }}")
    assert words["message"] == "Dear Anna"


@pytest.mark.parametrize("event", ["message", "my_own_event"])
async def test_for_what_automations_write(forms: Forms, event: str) -> None:
    words = await _look(forms, event=event, message="{{ title }}! {{ message }}!")
    assert words["message"] == "Basement! Water on the floor!"


@pytest.mark.parametrize(
    ("wrong", "field", "error", "reason"),
    [
        ({"message": "{{ appliance"}, "message", "template_fails", "Syntax"),
        ({"message": "{{ aplliance }}"}, "message", "template_fails", "aplliance"),
        ({"message": "{% if 0 %}x{% endif %}"}, "message", "template_fails", "empty"),
        ({"title": "{{ 1/0 }}"}, "title", "template_fails", "ZeroDivision"),
        ({"name": " "}, "name", "name_missing", ""),
        ({"event": " "}, "event", "event_missing", ""),
    ],
)
async def test_what_is_wrong_is_said_at_the_field(
    forms: Forms, wrong: dict[str, str], field: str, error: str, reason: str
) -> None:
    form = await forms.add("message_template")
    form = await forms.fill(form, **{**WRITTEN, **wrong})
    assert form["errors"] == {field: error}
    assert reason in form["description_placeholders"]["reason"]  # type: ignore[index]
    # what was typed is not lost, and can be mended in place
    assert shown(form) == {**WRITTEN, **wrong}
    page = await forms.fill(form, **WRITTEN)
    assert page["type"] is FlowResultType.MENU


async def test_one_text_for_one_thing(forms: Forms) -> None:
    page = await forms.fill(await forms.add("message_template"), **WRITTEN)
    await forms.pick(page, "keep")
    form = await forms.fill(
        await forms.add("message_template"), **{**WRITTEN, "name": "Another"}
    )
    assert form["errors"] == {"event": "event_taken"}
    page = await forms.fill(form, **{**WRITTEN, "name": "Another", "shape": "push"})
    await forms.pick(page, "keep")
    assert {each.shape for each in message_templates(forms.entry)} == {None, Shape.PUSH}


async def test_it_can_be_changed(forms: Forms) -> None:
    page = await forms.fill(await forms.add("message_template"), **WRITTEN)
    await forms.pick(page, "keep")
    [kept] = forms.stored("message_template")
    form = await forms.change(kept)
    assert shown(form) == WRITTEN
    page = await forms.fill(form, **{**WRITTEN, "message": "{{ appliance }} rests"})
    form = await forms.pick(page, "again")
    assert form["step_id"] == "reconfigure"
    page = await forms.fill(form, **{**WRITTEN, "message": "{{ appliance }} rests"})
    await forms.pick(page, "keep")
    [kept] = forms.stored("message_template")
    assert kept.data["message"] == "{{ appliance }} rests"
