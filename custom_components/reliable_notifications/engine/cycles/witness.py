"""What is said of an appliance beside its power: by its door, a shake, itself.

Keeps what was said and since when, for the cycle that runs, and how long after the end
the appliance itself used to say so. The counter of energy is `audit`.

Must not weigh what was said against the power: that is `verdict`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from custom_components.reliable_notifications.engine.vocabulary import Instant

from .native_states import NativeState
from .snapshot import NEVER

# Ends remembered of the appliance's own word: of so many the usual delay shows, and
# after as many cycles one that was mended (a new cloud, an update) is trusted again.
LAGS = 5
# A word of the end that comes later than this says nothing about the end: Home Connect
# and LG ThinQ are known to say it only when the door is opened.
LATEST_WORD_S = 900.0
# Vibration sensors stay on for a minute after the last shake (the usual battery ones).
LINGER_S = 60.0
# A machine whose door is opened stops at once, and the plug reports that up to so much
# later (as REPORTING_S).
STOPS_WITHIN_S = 20.0

_OPEN, _CLOSED = "open", "closed"
_AT_WORK = frozenset({NativeState.RUNNING, NativeState.PAUSED})
_DONE = frozenset({NativeState.FINISHED, NativeState.IDLE})


@dataclass(frozen=True, slots=True)
class Door:
    """What a door sensor says; None while it cannot be heard."""

    is_open: bool | None


@dataclass(frozen=True, slots=True)
class Shaking:
    """What a vibration sensor says; None while it cannot be heard."""

    is_on: bool | None


@dataclass(frozen=True, slots=True)
class Word:
    """What the appliance says of itself; None while it says nothing of use."""

    state: NativeState | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What an energy counter says, in watt hours, also if it is the same again."""

    wh: float


type Said = Door | Shaking | Word | Counted


@dataclass(slots=True)
class Witness:
    """The last words, and their times; `lags` is how late the word of an end came."""

    door: str = ""
    opened_at: float = NEVER
    closed_at: float = NEVER
    shaking: bool = False
    shook_from: float = NEVER
    shook_until: float = NEVER
    word: str = ""
    is_heard: bool = False
    word_at: float = NEVER
    at_work_until: float = NEVER
    paused_at: float = NEVER
    # the end that the appliance has not said yet
    unsaid_end_at: float = NEVER
    lags: list[float] = field(default_factory=list)

    # -- words -------------------------------------------------------------------------

    def hear(self, at: Instant, said: Door | Shaking | Word) -> None:
        """Take what was said; the same again, and silence, change nothing."""
        if isinstance(said, Door):
            self._hear_door(at, said.is_open)
        elif isinstance(said, Shaking):
            self._hear_shaking(at, said.is_on)
        else:
            self.is_heard = said.state is not None
            if said.state is not None and said.state.value != self.word:
                self._hear_word(at, said.state)

    def _hear_door(self, at: Instant, is_open: bool | None) -> None:
        before = self.door
        if is_open is None or is_open is (before == _OPEN):
            if is_open is False:
                self.door = _CLOSED
            return
        self.door = _OPEN if is_open else _CLOSED
        if not before:
            return  # it may have been open for days
        if is_open:
            self.opened_at = at
        else:
            self.closed_at = at

    def _hear_shaking(self, at: Instant, is_on: bool | None) -> None:
        if is_on and not self.shaking:
            self.shook_from = at
        elif self.shaking and not is_on:
            self.shook_until = at
        self.shaking = bool(is_on)

    def _hear_word(self, at: Instant, state: NativeState) -> None:
        if self.word in _AT_WORK:
            self.at_work_until = at
        if state is NativeState.PAUSED:
            self.paused_at = at
        self.word, self.word_at = state.value, at
        if state in _DONE and self.unsaid_end_at != NEVER:
            self._lagged(at - self.unsaid_end_at)

    # -- the cycle ---------------------------------------------------------------------

    def begin(self) -> None:
        """Note that a cycle has begun; an end before it was never said."""
        if self.unsaid_end_at != NEVER:
            self._lagged(LATEST_WORD_S)

    def end(self, started_at: Instant, ended_at: Instant) -> None:
        """Note that a cycle is over, to see when the appliance says so."""
        if not self.word or not self.was_at_work(started_at):
            return
        self.unsaid_end_at = ended_at
        if self.word in _DONE:
            self._lagged(self.word_at - ended_at)

    def goes_on(self) -> None:
        """Note that the cycle that was over is not."""
        self.unsaid_end_at = NEVER

    def _lagged(self, seconds: float) -> None:
        self.unsaid_end_at = NEVER
        self.lags.append(min(max(seconds, 0.0), LATEST_WORD_S))
        del self.lags[:-LAGS]

    # -- what follows from it directly -------------------------------------------------

    @property
    def speaks(self) -> bool:
        """Whether anything was ever said."""
        return bool(self.door or self.word) or self.shook_from != NEVER

    @property
    def is_open(self) -> bool:
        """Whether the door is open, and was seen to be opened."""
        return self.door == _OPEN and self.opened_at != NEVER

    def opened_since(self, instant: Instant) -> bool:
        """Whether the door was opened after that instant."""
        return self.opened_at > instant

    def by_hand(self, quiet_since: Instant) -> bool:
        """Whether a person made the pause that began then: no programme repeats it."""
        return max(self.opened_at, self.paused_at) >= quiet_since - STOPS_WITHIN_S

    def lets_load(self, quiet_since: Instant) -> bool:
        """Whether something may have been put in since a quiet began by itself."""
        return not self.door or self.opened_at > quiet_since + STOPS_WITHIN_S

    def was_at_work(self, started_at: Instant) -> bool:
        """Whether the appliance itself spoke of work in the cycle that began then."""
        return self.word in _AT_WORK or self.at_work_until >= started_at

    def shook_at(self, now: Instant) -> Instant:
        """Tell when it surely shook last, less what the sensor lingers."""
        until = now if self.shaking else self.shook_until
        return max(self.shook_from, until - LINGER_S)
