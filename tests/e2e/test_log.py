"""After all other tests: nobody has complained of the integration."""

from __future__ import annotations

import pytest

from .home import Home


def test_newest_has_no_complaint(home: Home) -> None:
    assert home.process.exit_code is None, home.process.log_tail()
    assert home.process.problems() == []


@pytest.mark.ha_2025_6
def test_oldest_has_no_complaint(oldest_home: Home) -> None:
    assert oldest_home.process.exit_code is None, oldest_home.process.log_tail()
    assert oldest_home.process.problems() == []
