"""Equal Shares and Phragmén as their definitions read, one voter at a time and in fractions: slow, and easy to check.

Nothing here is shared with the package but the elections that go in.
"""

from collections.abc import Callable
from fractions import Fraction

from pbvote.tally import Election, Project

Voter = dict[str, int]  # points by reference
Order = Callable[[Project], tuple[int, ...]]


def voters_of(election: Election) -> list[Voter]:
    """One entry per voter: what that voter gives to each bid."""
    return [
        dict(election.ballot_rules.points_of(ballot))
        for ballot, number in election.ballots.groups.items()
        for _ in range(number)
    ]


def order_of(election: Election) -> Order:
    """The tie keys cheaper, votes, listed, worked out from the ballots once more."""
    voters = {bid.ref: sum(bid.ref in voter for voter in voters_of(election)) for bid in election.bids}
    listed = {bid.ref: place for place, bid in enumerate(election.bids)}
    return lambda bid: (bid.ask, -voters[bid.ref], listed[bid.ref])


def with_points(election: Election) -> list[Project]:
    """The bids that can be funded at all: some points, all together."""
    voters = voters_of(election)
    return [bid for bid in election.bids if sum(voter.get(bid.ref, 0) for voter in voters) > 0]


def price_of(bid: Project, voters: list[Voter], money: list[Fraction]) -> Fraction | None:
    """The price per point at which supporters together pay the ask, each at most what they have; None if they can't."""
    supporters = [(money[i] / voter[bid.ref], voter[bid.ref]) for i, voter in enumerate(voters) if bid.ref in voter]
    supporters = sorted((ratio, points) for ratio, points in supporters if points > 0)
    to_pay, points_left = Fraction(bid.ask), sum(points for _, points in supporters)
    for ratio, points in supporters:
        if ratio * points_left >= to_pay:
            return to_pay / points_left
        to_pay -= ratio * points
        points_left -= points
    return None


def buy_with(
    endowment: Fraction, bids: list[Project], voters: list[Voter], order: Order, *, is_cost: bool
) -> list[tuple[str, Fraction]]:
    """The bids bought with one endowment, in order, each with its price per point."""
    voters = [{ref: points for ref, points in voter.items() if points > 0} for voter in voters]
    money = [endowment] * len(voters)
    bought: list[tuple[str, Fraction]] = []
    bids = list(bids)
    while True:
        prices = {bid.ref: price for bid in bids if (price := price_of(bid, voters, money)) is not None}
        if not prices:
            return bought
        rates = {bid: prices[bid.ref] / (bid.ask if is_cost else 1) for bid in bids if bid.ref in prices}
        best = min(rates.values())
        bid = min((bid for bid in rates if rates[bid] == best), key=order)
        price = prices[bid.ref]
        money = [have - min(have, price * voter.get(bid.ref, 0)) for have, voter in zip(money, voters, strict=True)]
        bought.append((bid.ref, price))
        bids = [
            other
            for other in bids
            if other is not bid and not (bid.exclusive_group and other.exclusive_group == bid.exclusive_group)
        ]


def raise_endowment(
    election: Election, bids: list[Project], order: Order, *, is_cost: bool, is_exhaustive: bool
) -> tuple[int, list[tuple[str, Fraction]]]:
    """The last endowment, one unit at a time, before the share is overspent, and what is bought with it."""
    voters, unit = voters_of(election), election.minor_units
    asks = {bid.ref: bid.ask for bid in bids}
    endowment = election.share // len(voters) // unit * unit
    bought = buy_with(Fraction(endowment), bids, voters, order, is_cost=is_cost)
    while True:
        refs = [ref for ref, _ in bought]
        groups = {bid.exclusive_group for bid in bids if bid.ref in refs and bid.exclusive_group}
        rest = [bid for bid in bids if bid.ref not in refs and bid.exclusive_group not in groups]
        left = election.share - sum(asks[ref] for ref in refs)
        if not rest or (is_exhaustive and all(bid.ask > left for bid in rest)):
            return endowment, bought
        higher = buy_with(Fraction(endowment + unit), bids, voters, order, is_cost=is_cost)
        if sum(asks[ref] for ref, _ in higher) > election.share:
            return endowment, bought
        endowment, bought = endowment + unit, higher


def buy_in_time(election: Election, bids: list[Project], order: Order) -> tuple[list[str], str]:
    """What Phragmén's rule buys, in order, and the bid at which it stops, if it does."""
    voters = voters_of(election)
    paid = [Fraction(0)] * len(voters)
    bought: list[str] = []
    left, bids = election.share, list(bids)
    while bids:
        due = {}
        for bid in bids:
            supporters = [i for i, voter in enumerate(voters) if voter.get(bid.ref, 0) > 0]
            due[bid] = (bid.ask + sum((paid[i] for i in supporters), Fraction(0))) / len(supporters)
        earliest = min(due.values())
        bid = min((bid for bid in bids if due[bid] == earliest), key=order)
        if bid.ask > left:
            return bought, bid.ref
        left -= bid.ask
        bought.append(bid.ref)
        paid = [earliest if voter.get(bid.ref, 0) > 0 else time for time, voter in zip(paid, voters, strict=True)]
        bids = [
            other
            for other in bids
            if other is not bid and not (bid.exclusive_group and other.exclusive_group == bid.exclusive_group)
        ]
    return bought, ""
