"""Hints for the user, as repair issues: what is wrong, and what mends it.

Looks at the parts and says what they say; each hint goes away by itself when its
reason is gone. Must not mend anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.util import dt as dt_util

from ..adapters.gate import Gate
from ..adapters.health import Health
from ..adapters.heartbeat import TOO_LONG, Heartbeat
from ..adapters.traffic import Traffic
from ..adapters.watchdog import Watchdog
from ..adapters.witnesses import is_priced
from ..appliances.appliance import ApplianceWatch
from ..const import DOMAIN
from ..engine.cycles.detector import Detector
from ..engine.delivery.breaker import NEEDS_A_PERSON
from ..engine.vocabulary import ApplianceState, Trouble
from ..recipients.logins import has_person
from ..texts.wording import Wording

# Seconds after which a channel that is down is worth a hint: a router restarts in
# minutes, a phone is without a net for half an hour underground
DOWN_TOO_LONG = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One thing to tell. `key` is unique, `text` names its translation."""

    key: str
    text: str
    severity: ir.IssueSeverity = ir.IssueSeverity.WARNING
    words: dict[str, str] = field(default_factory=dict)
    # whether a person can say in the hint itself that it is mended (`repairs`)
    mends: bool = False


type Source = Callable[[], Iterable[Hint]]


class Hints:
    """Keeps the repair issues as the sources say."""

    def __init__(self, hass: HomeAssistant, sources: Iterable[Source]) -> None:
        """Show nothing before the first look."""
        self._hass = hass
        self._sources = tuple(sources)
        self._shown: set[str] = set()
        self._stops: list[CALLBACK_TYPE] = []

    @callback
    def async_start(self, *listens: Callable[[CALLBACK_TYPE], CALLBACK_TYPE]) -> None:
        """Look now, and whenever one of those that are listened to has news."""
        self.async_look()
        self._stops = [listen(self.async_look) for listen in listens]

    @callback
    def async_stop(self) -> None:
        """Look no more; what is shown goes with the entry."""
        while self._stops:
            self._stops.pop()()
        self._withdraw(self._shown)

    @callback
    def async_look(self) -> None:
        """Show what holds, withdraw what does not any more."""
        hints = [hint for source in self._sources for hint in source()]
        for hint in hints:
            if hint.key not in self._shown:
                ir.async_create_issue(
                    self._hass,
                    DOMAIN,
                    hint.key,
                    is_fixable=hint.mends,
                    severity=hint.severity,
                    translation_key=hint.text,
                    translation_placeholders=hint.words,
                )
        holding = {hint.key for hint in hints}
        self._withdraw(self._shown - holding)
        self._shown = holding

    def _withdraw(self, keys: Iterable[str]) -> None:
        for key in keys:
            ir.async_delete_issue(self._hass, DOMAIN, key)


def of_database(moved_aside: Path | None) -> Iterable[Hint]:
    """Say that the store was found broken and begun anew."""
    if moved_aside is not None:
        yield Hint(
            key="database_recovered",
            text="database_recovered",
            severity=ir.IssueSeverity.ERROR,
            words={"file": moved_aside.name},
        )


def of_origin(closed: int) -> Iterable[Hint]:
    """Say that messages of an older log were not sent again."""
    if closed:
        yield Hint(key="older_log", text="older_log", words={"number": str(closed)})


def of_disk(refusal: str | None) -> Iterable[Hint]:
    """Say that the log is kept in memory only."""
    if refusal is not None:
        yield Hint(
            key="disk_refuses",
            text="disk_refuses",
            severity=ir.IssueSeverity.CRITICAL,
            words={"reason": refusal},
        )


def of_pipeline(trouble: str | None, refusal: str | None) -> Iterable[Hint]:
    """Say that messages may not get through, unless the disk is all that is wrong."""
    if trouble is not None and refusal is None:
        yield Hint(
            key="self_test_failed",
            text="self_test_failed",
            severity=ir.IssueSeverity.ERROR,
            words={"reason": trouble},
        )


def of_deciding(trouble: str | None) -> Iterable[Hint]:
    """Say that rules and priorities could not be applied."""
    if trouble is not None:
        yield Hint(
            key="deciding_failed",
            text="deciding_failed",
            severity=ir.IssueSeverity.ERROR,
            words={"reason": trouble},
        )


def of_heartbeat(heartbeat: Heartbeat | None) -> Iterable[Hint]:
    """Say that the watcher outside cannot be reached for long."""
    if heartbeat is None:
        return
    if heartbeat.unreached_for(dt_util.utcnow().timestamp()) >= TOO_LONG:
        yield Hint(
            key="heartbeat_unreached",
            text="heartbeat_unreached",
            words={"reason": heartbeat.obstacle or ""},
        )


def of_watchdog(watchdog: Watchdog) -> Iterable[Hint]:
    """Say that a part has to be started again and again."""
    part = watchdog.repeated(dt_util.utcnow().timestamp())
    if part is not None:
        yield Hint(key="restarts", text=f"restarts_{part}")


def of_channel(
    channel_id: str, name: str, own_login: bool, health: Health, gate: Gate
) -> Iterable[Hint]:
    """Say that a channel stays down, and what mends it as far as that is known.

    `own_login` says that we have logged in ourselves, not another integration.
    """
    if (cap := gate.cap_reached(channel_id)) is not None:
        yield Hint(
            key=f"cap_reached_{channel_id}",
            text="cap_reached",
            words={"channel": name, "limit": cap},
        )
        return
    breaker = health.of(channel_id)
    since = breaker.failing_since
    if not breaker.is_down or since is None:
        return
    now = dt_util.utcnow().timestamp()
    if breaker.trouble is Trouble.USED_UP and breaker.rests_until(now) is None:
        return  # there is a new quota by now; the next message will show it
    person = breaker.trouble in NEEDS_A_PERSON
    if person or now - since >= DOWN_TOO_LONG:
        trouble = f"_{breaker.trouble}" if person else ""
        if own_login and breaker.trouble is Trouble.LOGIN:
            trouble = "_own_login"
        yield Hint(
            key=f"channel_down_{channel_id}",
            text=f"channel_down{trouble}",
            words={"channel": name, "detail": breaker.detail},
        )


def of_templates(wording: Wording) -> Iterable[Hint]:
    """Say that a message template failed, and that our own text was told instead."""
    names = {each.id: each.name for each in wording.templates}
    for template_id, problem in wording.problems.items():
        yield Hint(
            key=f"template_{template_id}",
            text=f"template_fails_{problem.where}",
            words={"template": names.get(template_id, ""), "reason": problem.what},
        )


def of_gate(gate: Gate, names: Mapping[str, str]) -> Iterable[Hint]:
    """Say who is not reached by a channel until somebody does something."""
    for text, closed in (
        ("opted_out", gate.opted_out),
        ("unverified", gate.unverified),
    ):
        for each in closed:
            if each.channel_id in names:
                yield Hint(
                    key=f"{text}_{each.channel_id}_{each.recipient_id}",
                    text=text,
                    words={
                        "channel": names[each.channel_id],
                        "recipient": each.recipient_name,
                    },
                    mends=text == "opted_out",
                )


def of_strangers(hass: HomeAssistant, strangers: Mapping[str, str]) -> Iterable[Hint]:
    """Say whose answers cannot be told to be anybody's."""
    for user_id, name in strangers.items():
        if not has_person(hass, user_id):
            yield Hint(key=f"stranger_{user_id}", text="stranger", words={"user": name})


def of_allowance(channel_id: str, name: str, traffic: Traffic) -> Iterable[Hint]:
    """Say that a channel has been sent as many messages as it takes in a day."""
    if traffic.is_used_up(channel_id, dt_util.utcnow().timestamp()):
        yield Hint(
            key=f"channel_used_up_{channel_id}",
            text="channel_used_up",
            words={"channel": name},
        )


def of_appliance(hass: HomeAssistant, watch: ApplianceWatch) -> Iterable[Hint]:
    """Say why an appliance cannot be watched, or does not fit."""
    spec, detector = watch.spec, watch.detector
    words = {"appliance": spec.name}
    reference = spec.power_entity or spec.native_entity or ""
    if er.async_resolve_entity_id(er.async_get(hass), reference) is None:
        yield Hint(key=f"sensor_gone_{spec.id}", text="sensor_gone", words=words)
    if spec.price_entity is not None and not is_priced(hass, spec.price_entity):
        yield Hint(key=f"price_{spec.id}", text="price_unusable", words=words)
    if not isinstance(detector, Detector):
        return
    if (unfit := detector.unfit) is not None:
        yield Hint(key=f"unfit_{spec.id}", text=unfit.value, words=words)
    if (company := detector.company) is not None:
        yield Hint(key=f"company_{spec.id}", text=company.value, words=words)
    if detector.state is ApplianceState.STALE:
        yield Hint(key=f"stale_{spec.id}", text="stale", words=words)
