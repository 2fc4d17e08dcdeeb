"""The ways to reach people: one file each, and this tuple names them.

The order is the one in which forms offer them.
"""

from __future__ import annotations

from .alexa import Alexa
from .alexa_media import AlexaMedia
from .html5 import Html5
from .inbox import Inbox
from .interface import Channel
from .mobile_app import MobileApp
from .notify_action import NotifyAction
from .notify_entity import NotifyEntity
from .ntfy import Ntfy
from .persistent import Persistent
from .satellite import Satellite
from .ses import Ses
from .signal import Signal
from .sms_action import SmsAction
from .sms_aws import SmsAws
from .smtp import Smtp
from .sns import Sns
from .speaker import Speaker
from .telegram import Telegram
from .webhook import Webhook

CHANNELS: tuple[type[Channel], ...] = (
    MobileApp,
    Alexa,
    AlexaMedia,
    Satellite,
    Speaker,
    Telegram,
    Ntfy,
    Html5,
    NotifyEntity,
    NotifyAction,
    Smtp,
    Ses,
    SmsAws,
    Sns,
    SmsAction,
    Signal,
    Inbox,
    Webhook,
    Persistent,
)
