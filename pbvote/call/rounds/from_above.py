"""What a round's pages say of bids and results. The rooms above know them, and answer what is asked here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pbvote.call.rounds.models import Share

T = TypeVar("T")
Answer = Callable[[Sequence[Share]], Mapping[int, T]]
"""From shares to what is known of each, by the share's id; a share of which nothing is known is left out."""


class FromAbove(Generic[T]):
    """Something that is asked here and answered by a room above: `@bids_in.answered_by`, then `bids_in.of(shares)`."""

    def __init__(self) -> None:
        self._answers: list[Answer[T]] = []

    def answered_by(self, answer: Answer[T]) -> Answer[T]:
        """Make the function that knows the answer known here."""
        self._answers.append(answer)
        return answer

    def of(self, shares: Sequence[Share]) -> Mapping[int, T]:
        """What is known of these shares, by their ids."""
        return {key: known for answer in self._answers for key, known in answer(shares).items()} if shares else {}


@dataclass(frozen=True, slots=True)
class BidsIn:
    """The bids that are on their way to the vote: how many, and what they ask of the share together, in pence."""

    number: int
    asked_pence: int


@dataclass(frozen=True, slots=True)
class LastTime:
    """How the locality's last public result went: how many groups had bid, and how many were funded."""

    round_name: str
    bids: int
    funded: int


bids_in: FromAbove[BidsIn] = FromAbove()
last_time: FromAbove[LastTime] = FromAbove()
