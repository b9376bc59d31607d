"""A bid as it was typed, and how it is kept until its contact confirms it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class NewBid:
    """A bid as it was typed. Amounts are pence; `asks` goes by locality id."""

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
        """JSON has no numbers for keys and no tuples."""
        if value is None:
            return None
        asks = {int(locality_id): pence for locality_id, pence in value["asks"].items()}
        return NewBid(**{**value, "asks": asks, "lines": [(what, pence) for what, pence in value["lines"]]})
