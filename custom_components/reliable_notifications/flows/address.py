"""What keeps a text from being an address on the web, as far as looking at it tells."""

from __future__ import annotations

from yarl import URL

# Web servers take no longer ones (RFC 9110 asks for 8000, many stop at 2 kB)
_LONGEST_ADDRESS = 2000


def address_problem(address: str) -> str | None:
    """What keeps a text from being an address that can be asked, if anything."""
    if len(address) > _LONGEST_ADDRESS or any(sign.isspace() for sign in address):
        return "not_an_address"
    try:
        url = URL(address)
        port = url.port
    except ValueError:
        return "not_an_address"
    if url.scheme not in ("http", "https"):
        return "not_a_web_address"
    if not url.host or not port:
        return "not_an_address"
    if url.fragment:
        return "not_an_address"
    return None
