"""Phragmén's sequential rule, exactly.

Every voter earns money at the same pace, from nothing. The moment the supporters of a bid have earned its ask between
them it is bought, and they begin again. So a bid is bought at the time (ask + Σ times its supporters last paid) / number
of supporters; the earliest comes first. The first bid that asks for more than is left of the share ends the count
(Los, Christoff, Grossi: Proportional Budget Allocations, 2022). Points above 0 are support, however many.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np

from pbvote.tally.arrays import BallotTable, Market
from pbvote.tally.election import Election, Project
from pbvote.tally.eligibility import bar
from pbvote.tally.outcome import Outcome, Step, Verdict
from pbvote.tally.rules import Rule, TieKey
from pbvote.tally.steps import StepLog
from pbvote.tally.ties import Draws, TieBreaker
from pbvote.tally.totals import add_up


def count_phragmen(election: Election, rule: Rule, draws: Draws = ()) -> Outcome:
    """The outcome under `phragmen`."""
    totals = add_up(election)
    log, ties = StepLog(election, totals), TieBreaker(election, rule, totals, draws)
    bars = {bid.ref: bar(bid, totals[bid.ref], rule) for bid in election.bids}
    eligible = [bid for bid in election.bids if bars[bid.ref] is None]
    waiting = _buy(BallotTable(election).market(eligible), log, ties)
    stop = next((step for step in log.steps if step.verdict is Verdict.STOPPED), None)
    done = {step.ref for step in log.steps}
    rest = [bid for bid in election.bids if bid.ref not in done]
    for bid in sorted(rest, key=lambda bid: -totals[bid.ref].points):
        verdict = bars[bid.ref]
        if verdict is not None:
            log.add_barred(bid, verdict, rule)
        elif holder := log.holders.get(bid.exclusive_group, ""):
            log.add(bid, Verdict.EXCLUDED, because_of=holder)
        elif stop is None:
            log.add(bid, Verdict.AFTER_TIE)
        else:
            _write_after(log, bid, stop, [election.bid_by_ref[ref] for ref in (stop.ref, *stop.tied_with)])
    return log.outcome(waiting)


def _write_after(log: StepLog, bid: Project, stop: Step, tied: Sequence[Project]) -> None:
    """Write down a bid whose turn would have come after the stop, and that was level with it, if it was."""
    level = _others(bid, tied) if bid in tied else ()
    key = stop.settled_by if level else None
    log.add(bid, Verdict.AFTER_STOP, because_of=stop.ref, tied_with=level, settled_by=key)


def _buy(market: Market, log: StepLog, ties: TieBreaker) -> Sequence[Project]:
    """Buy bids until one does not fit or a tie must wait; the tied bids, if it must."""
    clock = _Clock(market)
    remaining = list(range(len(market.bids)))
    while remaining:
        due = {number: clock.due(number) for number in remaining}
        earliest = min(due.values())
        tied = [market.bids[number] for number in remaining if due[number] == earliest]
        block, key = ties.order(tied)[0]
        if len(block) > 1:
            for bid in block:
                log.add(bid, Verdict.TIED, tied_with=_others(bid, block))
            return block
        bid = block[0]
        is_fitting = bid.ask <= log.left
        _write(log, bid, _others(bid, tied), key, is_fitting=is_fitting)
        if not is_fitting:
            return ()
        clock.buy(market.bids.index(bid), earliest)
        remaining = [number for number in remaining if market.bids[number].exclusive_group not in log.holders]
        remaining = [number for number in remaining if market.bids[number] is not bid]
    return ()


def _write(log: StepLog, bid: Project, tied: Sequence[Project], key: TieKey | None, *, is_fitting: bool) -> None:
    verdict = Verdict.FUNDED if is_fitting else Verdict.STOPPED
    log.add(bid, verdict, max(0, bid.ask - log.left), tied_with=tied, settled_by=key)


class _Clock:
    """When each group of voters last paid. Times are fractions over one common denominator, never reduced."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._denominator = 1
        self._times = [0]  # numerators of the moments at which a bid was bought; the first is the start
        self._last = np.zeros(len(market.voters), dtype=np.intp)  # by group: its place in `_times`

    def due(self, number: int) -> Fraction:
        """The time at which a bid's supporters will have earned its ask, times the denominator."""
        one = self._market.supporters[number]
        voters = np.bincount(self._last[one.groups], weights=one.voters, minlength=len(self._times)).tolist()
        saved = sum(int(paid) * time for paid, time in zip(voters, self._times, strict=True))
        return Fraction(self._market.bids[number].ask * self._denominator + saved, one.number)

    def buy(self, number: int, due: Fraction) -> None:
        """Note that the supporters of a bid have paid at the time `due` says."""
        factor = due.denominator
        self._denominator *= factor
        self._times = [time * factor for time in self._times]
        self._last[self._market.supporters[number].groups] = len(self._times)
        self._times.append(due.numerator)


def _others(bid: Project, tied: Iterable[Project]) -> list[Project]:
    return [other for other in tied if other is not bid]
