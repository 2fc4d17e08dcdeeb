"""What is said aloud, and how long that takes.

The words come rendered for speech; here they are only bounded, because nobody can stop
a speaker that reads out a page. Must not change what is said.
"""

from __future__ import annotations

from ..interface import Envelope, Limits

# Characters: about 17 seconds, which is as long as one listens to a machine, and what
# Amazon's "speak" takes at least
LONGEST_SPEECH = 250

# what a speaker takes, besides that a room listens to one thing at a time
LIMITS = Limits(longest=LONGEST_SPEECH)

# Characters that a voice speaks in a second: 150 words a minute, the usual rate of text
# to speech, at six characters a word with its space
PACE = 15.0

# Seconds of a chime before and of silence after the words
_AROUND = 2.0


def spoken(envelope: Envelope) -> str:
    """The words to say: title and message, once each, not longer than the limit."""
    title = envelope.title.strip().rstrip(".")
    message = envelope.message.strip()
    said = title and title.casefold() not in message.casefold()
    return bounded(f"{title}. {message}" if said and message else message or title)


def bounded(text: str) -> str:
    """Cut after the last sentence that fits, or after the last word."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_SPEECH:
        return text
    head = text[: LONGEST_SPEECH + 1]
    for end in (". ", "! ", "? "):
        if (at := head.rfind(end)) > LONGEST_SPEECH // 2:
            return head[: at + 1]
    return head[: head.rfind(" ")] if " " in head else head[:LONGEST_SPEECH]


def seconds_to_say(text: str) -> float:
    """About how long a voice needs for it, with the chime."""
    return len(text) / PACE + _AROUND
