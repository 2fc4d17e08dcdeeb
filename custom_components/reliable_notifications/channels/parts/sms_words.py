"""The words of a text message as it is sent, and into how many parts they are cut.

The same for every service that sends them. Must not know any service.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.content.sms import Style, fitted, measure, one_text
from ..interface import Envelope, Setting, SettingKind

MOST_PARTS = "most_parts"
EMOJI = "emoji"
ACCENTS = "accents"

# two parts hold what our longest text says; a third is seldom worth its price
USUAL_PARTS = 2
# more than this no service takes (1,600 characters at Amazon's and Twilio's), and
# nobody reads it
PARTS_LIMIT = 6

STYLE_SETTINGS = (
    Setting(
        key=MOST_PARTS,
        kind=SettingKind.NUMBER,
        default=USUAL_PARTS,
        least=1,
        most=PARTS_LIMIT,
    ),
    Setting(key=EMOJI, kind=SettingKind.YES_NO, required=False, default=False),
    Setting(key=ACCENTS, kind=SettingKind.YES_NO, required=False, default=False),
)


def words(envelope: Envelope, filled_in: Mapping[str, Any]) -> str:
    """What is sent: one plain text, no longer than the household wants."""
    style = Style(
        most_parts=int(filled_in.get(MOST_PARTS, USUAL_PARTS)),
        emoji=bool(filled_in.get(EMOJI)),
        accents=bool(filled_in.get(ACCENTS)),
    )
    return fitted(one_text(envelope.title, envelope.message), style)


def parts_of(text: str) -> int:
    """In how many parts it is sent, and paid."""
    return measure(text).parts


def in_parts(text: str) -> str:
    """How many parts, said to people."""
    parts = parts_of(text)
    return "in 1 part" if parts == 1 else f"in {parts} parts"
