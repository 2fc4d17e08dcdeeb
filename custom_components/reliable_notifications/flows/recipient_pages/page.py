"""What a page of the form for a recipient must say and do.

A page shows a part of what is stored, checks what was filled in, and makes of it what
is stored next. Must not know other pages.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

from homeassistant.core import HomeAssistant

from ..fields import Field, Group
from ..subentry_form import Answers

type Stored = Mapping[str, Any]


class Surroundings(Protocol):
    """What a page may ask of the form that shows it."""

    hass: HomeAssistant

    @property
    def channel_names(self) -> Mapping[str, str]:
        """The names of all channels, by their ids."""

    @property
    def other_recipients(self) -> Sequence[Stored]:
        """What is stored of the other recipients."""


class Page(ABC):
    """One page; its key is the name of its step."""

    key: ClassVar[str]

    @abstractmethod
    def fields(self, around: Surroundings, stored: Stored) -> Iterable[Field | Group]:
        """The fields in order."""

    @abstractmethod
    def shown(self, around: Surroundings, stored: Stored) -> Answers:
        """What is stored, in the words of the form."""

    def problems(
        self,
        around: Surroundings,
        answers: Answers,
    ) -> Mapping[str, str | None]:
        """What is wrong at each field, None where nothing is."""
        return {}

    @abstractmethod
    def changed(
        self, around: Surroundings, stored: Stored, answers: Answers
    ) -> dict[str, Any]:
        """All that is to be stored, with these answers in it."""


def with_part(stored: Stored, key: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored with one part changed; an empty part needs no place."""
    rest = {name: value for name, value in stored.items() if name != key}
    kept = {name: value for name, value in part.items() if value not in (None, [], {})}
    return {**rest, key: kept} if kept else rest
