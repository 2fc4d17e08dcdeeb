"""Which appliance somebody means, who calls it by its name.

Must not know where the name came from: an action, an event of another system.
"""

from __future__ import annotations

from collections.abc import Iterable

from .chronicle import ApplianceSpec


def named(specs: Iterable[ApplianceSpec], wanted: str) -> ApplianceSpec | None:
    """Find an appliance by id, or by name without regard to case."""
    for spec in specs:
        if wanted == spec.id or wanted.casefold() == spec.name.casefold():
            return spec
    return None
