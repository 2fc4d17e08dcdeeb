"""E-mail addresses as people write them."""

from __future__ import annotations

import pytest

from custom_components.reliable_notifications.engine.contacts.address import (
    email_address,
)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("anna@example.org", "anna@example.org"),
        ("  Anna.B+washer@Example.ORG ", "Anna.B+washer@example.org"),
        ("anna@mail.example.co.uk", "anna@mail.example.co.uk"),
        ("a@b.de", "a@b.de"),
        ("anna@müller.de", "anna@xn--mller-kva.de"),
        ("o'neill@example.org", "o'neill@example.org"),
        (f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
    ],
)
def test_good_ones_are_read(written: str, stored: str) -> None:
    assert email_address(written) == stored


@pytest.mark.parametrize(
    "written",
    [
        *("", "anna", "anna@", "@example.org", "anna@example", "anna@@example.org"),
        *("anna@ex ample.org", "anna@example.org, ben@example.org"),
        *("Anna <anna@example.org>", "anna@-example.org", "anna@example-.org"),
        *("anna@example..org", "anna@192.168.0.1", "anna@exa_mple.org"),
        *("anna\n@example.org", "anna@example.org\nBcc: x@example.org"),
        *(f"{'a' * 65}@example.org", f"anna@{'a.' * 130}org", "anna@[127.0.0.1]"),
        '"anna b"@example.org',
    ],
)
def test_what_cannot_be_one_is_refused(written: str) -> None:
    assert email_address(written) is None
