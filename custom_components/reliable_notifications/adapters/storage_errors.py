"""What a failure of the store is to whoever has called: one translated sentence.

For actions, buttons and whatever else is answered; must not be used where nobody waits
for an answer, for there the message has to go on without the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from homeassistant.exceptions import HomeAssistantError

from ..const import DOMAIN
from .transactions import StorageFailed


@contextmanager
def telling_of_the_disk() -> Iterator[None]:
    """Turn a failure of the store into a sentence for the caller."""
    try:
        yield
    except StorageFailed as failure:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="storage_failed",
            translation_placeholders={"reason": str(failure)},
        ) from failure
