"""Builds the parts of one config entry, starts them in order, and stops them.

Knows every part and puts it in its place; decides nothing.
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
from .adapters.unreadable import async_drop_unreadable
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
from .appliances.chronicle import Memory
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


async def async_start(runtime: Runtime) -> None:
    """Begin to send what is open, then to watch."""
    await async_drop_unreadable(runtime.database, runtime.outbox)
    await runtime.origin.async_start()
    runtime.pipeline.directory.async_open()
    await runtime.pipeline.gate.async_start()
    await runtime.pipeline.switchboard.laid_down.conditions.async_start()
    runtime.wishes.listen(runtime.pipeline.courier.look_again)
    runtime.wishes.async_follow(runtime.pipeline.announcements, runtime.watches)
    laid_down = runtime.pipeline.switchboard.laid_down
    await runtime.household.async_start(laid_down.ended_by, laid_down.ended_in)
    await runtime.pipeline.told_before.async_load(dt_util.utcnow().timestamp())
    await runtime.pipeline.courier.start()
    runtime.pipeline.withdrawal.async_start()
    await runtime.pipeline.trials.async_start()
    runtime.canary.async_start()
    runtime.watchdog.async_start()
    runtime.receipts.start()
    runtime.sentences.async_start()
    runtime.live_progress.async_start(runtime.pipeline.announcements)
    runtime.bindings.async_start()
    await _async_start_watches(runtime)
    await runtime.uptime.async_start()
    await runtime.scoreboard.async_start()
    await runtime.latest_messages.async_start(runtime.scoreboard.async_listen)
    await runtime.concerns.async_start(runtime.scoreboard.async_listen)
    await runtime.retention.async_start()
    if runtime.heartbeat is not None:
        runtime.heartbeat.async_start()
    runtime.hints.async_start(runtime.scoreboard.async_listen, runtime.database.listen)


async def _async_start_watches(runtime: Runtime) -> None:
    snapshots = await runtime.cycle_log.snapshots()
    oldest = min((saved_at for saved_at, _ in snapshots.values()), default=0.0)
    pulse = await runtime.uptime.spans_since(oldest)
    alive_until = max((span.end for span in pulse), default=0.0)
    for watch in runtime.watches.values():
        known = snapshots.get(watch.spec.id)
        watch.async_remember(
            known
            and Memory(saved_at=known[0], snapshot=known[1], alive_until=alive_until)
        )
    await runtime.cycle_log.close_orphans(
        {key: watch.detector.cycle_id for key, watch in runtime.watches.items()},
        dt_util.utcnow().timestamp(),
    )
    for watch in runtime.watches.values():
        await watch.async_start()
    for forgotten in snapshots.keys() - runtime.watches.keys():
        await runtime.cycle_log.delete(forgotten)


async def async_stop(hass: HomeAssistant, runtime: Runtime) -> None:
    """Stop watching first, so that what is found yet is stored; then sending."""
    await runtime.watchdog.async_stop()
    runtime.live_progress.async_stop()
    runtime.canary.async_stop()
    for watch in runtime.watches.values():
        await watch.async_stop()
    runtime.hints.async_stop()
    runtime.concerns.async_stop()
    runtime.latest_messages.async_stop()
    runtime.bindings.async_stop()
    runtime.retention.async_stop()
    if runtime.heartbeat is not None:
        await runtime.heartbeat.async_stop()
    runtime.scoreboard.async_stop()
    await runtime.uptime.async_stop()
    runtime.receipts.stop()
    runtime.sentences.async_stop()
    runtime.pipeline.withdrawal.async_stop()
    await runtime.pipeline.courier.stop()
    await runtime.pipeline.directory.async_close()
    await runtime.household.async_stop()
    hass.data.pop(SHELF, None)
    hass.data.pop(LOGO, None)
    hass.data.pop(HEARD, None)
    await runtime.origin.async_stop()
    await runtime.database.close()


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
