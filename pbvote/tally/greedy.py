"""The greedy family: bids have their turn in order of their votes or points, most first.

A bid is ranked by its total, never by its total per pound. One that asks for exactly what is left is funded. A bid
that nobody voted for is never funded.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from pbvote.tally.election import Election, Project
from pbvote.tally.eligibility import bar
from pbvote.tally.outcome import Offer, Outcome, Verdict
from pbvote.tally.rules import Rule, TieKey
from pbvote.tally.steps import StepLog
from pbvote.tally.ties import Draws, TieBreaker
from pbvote.tally.totals import Total, add_up

_PART_FUNDED = (Verdict.DOES_NOT_FIT, Verdict.STOPPED, Verdict.AFTER_STOP)


def count_greedy(election: Election, rule: Rule, draws: Draws = ()) -> Outcome:
    """The outcome under one of the `greedy…` rules."""
    totals = add_up(election)
    log = StepLog(election, totals)
    ties = TieBreaker(election, rule, totals, draws)
    waiting = walk(election.bids, rule, log, ties)
    return log.outcome(waiting, offers=() if waiting else _offers(election, rule, log, ties))


def _offers(election: Election, rule: Rule, log: StepLog, ties: TieBreaker) -> Iterator[Offer]:
    """The bids to which what is left is offered, one after the other: to the next if the one before declines.

    A bid is offered no more than it asked for, and no less than the rule's percentage of it. One whose rival is funded
    is offered nothing. Where the tie keys leave open who is next, there is no further offer.
    """
    percent = rule.part_funding_percent
    if percent is None or not log.left:
        return
    for _, equal in groupby(log.steps, key=lambda step: _rank(log.totals[step.ref], rule)):
        short = [step.ref for step in equal if step.verdict in _PART_FUNDED and log.left * 100 >= step.ask * percent]
        bids = map(election.bid_by_ref.__getitem__, short)
        whole = [bid for bid in bids if not bid.elsewhere and bid.exclusive_group not in log.holders]
        for block, _ in ties.order(whole) if whole else ():
            if len(block) > 1:
                return
            yield Offer(block[0].ref, min(log.left, block[0].ask))


def _rank(total: Total, rule: Rule) -> Fraction | int:
    """What bids are put in order by, smallest first; equal for bids that tie."""
    return -total.mean if rule.by_mean else -total.points


def walk(bids: Iterable[Project], rule: Rule, log: StepLog, ties: TieBreaker) -> Sequence[Project]:
    """Give each of `bids` its turn and write it down; the tied bids that a draw must settle, if there are any."""
    one = _Walk(rule, log, ties)
    one.take_all(bids)
    return one.waiting


class _Walk:
    """One walk down the ranking, from the bid with the most votes or points to the one with the fewest."""

    def __init__(self, rule: Rule, log: StepLog, ties: TieBreaker) -> None:
        self.rule = rule
        self.log = log
        self.ties = ties
        self.waiting: list[Project] = []
        self.stopped_at: Project | None = None

    def take_all(self, bids: Iterable[Project]) -> None:
        def rank(bid: Project) -> Fraction | int:
            return _rank(self.log.totals[bid.ref], self.rule)

        for _, equal in groupby(sorted(bids, key=rank), key=rank):
            self._take_equals(list(equal))

    def _take_equals(self, equal: list[Project]) -> None:
        """Give a turn to bids with the same total: in any order where it makes no difference, else by the tie keys."""
        bars = {bid.ref: bar(bid, self.log.totals[bid.ref], self.rule) for bid in equal}
        contenders = [bid for bid in equal if bars[bid.ref] is None]
        if self._order_matters(contenders):
            for block, key in self.ties.order(contenders):
                self._take_block(block, contenders, key)
        else:
            for bid in contenders:
                self._take(bid)
        for bid in equal:
            if (verdict := bars[bid.ref]) is not None:
                self.log.add_barred(bid, verdict, self.rule)

    def _take_block(self, block: list[Project], equal: list[Project], key: TieKey | None) -> None:
        if len(block) == 1 or not self._order_matters(block):
            for bid in block:
                self._take(bid, _others(bid, equal), key)
            return
        if not self.rule.kind.stops:
            for bid in block:
                if not self.log.fits(bid):
                    self._take(bid)
            block = [bid for bid in block if self.log.fits(bid)]
            # Only bids that could be funded go into a draw, so its order covers no more than these.
            if len(parts := self.ties.order(block)) > 1:
                for part, by in parts:
                    self._take_block(part, equal, by)
                return
        self.waiting = block
        for bid in block:
            self.log.add(bid, Verdict.TIED, tied_with=_others(bid, block))

    def _order_matters(self, equal: Sequence[Project]) -> bool:
        """Whether the order of these bids decides which of them are funded."""
        if len(equal) < 2 or self.waiting or self.stopped_at:
            return False
        free = [bid for bid in equal if bid.exclusive_group not in self.log.holders]
        fitting = [bid for bid in free if self.log.fits(bid)]
        too_dear = [bid for bid in free if not self.log.fits(bid)]
        groups = [bid.exclusive_group for bid in fitting if bid.exclusive_group]
        if not self.log.fits(*fitting) or len(set(groups)) < len(groups):
            return True
        if self.rule.kind.stops and too_dear:
            return bool(fitting) or (len(too_dear) > 1 and any(map(self._is_topped_up, too_dear)))
        return False

    def _is_topped_up(self, bid: Project) -> bool:
        percent = self.rule.top_up_percent
        _, short_in = self.log.shortfall(bid)
        return percent is not None and not short_in and self.log.left * 100 >= bid.own_part * percent

    def _take(self, bid: Project, tied_with: Sequence[Project] = (), settled_by: TieKey | None = None) -> None:
        """Give one bid its turn; the tie is noted where it has to do with what becomes of the bid."""
        holder = self.stopped_at.ref if self.stopped_at else self.log.holders.get(bid.exclusive_group, "")
        if self.waiting:
            self.log.add(bid, Verdict.AFTER_TIE)
        elif holder:
            verdict = Verdict.AFTER_STOP if self.stopped_at else Verdict.EXCLUDED
            if all(other.ref != holder for other in tied_with):
                tied_with, settled_by = (), None
            self.log.add(bid, verdict, because_of=holder, tied_with=tied_with, settled_by=settled_by)
        else:
            missing, short_in = self.log.shortfall(bid)
            verdict = self._verdict(bid)
            self.log.add(bid, verdict, missing, tied_with=tied_with, settled_by=settled_by, short_in=short_in)

    def _verdict(self, bid: Project) -> Verdict:
        if self.log.fits(bid):
            return Verdict.FUNDED
        if not self.rule.kind.stops:
            return Verdict.DOES_NOT_FIT
        self.stopped_at = bid
        return Verdict.TOPPED_UP if self._is_topped_up(bid) else Verdict.STOPPED


def _others(bid: Project, equal: Iterable[Project]) -> list[Project]:
    return [other for other in equal if other is not bid]
