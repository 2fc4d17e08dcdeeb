"""The actions: ways in for automations and scripts, one file each.

The order is the one of their documentation.
"""

from __future__ import annotations

from .acknowledge import ACKNOWLEDGE
from .check_channel import CHECK_CHANNEL
from .explain import EXPLAIN
from .feedback import GIVE_FEEDBACK
from .history import HISTORY
from .interface import Action
from .name_programme import NAME_PROGRAMME
from .pause import PAUSE, RESUME
from .preview import PREVIEW
from .programmes import PROGRAMMES
from .resolve import RESOLVE
from .retry import RETRY
from .send import SEND
from .snooze import SNOOZE
from .test_channel import TEST_CHANNEL

ACTIONS: tuple[Action, ...] = (
    SEND,
    ACKNOWLEDGE,
    SNOOZE,
    RESOLVE,
    RETRY,
    PREVIEW,
    EXPLAIN,
    GIVE_FEEDBACK,
    PAUSE,
    RESUME,
    HISTORY,
    TEST_CHANNEL,
    CHECK_CHANNEL,
    PROGRAMMES,
    NAME_PROGRAMME,
)
