"""The view of messages: what was said to whom, what waits, and why.

Everybody sees their own, who runs the home sees all. The words of a decision come with
the entity; the templates only put them in place.
"""

from __future__ import annotations

from collections.abc import Sequence
import json

from ..reporting.latest_messages import Standing
from .cards import (
    WHOLE,
    Card,
    heading,
    markdown,
    row,
    rows,
    section,
    subtitle,
    view,
)
from .entities import Shown
from .people import PersonCards
from .texts import Texts

ICONS = {
    Standing.HELD: "mdi:clock-outline",
    Standing.ON_ITS_WAY: "mdi:send-clock-outline",
    Standing.ACKNOWLEDGED: "mdi:thumb-up-outline",
    Standing.SEEN: "mdi:eye-check-outline",
    Standing.DELIVERED: "mdi:check-all",
    Standing.ACCEPTED: "mdi:check",
    Standing.UNVERIFIED: "mdi:help-circle-outline",
    Standing.FAILED: "mdi:alert-circle-outline",
    Standing.NOT_TOLD: "mdi:bell-off-outline",
    Standing.RESOLVED: "mdi:check-circle-outline",
}

# Today by its time, else with its day; a text as people have written it is no markup
_MACROS = """
{%- macro when(at) -%}
{%- set local = as_local(as_datetime(at)) -%}
{{ local.strftime('%H:%M' if local.date() == now().date() else '%Y-%m-%d %H:%M') }}
{%- endmacro -%}
{%- macro listed(sentences) -%}
<ul>{% for each in sentences %}<li>{{ each | e }}</li>{% endfor %}</ul>
{%- endmacro -%}
"""


def messages_view(people: Sequence[PersonCards], texts: Texts) -> Card:
    """Build the view: a section for each, seen by those whom it concerns."""
    sections = [
        section(
            [
                heading(person.name, "mdi:account"),
                *_cards(shown, texts),
                *_complaints(person, texts),
            ],
            visibility=[{"condition": "user", "users": list(person.users)}],
        )
        for person in people
        if (shown := person.find("messages")) is not None
    ]
    if not sections:
        sections = [section([markdown(texts("people", "none_yet"))])]
    columns = min(3, len(sections))
    title = texts("messages", "title")
    return view(title, "messages", "mdi:message-text-clock", sections, columns=columns)


def _cards(shown: Shown, texts: Texts) -> list[Card]:
    waits = {
        "condition": "numeric_state",
        "entity": shown.entity_id,
        "above": 0,
    }
    return [
        subtitle(
            texts("messages", "waiting"), icon="mdi:clock-outline", visibility=[waits]
        ),
        markdown(
            _template(shown, texts, waiting=True),
            grid_options=dict(WHOLE),
            visibility=[waits],
        ),
        subtitle(texts("messages", "latest"), icon="mdi:message-check-outline"),
        markdown(_template(shown, texts, waiting=False), grid_options=dict(WHOLE)),
    ]


def _complaints(person: PersonCards, texts: Texts) -> list[Card]:
    """What can be said of the latest one; a change is proposed for it."""
    found = [
        row(shown.called(texts("messages", key)))
        for key in ("wrong_person", "too_late", "too_loud")
        if (shown := person.find(key)) is not None
    ]
    if not found:
        return []
    return [
        subtitle(texts("messages", "wrong"), icon="mdi:message-alert-outline"),
        rows(found),
    ]


def _template(shown: Shown, texts: Texts, *, waiting: bool) -> str:
    """Build what fills in the messages that wait, or the others."""
    kept = "selectattr" if waiting else "rejectattr"
    words = {each.value: texts("standing", each.value) for each in Standing}
    icons = {each.value: icon for each, icon in ICONS.items()}
    until, open_end = texts("messages", "until"), texts("messages", "open_end")
    return (
        f"{_MACROS}"
        f"{{%- set words = {_literal(words)} -%}}"
        f"{{%- set icons = {_literal(icons)} -%}}"
        f"{{%- set all = state_attr('{shown.entity_id}', 'messages') or [] -%}}"
        f"{{%- set some = all | {kept}('waits') | list -%}}"
        "{%- for each in some %}\n"
        # one block each: a paragraph of its own would tear its lines apart
        "{% if not loop.first %}<hr>{% endif %}<div>"
        '<ha-icon icon="{{ icons[each.state] }}"></ha-icon> '
        "<b>{{ each.title | e }}</b><br>"
        "{{ words[each.state] }}"
        "{% if each.waits and each.until %}"
        f" {until} {{{{ when(each.until) }}}}"
        f"{{% elif each.waits and each.state == 'held' %}} {open_end}{{% endif %}}"
        " · {{ when(each.at) }}"
        "{% if each.channel %} · {{ each.channel | e }}{% endif %}"
        f"<details><summary>{texts('messages', 'why')}</summary>"
        "{% if each.why %}{{ listed(each.why) }}"
        f"{{% else %}}<p>{texts('messages', 'nothing_against')}</p>{{% endif %}}"
        "{% if each.would_change %}"
        f"<i>{texts('messages', 'would_change')}</i>"
        "{{ listed(each.would_change) }}{% endif %}</details></div>\n"
        "{% else %}"
        f"{texts('messages', 'nothing_yet')}"
        "{% endfor %}"
    )


def _literal(words: dict[str, str]) -> str:
    """Write a table as a template reads it."""
    return json.dumps(words, ensure_ascii=False)
