"""Endowments raised step by step, as far as the share goes."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil

from pbvote.tally.arrays import BallotTable, Market
from pbvote.tally.election import Bid, Election
from pbvote.tally.equal_shares.run import Result
from pbvote.tally.totals import Total

MAX_STEPS = 100_000  # half a minute in a hall; an election that needs more has next to no voters for its money


class MarketUpTo:
    """The market of those bids that some endowment can afford, made anew for higher endowments now and then."""

    def __init__(self, election: Election, bids: Sequence[Bid], totals: Mapping[str, Total]) -> None:
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

    def lowest_for(self, bid: Bid) -> Fraction:
        """No endowment below this one can afford the bid."""
        return Fraction(bid.ask, self._totals[bid.ref].voters)


class Ladder:
    """The endowments that an `add1` variant goes through, in minor units."""

    def __init__(self, election: Election, bids: Sequence[Bid], market: MarketUpTo, *, is_exhaustive: bool) -> None:
        self._share = election.share
        self._unit = election.minor_units
        self._start = election.share // election.ballots.voters // self._unit * self._unit
        self._bids = bids
        self._market = market
        self._is_exhaustive = is_exhaustive
        self._has_rivals = any(bid.exclusive_group for bid in bids)

    def climb(self, result_at: Callable[[Fraction], Result]) -> int:
        """The last endowment before the share is overspent, or one that funds all that can be funded.

        If all bids together ask for no more than the share, the steps double until all are funded: the outcome is the
        same, and the way to it may be long. Raises ValueError if it takes more than MAX_STEPS.
        """
        everything_fits = sum(bid.ask for bid in self._bids) <= self._share and not self._is_exhaustive
        endowment = self._start if everything_fits else self._first_worth_trying()
        step, steps = self._unit, 0
        result = result_at(Fraction(endowment))
        while not self._is_done(result):
            steps += 1
            if steps > MAX_STEPS:
                raise ValueError(f"Endowments would have to be raised more than {MAX_STEPS:,} times.")
            higher = result_at(Fraction(endowment + step))
            if higher.spent > self._share:
                break
            endowment, result = endowment + step, higher
            if everything_fits:
                step *= 2
        return endowment

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
