"""What a text message costs: by its parts, and by the country that it goes to.

The price is what the household fills in, for its own country and for all others, else
what is known of the service. Must not decide whether so much may be spent, nor know any
service.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from homeassistant.core import HomeAssistant

from ...engine.vocabulary import ContactKind, Price, Shape
from ...phone_numbers import country_of, with_code
from ..interface import MONTHLY_CAP, Channel, Envelope, Setting, SettingKind
from .sms_words import parts_of, words

PART_PRICE = "part_price"
PART_PRICE_ABROAD = "part_price_abroad"


def cost_settings(currency: str | None) -> tuple[Setting, ...]:
    """What a part costs here and elsewhere, and what all may cost in a month."""
    return (
        *(
            Setting(
                key=key,
                kind=SettingKind.NUMBER,
                required=False,
                most=10.0,
                unit=currency,
            )
            for key in (PART_PRICE, PART_PRICE_ABROAD)
        ),
        Setting(
            key=MONTHLY_CAP,
            kind=SettingKind.NUMBER,
            required=False,
            most=10_000.0,
            unit=currency,
        ),
    )


class Texts(Channel):
    """A channel that sends text messages; each is paid by its parts."""

    shape = Shape.SHORT_TEXT
    contact = ContactKind.PHONE
    paid = True

    @classmethod
    def known_price(cls, country: str | None) -> float | None:
        """What the service is known to take for a part to a country; None: not."""
        return None

    @classmethod
    def part_price(
        cls, hass: HomeAssistant, filled_in: Mapping[str, Any], country: str | None
    ) -> float | None:
        """The price of a part to a country; None where nobody knows it.

        A number of which we do not know the country counts as one of our own; as long
        as nobody has told Home Assistant where it is, so does every other.
        """
        home = hass.config.country
        is_abroad = home is not None and country not in (None, home)
        price = filled_in.get(PART_PRICE_ABROAD if is_abroad else PART_PRICE)
        return cls.known_price(country) if price is None else float(price)

    @classmethod
    def unpriced(
        cls, hass: HomeAssistant, filled_in: Mapping[str, Any], addresses: Iterable[str]
    ) -> Sequence[str]:
        """The countries of these numbers to which nobody knows the price."""
        countries = {country_of(each) or hass.config.country for each in addresses}
        return sorted(
            with_code(each)
            for each in countries
            if cls.part_price(hass, filled_in, each) is None
        )

    @classmethod
    def cap_problem(
        cls, hass: HomeAssistant, filled_in: Mapping[str, Any]
    ) -> dict[str, str]:
        """A cap is worth nothing where nobody knows what a message costs."""
        here = cls.part_price(hass, filled_in, hass.config.country)
        if filled_in.get(MONTHLY_CAP) is not None and here is None:
            return {PART_PRICE: "part_price_missing"}
        return {}

    def price(self, envelope: Envelope) -> Price | None:
        """By the parts, and the country of the number."""
        country = country_of(envelope.address or "")
        part = self.part_price(self.hass, self.filled_in, country)
        if part is None:
            return None
        parts = parts_of(words(envelope, self.filled_in))
        return Price(amount=part * parts, currency=self.currency)
