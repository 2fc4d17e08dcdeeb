"""The ways to reach people: one file each, and this tuple names them.

The order is the one in which forms offer them.
"""

from __future__ import annotations

from .inbox import Inbox
from .interface import Channel
from .mobile_app import MobileApp
from .notify_action import NotifyAction
from .notify_entity import NotifyEntity
from .persistent import Persistent
from .satellite import Satellite

CHANNELS: tuple[type[Channel], ...] = (
    MobileApp,
    Satellite,
    NotifyEntity,
    NotifyAction,
    Inbox,
    Persistent,
)
