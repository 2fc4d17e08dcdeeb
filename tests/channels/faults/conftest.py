"""The page in which the cells end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.channels.faults import matrix
from tests.channels.faults.matrix import Fault

# what is measured is shown, and between the two versions nothing of this changes
collect_ignore_glob = [] if matrix.VERSION in matrix.SHOWN else ["test_*.py"]

type Cells = dict[tuple[str, Fault], str]


@pytest.fixture(scope="session")
def cells() -> Iterator[Cells]:
    measured: Cells = {}
    yield measured
    if matrix.WRITING and matrix.VERSION in matrix.SHOWN:
        matrix.write(measured)
