"""Where an award's money is: the sums, and the pieces of the one bar that shows them."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from pbvote.core.lengths import lengths_of
from pbvote.grants.awards.models import Award


class PieceLook(enum.StrEnum):
    """How a piece of the bar is drawn. Colour is never alone."""

    FULL = "full"
    HATCHED = "hatched"
    DOTTED = "dotted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the bar: what it means, and from where to where it goes, in per cent of what was awarded."""

    words: str
    pence: int
    look: PieceLook
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Sums:
    """What was awarded, and where it is, in pence."""

    awarded: int
    planned: int
    paid: int
    returned: int

    @classmethod
    def of(cls, awards: Iterable[Award]) -> Self:
        """The sums of those awards that stand: what was declined is in no total."""
        standing = [award for award in awards if award.is_standing]
        return cls(
            awarded=sum(award.award_pence for award in standing),
            planned=sum(award.planned_pence for award in standing),
            paid=sum(award.paid_pence for award in standing),
            returned=sum(award.returned_pence for award in standing),
        )

    @property
    def to_pay(self) -> int:
        """Awarded and not paid, whether or not a payment is planned."""
        return self.awarded - self.paid

    @property
    def to_plan(self) -> int:
        """Awarded, and finance is not asked to pay it yet."""
        return self.to_pay - self.planned

    @property
    def with_group(self) -> int:
        """Paid and not sent back."""
        return self.paid - self.returned

    @property
    def pieces(self) -> list[Piece]:
        """The bar from left to right, without what is nothing."""
        parts = (
            ("With the group", self.with_group, PieceLook.FULL),
            ("Sent back", self.returned, PieceLook.HATCHED),
            ("To pay", self.to_pay, PieceLook.DOTTED),
        )
        drawn = [part for part in parts if part[1]]
        lengths = lengths_of([pence for _, pence, _ in drawn], self.awarded)
        return [Piece(*part, *length) for part, length in zip(drawn, lengths, strict=True)]
