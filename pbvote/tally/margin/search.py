"""The search for the margin: ballots are taken away, and the rest is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pbvote.tally.count import count
from pbvote.tally.election import Election
from pbvote.tally.margin.guesses import Guesses
from pbvote.tally.margin.marks import BallotRow, Marks, Removal
from pbvote.tally.margin.overtaking import Overtaking
from pbvote.tally.outcome import Offer, Outcome
from pbvote.tally.rules import Rule, TieKey
from pbvote.tally.ties import Draws

MOST_BALLOTS = 1_000
"""Different ballots up to which a margin is looked for where nothing is proved about it."""

MOST_RECOUNTS = 300
MOST_LONG_RECOUNTS = 60  # of a rule that raises endowments, so that one count is as long as many


@dataclass(frozen=True)
class Margin:
    """How many ballots stand between an outcome and another one.

    There are `enough` ballots without which an award could change, as was counted; None if no such ballots were found.
    Whichever ballots are taken away, if they are fewer than `at_least` no award can change: 1 says that nothing is
    known, None that there are no such ballots at all. Both are 0 while the outcome waits for a draw.
    """

    enough: int | None
    at_least: int | None


def margin(election: Election, rule: Rule, draws: Draws = ()) -> Margin:
    """The margin of the outcome of `election` under `rule`, with the draws made in the room.

    Raises ValueError for stated totals, which no ballot changes, and for more than MOST_BALLOTS different ballots under
    a rule of which nothing is proved.
    """
    if election.stated_totals is not None:
        raise ValueError("Stated totals do not follow from the ballots.")
    outcome = count(election, rule, draws)
    if outcome.waiting:
        return Margin(0, 0)
    marks = Marks(election)
    search = _Search(election, rule, draws, outcome)
    is_by_total = rule.kind.is_greedy and not rule.by_mean and rule.minimum_mean is None
    if is_by_total and not marks.any_below_zero():
        at_least = _search_by_bound(search, Overtaking(election, rule, outcome, marks))
    elif len(marks.rows) <= MOST_BALLOTS:
        at_least = _search_by_guess(search, Guesses(election, rule, outcome, marks))
    else:
        raise ValueError(f"Under {rule.name} a margin is looked for among up to {MOST_BALLOTS:,} different ballots.")
    if at_least == 1:
        at_least = search.least_beside_one(marks.rows)
    if at_least is None or at_least > election.ballots.voters:
        return Margin(None, None)
    return Margin(search.best, at_least)


def _search_by_bound(search: "_Search", overtaking: Overtaking) -> int | None:
    """Try what could change an award, the cheapest first; the bound of the cheapest, or None if nothing could."""
    at_least = None
    for bound, removal in overtaking.cheapest_first():
        at_least = at_least or bound
        if search.is_over(bound):
            break
        search.shorten(removal, first=bound)
    return at_least


def _search_by_guess(search: "_Search", guesses: Iterable[Removal]) -> int:
    """Try what is likely to change an award; 1, since nothing is known of other removals."""
    for removal in guesses:
        if search.is_over(1):
            break
        search.shorten(removal)
    return 1


class _Search:
    """The fewest ballots found so far without which an award could change, and the recounts that are left."""

    def __init__(self, election: Election, rule: Rule, draws: Draws, outcome: Outcome) -> None:
        ties = rule.ties
        if rule.kind.is_greedy and TieKey.LOT in ties:
            ties = ties[: ties.index(TieKey.LOT)]
        self._election = election
        self._rule = replace(rule, ties=ties)
        self._draws = draws
        self._awards = _awards(outcome)
        self._recounts_left = MOST_LONG_RECOUNTS if rule.kind.raises_endowment else MOST_RECOUNTS
        self.best: int | None = None

    def is_over(self, bound: int) -> bool:
        """Whether removals of so many ballots, or more, need not be tried."""
        return not self._recounts_left or (self.best is not None and bound >= self.best)

    def shorten(self, removal: Removal, first: int = 1) -> None:
        """Find how many of these ballots, taken in order, are enough, if fewer are than the best that is known.

        Tries `first` of them; else doubles until a number is enough, and halves the gap to the last that was not.
        """
        most = sum(number for _, number in removal)
        if self.best is not None:
            most = min(most, self.best - 1)
        if first > most or not self._is_enough(removal, most):
            return
        low, high = first - 1, first
        while high < most and not self._is_enough(removal, high):
            low, high = high, min(2 * high, most)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._is_enough(removal, middle) else (middle, high)
        self.best = high

    def least_beside_one(self, rows: Sequence[BallotRow]) -> int:
        """Take each ballot away by itself: 2 if none is enough, 1 if one is or there are too many to try."""
        if self.best == 1 or len(rows) > self._recounts_left:
            return 1
        if any(self._is_enough([(row.ballot, 1)], 1) for row in rows):
            self.best = 1
            return 1
        return 2

    def _is_enough(self, removal: Removal, number: int) -> bool:
        """Whether an award could change without the first `number` ballots; False once no recounts are left."""
        if not self._recounts_left:
            return False
        self._recounts_left -= 1
        groups = dict(self._election.ballots.groups)
        for ballot, voters in removal:
            taken = min(voters, number)
            number -= taken
            groups[ballot] -= taken
            if not groups[ballot]:
                del groups[ballot]
            if not number:
                break
        fewer = replace(self._election, ballots=replace(self._election.ballots, groups=groups))
        outcome = count(fewer, self._rule, self._draws)
        return bool(outcome.waiting) or _awards(outcome) != self._awards


def _awards(outcome: Outcome) -> tuple[frozenset[str], tuple[Offer, ...]]:
    return frozenset(outcome.funded), outcome.offers
