"""What both of Amazon's services for text messages do alike: length, price, a limit.

Must not know how either of them is called.
"""

from __future__ import annotations

from ....engine.content.sms_prices import aws_part_price
from ...interface import Limits, Setting, SettingKind
from ..sms_words import parts_of
from ..text_prices import Texts
from .account import USD, AwsChannel

MAX_PRICE = "max_price"

# the most that both take as the limit for a message (SendTextMessage, MaxPrice)
HIGHEST = 99.0

MAX_PRICE_SETTING = Setting(
    key=MAX_PRICE, kind=SettingKind.NUMBER, required=False, most=HIGHEST, unit=USD
)


class AwsTexts(Texts, AwsChannel):
    """One account; each recipient is reached at their own number."""

    # 1,600 characters (SendTextMessage, MessageBody); bytes (Publish, Message)
    limits = Limits(longest=1600)

    @classmethod
    def known_price(cls, country: str | None) -> float | None:
        """What Amazon takes, where that is known."""
        return aws_part_price(country)

    def most_for(self, text: str) -> str | None:
        """The highest price of a message, as Amazon wants it; ours is by the part."""
        part = self.filled_in.get(MAX_PRICE)
        if part is None:
            return None
        return f"{min(part * parts_of(text), HIGHEST):.5f}"
