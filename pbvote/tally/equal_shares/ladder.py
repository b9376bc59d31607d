"""Endowments raised step by step, as far as the share goes."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil

from pbvote.tally.arrays import BallotTable, Market
from pbvote.tally.election import Election, Project
from pbvote.tally.equal_shares.run import Result
from pbvote.tally.rules import Rule
from pbvote.tally.totals import Total

MAX_STEPS = 100_000  # half a minute in a hall; an election that needs more has next to no voters for its money


class MarketUpTo:
    """The market of those bids that some endowment can afford, made again for higher endowments now and then."""

    def __init__(self, election: Election, bids: Sequence[Project], totals: Mapping[str, Total]) -> None:
        self._ballots = BallotTable(election)
        self._bids = bids
        self._totals = totals
        self._reach = Fraction(-1)
        self._market: Market | None = None

    def up_to(self, endowment: Fraction) -> Market:
        """A market that leaves out only bids which no endowment up to this one can afford."""
        if self._market is None or endowment > self._reach:
            self._reach = endowment * 3 / 2
            within = [bid for bid in self._bids if self._totals[bid.ref].voters * self._reach >= bid.ask]
            self._market = self._ballots.market(within)
        return self._market

    def active_voters(self, endowment: Fraction) -> tuple[int, Fraction]:
        """How many voters support a bid that can be afforded, and the endowment up to which no more do."""
        return int(self.up_to(endowment).voters.sum()), self._reach

    def whole(self) -> Market:
        """The market of all bids."""
        return self._ballots.market(self._bids)

    def lowest_for(self, bid: Project) -> Fraction:
        """No endowment below this one can afford the bid."""
        return Fraction(bid.ask, self._totals[bid.ref].voters)


class Ladder:
    """The endowments that an `add1` variant goes through, in minor units."""

    def __init__(
        self, election: Election, bids: Sequence[Project], market: MarketUpTo, rule: Rule, *, has_draws: bool
    ) -> None:
        self._share = election.share
        self._unit = election.minor_units
        self._start = election.share // election.ballots.voters // self._unit * self._unit
        self._bids = bids
        self._market = market
        self._is_exhaustive = rule.is_exhaustive
        self._has_draws = has_draws
        self._has_rivals = any(bid.exclusive_group for bid in bids)
        self._everything_fits = sum(bid.ask for bid in bids) <= election.share and not rule.is_exhaustive

    def climb(self, result_at: Callable[[Fraction], Result]) -> int:
        """The last endowment before the share is overspent, or one that funds all that can be funded.

        Looks farther and farther ahead as long as the same is surely bought all the way; where that is not sure, only
        half as far, down to one step. Raises ValueError after MAX_STEPS.
        """
        low = result_at(Fraction(self._start if self._everything_fits else self._first_worth_trying()))
        ahead: list[Result] = []  # of higher endowments, the nearest last
        steps = 1
        for _ in range(MAX_STEPS):
            if self._is_done(low):
                return int(low.endowment)
            ahead = ahead or [result_at(low.endowment + steps * self._unit)]
            while (steps := self._steps_between(low, ahead[-1])) > 1 and not self._can_leap(low, ahead[-1]):
                ahead.append(result_at(low.endowment + steps // 2 * self._unit))
            if ahead[-1].spent > self._share:
                return int(low.endowment)
            low = ahead.pop()
            steps *= 2
        raise ValueError(f"Endowments would have to be raised more than {MAX_STEPS:,} times.")

    def _steps_between(self, low: Result, high: Result) -> int:
        return (high.endowment - low.endowment) // self._unit

    def _can_leap(self, low: Result, high: Result) -> bool:
        """Whether it is sure that no endowment between these two ends the climb.

        If all bids together ask for no more than the share, none does before all are funded, and the way to that may be
        long. After draws, two tied bids may be in another order than the same two among three.
        """
        return self._everything_fits or (not self._has_draws and low.surely_holds_up_to(high))

    def _is_done(self, result: Result) -> bool:
        if result.waiting:
            return True
        bought = {purchase.bid.ref for purchase in result.purchases}
        taken = {purchase.bid.exclusive_group for purchase in result.purchases} - {""}
        rest = [bid for bid in self._bids if bid.ref not in bought and bid.exclusive_group not in taken]
        left = self._share - result.spent
        return not rest or (self._is_exhaustive and all(bid.ask > left for bid in rest))

    def _first_worth_trying(self) -> int:
        """The highest endowment at which, like at all below, the share can't be overspent.

        For that, bids that can be afforded have to ask for more than the share, and their supporters to have more.
        """
        if self._is_exhaustive or self._has_rivals:
            return self._start
        together, reached = 0, Fraction(0)
        for bid in sorted(self._bids, key=self._market.lowest_for):
            together, reached = together + bid.ask, self._market.lowest_for(bid)
            if together > self._share:
                break
        active, reach = self._market.active_voters(Fraction(self._start))
        safe = max(ceil(reached) - 1, min(self._share // active, int(reach)) if active else 0)
        return self._start + max(0, safe - self._start) // self._unit * self._unit
