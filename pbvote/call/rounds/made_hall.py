"""A hall that was made up: what residents would write on each kind of ballot, and what a rule would make of it.

The tally counts these ballots as it counts real ones. The same numbers always make the same hall.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pbvote.tally import BallotKind, BallotRules, Ballots, Choices, Election, Outcome, Project, Rule, TieKey, count

MOST_VOTERS = 400
"""More would take longer than somebody waits for a page, and show nothing else."""

_SHARE_PENCE = 10_000_00
_TITLES_ASKS_LIKING = (
    ("Youth club on Fridays", 2_400_00, 0.66),
    ("Lunch for older neighbours", 1_800_00, 0.62),
    ("Bulbs for the high street", 700_00, 0.58),
    ("Football for girls", 1_500_00, 0.55),
    ("Repair café", 600_00, 0.53),
    ("Choir in the library", 900_00, 0.48),
    ("Homework club", 2_000_00, 0.46),
    ("Bee garden", 500_00, 0.43),
    ("Street party", 400_00, 0.37),
    ("New kit for one club", 2_500_00, 0.22),
)
TEN_BIDS = tuple(Project(f"{at}", ask, title) for at, (title, ask, _) in enumerate(_TITLES_ASKS_LIKING, 1))
"""The ten bids of every example. Together they ask for more than the share."""
SHARE_PENCE = _SHARE_PENCE
ONE_GROUP = TEN_BIDS[-1]
"""The bid for which a part of the hall comes. Hardly anybody else likes it."""

_LIKES = 0.5
_FAINTLY = 0.12

Opinion = Mapping[str, float]
"""How much a resident likes each bid, from 0 to 1, by its reference."""


@dataclass(frozen=True, slots=True)
class Hall:
    """Who is in a hall: `for_one` of the `voters` came for one group alone."""

    voters: int
    for_one: int = 0
    one_asks_pence: int = ONE_GROUP.ask

    def __post_init__(self) -> None:
        if not 1 <= self.voters <= MOST_VOTERS or not 0 <= self.for_one <= self.voters:
            raise ValueError("A hall has 1 to MOST_VOTERS voters, and no more of them come for one group.")

    @property
    def bids(self) -> tuple[Project, ...]:
        """The ten bids, the last of them asking for what the one group asks here."""
        return (*TEN_BIDS[:-1], replace(ONE_GROUP, ask=self.one_asks_pence))

    def opinions(self) -> Iterator[Opinion]:
        """What each of them thinks of the ten bids, those who look at every bid first."""
        chance = random.Random(2014)  # noqa: S311 - invented residents, the same for everybody
        for _ in range(self.voters - self.for_one):
            yield {
                bid.ref: min(1.0, max(0.0, chance.gauss(liking, 0.25)))
                for bid, (_, _, liking) in zip(TEN_BIDS, _TITLES_ASKS_LIKING, strict=True)
            }
        for _ in range(self.for_one):
            yield {bid.ref: chance.uniform(0, _FAINTLY) for bid in TEN_BIDS} | {ONE_GROUP.ref: 1.0}


def election(hall: Hall, rules: BallotRules) -> Election:
    """The hall's ballots under these rules, ready to be counted."""
    fitted = rules.within(SHARE_PENCE)
    asks = {bid.ref: bid.ask for bid in hall.bids}
    cast = [(choices_of(opinion, fitted, asks), 1) for opinion in hall.opinions()]
    return Election(hall.bids, SHARE_PENCE, Ballots.of(rules.kind, cast), fitted)


def outcome(made: Election, rule: Rule) -> Outcome:
    """What the rule makes of it. Nobody can draw names in a hall that was made up, so a draw is one by computer."""
    lot = tuple(TieKey.LOT if key is TieKey.DRAW else key for key in rule.ties)
    return count(made, Rule.from_dict({**rule.to_dict(), "ties": lot}))


def choices_of(opinion: Opinion, rules: BallotRules, asks: Mapping[str, int]) -> Choices:
    """A complete ballot by somebody who thinks so. `asks` are pence by reference."""
    order = sorted(opinion, key=lambda ref: -opinion[ref])
    match rules.kind:
        case BallotKind.SCORE:
            return {ref: _mark(opinion[ref], rules) for ref in order}
        case BallotKind.CHOOSE_THEN_SCORE:
            return {ref: _mark(opinion[ref], rules) for ref in _favourites(opinion, order, rules)}
        case BallotKind.CUMULATIVE:
            return _points(opinion, order, rules.max_sum or len(order))
        case BallotKind.KNAPSACK:
            return _purchases(opinion, order, rules, asks)
        case BallotKind.APPROVAL | BallotKind.RANKED:
            return tuple(_favourites(opinion, order, rules))


def _mark(liking: float, rules: BallotRules) -> int:
    least, most = rules.min_points or 0, rules.max_points or 5
    return least + round(liking * (most - least))


def _favourites(opinion: Opinion, order: Sequence[str], rules: BallotRules) -> Sequence[str]:
    """The bids that they like, as many as they may choose, and no fewer than they must."""
    liked = sum(liking >= _LIKES for liking in opinion.values())
    return order[: min(max(liked, rules.min_choices, 1), rules.max_choices or len(order))]


def _points(opinion: Opinion, order: Sequence[str], points: int) -> dict[str, int]:
    """Half of the points for the favourite, half of the rest for the next, and so on; one bid alone gets all."""
    given: dict[str, int] = {}
    liked = [ref for ref in order if opinion[ref] >= _LIKES] or order[:1]
    for ref in liked:
        part = points - sum(given.values()) if ref == liked[-1] else (points - sum(given.values()) + 1) // 2
        if part:
            given[ref] = part
    return given


def _purchases(opinion: Opinion, order: Sequence[str], rules: BallotRules, asks: Mapping[str, int]) -> tuple[str, ...]:
    """The bids that they like, favourite first, as long as the share pays for them."""
    chosen: list[str] = []
    for ref in order:
        fits = sum(asks[other] for other in [*chosen, ref]) <= (rules.max_spend or SHARE_PENCE)
        if fits and (opinion[ref] >= _LIKES or not chosen):
            chosen.append(ref)
    return tuple(chosen)
