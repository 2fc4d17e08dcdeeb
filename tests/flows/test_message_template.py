"""A text of one's own: written, tried, looked at, kept, and told."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
import re
from typing import Any

from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.reliable_notifications.configured import message_templates
from custom_components.reliable_notifications.engine.vocabulary import Shape
from custom_components.reliable_notifications.texts import letter_preview

from .forms import Forms, Result, shown

WRITTEN = {
    "name": "Washer in short",
    "event": "cycle_finished",
    "message": "{{ appliance }}: {{ duration }}, {{ energy }}",
}


async def _look(forms: Forms, **answers: Any) -> dict[str, str]:
    form = await forms.add("message_template")
    page = await forms.fill(form, **{**WRITTEN, **answers})
    assert page["type"] is FlowResultType.MENU
    return _seen(page)


def _seen(page: Result) -> dict[str, str]:
    """What the page shows, read as Markdown is."""
    words = page["description_placeholders"]
    assert words is not None
    return {shape: re.sub(r"\\(.)", r"\1", words[shape]) for shape in Shape}


async def test_it_is_looked_at_before_it_is_kept(forms: Forms) -> None:
    form = await forms.add("message_template")
    page = await forms.fill(form, **WRITTEN)
    assert page["step_id"] == "look"
    told = "**Washing machine finished**\n\nWashing machine: 1 h 12 min, 0.84 kWh"
    assert _seen(page) == {
        "push": told,
        "short_text": "Washing machine: 1 h 12 min, 0.84 kWh",
        "speech": "Washing machine: 1 hour 12 minutes, 0.84 kilowatt-hours",
        "email": told,
    }
    assert forms.stored("message_template") == []

    # back to the form, which has everything in it
    again = await forms.pick(page, "again")
    assert shown(again) == WRITTEN
    page = await forms.fill(again, **{**WRITTEN, "title": "{{ appliance | upper }}"})
    assert _seen(page)["push"].startswith("**WASHING MACHINE**")
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
    assert words["speech"] == (
        "Washing machine ist nach 1 Stunde 12 Minuten fertig. Bravo."
    )
    # the other forms are told as they are without it
    assert words["push"].startswith("**Washing machine ist fertig**\n\nLief")


async def test_what_everybody_may_not_hear_is_seen_here(forms: Forms) -> None:
    words = await _look(forms, event="repair_approved", message="{{ message }}")
    assert words["push"].endswith("Anna Smith has approved the repair. You can begin.")


async def test_an_email_is_looked_at_in_words_and_on_its_paper(
    forms: Forms, hass_client_no_auth: Callable[[], Any]
) -> None:
    form = await forms.add("message_template")
    written = {**WRITTEN, "shape": "email", "message": "Dear {{ recipient }} <3"}
    page = await forms.fill(form, **written)
    assert _seen(page)["email"].endswith("Dear Anna <3")
    letter_preview.async_register(forms.hass)
    client = await hass_client_no_auth()
    link = page["description_placeholders"]["letter"]  # type: ignore[index]
    answer = await client.get(link)
    assert answer.status == HTTPStatus.OK
    assert "Dear Anna &lt;3" in await answer.text()
    # another one's form is nobody's business, and it is gone with its own
    other = link.replace("draft=", "draft=x")
    assert (await client.get(other)).status == HTTPStatus.UNAUTHORIZED
    await forms.pick(page, "keep")
    assert (await client.get(link)).status == HTTPStatus.NOT_FOUND


async def test_the_page_shows_signs_as_they_are_told(forms: Forms) -> None:
    wild = "*not* _slanted_ <b>bold</b> # 1. https://example.org [x](y)"
    form = await forms.add("message_template")
    page = await forms.fill(
        form, **{**WRITTEN, "title": "{{ '# A' }}", "message": wild}
    )
    assert _seen(page)["push"] == f"**# A**\n\n{wild}"
    words = page["description_placeholders"]
    assert words is not None
    shown_as_markup = words["push"].removeprefix("**").replace("**\n\n", "")
    assert not re.search(r"(?<!\\)[*_<#\[:.]", shown_as_markup)


async def test_what_is_kept_is_seen_beside_what_is_written(forms: Forms) -> None:
    kept = {**WRITTEN, "shape": "speech", "message": "Spoken"}
    await forms.pick(
        await forms.fill(await forms.add("message_template"), **kept), "keep"
    )
    words = await _look(forms, name="All", message="Written")
    assert (words["speech"], words["short_text"]) == ("Spoken", "Written")


@pytest.mark.parametrize("event", ["message", "my_own_event"])
async def test_for_what_automations_write(forms: Forms, event: str) -> None:
    words = await _look(forms, event=event, message="{{ title }}! {{ message }}!")
    assert words["push"] == "**Basement**\n\nBasement! Water on the floor!"


@pytest.mark.parametrize(
    ("wrong", "field", "error", "reason"),
    [
        ({"message": "{{ appliance"}, "message", "template_fails", "Syntax"),
        ({"message": "{{ aplliance }}"}, "message", "template_fails", "aplliance"),
        ({"message": "{% if 0 %}x{% endif %}"}, "message", "template_fails", "empty"),
        ({"title": "{{ 1/0 }}"}, "title", "template_fails", "ZeroDivision"),
        (
            {"message": "{% if shape == 'speech' %}{{ x }}{% else %}y{% endif %}"},
            *("message", "template_fails", "'x' is undefined"),
        ),
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
