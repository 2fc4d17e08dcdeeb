"""A code that is read at a contact point and typed in here proves that it is theirs.

The rules: a code holds for ten minutes and takes five tries; a new one makes the old
one worthless; one contact gets at most one code a minute and five an hour, and a whole
house at most twenty an hour. What is kept of a code is its hash.

Pure: the code, the salt and `now` are arguments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
import hashlib
import hmac

from ..vocabulary import Instant

# Long enough to find the phone in another room and for slow mail, short enough that a
# code that is found later is worth nothing
HOLDS = 600.0

# Of a million codes, five tries find one in 200,000
MOST_TRIES = 5

# A person who did not get it asks again after a minute; more often is a machine, or
# somebody who fills a stranger's phone
PAUSE = 60.0
MOST_AN_HOUR = 5
MOST_OF_ALL_AN_HOUR = 20

_HOUR = 3600.0
DIGITS = 6


class Answer(StrEnum):
    """What a typed code is worth; all but the first are keys of translated errors."""

    RIGHT = "right"
    WRONG = "code_wrong"
    TOO_OLD = "code_too_old"
    TOO_OFTEN = "code_too_often"


class Refusal(StrEnum):
    """Why no code is sent; the values are keys of translated errors."""

    WAIT = "code_wait"
    ENOUGH = "code_enough"


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A code that was sent to one contact, as far as it has to be known."""

    salt: bytes
    digest: bytes
    expires_at: Instant
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The codes that are open, and when which contact was sent one in the last hour."""

    open: Mapping[str, Challenge] = field(default_factory=dict)
    sent: Mapping[str, tuple[Instant, ...]] = field(default_factory=dict)


def refusal(codes: Codes, contact: str, now: Instant) -> Refusal | None:
    """Why this contact is not sent a code now, if it is not."""
    sent = _recent(codes.sent, now)
    own = sent.get(contact, ())
    if len(own) >= MOST_AN_HOUR:
        return Refusal.ENOUGH
    if sum(map(len, sent.values())) >= MOST_OF_ALL_AN_HOUR:
        return Refusal.ENOUGH
    return Refusal.WAIT if own and now - own[-1] < PAUSE else None


def issued(codes: Codes, contact: str, code: str, salt: bytes, now: Instant) -> Codes:
    """The contact is sent this code; an older one counts no more."""
    sent = dict(_recent(codes.sent, now))
    sent[contact] = (*sent.get(contact, ()), now)
    challenge = Challenge(salt=salt, digest=_digest(code, salt), expires_at=now + HOLDS)
    return Codes(open={**codes.open, contact: challenge}, sent=sent)


def tried(codes: Codes, contact: str, code: str, now: Instant) -> tuple[Codes, Answer]:
    """Somebody has typed a code; a right one can be used once."""
    challenge = codes.open.get(contact)
    if challenge is None or now >= challenge.expires_at:
        return _without(codes, contact), Answer.TOO_OLD
    if challenge.tries >= MOST_TRIES:
        return codes, Answer.TOO_OFTEN
    typed = "".join(sign for sign in code if not sign.isspace() and sign != "-")
    if hmac.compare_digest(_digest(typed, challenge.salt), challenge.digest):
        return _without(codes, contact), Answer.RIGHT
    again = replace(challenge, tries=challenge.tries + 1)
    return replace(codes, open={**codes.open, contact: again}), Answer.WRONG


def _without(codes: Codes, contact: str) -> Codes:
    left = {key: each for key, each in codes.open.items() if key != contact}
    return replace(codes, open=left)


def _recent(
    sent: Mapping[str, tuple[Instant, ...]], now: Instant
) -> Mapping[str, tuple[Instant, ...]]:
    """Only what was sent within the hour; a clock set back forgets the future."""
    kept = {
        contact: tuple(at for at in times if 0.0 <= now - at < _HOUR)
        for contact, times in sent.items()
    }
    return {contact: times for contact, times in kept.items() if times}


def _digest(code: str, salt: bytes) -> bytes:
    return hashlib.blake2b(code.encode(), key=salt, digest_size=32).digest()
