"""A bid as it was typed, and how it is kept until its contact confirms it."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import sqlalchemy as sa

from pbvote.call.groups.models import GroupKind


class Papers(enum.StrEnum):
    """Whether the group has a constitution and a bank account in its name."""

    HAVE = "have"
    WILL_HAVE = "will_have"
    """By the day of the event."""


class CameBy(enum.StrEnum):
    """How a bid reached the council."""

    FORM = "form"
    TELEPHONE = "telephone"
    PAPER = "paper"
    SPREADSHEET = "spreadsheet"


@dataclass(frozen=True, slots=True)
class NewBid:
    """A bid as it was typed. Amounts are pence; `asks` goes by locality id, `answers` by a question's key.

    An `email` of "" is a group without one: a bid that an organiser keyed in.
    """

    group_name: str
    registered_number: str
    contact_name: str
    email: str
    phone: str
    title: str
    summary: str
    who_benefits: str
    ward_id: int | None
    asks: Mapping[int, int]
    lines: Sequence[tuple[str, int]]
    kind: GroupKind = GroupKind.INFORMAL
    money_holder: str = ""
    say_it: str = ""
    second_name: str = ""
    second_email: str = ""
    second_phone: str = ""
    postcode: str = ""
    works_with_people_at_risk: bool = False
    papers: Papers | None = None
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ask_pence(self) -> int:
        """What it asks for, from all localities together."""
        return sum(self.asks.values())


class NewBidAsJson(sa.types.TypeDecorator[NewBid]):
    """A `NewBid` in a JSON column."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: NewBid | None, _dialect: sa.Dialect) -> dict[str, Any] | None:
        """Its fields by their names."""
        return None if value is None else asdict(value)

    def process_result_value(self, value: dict[str, Any] | None, _dialect: sa.Dialect) -> NewBid | None:
        """From its fields."""
        if value is None:
            return None
        typed = {
            "asks": {int(locality_id): pence for locality_id, pence in value["asks"].items()},
            "lines": [(what, pence) for what, pence in value["lines"]],
            "kind": GroupKind(value["kind"]),
            "papers": Papers(value["papers"]) if value["papers"] else None,
        }
        return NewBid(**{**value, **typed})
