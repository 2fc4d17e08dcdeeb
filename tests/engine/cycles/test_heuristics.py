"""The page of heuristics says what the code says, and every number has a reason."""

from __future__ import annotations

from benchmarks.heuristics import CYCLES, MODULES, PAGE, constants, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m benchmarks.heuristics"


def test_every_number_has_a_reason() -> None:
    found = [each for module in MODULES for each in constants(CYCLES / f"{module}.py")]
    assert len(found) > 60
    assert [name for name, _, reason in found if len(reason) < 20] == []
