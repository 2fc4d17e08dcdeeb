"""Puts what happened into words: for each recipient in their language, for each shape.

Knows the texts, the templates that somebody has put in their place, and the letterhead.
Must not decide who is told, nor send anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError, get_url
from homeassistant.util import dt as dt_util

from ..engine.content.amounts import moment
from ..engine.content.digest import DigestItem, digest
from ..engine.content.email import html
from ..engine.content.facts import Place, in_words
from ..engine.content.languages import language_of
from ..engine.content.languages.table import Language, Saying
from ..engine.content.letter import Brand, Link, plain_text, write_letter
from ..engine.content.messages import (
    compose,
    in_private,
    is_personal,
    say,
    written,
)
from ..engine.vocabulary import (
    ContactKind,
    Event,
    Instant,
    Message,
    Priority,
    Recipient,
    Scalar,
    Shape,
    Words,
)
from .message_templates import (
    FACTS,
    MessageTemplate,
    Problem,
    fitting,
    rendered,
)

# Where the picture of the letterhead is found: the channel attaches it under this name.
# Not inside the HTML: Gmail and Outlook show no picture that is
LOGO_ADDRESS = "cid:logo"
NO_BRAND = Brand(home="Home Assistant")
# The dashboard, from an e-mail
_DASHBOARD = "/reliable-notifications"
# what an automation gives an event to say that its words are not for everybody
_PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How a message would look, and what is wrong with its template, if anything."""

    message: Message
    template: str | None = None
    problem: Problem | None = None


@dataclass(slots=True)
class Wording:
    """Makes the texts of events. `problems` are the templates that failed, by id."""

    hass: HomeAssistant
    brand: Brand = NO_BRAND
    templates: Sequence[MessageTemplate] = ()
    problems: dict[str, Problem] = field(default_factory=dict)

    def filled(self, event: Event) -> Event:
        """The event with its words in the language of the household, for the log."""
        if event.message and (event.title or not event.own_words):
            return event
        plain = self._plain(event, language_of(self.hass.config.language), Shape.PUSH)
        return replace(event, title=plain.title, message=plain.message)

    def words(
        self, event: Event, recipient: Recipient, shapes: Iterable[Shape]
    ) -> Words:
        """What is said to a recipient, in each of the shapes and as a push."""
        return Words(
            language=self._language(recipient).code,
            messages=self.texts(event, recipient, {Shape.PUSH, *shapes}),
            addresses=_addresses(recipient),
        )

    def of_digest(
        self,
        waited: Sequence[tuple[Event, Callable[[Shape], Message]]],
        facts: Mapping[str, Scalar],
        recipient: Recipient,
    ) -> Mapping[Shape, Message]:
        """What could wait, in one message: each event with its words, and the rest.

        A template has all of that as its plain text.
        """
        language = self._language(recipient)
        event = Event(
            key="digest",
            at=dt_util.utcnow().timestamp(),
            title="",
            message="",
            priority=Priority.LOW,
            data={"count": len(waited), **facts},
        )
        zone = dt_util.get_default_time_zone()
        now = datetime.fromtimestamp(event.at, zone)
        texts = {}
        for shape in Shape:
            items = [
                DigestItem(
                    category=each.category,
                    message=words(shape),
                    at=moment(datetime.fromtimestamp(each.at, zone), now, language),
                )
                for each, words in waited
            ]
            summary = self._plain(event, language, shape)
            told = digest(summary, items, language, shape)
            texts[shape] = self._noted(self._dressed(event, recipient, shape, told))
        return texts

    def on_paper(
        self, message: Message, priority: Priority, recipient: Recipient
    ) -> Message:
        """What is no event by itself, as an e-mail."""
        event = Event(
            key="message",
            at=dt_util.utcnow().timestamp(),
            title=message.title,
            message=message.message,
            priority=priority,
            own_words=True,
        )
        return self._letter(event, message, self._language(recipient))

    def of_progress(
        self, appliance: str, started_at: Instant | None, ends_at: Instant | None
    ) -> str:
        """Where a running cycle is: when it will end, or since when it runs."""
        event = Event(
            key="cycle_started" if ends_at is None else "almost_done",
            at=dt_util.utcnow().timestamp(),
            title="",
            message="",
            priority=Priority.LOW,
            data={
                "appliance": appliance,
                "started_at": started_at,
                "expected_at": ends_at,
            },
        )
        return self.filled(event).message

    def texts(
        self, event: Event, recipient: Recipient, shapes: Iterable[Shape]
    ) -> Mapping[Shape, Message]:
        """The texts for each shape; a template that fails is noted, ours is told."""
        made = self.preview(event, recipient, shapes)
        return {shape: self._noted(each) for shape, each in made.items()}

    def _noted(self, made: Preview) -> Message:
        """The message; what is wrong with its template is noted, or no more."""
        if made.template is not None:
            if made.problem is None:
                self.problems.pop(made.template, None)
            else:
                self.problems[made.template] = made.problem
        return made.message

    def preview(
        self,
        event: Event,
        recipient: Recipient,
        shapes: Iterable[Shape],
        *,
        openly: bool = False,
    ) -> Mapping[Shape, Preview]:
        """How it would look in each shape; nothing is noted.

        `openly` shows also what would be hidden from others.
        """
        return {
            shape: self._preview(event, recipient, shape, openly=openly)
            for shape in shapes
        }

    def _preview(
        self, event: Event, recipient: Recipient, shape: Shape, *, openly: bool
    ) -> Preview:
        language = self._language(recipient)
        if not openly and _is_hidden(event, recipient, shape, language):
            told = in_private(event.key, language, shape)
            return Preview(message=told)
        wishes = recipient.preferences
        brief = not wishes.detailed and shape is not Shape.EMAIL
        plain = self._plain(event, language, shape, brief=brief)
        return self._dressed(event, recipient, shape, plain)

    def _dressed(
        self, event: Event, recipient: Recipient, shape: Shape, plain: Message
    ) -> Preview:
        """The plain text in the words of a template, if there is one, and on paper."""
        language = self._language(recipient)
        template = fitting(self.templates, event.key, shape, language.code)
        made: Message | Problem = plain
        if template is not None:
            variables = self.variables(event, recipient, shape, plain)
            made = rendered(self.hass, template, variables, plain)
        message = plain if isinstance(made, Problem) else made
        if shape is Shape.EMAIL:
            message = self._letter(event, message, language)
        return Preview(
            message=message,
            template=template.id if template else None,
            problem=made if isinstance(made, Problem) else None,
        )

    def variables(
        self, event: Event, recipient: Recipient, shape: Shape, plain: Message
    ) -> dict[str, Any]:
        """What a template can use; docs/templates.md lists it."""
        language = self._language(recipient)
        known = self._known(event, language, spoken=shape is Shape.SPEECH)
        return {
            **dict.fromkeys(FACTS, ""),
            **known,
            "title": plain.title,
            "message": plain.message,
            "event": event.key,
            "category": event.category,
            "priority": event.priority.value,
            "recipient": recipient.name,
            "language": language.code,
            "shape": shape.value,
            "home": self.brand.home,
            "time": dt_util.as_local(dt_util.utc_from_timestamp(event.at)),
            "data": dict(event.data),
        }

    def _language(self, recipient: Recipient) -> Language:
        return language_of(recipient.language, self.hass.config.language)

    def _known(
        self, event: Event, language: Language, *, spoken: bool = False
    ) -> dict[str, str]:
        zone = dt_util.get_default_time_zone()
        currency = {"currency": self.hass.config.currency}
        place = Place(language=language, zone=zone, now=event.at)
        return in_words(currency | dict(event.data), place, spoken=spoken)

    def _plain(
        self, event: Event, language: Language, shape: Shape, *, brief: bool = False
    ) -> Message:
        """Our own text, or what somebody wrote."""
        known = self._known(event, language, spoken=shape is Shape.SPEECH)
        if not event.own_words:
            told = compose(event.key, known, language, shape, brief=brief)
            return told or written(event.title, event.message, language, shape)
        # where only one of the two was written, the other is ours
        ours = compose(event.key, known, language, Shape.PUSH)
        title = event.title or (ours.title if ours else "")
        message = event.message or (ours.message if ours else title)
        return written(title, message, language, shape)

    def _letter(self, event: Event, message: Message, language: Language) -> Message:
        """A message as an e-mail, on the paper of the house."""
        at = dt_util.as_local(dt_util.utc_from_timestamp(event.at))
        letter = write_letter(
            message,
            {} if event.own_words else self._known(event, language),
            language,
            priority=event.priority,
            brand=self.brand,
            time=f"{at:%Y-%m-%d %H:%M}",
            link=self._link(language),
        )
        return Message(
            title=letter.title,
            message=plain_text(letter, self.brand),
            html=html(letter, self.brand, LOGO_ADDRESS),
            bare=message.message,
        )

    def _link(self, language: Language) -> Link | None:
        """Where the dashboard is, as seen from outside if it is."""
        try:
            address = get_url(self.hass, prefer_external=True)
        except NoURLAvailableError:
            return None
        label = say(Saying.OPEN, language)
        return Link(label=label, address=f"{address}{_DASHBOARD}")


def _addresses(recipient: Recipient) -> dict[ContactKind, str]:
    """Where the recipient is reached: the first of each kind that is proven."""
    proven = (each for each in reversed(recipient.contacts) if each.verified)
    return {each.kind: each.value for each in proven}


def _is_hidden(
    event: Event, recipient: Recipient, shape: Shape, language: Language
) -> bool:
    """Whether everybody could hear or see what is meant for one person.

    Of what somebody wrote we cannot know it. On a lock screen it is hidden where that
    is wished; on a speaker it is said, for most of it is meant to be heard, unless
    the automation says that it is private.
    """
    wishes = recipient.preferences
    wished = {
        Shape.SPEECH: wishes.private_speakers,
        Shape.PUSH: wishes.private_lock_screen,
    }
    if not wished.get(shape, False):
        return False
    if event.data.get(_PRIVATE) is True:
        return True
    if event.own_words or event.key not in language.events:
        return shape is Shape.PUSH
    return is_personal(event.key, language)
