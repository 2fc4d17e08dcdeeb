"""What the forms for appliances, recipients and channels have in common.

Shows a form, keeps what was typed when something is wrong with it, and stores
only what is right. It must not know what the single fields mean.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigSubentry,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.const import CONF_NAME

from .fields import Field, Group, form_schema

type Answers = Mapping[str, Any]
type Problems = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is stored of a form: the name that people see, and the data."""

    title: str
    data: Mapping[str, Any]
    unique_id: str | None = None


class SubentryForm(ConfigSubentryFlow):
    """A flow that adds one subentry, or changes one."""

    @property
    def _edited(self) -> ConfigSubentry | None:
        """The subentry that is being changed; None while adding one."""
        if self.source != SOURCE_RECONFIGURE:
            return None
        return self._get_reconfigure_subentry()

    def _siblings(self, subentry_type: str) -> list[ConfigSubentry]:
        """All subentries of a type except the one being changed."""
        edited = self._edited
        return [
            subentry
            for subentry in self._get_entry().subentries.values()
            if subentry.subentry_type == subentry_type
            and (edited is None or subentry.subentry_id != edited.subentry_id)
        ]

    def _name_problem(self, name: str, subentry_type: str) -> str | None:
        """Translation key of what is wrong with a name, or None."""
        return name_problem(name, self._siblings(subentry_type))

    def _show(
        self,
        step_id: str,
        fields: Iterable[Field | Group],
        values: Answers,
        problems: Problems | None = None,
        *,
        placeholders: Mapping[str, str] | None = None,
    ) -> SubentryFlowResult:
        """Show a form with these values in it, and what is wrong with them."""
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                form_schema(fields), values
            ),
            errors=problems,
            description_placeholders=placeholders,
        )

    def _store(self, record: Record) -> SubentryFlowResult:
        """Add the subentry or change it; a listener of the entry reloads."""
        edited = self._edited
        if edited is None:
            return self.async_create_entry(
                title=record.title, data=record.data, unique_id=record.unique_id
            )
        return self.async_update_and_abort(
            self._get_entry(),
            edited,
            title=record.title,
            data=record.data,
            unique_id=record.unique_id,
        )


class OnePageForm(SubentryForm):
    """A flow of a single page, the same for adding and for changing."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Add one."""
        return self._page(SOURCE_USER, user_input)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change one."""
        return self._page(SOURCE_RECONFIGURE, user_input)

    def _page(self, step_id: str, answers: Answers | None) -> SubentryFlowResult:
        if (obstacle := self._obstacle()) is not None:
            return self.async_abort(reason=obstacle)
        if answers is None:
            return self._show(step_id, self._fields(), self._values())
        if problems := found(self._problems(answers)):
            return self._show(step_id, self._fields(), answers, problems)
        return self._store(self._record(answers))

    def _values(self) -> Answers:
        edited = self._edited
        if edited is None:
            return {}
        return {CONF_NAME: edited.title, **self._stored(edited.data)}

    def _obstacle(self) -> str | None:
        """Why the form cannot be shown at all (a reason to abort), or None."""
        return None

    @abstractmethod
    def _fields(self) -> Iterable[Field | Group]:
        """The fields in order."""

    @abstractmethod
    def _stored(self, data: Mapping[str, Any]) -> Answers:
        """What is stored, in the words of the form."""

    @abstractmethod
    def _problems(self, answers: Answers) -> Mapping[str, str | None]:
        """What is wrong at each field, None where nothing is."""

    @abstractmethod
    def _record(self, answers: Answers) -> Record:
        """What to store of answers that have no problem."""


def name_problem(name: str, others: Iterable[ConfigSubentry]) -> str | None:
    """Translation key of what is wrong with a name beside those of others, or None."""
    wanted = name.strip().casefold()
    if not wanted:
        return "name_missing"
    taken = {each.title.strip().casefold() for each in others}
    return "name_taken" if wanted in taken else None


def found(problems: Mapping[str, str | None]) -> Problems:
    """Only the fields that have a problem."""
    return {key: problem for key, problem in problems.items() if problem is not None}
