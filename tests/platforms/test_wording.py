"""Each recipient is told in their language, in the channel's shape, as they wish."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest

from custom_components.reliable_notifications.const import DOMAIN
from custom_components.reliable_notifications.engine.content.letter import Brand
from custom_components.reliable_notifications.engine.vocabulary import (
    Contact,
    ContactKind,
    Event,
    Preferences,
    Priority,
    Recipient,
    Scalar,
    Shape,
)
from custom_components.reliable_notifications.texts.message_templates import (
    ABOUT,
    FACTS,
    MessageTemplate,
    Problem,
)
from custom_components.reliable_notifications.texts.wording import Wording

from .home import Home

AT = datetime(2026, 11, 24, 14, 5, tzinfo=dt_util.UTC).timestamp()
FACTS_OF_A_CYCLE: dict[str, Scalar] = {
    "appliance": "Washer",
    "duration_s": 4320.0,
    "energy_wh": 840.0,
    "ended_at": AT - 120,
    "cost": 0.25,
}
FINISHED = Event(
    key="cycle_finished",
    at=AT,
    title="",
    message="",
    priority=Priority.MEDIUM,
    category="appliance",
    data=FACTS_OF_A_CYCLE,
)
ANNA = Recipient(id="anna", name="Anna", channels=())


def _template(**given: Any) -> MessageTemplate:
    given = {
        "id": "t",
        "name": "Mine",
        "event": "cycle_finished",
        "shape": None,
        "language": None,
        "title": "",
        "message": "{{ appliance }} rests",
    } | given
    return MessageTemplate(**given)


@pytest.fixture
def wording(hass: HomeAssistant) -> Wording:
    return Wording(hass, Brand(home="Villa Nova"))


def _told(
    wording: Wording,
    shape: Shape = Shape.PUSH,
    recipient: Recipient = ANNA,
    event: Event = FINISHED,
) -> str:
    told = wording.texts(event, recipient, [shape])[shape]
    return f"{told.title}|{told.message}"


async def test_each_recipient_in_their_language(wording: Wording) -> None:
    assert _told(wording) == (
        "Washer finished|Ran 1 h 12 min and used 0.84 kWh. Ended at 06:03."
    )
    german = replace(ANNA, language="de-CH")
    assert _told(wording, recipient=german) == (
        "Washer ist fertig|Lief 1 h 12 min und verbrauchte 0,84 kWh. Fertig um 06:03."
    )
    wording.hass.config.language = "nl"
    unheard_of = replace(ANNA, language="tlh")
    assert _told(wording, recipient=unheard_of).startswith("Washer is klaar|")
    wording.hass.config.language = "tlh"
    assert _told(wording, recipient=unheard_of).startswith("Washer finished|")


async def test_each_channel_in_its_shape(wording: Wording) -> None:
    assert _told(wording, Shape.SPEECH) == (
        "|Washer has finished after 1 hour 12 minutes."
    )
    assert _told(wording, Shape.SHORT_TEXT) == (
        "|Washer finished. Ran 1 h 12 min and used 0.84 kWh. Ended at 06:03."
    )
    mail = wording.texts(FINISHED, ANNA, [Shape.EMAIL])[Shape.EMAIL]
    assert mail.title == "Washer finished"
    assert "Energy: 0.84 kWh\nCost: 0.25 EUR\n" in mail.message
    assert "<!doctype html>" in mail.html
    assert "Sent 2026-11-24 06:05." in mail.message


async def test_who_wants_it_short_gets_the_point(wording: Wording) -> None:
    short = replace(ANNA, preferences=Preferences(detailed=False))
    assert _told(wording, recipient=short) == (
        "Washer finished|Ran 1 h 12 min and used 0.84 kWh."
    )


async def test_an_email_leads_to_the_dashboard_where_it_can_be_reached(
    wording: Wording,
) -> None:
    wording.hass.config.external_url = "https://home.example.org"
    mail = wording.texts(FINISHED, ANNA, [Shape.EMAIL])[Shape.EMAIL]
    link = "https://home.example.org/reliable-notifications"
    assert f"Open Home Assistant: {link}" in mail.message
    assert f'href="{link}"' in mail.html


@pytest.mark.parametrize(
    ("shape", "wishes", "event", "hidden"),
    [
        # what an appliance does is no secret; who has a repair is
        (Shape.SPEECH, {}, {}, False),
        (Shape.SPEECH, {}, {"key": "repair_approved"}, True),
        (Shape.SPEECH, {"private_speakers": False}, {"key": "repair_approved"}, False),
        (Shape.PUSH, {}, {"key": "repair_approved"}, False),
        (Shape.PUSH, {"private_lock_screen": True}, {"key": "repair_approved"}, True),
        (Shape.PUSH, {"private_lock_screen": True}, {}, False),
        # of what somebody wrote we cannot know: heard, but not shown to strangers
        (Shape.SPEECH, {}, {"own_words": True}, False),
        (Shape.PUSH, {"private_lock_screen": True}, {"own_words": True}, True),
        (Shape.SPEECH, {}, {"own_words": True, "data": {"private": True}}, True),
        # an e-mail is read by whom it is for
        (Shape.EMAIL, {"private_lock_screen": True}, {"own_words": True}, False),
    ],
)
async def test_what_is_meant_for_one_is_not_told_to_all(
    wording: Wording,
    shape: Shape,
    wishes: dict[str, bool],
    event: dict[str, Any],
    hidden: bool,
) -> None:
    data = {"appliance": "Washer", "repair": "R-1042", "customer": "Berta"}
    secret = replace(FINISHED, title="Dear", message="Berta", data=data)
    secret = replace(secret, **event)
    told = _told(
        wording, shape, replace(ANNA, preferences=Preferences(**wishes)), secret
    )
    names = ("R-1042", "Berta", "Washer")
    assert any(name in told for name in names) is not hidden
    if hidden:
        assert told.endswith(".")


async def test_a_template_takes_the_place_of_our_text(wording: Wording) -> None:
    wording.templates = (_template(title="{{ appliance | upper }}"),)
    assert _told(wording) == "WASHER|Washer rests"
    # no title of its own: ours stays; a channel without titles has none
    wording.templates = (_template(message="{{ message }} {{ recipient }}!"),)
    assert _told(wording).startswith("Washer finished|Ran 1 h 12 min")
    assert _told(wording).endswith("Anna!")
    assert _told(wording, Shape.SPEECH).startswith("|Washer has finished")
    assert _told(wording, event=replace(FINISHED, key="cycle_started")) == (
        "Washer started|It has started."
    )


async def test_the_template_that_is_meant_most_of_all_is_taken(
    wording: Wording,
) -> None:
    wording.templates = (
        _template(id="1", message="all"),
        _template(id="2", message="push", shape=Shape.PUSH),
        _template(id="3", message="german", language="de"),
        _template(id="4", message="german push", language="de", shape=Shape.PUSH),
    )
    german = replace(ANNA, language="de")
    assert _told(wording, Shape.PUSH, german).endswith("|german push")
    assert _told(wording, Shape.SPEECH, german).endswith("|german")
    assert _told(wording, Shape.PUSH).endswith("|push")
    assert _told(wording, Shape.SPEECH).endswith("|all")


async def test_a_template_can_use_everything_that_is_documented(
    wording: Wording,
) -> None:
    every = " ".join(f"{{{{ {name} }}}}" for name in (*FACTS, *ABOUT))
    wording.templates = (_template(message=f"{every} {{{{ data.energy_wh }}}}"),)
    told = _told(wording)
    assert wording.problems == {}
    for word in ("1 h 12 min", "cycle_finished", "medium", "Villa Nova", "840.0"):
        assert word in told


async def test_an_email_made_by_a_template_keeps_its_paper(wording: Wording) -> None:
    wording.templates = (_template(message="<b>Done</b>\n\n{{ cost }}"),)
    mail = wording.texts(FINISHED, ANNA, [Shape.EMAIL])[Shape.EMAIL]
    assert "&lt;b&gt;Done&lt;/b&gt;" in mail.html
    assert "Villa Nova" in mail.html
    assert "<b>Done</b>\n\n0.25 EUR\n" in mail.message


@pytest.mark.parametrize(
    ("wrong", "where", "what"),
    [
        ({"message": "{{ aplliance }}"}, "message", "aplliance"),
        ({"message": "{{ appliance"}, "message", "TemplateSyntaxError"),
        ({"message": "{{ 1 / 0 }}"}, "message", "ZeroDivisionError"),
        ({"message": "{% if false %}x{% endif %}"}, "message", "empty"),
        ({"message": "{{ 'x' * 9000 }}"}, "message", "9000 characters"),
        ({"title": "{{ nobody }}"}, "title", "nobody"),
    ],
)
async def test_edge_33_a_template_that_fails_tells_the_plain_text(
    wording: Wording, wrong: dict[str, str], where: str, what: str
) -> None:
    plain = _told(wording)
    wording.templates = (_template(**wrong),)
    # to look at it is no failure
    seen = wording.preview(FINISHED, ANNA, [Shape.PUSH])[Shape.PUSH]
    assert isinstance(seen.problem, Problem)
    assert wording.problems == {}

    assert _told(wording) == plain
    assert wording.problems["t"].where == where
    assert what in wording.problems["t"].what
    wording.templates = (_template(),)
    assert _told(wording) == "Washer finished|Washer rests"
    assert wording.problems == {}


async def test_edge_33_a_failing_template_is_said_in_a_repair_hint_while_it_fails(
    home: Home,
) -> None:
    wording = home.entry.runtime_data.pipeline.wording
    wording.templates = (_template(message="{{ nobody }}"),)
    await home.boil()
    await home.settle()
    assert [call.data["title"] for call in home.received] == ["Kettle finished"]
    home.entry.runtime_data.hints.async_look()
    issues = ir.async_get(home.hass)
    issue = issues.async_get_issue(DOMAIN, "template_t")
    assert issue is not None
    assert issue.translation_key == "template_fails_message"
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["template"] == "Mine"
    assert "nobody" in issue.translation_placeholders["reason"]

    wording.templates = (_template(),)
    await home.boil()
    await home.settle()
    assert home.received[-1].data["message"] == "Kettle rests"
    home.entry.runtime_data.hints.async_look()
    assert issues.async_get_issue(DOMAIN, "template_t") is None


async def test_the_words_are_stored_with_the_intent_and_told_from_there(
    home: Home,
) -> None:
    outbox = home.entry.runtime_data.outbox
    pipeline = home.entry.runtime_data.pipeline
    (recipient_id,) = pipeline.directory.recipients
    german = replace(pipeline.directory.recipients[recipient_id], language="de")
    pipeline.directory.recipients[recipient_id] = german
    await home.boil()
    await home.settle()

    assert home.received[-1].data["title"] == "Kettle ist fertig"
    notification = await outbox.last_notification()
    assert notification.title == "Kettle finished"  # the log is the household's
    (parcel,) = await outbox.of_notification(notification.id)
    assert parcel.words.language == "de"
    assert parcel.message(Shape.PUSH).title == "Kettle ist fertig"
    # nothing was made for this shape: a push is better than nothing
    assert parcel.message(Shape.EMAIL) == parcel.message(Shape.PUSH)


async def test_an_address_is_taken_along_only_if_it_is_proven(
    wording: Wording,
) -> None:
    contacts = (
        Contact(kind=ContactKind.EMAIL, value="new@example.org"),
        Contact(kind=ContactKind.EMAIL, value="anna@example.org", verified=True),
        Contact(kind=ContactKind.EMAIL, value="old@example.org", verified=True),
        Contact(kind=ContactKind.PHONE, value="+493012345"),
    )
    reached = replace(ANNA, contacts=contacts)
    words = wording.words(FINISHED, reached, [Shape.EMAIL])
    assert words.addresses == {ContactKind.EMAIL: "anna@example.org"}
    assert words.messages.keys() == {Shape.PUSH, Shape.EMAIL}
