"""What voters have left, exactly and as floats.

Each voter starts with the same endowment. When a bid is bought at price q per point, a supporter who gave it w points
pays q·w, or all that is left if that is less. So a voter's money is the endowment minus whole multiples of a few
prices, or nothing. All prices are kept as whole numbers over one common denominator, which grows by one factor with
each purchase; no fraction is ever reduced, and a sum over thousands of voters is a sum over prices with whole factors.
The floats beside it are the same amounts, rounded a known number of times.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pbvote.tally.arrays import Floats, Indices, Market

ULP = 2.0**-53  # the relative error of one rounding


@dataclass(frozen=True)
class Price:
    """The exact price of one point for a bid: `number` / (`points` · the purse's denominator).

    `spent` are the supporters who pay all they have, those who had nothing left among them.
    """

    number: int
    points: int
    spent: Indices


class Purse:
    """The money of all groups of one market, while bids are bought one after the other."""

    def __init__(self, market: Market, endowment: Fraction) -> None:
        self.market = market
        self.denominator = endowment.denominator
        self._endowment = endowment.numerator
        self._prices: list[int] = []
        self._number_of = np.zeros(len(market.bids), dtype=np.intp)  # bid -> how many-th it was bought; 0: it wasn't
        self._scale = float(endowment)
        self.money: Floats = np.full(len(market.voters), self._scale)
        self.is_spent = np.zeros(len(market.voters), dtype=np.bool_)
        self.error = ULP * self._scale  # no amount in `money` is further than that from the exact one

    def exact_sum(self, groups: Indices) -> int:
        """The money of some groups, all voters together, times the denominator."""
        groups = groups[~self.is_spent[groups]]
        total = int(self.market.voters[groups].sum()) * self._endowment
        if not self._prices or not len(groups):
            return total
        entries = self.market.entries_of(groups)
        numbers = self._number_of[self.market.row_bids[entries]]
        factors = np.bincount(numbers, weights=self.market.row_weights[entries], minlength=len(self._prices) + 1)
        paid = zip(factors[1:].tolist(), self._prices, strict=True)
        return total - sum(int(factor) * price for factor, price in paid if factor)

    def exact(self, group: int) -> int:
        """The money of one voter of a group, times the denominator."""
        if self.is_spent[group]:
            return 0
        row = slice(self.market.row_start[group], self.market.row_start[group + 1])
        bought = self._number_of[self.market.row_bids[row]]
        paid: int = sum(
            int(points) * self._prices[number - 1]
            for number, points in zip(bought.tolist(), self.market.row_points[row].tolist(), strict=True)
            if number
        )
        return self._endowment - paid

    def buy(self, bid: int, price: Price) -> None:
        """Take the price of a bid from its supporters."""
        supporters = self.market.supporters[bid]
        self.denominator *= price.points
        self._endowment *= price.points
        self._prices = [number * price.points for number in self._prices]
        self._prices.append(price.number)
        self._number_of[bid] = len(self._prices)
        each = price.number / self.denominator
        self.money[supporters.groups] -= each if supporters.weights is None else each * supporters.weights
        self.is_spent[price.spent] = True
        self.money[price.spent] = 0.0
        self.error += 3 * ULP * self._scale
