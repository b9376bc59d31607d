"""Small elections for the tests of the tally."""

from collections.abc import Mapping

from pbvote.tally import BallotKind, BallotRules, Ballots, Election, Project


def approval(share: int, asks: Mapping[str, int], votes: Mapping[str, int]) -> Election:
    """An approval election: `votes` maps a ballot, written as its references with blanks between, to its voters."""
    ballots = Ballots.of(BallotKind.APPROVAL, ((tuple(refs.split()), number) for refs, number in votes.items()))
    bids = tuple(Project(ref, ask) for ref, ask in asks.items())
    return Election(bids, share, ballots, BallotRules(BallotKind.APPROVAL))


def scored(share: int, asks: Mapping[str, int], *ballots: Mapping[str, int]) -> Election:
    """A score election of one voter per ballot."""
    grouped = Ballots.of(BallotKind.SCORE, ((ballot, 1) for ballot in ballots))
    bids = tuple(Project(ref, ask) for ref, ask in asks.items())
    return Election(bids, share, grouped, BallotRules(BallotKind.SCORE))


def ranked(share: int, asks: Mapping[str, int], *ballots: str, places: int = 3) -> Election:
    """A ranked election of one voter per ballot, written as references with blanks between, best first."""
    grouped = Ballots.of(BallotKind.RANKED, ((tuple(ballot.split()), 1) for ballot in ballots))
    bids = tuple(Project(ref, ask) for ref, ask in asks.items())
    return Election(bids, share, grouped, BallotRules(BallotKind.RANKED, max_choices=places))
