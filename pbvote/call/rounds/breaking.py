"""“Break my rule”: what each ballot and each count rule would do if a part of the hall came for one group alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pbvote.call.rounds.ballot_forms import KINDS
from pbvote.call.rounds.made_hall import ONE_GROUP, SHARE_PENCE, TEN_BIDS, Hall, election, outcome
from pbvote.call.rounds.rule_words import tie_key
from pbvote.tally import BallotKind, BallotRules, Outcome, Rule, TieKey

USUAL_BALLOTS: Mapping[BallotKind, BallotRules] = {
    BallotKind.SCORE: BallotRules(BallotKind.SCORE, min_points=1, max_points=5, must_score_all=True),
    BallotKind.APPROVAL: BallotRules(BallotKind.APPROVAL, min_choices=3, max_choices=5),
    BallotKind.KNAPSACK: BallotRules(BallotKind.KNAPSACK),
    BallotKind.RANKED: BallotRules(BallotKind.RANKED, max_choices=3),
    BallotKind.CUMULATIVE: BallotRules(BallotKind.CUMULATIVE, min_points=1, max_sum=10),
    BallotKind.CHOOSE_THEN_SCORE: BallotRules(
        BallotKind.CHOOSE_THEN_SCORE, min_choices=3, max_choices=5, min_points=1, max_points=5
    ),
}
"""What is tried of the ballots that the locality has not chosen."""
TRIED_RULES = ("greedy", "greedy-no-skip", "equalshares/add1", "equalshares/add1u", "phragmen")
_TITLES = {bid.ref: bid.title for bid in TEN_BIDS}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one ballot and one rule make of the hall."""

    rule: Rule
    is_own: bool
    """Whether the locality has chosen just these."""
    gets_pence: int
    """What the one group gets."""
    others_pence: int
    """What all other groups get."""
    pushed_out: tuple[str, ...]
    """The bids that would have been funded if only the others had come."""

    @property
    def parts(self) -> tuple[float, float]:
        """The one group's part of the share and everybody else's, in per cent."""
        return 100 * self.gets_pence / SHARE_PENCE, 100 * self.others_pence / SHARE_PENCE


@dataclass(frozen=True, slots=True)
class Trial:
    """One kind of ballot, counted by each rule."""

    ballot: BallotRules
    words: str
    attempts: tuple[Attempt, ...]

    @property
    def is_own(self) -> bool:
        """Whether the locality votes like this."""
        return any(attempt.is_own for attempt in self.attempts)


def trials(hall: Hall, ballot: BallotRules, rule: Rule) -> Sequence[Trial]:
    """Every ballot by every rule, the locality's own first."""
    ballots = {**USUAL_BALLOTS, ballot.kind: ballot}
    kinds = sorted(ballots, key=lambda kind: kind is not ballot.kind)
    return [_trial(hall, ballots[kind], rule, is_own=kind is ballot.kind) for kind in kinds]


def _trial(hall: Hall, ballot: BallotRules, own: Rule, *, is_own: bool) -> Trial:
    without_them = replace(hall, voters=max(1, hall.voters - hall.for_one), for_one=0)
    made, without = election(hall, ballot), election(without_them, ballot)
    attempts = [
        _attempt(hall, rule, outcome(made, rule), outcome(without, rule), is_own=is_own and rule == own)
        for rule in _rules(own)
    ]
    return Trial(ballot, KINDS[ballot.kind][0], tuple(attempts))


def _rules(own: Rule) -> list[Rule]:
    """The locality's own rule, then the others with the same ties."""
    ties = own.ties if tie_key(own) else (TieKey.CHEAPER, TieKey.LOT)
    return [own, *(Rule(name, ties=ties) for name in TRIED_RULES if name != own.name)]


def _attempt(hall: Hall, rule: Rule, with_them: Outcome, without: Outcome, *, is_own: bool) -> Attempt:
    gets = hall.one_asks_pence if ONE_GROUP.ref in with_them.funded else 0
    lost = [ref for ref in without.funded if ref not in with_them.funded and ref != ONE_GROUP.ref]
    return Attempt(rule, is_own, gets, with_them.spent - gets, tuple(_TITLES[ref] for ref in lost))
