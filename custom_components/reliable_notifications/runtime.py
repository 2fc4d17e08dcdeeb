"""Builds the parts of one config entry.

Knows every part and puts it in its place; decides nothing, and starts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
import random

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceEntry, DeviceEntryType
from homeassistant.util import dt as dt_util

from .adapters.cycle_log import CycleLog
from .adapters.daily_log import DailyLog
from .adapters.database import Database
from .adapters.decision_log import DecisionLog
from .adapters.delivery_log import DeliveryLog
from .adapters.heartbeat import Heartbeat
from .adapters.house_modes import HouseModes
from .adapters.household import Household
from .adapters.inbox_store import InboxStore
from .adapters.origin import Origin
from .adapters.outbox import Outbox
from .adapters.receipts import Receipts
from .adapters.retention import Retention
from .adapters.scoreboard import Scoreboard
from .adapters.uptime import Uptime
from .adapters.watchdog import Watchdog
from .announcements import Announcements
from .answering.answers import Answers
from .answering.assist import Assist
from .answering.choices import Choices
from .answering.complaints import Complaints
from .answering.inbox import Inbox
from .answering.proposed_changes import ProposedChanges
from .answering.sentences import Sentences
from .appliances.appliance import ApplianceWatch
from .channels.interface import LOGO
from .channels.parts.shelf import SHELF
from .channels.satellite import HEARD
from .configured import appliances, bindings, channels, message_templates, recipients
from .const import (
    CONF_HEARTBEAT_URL,
    DOMAIN,
)
from .decisions.bindings import Bindings
from .decisions.digests import Digests
from .decisions.laid_down import laid_down
from .decisions.surroundings import async_household
from .engine.routing.catalogue import Category
from .pipeline import Pipeline
from .recipients.directory import Directory
from .recipients.verification import Verification
from .recipients.wishes import Wishes
from .reporting.latest_messages import InWords, LatestMessages
from .reporting.live_progress import LiveProgress
from .store import async_open
from .texts.letterhead import brand_of, kept_logo, logo_file
from .texts.wording import Wording
from .upkeep.canary import Canary
from .upkeep.closed_addresses import ClosedAddresses
from .upkeep.concern_sources import concerns
from .upkeep.concerns import Concerns
from .upkeep.hint_sources import hint_sources
from .upkeep.hints import Hints
from .upkeep.self_test import async_trouble

# what channels and platforms find in Home Assistant's data while an entry is set up
_LENT = (SHELF, LOGO, HEARD)

# those that can be switched off: whoever tries a channel wants to see it work
CATEGORIES = tuple(each.value for each in Category if each is not Category.TEST)

type RnConfigEntry = ConfigEntry[Runtime]


@dataclass(slots=True, kw_only=True)
class Runtime:
    """The parts of one entry while it is set up."""

    hub: DeviceEntry
    database: Database
    household: Household
    outbox: Outbox
    origin: Origin
    inbox: Inbox
    cycle_log: CycleLog
    daily_log: DailyLog
    decision_log: DecisionLog
    latest_messages: LatestMessages = field(init=False)
    retention: Retention
    uptime: Uptime
    heartbeat: Heartbeat | None
    scoreboard: Scoreboard
    pipeline: Pipeline
    watches: Mapping[str, ApplianceWatch]
    watchdog: Watchdog
    verification: Verification
    wishes: Wishes
    bindings: Bindings
    live_progress: LiveProgress
    canary: Canary
    changes: ProposedChanges = field(init=False)
    complaints: Complaints = field(init=False)
    receipts: Receipts = field(init=False)
    concerns: Concerns = field(init=False)
    hints: Hints = field(init=False)
    assist: Assist = field(init=False)
    sentences: Sentences = field(init=False)
    categories: tuple[str, ...] = CATEGORIES

    @property
    def modes(self) -> HouseModes:
        """What people have switched for everybody."""
        return self.household.modes


async def async_build(hass: HomeAssistant, entry: RnConfigEntry) -> Runtime:
    """Open the store and put the parts together; nothing runs yet."""
    database = await async_open(hass)
    directory = Directory(hass, channels(hass, entry), recipients(entry))
    household = await async_household(hass, entry, database, directory)
    outbox = Outbox(database)
    origin = Origin(hass, database, outbox)
    cycle_log = CycleLog(database)
    inbox_store = InboxStore(database)
    hass.data[SHELF] = inbox_store
    uptime = Uptime(hass, database, lambda: _async_self_test(runtime))
    heartbeat = _heartbeat(hass, entry, uptime)
    scoreboard = Scoreboard(hass, DeliveryLog(database), cycle_log, uptime)
    pipeline = Pipeline(
        hass,
        database=database,
        outbox=outbox,
        scoreboard=scoreboard,
        announcements=Announcements(hass),
        directory=directory,
        household=household,
        laid_down=laid_down(hass, entry),
        wording=await _async_wording(hass, entry),
    )
    hass.data[HEARD] = pipeline.responses.async_heard_aloud
    watches = {
        spec.id: ApplianceWatch(hass, entry, spec, cycle_log, pipeline.async_happened)
        for spec in appliances(entry)
    }
    runtime = Runtime(
        hub=_hub(hass, entry),
        database=database,
        household=household,
        outbox=outbox,
        origin=origin,
        inbox=Inbox(inbox_store, pipeline.responses.async_book),
        cycle_log=cycle_log,
        daily_log=DailyLog(database),
        decision_log=DecisionLog(database),
        retention=Retention(hass, database, random.random),
        uptime=uptime,
        heartbeat=heartbeat,
        scoreboard=scoreboard,
        pipeline=pipeline,
        watches=watches,
        watchdog=_watchdog(hass, database, pipeline),
        verification=Verification(
            directory.configured, pipeline.wording, pipeline.courier.ask
        ),
        wishes=Wishes(hass, entry, directory),
        bindings=_bindings(hass, entry, pipeline),
        live_progress=_live_progress(hass, pipeline, watches),
        canary=_canary(hass, pipeline),
    )
    pipeline.courier.in_one = _digests(runtime).async_in_one
    _answering(hass, entry, runtime)
    _look_after(hass, runtime)
    runtime.assist = _assist(hass, runtime)
    runtime.sentences = Sentences(hass, runtime.assist)
    return runtime


def _look_after(hass: HomeAssistant, runtime: Runtime) -> None:
    """What shows people how things stand: by a message, a hint, a list."""
    runtime.concerns = concerns(hass, runtime)
    switchboard = runtime.pipeline.switchboard
    runtime.latest_messages = LatestMessages(
        hass,
        runtime.decision_log,
        runtime.pipeline.directory,
        InWords(reasons=switchboard.reasons, changes=switchboard.changes),
    )
    runtime.hints = Hints(hass, hint_sources(hass, runtime))


def _digests(runtime: Runtime) -> Digests:
    wording, switchboard = runtime.pipeline.wording, runtime.pipeline.switchboard
    return Digests(wording, switchboard, runtime.cycle_log, runtime.watches)


def _assist(hass: HomeAssistant, runtime: Runtime) -> Assist:
    return Assist(
        hass,
        runtime.outbox,
        runtime.inbox,
        runtime.pipeline.responses,
        runtime.pipeline.snoozing,
        runtime.watches,
    )


def _bindings(
    hass: HomeAssistant, entry: RnConfigEntry, pipeline: Pipeline
) -> Bindings:
    catalogue = pipeline.switchboard.laid_down.rules.catalogue
    say, specs = pipeline.async_say, appliances(entry)
    return Bindings(hass, bindings(entry), catalogue, say, specs)


def _canary(hass: HomeAssistant, pipeline: Pipeline) -> Canary:
    closed = ClosedAddresses(pipeline.directory, pipeline.gate)
    channels, health = pipeline.directory.configured, pipeline.courier.health
    return Canary(hass, channels, health, closed.async_look)


def _watchdog(hass: HomeAssistant, database: Database, pipeline: Pipeline) -> Watchdog:
    say = partial(pipeline.announcements.async_say, None)
    return Watchdog(hass, database, pipeline.courier, say)


def _answering(hass: HomeAssistant, entry: RnConfigEntry, runtime: Runtime) -> None:
    """Put together what hears people, and does what they say."""
    pipeline, outbox = runtime.pipeline, runtime.outbox
    runtime.changes = ProposedChanges(hass, entry, pipeline.directory, runtime.wishes)
    runtime.complaints = Complaints(
        hass,
        outbox=outbox,
        decision_log=runtime.decision_log,
        directory=pipeline.directory,
        responses=pipeline.responses,
        announcements=pipeline.announcements,
        changes=runtime.changes,
    )
    choices = Choices(
        hass,
        outbox,
        pipeline.directory.channels,
        pipeline.snoozing,
        runtime.wishes,
        runtime.complaints,
    )
    answers = Answers(outbox, runtime.watches, choices, pipeline.announcements)
    book = pipeline.responses.async_book
    runtime.receipts = Receipts(
        hass, outbox, book, answers.async_take, answers.async_say
    )


def _live_progress(
    hass: HomeAssistant, pipeline: Pipeline, watches: Mapping[str, ApplianceWatch]
) -> LiveProgress:
    channels = pipeline.directory.channels.values()
    resting = pipeline.courier.health.resting
    return LiveProgress(hass, channels, watches.values(), resting)


def take_back(hass: HomeAssistant) -> None:
    """Leave nothing of an entry that is not set up any more."""
    for key in _LENT:
        hass.data.pop(key, None)


async def _async_wording(hass: HomeAssistant, entry: RnConfigEntry) -> Wording:
    """What says everything, with the letterhead and the templates of the entry."""
    if logo := await hass.async_add_executor_job(kept_logo, logo_file(hass)):
        hass.data[LOGO] = logo
    brand = brand_of(entry.options, hass.config.location_name)
    return Wording(hass, brand, tuple(message_templates(entry)))


async def _async_self_test(runtime: Runtime) -> str | None:
    """What is wrong with the pipeline, or None; the store is tested by the caller."""
    return await async_trouble(
        runtime.pipeline.courier,
        runtime.watchdog,
        runtime.pipeline.directory.configured,
    )


def _heartbeat(
    hass: HomeAssistant, entry: RnConfigEntry, uptime: Uptime
) -> Heartbeat | None:
    address = entry.options.get(CONF_HEARTBEAT_URL)
    if not address:
        return None
    return Heartbeat(
        hass, address, lambda: uptime.verdict(dt_util.utcnow().timestamp())
    )


def _hub(hass: HomeAssistant, entry: RnConfigEntry) -> DeviceEntry:
    return dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, entry.entry_id)},
        entry_type=DeviceEntryType.SERVICE,
        name=entry.title,
        manufacturer="Reliable Notifications",
    )
