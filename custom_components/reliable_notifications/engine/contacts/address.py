"""What people write as an e-mail address: as it is stored, or what is wrong with it.

Only the form is looked at; whether mail arrives there is shown by a code. Must not ask
the network.
"""

from __future__ import annotations

from email.errors import HeaderParseError
from email.headerregistry import Address

# RFC 5321, 4.5.3.1: octets of the part before the sign, and of the whole
_LONGEST_NAME = 64
_LONGEST = 254


def email_address(written: str) -> str | None:
    """The address without what stands around it; None where it cannot be one.

    The domain is in lower case; a name in another script is kept, a domain in one is
    turned into the form that mail servers know.
    """
    text = written.strip()
    if not text.isprintable() or any(sign in text for sign in ' ,;<>"'):
        return None
    try:
        address = Address(addr_spec=text)
        domain = address.domain.encode("idna").decode("ascii").lower()
    except (HeaderParseError, ValueError, IndexError):
        return None
    stored = f"{address.username}@{domain}"
    fits = (
        len(address.username.encode()) <= _LONGEST_NAME
        and len(stored.encode()) <= _LONGEST
    )
    return stored if fits and address.username and _is_domain(domain) else None


def _is_domain(domain: str) -> bool:
    """Of at least two labels, the last of which is no number."""
    labels = domain.split(".")
    return (
        len(labels) > 1
        and not labels[-1].isdigit()
        and all(
            label.replace("-", "a").isalnum()
            and not label.startswith("-")
            and not label.endswith("-")
            for label in labels
        )
    )
