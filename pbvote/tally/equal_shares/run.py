"""One run of the Method of Equal Shares with a given endowment: exact decisions at the speed of floats.

A bid's supporters can afford it at price q per point if Σ min(money, q·points) reaches its ask. The bid with the lowest
price per unit of utility is bought, its supporters pay, and so on until no bid can be afforded
(Peters, Pierczyński, Skowron: Proportional Participatory Budgeting with Additive Utilities, 2021).

Prices are first found as float intervals that contain the exact price for certain. Only if two bids' intervals overlap,
or a voter's money lies too close to what is due, whole numbers of any length decide.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

import numpy as np
from numpy.typing import NDArray

from pbvote.tally.arrays import Floats, Indices, Market, Supporters
from pbvote.tally.election import Project
from pbvote.tally.equal_shares.purse import ULP, Price, Purse

FirstOf = Callable[[Sequence[int]], Sequence[int]]  # numbers of tied bids -> those that come first


@dataclass(frozen=True)
class Purchase:
    """A bid that was bought, the most that one point cost a supporter, and the bids that tied with it."""

    bid: Project
    price: Fraction  # minor units per point
    high_rate: float  # no less than the price per unit of utility
    next_rate: float  # no more than what any other bid would have cost per unit of utility
    tied_with: tuple[Project, ...]


@dataclass
class Result:
    """What one endowment bought, in order. If bids are `waiting`, they tie and nothing says which of them is first."""

    endowment: Fraction
    purchases: list[Purchase] = field(default_factory=list)
    waiting: tuple[Project, ...] = ()

    @property
    def spent(self) -> int:
        """What the bids asked for, together."""
        return sum(purchase.bid.ask for purchase in self.purchases)

    def surely_holds_up_to(self, higher: "Result") -> bool:
        """Whether every endowment between the two surely buys the same in the same order; for runs without draws.

        As long as the same is bought, a higher endowment leaves each voter with at least as much, and each bid costs at
        most as much per point. So a bid is bought at all endowments between if it costs less at the lower one than any
        other at the higher one. If it costs the same at both, whatever ties with it between does so at the higher one.
        """
        return (
            not higher.waiting
            and [one.bid.ref for one in self.purchases] == [one.bid.ref for one in higher.purchases]
            and all(
                one.high_rate < other.next_rate or one.price == other.price
                for one, other in zip(self.purchases, higher.purchases, strict=True)
            )
        )


@dataclass(frozen=True)
class _Offer:
    """Floats between which the price per point of a bid lies for certain, and the same per unit of utility."""

    low: float
    high: float
    low_rate: float
    high_rate: float


class Run:
    """One run over a market. With `is_cost` a bid is worth its ask to its supporters, otherwise each bid is worth 1.

    `first_of` puts tied bids in order and gives the first; several, if nothing says which of them is first.
    """

    def __init__(self, market: Market, endowment: Fraction, *, is_cost: bool, first_of: FirstOf) -> None:
        self._market = market
        self._purse = Purse(market, endowment)
        self._is_cost = is_cost
        self._first_of = first_of
        self.result = Result(endowment)
        self._taken: set[str] = set()  # exclusive groups of which a bid is bought
        self._low = [
            bid.ask / one.weight * (1 - 4 * ULP) if one.weight else inf
            for bid, one in zip(market.bids, market.supporters, strict=True)
        ]
        self._queue = [(self._rate(bid, low), bid) for bid, low in enumerate(self._low) if low < inf]
        heapq.heapify(self._queue)

    def buy_all(self) -> "Run":
        """Buy until nothing can be afforded, or a tie must wait."""
        while not self.result.waiting and (contenders := self._contenders()):
            prices = {bid: price for bid, offer in contenders.items() if (price := self._exact_price(bid, offer))}
            tied = self._cheapest(prices)
            first = tied if len(tied) < 2 else self._first_of(tied)
            if len(first) > 1:
                self.result.waiting = tuple(self._market.bids[bid] for bid in first)
            elif first:
                for bid in prices.keys() - first:
                    heapq.heappush(self._queue, (contenders[bid].low_rate, bid))
                self._buy(first[0], prices[first[0]], contenders[first[0]].high_rate, tied)
        return self

    def money_behind(self) -> dict[str, Fraction]:
        """What the supporters of each bid have left between them, in minor units, by the bid's reference."""
        return {
            bid.ref: Fraction(self._purse.exact_sum(one.groups), self._purse.denominator)
            for bid, one in zip(self._market.bids, self._market.supporters, strict=True)
        }

    def _contenders(self) -> dict[int, _Offer]:
        """The bids that may be cheapest now, as far as floats can tell. What can't be afforded any more is dropped."""
        limit = inf  # the cheapest bid costs no more than that
        offers: list[tuple[int, _Offer]] = []
        while self._queue and self._queue[0][0] <= limit:
            _, bid = heapq.heappop(self._queue)
            if self._market.bids[bid].exclusive_group in self._taken:
                continue
            offer = self._offer(bid, limit)
            if offer is not None:
                self._low[bid] = offer.low
                offers.append((bid, offer))
                limit = min(limit, offer.high_rate)
        for bid, offer in offers:
            if offer.low_rate > limit:
                heapq.heappush(self._queue, (offer.low_rate, bid))
        return {bid: offer for bid, offer in offers if offer.low_rate <= limit}

    def _offer(self, bid: int, limit: float) -> _Offer | None:
        """The interval of a bid's price, or None if it surely can't be afforded.

        Newton's method from below: whoever can't pay the price tried pays all, the others share the rest. Since the
        sum that a price brings in is concave in the price, each price tried is a lower bound. The search ends early
        above `limit`.
        """
        one, ask = self._market.supporters[bid], self._market.bids[bid].ask
        money = self._purse.money[one.groups]
        slack = one.number * self._purse.error + (len(money) + 8) * 2 * ULP * ask
        low = self._low[bid]
        while True:
            due = low if one.weights is None else low * one.weights
            gap = ask - float(np.minimum(money, due) @ one.voters)
            points = float(np.dot(money >= due, one.points))
            if gap <= 2 * slack:
                break
            if not points:
                return None
            low = (low + (gap - slack) / points) * (1 - 2 * ULP)
            if self._rate(bid, low) > limit:
                return _Offer(low, inf, self._rate(bid, low), inf)
        high = self._high(one, money, low, points, ask, slack) if points else inf
        return _Offer(low, high, self._rate(bid, low), self._rate(bid, high) * (1 + 8 * ULP))

    def _high(self, one: Supporters, money: Floats, low: float, points: float, ask: int, slack: float) -> float:
        """A price just above `low` that surely brings in the ask; infinite if none is found."""
        step = 8 * slack / points + 8 * ULP * low
        for _ in range(4):
            high = low + step
            due = high if one.weights is None else high * one.weights
            if float(np.minimum(money, due) @ one.voters) >= ask + slack:
                return high
            step *= 16
        return inf

    def _rate(self, bid: int, price: float) -> float:
        """A price per point as a price per unit of utility, rounded down a little."""
        return (price / self._market.bids[bid].ask if self._is_cost else price) * (1 - 4 * ULP)

    def _exact_price(self, bid: int, offer: _Offer) -> Price | None:
        """The exact price of a bid, or None if it can't be afforded.

        Floats say of most supporters whether they can pay it; the few others are tried one by one, poorest first.
        """
        one, purse = self._market.supporters[bid], self._purse
        money, error = purse.money[one.groups], 2 * purse.error
        low = offer.low if one.weights is None else offer.low * one.weights
        high = offer.high if one.weights is None else offer.high * one.weights
        ask = self._market.bids[bid].ask * purse.denominator
        can_pay = money - error > high
        if can_pay.all():
            return Price(ask, one.weight, one.groups[:0])
        is_poor = money + error < low
        is_close = ~(is_poor | can_pay)
        spent = one.groups[is_poor]
        number = ask - purse.exact_sum(spent)
        points = one.weight - int(one.points[is_poor].sum())
        if is_close.any():
            number, points, also_spent = self._try_close(number, points, one, is_close)
            spent = np.concatenate((spent, also_spent))
        return Price(number, points, spent) if points else None

    def _try_close(
        self, number: int, points: int, one: Supporters, is_close: NDArray[np.bool_]
    ) -> tuple[int, int, Indices]:
        """What is left to pay and the points to pay it by, once each close supporter has been tried exactly.

        Also the groups that pay all they have: those who have less than is due, or just that.
        """
        rows = []
        columns = (one.groups[is_close], one.voters[is_close], one.points[is_close])
        for group, voters, given in zip(*(column.tolist() for column in columns), strict=True):
            money = self._purse.exact(group) * int(voters)
            rows.append((Fraction(money, int(given)), group, money, int(given)))
        spent: list[int] = []
        for per_point, group, money, given in sorted(rows):
            due = per_point * points
            if due > number:
                break
            spent.append(group)
            if due < number:
                number -= money
                points -= given
        return number, points, np.array(spent, dtype=np.intp)

    def _cheapest(self, prices: Mapping[int, Price]) -> Sequence[int]:
        """The bids with the lowest exact price per unit of utility."""
        if len(prices) < 2:
            return list(prices)
        rates = {bid: self._exact_rate(bid, price) for bid, price in prices.items()}
        best = min(rates.values())
        return [bid for bid in prices if rates[bid] == best]

    def _buy(self, winner: int, price: Price, high_rate: float, tied: Sequence[int]) -> None:
        """Buy a bid and write it down. All others that can be bought are in the queue."""
        bids = self._market.bids
        self._purse.buy(winner, price)
        each = Fraction(price.number, self._purse.denominator)
        next_rate = self._queue[0][0] if self._queue else inf
        others = tuple(bids[bid] for bid in tied if bid != winner)
        self.result.purchases.append(Purchase(bids[winner], each, high_rate, next_rate, others))
        if bids[winner].exclusive_group:
            self._taken.add(bids[winner].exclusive_group)

    def _exact_rate(self, bid: int, price: Price) -> Fraction:
        """An exact price per unit of utility, times the purse's denominator."""
        return Fraction(price.number, price.points * (self._market.bids[bid].ask if self._is_cost else 1))
