"""The HTML of an e-mail: one layout of tables, styled in place.

Mail programs know little of the web: tables instead of boxes, styles at each element,
nothing loaded from anywhere. Dark rooms are served by a query that overrides colours.
All that comes from outside is escaped. Must not know how the e-mail is sent: the
address of the logo's picture comes from who attaches it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
import re

from ..vocabulary import Priority
from .colours import WHITE, Colour, readable, text_on
from .letter import Brand, Letter, Link, Logo

# The widest that is read well, and what most mail programs show without scrolling
_WIDTH = 600
_FONT = (
    "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,"
    "sans-serif"
)
# the blank between a number and a short word: *12 min*, *0.84 kWh*
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[^\W\d_]{1,4}\b)")
# Addresses that may stand in a link; anything else is shown as text
_SAFE = ("https://", "http://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of a light or a dark room."""

    page: Colour
    sheet: Colour
    text: Colour
    quiet: Colour
    line: Colour


LIGHT = Palette(
    page=Colour(0xF1, 0xF4, 0xF7),
    sheet=WHITE,
    text=Colour(0x1B, 0x23, 0x2C),
    quiet=Colour(0x55, 0x60, 0x6C),
    line=Colour(0xE1, 0xE6, 0xEB),
)
DARK = Palette(
    page=Colour(0x11, 0x16, 0x1B),
    sheet=Colour(0x1C, 0x23, 0x2B),
    text=Colour(0xEE, 0xF2, 0xF5),
    quiet=Colour(0xA6, 0xB1, 0xBC),
    line=Colour(0x36, 0x40, 0x4B),
)

# What a priority looks like: the ground of its badge, by day and by night
BADGES: dict[Priority, tuple[Colour, Colour]] = {
    Priority.URGENT: (Colour(0xB4, 0x1C, 0x1C), Colour(0xF8, 0x8A, 0x8A)),
    Priority.HIGH: (Colour(0xFB, 0xD3, 0x77), Colour(0xFB, 0xD3, 0x77)),
    Priority.MEDIUM: (Colour(0xDD, 0xEC, 0xF6), Colour(0x25, 0x4A, 0x63)),
    Priority.LOW: (Colour(0xE6, 0xEA, 0xEE), Colour(0x36, 0x40, 0x4B)),
}


def html(letter: Letter, brand: Brand, logo_address: str | None = None) -> str:
    """The whole e-mail; `logo_address` is where its picture is found (*cid:logo*)."""
    inner = "".join(
        (
            _bar(brand),
            _head(brand, logo_address),
            _body(letter, brand),
            _foot(letter, brand),
        )
    )
    language, title = escape(letter.language), escape(letter.title)
    return (
        f'<!doctype html><html lang="{language}" dir="ltr"><head>'
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="supported-color-schemes" content="light dark">'
        '<meta name="format-detection" content="telephone=no,date=no,address=no">'
        f"<title>{title}</title><style>{_style(letter, brand)}</style></head>"
        f'<body class="page" style="margin:0;padding:0;word-spacing:normal;'
        f'background-color:{LIGHT.page.hex};-webkit-text-size-adjust:100%">'
        f"{_preview(letter)}"
        f'<table role="presentation" class="page" width="100%" cellpadding="0"'
        f' cellspacing="0" border="0" style="background-color:{LIGHT.page.hex}">'
        '<tr><td align="center" class="around" style="padding:24px 12px">'
        f'<!--[if mso]><table role="presentation" width="{_WIDTH}"><tr><td>'
        "<![endif]-->"
        '<table role="presentation" class="sheet" width="100%" cellpadding="0"'
        f' cellspacing="0" border="0" style="max-width:{_WIDTH}px;'
        f"background-color:{LIGHT.sheet.hex};border-radius:12px;overflow:hidden;"
        f'table-layout:fixed;font-family:{_FONT}">{inner}</table>'
        "<!--[if mso]></td></tr></table><![endif]-->"
        "</td></tr></table></body></html>"
    )


def may_be_linked(address: str) -> bool:
    """Whether a link may lead there; what begins otherwise is shown as text."""
    return address.startswith(_SAFE) and not any(map(str.isspace, address))


def _style(letter: Letter, brand: Brand) -> str:
    """What cannot stand at an element: the dark room, and narrow windows."""
    link = readable(brand.colour, DARK.sheet).hex
    badge = BADGES[letter.priority][1]
    dark = {
        ".page": f"background-color:{DARK.page.hex}!important",
        ".sheet": f"background-color:{DARK.sheet.hex}!important",
        ".text,.text a": f"color:{DARK.text.hex}!important",
        ".quiet": f"color:{DARK.quiet.hex}!important",
        ".line": f"border-color:{DARK.line.hex}!important",
        ".link": f"color:{link}!important",
        # a logo that is made for paper would vanish
        ".logo": "background-color:#ffffff!important;padding:8px 12px!important;"
        "border-radius:8px!important",
        ".badge": f"background-color:{badge.hex}!important;"
        f"color:{text_on(badge).hex}!important",
    }
    rules = "".join(f"{name}{{{style}}}" for name, style in dark.items())
    return (
        ":root{color-scheme:light dark;supported-color-schemes:light dark}"
        f"@media (prefers-color-scheme:dark){{{rules}}}"
        "@media (max-width:480px){.around{padding:0!important}"
        ".sheet{border-radius:0!important}.cell{padding-left:20px!important;"
        "padding-right:20px!important}.title{font-size:22px!important;"
        "line-height:28px!important}}"
    )


def _preview(letter: Letter) -> str:
    """What an inbox shows beside the subject, and blanks that keep the rest out."""
    return (
        '<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;'
        f'mso-hide:all;font-size:1px;line-height:1px">{escape(letter.preview)}'
        f"{'&#8199;&#65279;' * 40}</div>"
    )


def _bar(brand: Brand) -> str:
    """A line in the colour of the brand."""
    return _row(
        "&nbsp;",
        f"height:6px;line-height:6px;font-size:0;background-color:{brand.colour.hex}",
        cell="",
    )


def _head(brand: Brand, logo_address: str | None) -> str:
    """The logo, or the name of the installation."""
    if brand.logo is not None and logo_address:
        return _row(
            _picture(brand.logo, brand.home, logo_address), "padding:24px 32px 0"
        )
    return _row(
        escape(brand.home),
        "padding:24px 32px 0;font-size:15px;line-height:20px;font-weight:600;"
        f"color:{LIGHT.quiet.hex}",
        cell="cell quiet",
    )


def _picture(logo: Logo, home: str, address: str) -> str:
    size = f'width="{logo.width}" height="{logo.height}"'
    return (
        f'<img class="logo" src="{escape(address)}" {size} alt="{escape(home)}"'
        ' style="display:block;border:0;max-width:100%;height:auto;font-size:18px;'
        f'font-weight:600;color:{LIGHT.text.hex}">'
    )


def _body(letter: Letter, brand: Brand) -> str:
    ground = BADGES[letter.priority][0]
    rows = [
        _row(
            f'<span class="badge" style="display:inline-block;padding:4px 12px;'
            f"border-radius:12px;font-size:13px;line-height:18px;font-weight:600;"
            f'background-color:{ground.hex};color:{text_on(ground).hex}">'
            f"{escape(letter.urgency)}</span>",
            "padding:20px 32px 0",
        ),
        _row(
            f'<h1 class="title text" style="margin:0;font-size:26px;line-height:32px;'
            f'font-weight:700;color:{LIGHT.text.hex};{_BREAK}">'
            f"{escape(letter.title)}</h1>",
            "padding:12px 32px 0",
        ),
    ]
    rows += [
        _row(
            _lines(paragraph),
            f"padding:12px 32px 0;font-size:16px;line-height:24px;"
            f"color:{LIGHT.text.hex};{_BREAK}",
            cell="cell text",
        )
        for paragraph in letter.paragraphs
    ]
    if letter.facts:
        rows.append(_row(_facts(letter.facts), "padding:20px 32px 0"))
    if letter.link is not None and may_be_linked(letter.link.address):
        rows.append(_row(_button(letter.link, brand), "padding:24px 32px 0"))
    return "".join(rows)


# a word that is longer than the window is broken, not cut off
_BREAK = "overflow-wrap:anywhere;word-break:break-word"


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    """Labels and values, a line each."""
    line = f"border-top:1px solid {LIGHT.line.hex};padding:10px 0;font-size:15px;"
    line += f"line-height:20px;vertical-align:top;{_BREAK}"
    rows = "".join(
        f'<tr><th scope="row" class="line quiet" align="left" width="42%"'
        f' style="{line};padding-right:12px;font-weight:400;color:{LIGHT.quiet.hex}">'
        f"{escape(label)}</th>"
        f'<td class="line text" align="left" style="{line};font-weight:600;'
        f'color:{LIGHT.text.hex}">{escape(value)}</td></tr>'
        for label, value in facts
    )
    return (
        '<table width="100%" cellpadding="0" cellspacing="0" border="0"'
        f' style="table-layout:fixed">{rows}</table>'
    )


def _button(link: Link, brand: Brand) -> str:
    """A link that looks like a button; a coloured cell is what Outlook knows."""
    ink = (brand.on_colour or text_on(brand.colour)).hex
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>'
        f'<td style="border-radius:8px;background-color:{brand.colour.hex}">'
        f'<a href="{escape(link.address)}" style="display:inline-block;'
        f"padding:12px 22px;font-size:16px;line-height:20px;font-weight:600;"
        f'text-decoration:none;border-radius:8px;color:{ink}">'
        f"{escape(link.label)}</a></td></tr></table>"
    )


def _foot(letter: Letter, brand: Brand) -> str:
    """Who has sent it, why, and how to get no more of it."""
    colour = readable(brand.colour, LIGHT.sheet).hex
    links = " &nbsp;·&nbsp; ".join(
        f'<a class="link" href="{escape(link.address)}" style="color:{colour};'
        f'text-decoration:underline">{escape(link.label)}</a>'
        if may_be_linked(link.address)
        else escape(f"{link.label}: {link.address}")
        for link in brand.links
    )
    sender = "<br>".join(escape(each) for each in (brand.home, *brand.company))
    parts = [sender, links, escape(f"{letter.sent}. {letter.why}")]
    parts.append(escape(letter.unsubscribe))
    inner = "".join(f'<p style="margin:0 0 10px">{part}</p>' for part in parts if part)
    return _row(
        f'<div class="line" style="border-top:1px solid {LIGHT.line.hex};'
        f'padding-top:16px">{inner}</div>',
        f"padding:32px 32px 20px;font-size:13px;line-height:19px;"
        f"color:{LIGHT.quiet.hex};{_BREAK}",
        cell="cell quiet",
    )


def _lines(text: str) -> str:
    """Text with its lines, and with no number torn from its unit."""
    glued = _BEFORE_UNIT.sub("\u00a0", text)
    return "<br>".join(escape(line) for line in glued.splitlines())


def _row(inner: str, style: str, *, cell: str = "cell") -> str:
    return f'<tr><td class="{cell}" align="left" style="{style}">{inner}</td></tr>'
