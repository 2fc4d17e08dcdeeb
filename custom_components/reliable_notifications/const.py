"""Names that the shell shares: the domain, subentry types, data keys, bus events.

Nothing tunable lives here; a number belongs beside the rule that uses it.
"""

from __future__ import annotations

from typing import Final

DOMAIN: Final = "reliable_notifications"

SUBENTRY_APPLIANCE: Final = "appliance"
SUBENTRY_RECIPIENT: Final = "recipient"
SUBENTRY_CHANNEL: Final = "channel"
SUBENTRY_RULE: Final = "rule"
SUBENTRY_BINDING: Final = "binding"

# data of an appliance: kind (ApplianceKind value) and its power sensor, which may be
# missing if the appliance itself says what it is doing (native entity). Sensors are
# kept by entity-registry id where they have one, so that a rename changes nothing.
CONF_KIND: Final = "kind"
CONF_POWER_ENTITY: Final = "power_entity"
# data of an appliance, optional: what else tells of it, kept by the same rule
CONF_DOOR_ENTITY: Final = "door_entity"
CONF_VIBRATION_ENTITY: Final = "vibration_entity"
CONF_COUNTER_ENTITY: Final = "energy_entity"
CONF_PRICE_ENTITY: Final = "price_entity"
CONF_NATIVE_ENTITY: Final = "native_entity"
# data of an appliance, optional: minutes before its expected end at which it is almost
# done, and whether people want to be told
CONF_ALMOST_DONE_MINUTES: Final = "almost_done_minutes"
CONF_TELL_STARTED: Final = "tell_started"
CONF_TELL_ALMOST_DONE: Final = "tell_almost_done"
# data of an appliance, optional: how loudly its finish is told (a Priority)
CONF_PRIORITY: Final = "priority"

# data of a recipient: person (entity id, optional) and channel subentry ids in order
CONF_PERSON: Final = "person"
CONF_CHANNELS: Final = "channels"
# data of a recipient, optional: roles (Role values), language, contact points by kind
# (value, verified), and preferences, which people.py reads; the entities are in there,
# but for the one that names the room
CONF_ROLES: Final = "roles"
CONF_LANGUAGE: Final = "language"
CONF_CONTACTS: Final = "contacts"
CONF_ROOM_ENTITY: Final = "room_entity"
CONF_PREFERENCES: Final = "preferences"
CONF_SLEEP_ENTITY: Final = "sleep_entity"
CONF_DND_ENTITY: Final = "do_not_disturb_entity"

# data of a channel: kind (Channel.kind) and its target (what Channel.choices gave)
CONF_SETTINGS: Final = "settings"
CONF_TARGET: Final = "target"

# data of a message template: the event that it is for, shape and language (or *any*),
# and what stands in place of our title (optional) and message
SUBENTRY_TEMPLATE: Final = "message_template"
CONF_EVENT: Final = "event"
CONF_SHAPE: Final = "shape"
CONF_TITLE: Final = "title"
CONF_MESSAGE: Final = "message"

# options: the letterhead of e-mails. Colours are [red, green, blue], the size of the
# logo [width, height] as it is shown; its picture is in the file
CONF_BRAND_NAME: Final = "brand_name"
CONF_COLOUR: Final = "colour"
CONF_TEXT_COLOUR: Final = "text_colour"
CONF_COMPANY: Final = "company"
CONF_LINKS: Final = "links"
CONF_LOGO_SIZE: Final = "logo_size"
LOGO_FILE: Final = f"{DOMAIN}.logo.png"
LETTER_PREVIEW: Final = f"/api/{DOMAIN}/letter"


# options of the entry: where a sign of life goes to; a secret
# the inbox that is there without being added
BUILT_IN_INBOX: Final = "built_in_inbox"
BUILT_IN_INBOX_NAME: Final = "Inbox"

CONF_HEARTBEAT_URL: Final = "heartbeat_url"
# options of the entry: the table of priorities, the household's quiet hours (spans of
# minutes and weekdays), and what is told in another way than usual, by event key
CONF_PRESET: Final = "preset"
CONF_QUIET: Final = "quiet"
CONF_EVENTS: Final = "events"
CONF_POLICIES: Final = "policies"

# options of the entry: what says that guests are there, that everybody is away for
# longer, that the internet is reached; sensors of rooms that are not to be heard
CONF_GUEST_ENTITY: Final = "guest_entity"
CONF_VACATION_ENTITY: Final = "vacation_entity"
CONF_VACATION_AFTER: Final = "vacation_after"  # hours for which everybody is away
CONF_INTERNET_ENTITY: Final = "internet_entity"
CONF_IGNORED_ENTITIES: Final = "ignored_entities"

DASHBOARD_URL: Final = "reliable-notifications"
DATABASE_FILE: Final = "reliable_notifications.db"

# everything on Home Assistant's bus is called reliable_notifications_<what>, for the
# words in vocabulary.CycleEventKind and UnloadingEventKind, and those of a delivery
# or a channel
EVENT_PREFIX: Final = f"{DOMAIN}_"
DELIVERED: Final = "delivered"
FAILED: Final = "failed"
ACKNOWLEDGED: Final = "acknowledged"
REPLIED: Final = "replied"
# and for a part of the pipeline that had to be started again
RESTARTED: Final = "restarted"
CHANNEL_DOWN: Final = "channel_down"
CHANNEL_RESTORED: Final = "channel_restored"

ATTR_APPLIANCE: Final = "appliance"
ATTR_ACKNOWLEDGE: Final = "acknowledge"
ATTR_ASLEEP: Final = "asleep"
ATTR_AT: Final = "at"
ATTR_AWAKE: Final = "awake"
ATTR_CONDITIONS_FAIL: Final = "conditions_fail"
ATTR_CONDITIONS_HOLD: Final = "conditions_hold"
ATTR_DISTURBABLE: Final = "may_be_disturbed"
ATTR_DO_NOT_DISTURB: Final = "do_not_disturb"
ATTR_AWAY: Final = "away"
ATTR_BUTTONS: Final = "buttons"
ATTR_CATEGORY: Final = "category"
ATTR_CHANNELS: Final = "channels"
ATTR_CHANNELS_DOWN: Final = "channels_down"
ATTR_DATA: Final = "data"
ATTR_EVENT: Final = "event"
ATTR_EXPIRES: Final = "expires"
ATTR_GUEST: Final = "guest"
ATTR_HOME: Final = "home"
ATTR_IMAGE: Final = "image"
ATTR_INTERNET: Final = "internet"
ATTR_PAUSED: Final = "paused"
ATTR_VACATION: Final = "vacation"
ATTR_INCIDENT: Final = "incident"
ATTR_INTENT_ID: Final = "intent_id"
ATTR_MESSAGE: Final = "message"
ATTR_MINUTES: Final = "minutes"
ATTR_NOTIFICATION_ID: Final = "notification_id"
ATTR_PRIORITY: Final = "priority"
ATTR_RECIPIENTS: Final = "recipients"
ATTR_TITLE: Final = "title"
ATTR_UNTIL: Final = "until"
SERVICE_ACKNOWLEDGE: Final = "acknowledge"
ATTR_APPLY: Final = "apply"
ATTR_COMPLAINT: Final = "complaint"
FEEDBACK: Final = "feedback"
# how the id of a hint begins that proposes a change
CHANGE_HINT: Final = "change_"
SERVICE_FEEDBACK: Final = "feedback"
SERVICE_EXPLAIN: Final = "explain"
SERVICE_PREVIEW: Final = "preview"
SERVICE_RETRY: Final = "retry"
SERVICE_PAUSE: Final = "pause"
SERVICE_RESUME: Final = "resume"
SERVICE_RESOLVE: Final = "resolve"
SERVICE_SEND: Final = "send"
SERVICE_SNOOZE: Final = "snooze"
ATTR_NAME: Final = "name"
ATTR_NUMBER: Final = "number"
SERVICE_PROGRAMMES: Final = "programmes"
SERVICE_NAME_PROGRAMME: Final = "name_programme"
ATTR_CHANNEL: Final = "channel"
ATTR_RECIPIENT: Final = "recipient"
SERVICE_TEST_CHANNEL: Final = "test_channel"
SERVICE_CHECK_CHANNEL: Final = "check_channel"
ATTR_DAYS: Final = "days"
SERVICE_HISTORY: Final = "history"

# what goes to a phone and comes back in its answers: which intent
PUSH_INTENT: Final = "rn_intent"
