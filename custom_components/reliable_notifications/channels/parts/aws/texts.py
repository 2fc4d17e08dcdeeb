"""What both of Amazon's services for text messages do alike: length, price, a limit.

Must not know how either of them is called.
"""

from __future__ import annotations

from ....engine.content.sms_prices import aws_part_price
from ....engine.vocabulary import ContactKind, Price, Shape
from ....phone_numbers import country_of
from ...interface import Envelope, Limits, Setting, SettingKind
from ..sms_words import PART_PRICE, parts_of, price_of, words
from .account import USD, AwsChannel

MAX_PRICE = "max_price"

# the most that both take as the limit for a message (SendTextMessage, MaxPrice)
HIGHEST = 99.0

MAX_PRICE_SETTING = Setting(
    key=MAX_PRICE, kind=SettingKind.NUMBER, required=False, most=HIGHEST, unit=USD
)


class AwsTexts(AwsChannel):
    """One account; each recipient is reached at their own number."""

    shape = Shape.SHORT_TEXT
    contact = ContactKind.PHONE
    # 1,600 characters (SendTextMessage, MessageBody); bytes (Publish, Message)
    limits = Limits(longest=1600)

    def price(self, envelope: Envelope) -> Price | None:
        """By the parts, and the country of the number."""
        part = self.filled_in.get(PART_PRICE)
        if part is None:
            part = aws_part_price(country_of(envelope.address or ""))
        return price_of(words(envelope, self.filled_in), part, USD)

    def most_for(self, text: str) -> str | None:
        """The highest price of a message, as Amazon wants it; ours is by the part."""
        part = self.filled_in.get(MAX_PRICE)
        if part is None:
            return None
        return f"{min(part * parts_of(text), HIGHEST):.5f}"
