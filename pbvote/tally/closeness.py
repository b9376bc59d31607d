"""How close a bid came: found by counting again, never by guessing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import takewhile

from pbvote.tally.ballot_rules import BallotRules
from pbvote.tally.ballots import Ballot, BallotKind, ballot_of
from pbvote.tally.count import count
from pbvote.tally.election import Election
from pbvote.tally.outcome import Verdict
from pbvote.tally.rules import Rule, TieKey
from pbvote.tally.ties import Draws

_SHORT_OF_MONEY = (Verdict.DOES_NOT_FIT, Verdict.STOPPED, Verdict.NOT_AFFORDED)


@dataclass(frozen=True)
class Closeness:
    """What would have funded a bid; None where nothing would, or where it is funded.

    `more_ballots` further ballots that give this bid `points` points each, and every other bid `others`, are enough,
    and one fewer is not. A ballot that gives the others none names this bid alone. `smaller_ask` is by how much less it
    would have had to ask for, in minor units, and one minor unit less is not; under rules that raise endowments by
    whole units of the currency, one whole unit less is not.
    """

    more_ballots: int | None
    smaller_ask: int | None
    points: int = 1
    others: int = 0


def closeness(election: Election, rule: Rule, ref: str, draws: Draws = ()) -> Closeness:
    """How close the bid `ref` came to be funded.

    Under Equal Shares more support is not always better, so there may be a smaller number that is enough as well; what
    is said of the two numbers next to each other was counted. A tie that only a draw or a lot would settle is no
    success, since nobody can promise its result.
    """
    sure = replace(rule, ties=tuple(takewhile(lambda key: key not in (TieKey.DRAW, TieKey.LOT), rule.ties)))
    bid = election.bid_by_ref[ref]
    outcome = count(election, rule, draws)
    if bid.is_withdrawn or ref in outcome.funded:
        return Closeness(None, None)
    step = next(step for step in outcome.steps if step.ref == ref)
    unit = election.minor_units if rule.kind.raises_endowment else 1
    ballot = _ballot_for(election, ref)
    points = dict(election.ballot_rules.points_of(ballot))[ref]

    def is_funded(changed: Election) -> bool:
        return ref in count(changed, sure).funded

    def with_ballots(number: int) -> bool:
        groups = dict(election.ballots.groups)
        groups[ballot] = groups.get(ballot, 0) + number
        return is_funded(replace(election, ballots=replace(election.ballots, groups=groups)))

    def with_less(cut: int) -> bool:
        cheaper = replace(bid, ask=bid.ask - cut * unit)
        bids = tuple(cheaper if other.ref == ref else other for other in election.bids)
        return is_funded(replace(election, bids=bids))

    # Where money was missing it is a good guess for how much less to ask for, and for how many voters' parts to add.
    missing = step.needed if step.verdict in _SHORT_OF_MONEY else 0
    voters = -(-missing // outcome.endowment) if outcome.endowment else 1
    more = _least(with_ballots, most=4 * election.ballots.voters + 10, first=max(1, voters))
    less = _least(with_less, most=(bid.own_part - 1) // unit, first=max(1, -(-missing // unit)))
    others = _points_of_others(election.ballot_rules)
    return Closeness(more, None if less is None else less * unit, points, others)


def _least(is_enough: Callable[[int], bool], *, most: int, first: int = 1) -> int | None:
    """A number from 1 to `most` that is enough while the one before is not; None if none is found.

    Tries `first` and the one before; else doubles until a number is enough, and halves the gap to the last that was
    not.
    """
    if most < 1:
        return None
    low, high = 0, min(first, most)
    while not is_enough(high):
        if high == most:
            return None
        low, high = high, min(2 * high, most)
    if high == first > 1 and not is_enough(first - 1):
        return first
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high


def _points_of_others(rules: BallotRules) -> int:
    """What a ballot must give each bid at least: one that leaves any out would not be complete, and never counted."""
    return rules.min_points or 0 if rules.must_score_all else 0


def _ballot_for(election: Election, ref: str) -> Ballot:
    """The ballot that does most for one bid, and for the others no more than it must."""
    rules, kind = election.ballot_rules, election.ballots.kind
    if not kind.has_points:
        return ((ref, 1),)
    given = max((points for ballot in election.ballots.groups for _, points in ballot), default=1)
    limits = [limit for limit in (rules.max_points, rules.max_sum) if limit is not None]
    if kind is BallotKind.CUMULATIVE and rules.max_points is None:
        limits = [rules.max_sum] if rules.max_sum is not None else []
    least = _points_of_others(rules)
    others = {other.ref: least for other in election.bids} if least else {}
    return ballot_of(kind, {**others, ref: min(limits, default=max(1, given))})
