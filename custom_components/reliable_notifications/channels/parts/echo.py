"""What both ways to an Echo have in common: manner, whisper, what is said how.

Must not know an integration.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from ...engine.vocabulary import Priority
from ..interface import Setting, SettingKind
from .loudness import LOUDNESS, is_night

# An announcement has a chime and is shown on screens. Amazon's do not disturb holds it
# back, and lets plain speech through
ANNOUNCE, SPEAK = "announce", "speak"

ECHO_SETTINGS = (
    Setting(
        key="manner",
        kind=SettingKind.CHOICE,
        options=(ANNOUNCE, SPEAK),
        default=ANNOUNCE,
    ),
    Setting(key="whisper", kind=SettingKind.YES_NO, required=False, default=False),
    *LOUDNESS,
)


def manner_wanted(settings: Mapping[str, Any]) -> str:
    """The manner that a person has chosen."""
    return str(settings.get("manner", ANNOUNCE))


def words_for(
    manner: str, words: str, settings: Mapping[str, Any], priority: Priority
) -> str:
    """What is handed to Amazon; only plain speech can be whispered, and only by night.

    What is urgent is not whispered.
    """
    if (
        manner == SPEAK
        and settings.get("whisper") is True
        and priority is not Priority.URGENT
        and is_night(settings)
    ):
        return f'<amazon:effect name="whispered">{escape(words)}</amazon:effect>'
    return words
