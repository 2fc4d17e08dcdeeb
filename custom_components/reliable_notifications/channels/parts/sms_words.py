"""The words of a text message as it is sent, and what they cost by their parts.

The same for every service that sends them. Must not know any service.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.content.sms import Style, fitted, measure, one_text
from ...engine.vocabulary import Price
from ..interface import MONTHLY_CAP, Envelope, Setting, SettingKind

MOST_PARTS = "most_parts"
EMOJI = "emoji"
ACCENTS = "accents"
PART_PRICE = "part_price"

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


def cost_settings(currency: str | None) -> tuple[Setting, ...]:
    """What a part costs, and what all may cost in a month."""
    return (
        Setting(
            key=PART_PRICE,
            kind=SettingKind.NUMBER,
            required=False,
            most=10.0,
            unit=currency,
        ),
        Setting(
            key=MONTHLY_CAP,
            kind=SettingKind.NUMBER,
            required=False,
            most=10_000.0,
            unit=currency,
        ),
    )


def words(envelope: Envelope, filled_in: Mapping[str, Any]) -> str:
    """What is sent: one plain text, no longer than the household wants."""
    style = Style(
        most_parts=int(filled_in.get(MOST_PARTS, USUAL_PARTS)),
        emoji=bool(filled_in.get(EMOJI)),
        accents=bool(filled_in.get(ACCENTS)),
    )
    return fitted(one_text(envelope.title, envelope.message), style)


def price_of(text: str, part: float | None, currency: str) -> Price | None:
    """What a text costs by its parts; None where the price of one is not known."""
    if part is None:
        return None
    return Price(amount=part * parts_of(text), currency=currency)


def parts_of(text: str) -> int:
    """In how many parts it is sent, and paid."""
    return measure(text).parts


def in_parts(text: str) -> str:
    """How many parts, said to people."""
    parts = parts_of(text)
    return "in 1 part" if parts == 1 else f"in {parts} parts"


def cap_problem(filled_in: Mapping[str, Any], known: float | None) -> dict[str, str]:
    """A cap is worth nothing where nobody knows what a message costs."""
    unknown = filled_in.get(PART_PRICE) is None and known is None
    if filled_in.get(MONTHLY_CAP) is not None and unknown:
        return {PART_PRICE: "part_price_missing"}
    return {}
