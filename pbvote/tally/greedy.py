"""The greedy family: bids have their turn in order of their votes or points, most first.

A bid is ranked by its total, never by its total per pound. One that asks for exactly what is left is funded. A bid
that nobody voted for is never funded.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from pbvote.tally.election import Bid, Election
from pbvote.tally.outcome import Outcome, Step, Verdict
from pbvote.tally.rules import Rule, TieKey
from pbvote.tally.ties import Draws, TieBreaker
from pbvote.tally.totals import add_up


def count_greedy(election: Election, rule: Rule, draws: Draws = ()) -> Outcome:
    """The outcome under one of the `greedy…` rules."""
    return _Walk(election, rule, draws).outcome()


class _Walk:
    """One walk down the ranking, from the bid with the most votes or points to the one with the fewest."""

    def __init__(self, election: Election, rule: Rule, draws: Draws) -> None:
        self.election = election
        self.rule = rule
        self.totals = add_up(election)
        self.ties = TieBreaker(election, rule, self.totals, draws)
        self.left = election.share
        self.steps: list[Step] = []
        self.holders: dict[str, str] = {}  # exclusive group -> its funded bid
        self.waiting: tuple[str, ...] = ()
        self.has_stopped = False

    def outcome(self) -> Outcome:
        ranked = sorted(self.election.bids, key=self._rank)
        for _, equal in groupby(ranked, key=self._rank):
            self._take_equals(list(equal))
        funded = tuple(step.ref for step in self.steps if step.verdict.is_funded)
        spent = sum(self.election.bid_by_ref[ref].ask for ref in funded)
        return Outcome(funded, spent, self.left, tuple(self.steps), self.waiting)

    def _rank(self, bid: Bid) -> Fraction | int:
        total = self.totals[bid.ref]
        return -total.mean if self.rule.by_mean else -total.points

    def _take_equals(self, equal: list[Bid]) -> None:
        """Give a turn to bids with the same total: in any order where it makes no difference, else by the tie keys."""
        contenders = [bid for bid in equal if self._bar(bid) is None]
        if self._order_matters(contenders):
            for block, key in self.ties.order(contenders):
                self._take_block(block, contenders, key)
        else:
            for bid in contenders:
                self._take(bid)
        for bid in equal:
            if bid not in contenders:
                self._note_barred(bid)

    def _take_block(self, block: list[Bid], equal: list[Bid], key: TieKey | None) -> None:
        if len(block) == 1 or not self._order_matters(block):
            for bid in block:
                self._take(bid, _others(bid, equal), key)
            return
        if not self.rule.kind.stops:
            for bid in block:
                if bid.ask > self.left:
                    self._take(bid)
            block = [bid for bid in block if bid.ask <= self.left]
        self.waiting = tuple(bid.ref for bid in block)
        for bid in block:
            self._add(bid, Verdict.TIED, tied_with=_others(bid, block))

    def _bar(self, bid: Bid) -> Verdict | None:
        """Why this bid can't be funded, whatever is left."""
        total = self.totals[bid.ref]
        mean = self.rule.minimum_mean
        if bid.is_withdrawn:
            return Verdict.WITHDRAWN
        if total.points <= 0:
            return Verdict.NO_VOTES
        if total.points < self.rule.threshold:
            return Verdict.BELOW_THRESHOLD
        if mean is not None and total.mean < mean:
            return Verdict.BELOW_MEAN
        return None

    def _note_barred(self, bid: Bid) -> None:
        verdict = self._bar(bid)
        if verdict is Verdict.BELOW_THRESHOLD:
            self._add(bid, verdict, needed=self.rule.threshold - self.totals[bid.ref].points)
        elif verdict is not None:
            self._add(bid, verdict)

    def _order_matters(self, equal: Sequence[Bid]) -> bool:
        """Whether the order of these bids decides which of them are funded."""
        if len(equal) < 2 or self.waiting or self.has_stopped:
            return False
        free = [bid for bid in equal if bid.exclusive_group not in self.holders]
        fitting = [bid for bid in free if bid.ask <= self.left]
        too_dear = [bid for bid in free if bid.ask > self.left]
        groups = [bid.exclusive_group for bid in fitting if bid.exclusive_group]
        if sum(bid.ask for bid in fitting) > self.left or len(set(groups)) < len(groups):
            return True
        if self.rule.kind.stops and too_dear:
            return bool(fitting) or (len(too_dear) > 1 and any(map(self._is_topped_up, too_dear)))
        return False

    def _is_topped_up(self, bid: Bid) -> bool:
        percent = self.rule.top_up_percent
        return percent is not None and self.left * 100 >= bid.ask * percent

    def _take(self, bid: Bid, tied_with: tuple[str, ...] = (), settled_by: TieKey | None = None) -> None:
        """Give one bid its turn."""
        holder = self.holders.get(bid.exclusive_group, "")
        missing = bid.ask - self.left
        if self.waiting:
            self._add(bid, Verdict.AFTER_TIE)
        elif self.has_stopped:
            self._add(bid, Verdict.AFTER_STOP)
        elif holder:
            self._add(bid, Verdict.EXCLUDED, because_of=holder)
        elif missing <= 0:
            self._fund(bid, Verdict.FUNDED, 0, tied_with, settled_by)
        elif not self.rule.kind.stops:
            self._add(bid, Verdict.DOES_NOT_FIT, missing, tied_with=tied_with, settled_by=settled_by)
        else:
            self.has_stopped = True
            if self._is_topped_up(bid):
                self._fund(bid, Verdict.TOPPED_UP, missing, tied_with, settled_by)
            else:
                self._add(bid, Verdict.STOPPED, missing, tied_with=tied_with, settled_by=settled_by)

    def _fund(
        self, bid: Bid, verdict: Verdict, missing: int, tied_with: tuple[str, ...], settled_by: TieKey | None
    ) -> None:
        if bid.exclusive_group:
            self.holders[bid.exclusive_group] = bid.ref
        self._add(bid, verdict, missing, spending=bid.ask - missing, tied_with=tied_with, settled_by=settled_by)

    def _add(
        self,
        bid: Bid,
        verdict: Verdict,
        needed: int = 0,
        *,
        spending: int = 0,
        because_of: str = "",
        tied_with: tuple[str, ...] = (),
        settled_by: TieKey | None = None,
    ) -> None:
        total = self.totals[bid.ref]
        left_before, self.left = self.left, self.left - spending
        self.steps.append(
            Step(
                ref=bid.ref,
                verdict=verdict,
                total=total.points,
                voters=total.voters,
                ask=bid.ask,
                left_before=left_before,
                left_after=self.left,
                needed=needed,
                because_of=because_of,
                tied_with=tied_with,
                settled_by=settled_by,
            )
        )


def _others(bid: Bid, equal: Iterable[Bid]) -> tuple[str, ...]:
    return tuple(other.ref for other in equal if other is not bid)
