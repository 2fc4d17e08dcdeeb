"""After all other tests: nobody has complained of the integration."""

from __future__ import annotations

from .home import Home


def test_newest_has_no_complaint(home: Home) -> None:
    assert home.process.exit_code is None, home.process.log_tail()
    assert home.process.problems() == []
