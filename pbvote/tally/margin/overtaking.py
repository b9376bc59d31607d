"""How an award can change under the greedy rules when ballots are taken away, and the proof that there is no other way.

Take a count by totals to which no minimum mean applies, on ballots that give no points below zero. Without some of
them no bid has more points than before, so a bid that had too few still has. The same bids are funded as long as

- no funded bid *falls* below the minimum, which is one point or the rule's threshold, and
- no other bid *rises* past a funded one, or level with it, whose place it could take.

For then, under a rule that passes bids over, all that kept a bid out is still before it: the funded bids that left no
room for it, or the one of its group. A funded bid has before it no others that take any room, and it fits beside those.
Under a rule that stops, the funded bids still come first, and the same bid ends the count, unless one rises past it and
past all between that fits, or may be topped up. With the same bids funded, the same amount is offered, to the same bids
in the same order unless one of these falls, or rises past the one before it.

So one of the falls and rises that are listed here must happen, and the cheapest is a bound for all removals. It may be
too low where a bid must get past several others, and it is open which: only the dearest of the cheapest is counted.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from heapq import heapify, heappop, heappush
from itertools import pairwise

from pbvote.tally.election import Election, Project
from pbvote.tally.margin.changes import Change, Fall, Rise
from pbvote.tally.margin.marks import NEVER, Marks, Removal
from pbvote.tally.outcome import Outcome, Verdict
from pbvote.tally.rules import Rule, TieKey
from pbvote.tally.steps import StepLog

_BARRED = (Verdict.WITHDRAWN, Verdict.NO_VOTES, Verdict.BELOW_THRESHOLD)


class Overtaking:
    """The falls and rises by which the settled outcome of a greedy rule could change."""

    def __init__(self, election: Election, rule: Rule, outcome: Outcome, marks: Marks) -> None:
        self._election = election
        self._rule = rule
        self._outcome = outcome
        self._marks = marks
        self._place = {bid.ref: place for place, bid in enumerate(election.bids)}
        self._in_turn = [
            (election.bid_by_ref[step.ref], step.verdict) for step in outcome.steps if step.verdict not in _BARRED
        ]
        self._whole = StepLog(election, {})  # nothing of any share is spent

    def cheapest_first(self) -> Iterator[tuple[int, Removal]]:
        """The number of ballots that each change takes at least, and ballots to take away until it happens."""
        rises = self._rises_to_a_stop() if self._rule.kind.stops else self._rises_to_room()
        changes: list[Change] = [*self._falls(), *rises, *self._rises_in_offers()]
        # Few changes are cheap enough for a look at the ballots: the rough bound says which come first.
        heap = [(change.rough_bound(), 0, place) for place, change in enumerate(changes)]
        heapify(heap)
        while heap:
            bound, looks, place = heappop(heap)
            if bound == NEVER:
                return
            if looks:
                yield max(1, bound), changes[place].removal()  # for a tie that stands already, none is needed
            else:
                heappush(heap, (changes[place].bound(), 1, place))

    def _falls(self) -> Iterator[Fall]:
        minimum = max(1, self._rule.threshold)
        for ref in (*self._outcome.funded, *(offer.ref for offer in self._outcome.offers)):
            yield Fall(self._marks, ref, self._marks.totals[ref] - minimum + 1)

    def _rises_to_room(self) -> Iterator[Rise]:
        """Of each bid that was passed over: past those funded before it, until it fits beside the others."""
        before: list[Project] = []
        for bid, verdict in self._in_turn:
            if verdict is Verdict.FUNDED:
                before.append(bid)
            elif self._fits(bid, ()):
                yield self._rise(bid, before, partial(self._fits_without, bid, tuple(before)))

    def _rises_to_a_stop(self) -> Iterator[Rise]:
        """Of each bid that was not funded, or was topped up: past any one of those that were, or next after them.

        A bid of whose group one is funded must get past that one, since it is passed over wherever it comes after it.
        """
        before: list[Project] = []
        after: list[Project] = []  # the first of them ended the count
        for bid, verdict in self._in_turn:
            if verdict is Verdict.FUNDED:
                before.append(bid)
            elif holder := [other for other in before if other.exclusive_group == bid.exclusive_group != ""]:
                yield self._rise(bid, holder)
            else:
                if before:
                    yield self._rise(bid, before)
                if after and self._could_replace(after[0], bid, before):
                    yield self._rise(bid, after, partial(_are_all, len(after)))
                after.append(bid)

    def _could_replace(self, last: Project, bid: Project, before: Sequence[Project]) -> bool:
        """Whether an award could change if this bid had its turn where the last one ended the count."""
        percent = self._rule.top_up_percent
        could_be_topped_up = percent is not None and self._outcome.left * 100 >= bid.own_part * percent
        return last.ref in self._outcome.funded or could_be_topped_up or self._fits(bid, before)

    def _rises_in_offers(self) -> Iterator[Rise]:
        """Of each bid that is offered a part of its ask: past the one before it, or level with it.

        Where bids rule each other out, the order of all of them says which are offered anything.
        """
        if self._rule.part_funding_percent is None:
            return
        has_groups = any(bid.exclusive_group for bid in self._election.bids)
        offered = {offer.ref for offer in self._outcome.offers}
        in_turn = [bid for bid, _ in self._in_turn if has_groups or bid.ref in offered]
        for rival, bid in pairwise(in_turn):
            # Where it makes no difference to what is funded, level bids are offered in listed order, whatever the keys.
            is_sure = self._goes_first(rival, bid) and self._place[rival.ref] < self._place[bid.ref]
            yield Rise(self._marks, bid.ref, {rival.ref: self._lead(rival, bid) + is_sure})

    def _rise(
        self, bid: Project, rivals: Iterable[Project], is_enough: Callable[[Collection[str]], bool] = bool
    ) -> Rise:
        leads = {rival.ref: self._lead(rival, bid) + self._goes_first(rival, bid) for rival in rivals}
        return Rise(self._marks, bid.ref, leads, is_enough)

    def _lead(self, rival: Project, bid: Project) -> int:
        return self._marks.totals[rival.ref] - self._marks.totals[bid.ref]

    def _goes_first(self, rival: Project, bid: Project) -> bool:
        """Whether the rival surely goes first if the two are level, so that the bid must get ahead of it."""
        has_votes = self._election.ballots.kind.has_votes  # level bids are on equally many ballots then
        for key in self._rule.ties:
            if key is TieKey.CHEAPER and rival.ask != bid.ask:
                return rival.ask < bid.ask
            if key is TieKey.LISTED:
                return self._place[rival.ref] < self._place[bid.ref]
            if key in (TieKey.DRAW, TieKey.LOT) or (key is TieKey.VOTES and not has_votes):
                return False
        return False

    def _fits(self, bid: Project, funded: Sequence[Project]) -> bool:
        """Whether a bid can be funded beside others."""
        groups = {other.exclusive_group for other in funded if other.exclusive_group}
        return bid.exclusive_group not in groups and self._whole.fits(bid, *funded)

    def _fits_without(self, bid: Project, funded: Sequence[Project], passed: Collection[str]) -> bool:
        return self._fits(bid, [other for other in funded if other.ref not in passed])


def _are_all(number: int, passed: Collection[str]) -> bool:
    return len(passed) == number
