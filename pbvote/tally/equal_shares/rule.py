"""The Method of Equal Shares in its named variants.

- `equalshares`: every voter's endowment is an equal part of the share, exactly.
- `…/add1`: the endowment starts at that part, in whole units of the currency, and is raised by one unit as long as the
  bids bought cost no more than the share. The outcome may become dearer and cheaper again on the way, so every step is
  taken, except those that surely stay below the share and those that surely buy the same as the step before.
- `…/add1u`: as `add1`, and what is left then goes to the bids with most votes or points.
- `…-comparison`: unless more voters prefer the outcome of `greedy`, having given more points to what it funds.

With `is_exhaustive` the endowment is also raised no further once no other bid fits into what is left.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil

from pbvote.tally.arrays import Market
from pbvote.tally.election import Election, Project
from pbvote.tally.eligibility import bar
from pbvote.tally.equal_shares.ladder import Ladder, MarketUpTo
from pbvote.tally.equal_shares.run import Result, Run
from pbvote.tally.greedy import count_greedy, walk
from pbvote.tally.outcome import Outcome, Verdict
from pbvote.tally.rules import Rule, Utilities
from pbvote.tally.steps import StepLog
from pbvote.tally.ties import Draws, TieBreaker
from pbvote.tally.totals import add_up


def count_equal_shares(election: Election, rule: Rule, draws: Draws = ()) -> Outcome:
    """The outcome under one of the `equalshares…` rules."""
    outcome = _Count(election, rule, draws).outcome()
    if not rule.kind.compares or outcome.waiting:
        return outcome
    greedy_rule = Rule("greedy", rule.ties, rule.threshold, minimum_mean=rule.minimum_mean)
    greedy = count_greedy(election, greedy_rule, draws)
    if greedy.waiting or _prefer(election, greedy, outcome):
        return greedy.instead_of(rule.name)
    return outcome


def _prefer(election: Election, one: Outcome, other: Outcome) -> bool:
    """Whether more voters gave more points to what `one` funds than the other way round."""
    balance = 0
    funded, others = set(one.funded), set(other.funded)
    for ballot, voters in election.ballots.groups.items():
        pairs = list(election.ballot_rules.points_of(ballot))
        gain = sum(points * ((ref in funded) - (ref in others)) for ref, points in pairs)
        balance += voters * ((gain > 0) - (gain < 0))
    return balance > 0


class _Count:
    """One count: the runs that the variant needs, and the outcome of the last."""

    def __init__(self, election: Election, rule: Rule, draws: Draws) -> None:
        self.election = election
        self.rule = rule
        self.has_draws = bool(draws)
        self.totals = add_up(election)
        self.ties = TieBreaker(election, rule, self.totals, draws)
        self.bars = {bid.ref: bar(bid, self.totals[bid.ref], rule) for bid in election.bids}
        self.eligible = [bid for bid in election.bids if self.bars[bid.ref] is None]
        self.market = MarketUpTo(election, self.eligible, self.totals)

    def outcome(self) -> Outcome:
        if not self.eligible:
            return self._write_down(None, None)
        if not self.rule.kind.raises_endowment:
            endowment = Fraction(self.election.share, self.election.ballots.voters)
            return self._write_down(self._run(self.market.whole(), endowment), None)
        ladder = Ladder(self.election, self.eligible, self.market, self.rule, has_draws=self.has_draws)
        last = ladder.climb(lambda endowment: self._run(self.market.up_to(endowment), endowment).result)
        # Once more with all bids, to know what the supporters of those that nobody could afford have left.
        return self._write_down(self._run(self.market.whole(), Fraction(last)), last)

    def _run(self, market: Market, endowment: Fraction) -> Run:
        def first_of(tied: Sequence[int]) -> Sequence[int]:
            place = {market.bids[bid].ref: bid for bid in tied}
            block, _ = self.ties.order([market.bids[bid] for bid in tied])[0]
            return [place[bid.ref] for bid in block]

        is_cost = self.rule.utilities is Utilities.COST
        return Run(market, endowment, is_cost=is_cost, first_of=first_of).buy_all()

    def _write_down(self, run: Run | None, endowment: int | None) -> Outcome:
        """The steps of a run: what it bought, then what it could not, most votes or points first."""
        log = StepLog(self.election, self.totals)
        result = run.result if run else Result(Fraction(0))
        for purchase in result.purchases:
            tied = [purchase.bid, *purchase.tied_with]
            key = self.ties.order(tied)[0][1] if purchase.tied_with else None
            price = ceil(purchase.price)
            log.add(purchase.bid, Verdict.FUNDED, tied_with=purchase.tied_with, settled_by=key, price=price)
        bought = {purchase.bid.ref for purchase in result.purchases}
        rest = [bid for bid in self.election.bids if bid.ref not in bought]
        if result.waiting:
            self._write_tie(log, result.waiting, rest)
            return log.outcome(result.waiting, endowment)
        if self.rule.kind.fills_up:
            return log.outcome(walk(rest, self.rule, log, self.ties), endowment)
        self._write_rest(log, rest, run.money_behind() if run else {})
        return log.outcome((), endowment)

    def _write_tie(self, log: StepLog, tied: Sequence[Project], rest: list[Project]) -> None:
        for bid in tied:
            log.add(bid, Verdict.TIED, tied_with=[other for other in tied if other is not bid])
        for bid in self._ranked(bid for bid in rest if bid not in tied):
            verdict = self.bars[bid.ref]
            log.add(bid, Verdict.AFTER_TIE) if verdict is None else log.add_barred(bid, verdict, self.rule)

    def _write_rest(self, log: StepLog, rest: list[Project], behind: Mapping[str, Fraction]) -> None:
        for bid in self._ranked(rest):
            verdict = self.bars[bid.ref]
            if verdict is not None:
                log.add_barred(bid, verdict, self.rule)
            elif holder := log.holders.get(bid.exclusive_group, ""):
                log.add(bid, Verdict.EXCLUDED, because_of=holder)
            else:
                log.add(bid, Verdict.NOT_AFFORDED, ceil(bid.ask - behind.get(bid.ref, 0)))

    def _ranked(self, bids: Iterable[Project]) -> list[Project]:
        return sorted(bids, key=lambda bid: -self.totals[bid.ref].points)
