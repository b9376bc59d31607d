"""The pages of a round's form. Each asks for one part of a bid, and the one page of the short form for all parts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pbvote.call.bids.answers import GROUP, MONEY, PROJECT, WHOLE
from pbvote.call.bids.money_page import money_form
from pbvote.call.bids.pages import FormPage, group_form, project_form, short_group_form
from pbvote.call.rounds.models import Round, Share
from pbvote.fields import error_summary

_USUAL = {GROUP: "Your group", PROJECT: "Your project", MONEY: "The money"}
_SHORT = {WHOLE: "Your bid"}


def pages_of(round_: Round) -> Mapping[str, str]:
    """The pages of a round's form in order, and what each is called."""
    return _SHORT if round_.has_short_form else _USUAL


def first_page(round_: Round) -> str:
    """The page on which a form begins."""
    return next(iter(pages_of(round_)))


def parts_on(page: str) -> Sequence[str]:
    """The parts of a bid that a page asks for."""
    return tuple(_USUAL) if page == WHOLE else (page,)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, as far as the form asks them other questions."""

    email: str = ""
    is_keyed: bool = False
    """Whether an organiser writes for a group, which may have no e-mail address."""
    is_change: bool = False
    """Whether a bid is changed, whose contact has proven the address."""


class PartsOnPage:
    """A page of the form with what was typed: its parts, one after the other, answer as one form."""

    def __init__(self, parts: Sequence[FormPage]) -> None:
        self.parts = parts

    def __getitem__(self, name: str) -> Any:
        return next(part[name] for part in self.parts if name in part)

    def __contains__(self, name: str) -> bool:
        return any(name in part for part in self.parts)

    def refuse(self, sentence: str, field: str) -> None:
        """Add a refusal beside a field."""
        next(part for part in self.parts if field in part).refuse(sentence, field)

    def page_fields(self) -> list[Any]:
        """The fields in their order."""
        return [field for part in self.parts for field in part.page_fields()]

    def validate(self) -> bool:
        """Whether every answer will do. Each part is asked, so that all that is wrong is said at once."""
        return {part.validate() for part in self.parts} == {True}

    @property
    def errors(self) -> Mapping[str, Any]:
        """What is wrong, by field."""
        return {name: errors for part in self.parts for name, errors in part.errors.items()}

    def listed_errors(self) -> Iterator[tuple[str, str]]:
        """Each field's first error with the id that it leads to."""
        for part in self.parts:
            yield from part.listed_errors()

    def error_summary(self) -> Markup:
        """The list of what to put right; nothing when all is well."""
        return error_summary(list(self.listed_errors()))

    @property
    def part(self) -> dict[str, Any]:
        """What the page says of a `NewBid`."""
        return {name: value for part in self.parts for name, value in part.part.items()}


def page_form(
    page: str, typed: Mapping[str, str], round_: Round, shares: Sequence[Share], writer: Writer = Writer()
) -> PartsOnPage:
    """A page of the round's form for these shares, with what was typed."""
    return PartsOnPage([_part(part, typed, round_, shares, writer) for part in parts_on(page)])


def _part(part: str, typed: Mapping[str, str], round_: Round, shares: Sequence[Share], writer: Writer) -> FormPage:
    if part == PROJECT:
        return project_form(typed, round_, shares)
    if part == MONEY:
        return money_form(typed, shares)
    if round_.has_short_form:
        return short_group_form(typed, is_keyed=writer.is_keyed, is_change=writer.is_change)
    known = typed or {"email": writer.email}
    return group_form(known, needs_email=not writer.is_keyed, is_change=writer.is_change)
