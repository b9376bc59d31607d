"""What is counted: the bids, the share that they compete for, and the ballots."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pbvote.tally.ballot_rules import BallotRules
from pbvote.tally.ballots import Ballots


@dataclass(frozen=True)
class Project:
    """One bid as the count sees it, called by Pabulib's word: `pbvote.call.bids` has the bid that a group submits.

    Of bids that name the same `exclusive_group`, at most one is funded.

    A bid can be split over several shares: `elsewhere` names those besides the one that is counted, and how much of the
    ask each of them bears. It is funded only if every share has room for its part.
    """

    ref: str
    ask: int  # minor units of the currency, more than 0
    title: str = ""
    is_withdrawn: bool = False
    exclusive_group: str = ""
    elsewhere: tuple[tuple[str, int], ...] = ()  # other shares and their parts, minor units

    def __post_init__(self) -> None:
        if self.ask <= 0:
            raise ValueError(f"Bid {self.ref} must ask for more than nothing.")
        if self.own_part < 0 or any(part <= 0 for _, part in self.elsewhere):
            raise ValueError(f"The parts of bid {self.ref} do not add up to what it asks for.")

    @property
    def own_part(self) -> int:
        """What the bid asks of the share that is counted, in minor units."""
        return self.ask - sum(part for _, part in self.elsewhere)


@dataclass(frozen=True)
class Election:
    """One poll, ready to be counted. Bids stand in their listed order, which the tie key `listed` goes by.

    `stated_totals` is for imported files alone: points that a city published and that no way of counting its ballots
    gives (weighted votes, for example). Where they are there, the rules that rank bids by their total rank by them.
    """

    bids: tuple[Project, ...]
    share: int  # minor units
    ballots: Ballots
    ballot_rules: BallotRules
    minor_units: int = 100  # how many make one unit of the currency: 100 pence are a pound
    stated_totals: Mapping[str, int] | None = None
    other_shares: Mapping[str, int] = field(default_factory=dict)  # what is left of those that split bids name

    def __post_init__(self) -> None:
        if len(self.bid_by_ref) != len(self.bids):
            raise ValueError("Two bids have the same reference.")
        if self.share < 0:
            raise ValueError("A share is not negative.")
        if any(name not in self.other_shares for bid in self.bids for name, _ in bid.elsewhere):
            raise ValueError("A split bid names a share that is not there.")
        if self.ballots.kind is not self.ballot_rules.kind:
            raise ValueError("The ballots are of another kind than their rules.")

    @cached_property
    def bid_by_ref(self) -> Mapping[str, Project]:
        """Each bid by its reference."""
        return {bid.ref: bid for bid in self.bids}
