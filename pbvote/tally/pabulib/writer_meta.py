"""META of a file that is written: what the caller says, and what the election itself says."""

import re
from collections.abc import Iterator, Mapping

from pbvote.tally.ballots import BallotKind
from pbvote.tally.election import Election
from pbvote.tally.outcome import Outcome
from pbvote.tally.pabulib.meta import Meta, official_rule
from pbvote.tally.pabulib.numbers import written
from pbvote.tally.pabulib.projects import WITHDRAWN_COST
from pbvote.tally.pabulib.writer_rule import named, rule_notes
from pbvote.tally.rules import Rule

# The keys of the format in its order. Those the election decides are written whatever the caller says.
KEYS = (
    "description", "country", "unit", "district", "subunit", "instance", "num_projects", "num_votes", "budget",
    "vote_type", "rule", "date_begin", "date_end", "min_length", "max_length", "min_sum_cost", "max_sum_cost",
    "min_points", "max_points", "min_sum_points", "max_sum_points", "default_score", "min_project_cost",
    "max_project_cost", "min_project_score_threshold", "neighborhoods", "subdistricts", "categories", "edition",
    "language", "currency", "fully_funded", "experimental", "comment", "acknowledgments", "leftover_budget",
    "budget_per_category", "budget_per_neighborhood", "min_length_per_category", "max_length_per_category",
    "min_sum_cost_per_category", "max_sum_cost_per_category",
)  # fmt: skip
NEEDED = ("description", "country", "unit", "instance", "date_begin", "date_end")
DECIDED = (
    "num_projects", "num_votes", "budget", "vote_type", "min_length", "max_length", "min_points", "max_points",
    "min_sum_points", "max_sum_points", "default_score", "fully_funded",
)  # fmt: skip
_VOTE_TYPES: Mapping[BallotKind, str] = {
    BallotKind.APPROVAL: "approval",
    BallotKind.RANKED: "ordinal",
    BallotKind.CUMULATIVE: "cumulative",
    BallotKind.SCORE: "scoring",
    BallotKind.KNAPSACK: "approval",  # with `max_sum_cost`; the format has no name of its own for it
    BallotKind.CHOOSE_THEN_SCORE: "scoring",
}


def meta_rows(
    election: Election, meta: Mapping[str, str], rule: Rule | None, outcome: Outcome | None
) -> Iterator[tuple[str, str]]:
    """The rows of META; raises ValueError if `meta` does not say what it must."""
    missing = [key for key in NEEDED if not meta.get(key)]
    if missing:
        raise ValueError(f"The file's META needs {', '.join(missing)}.")
    given = {key: meta[key] for key in KEYS if meta.get(key) and key not in DECIDED}
    given |= {"rule": meta.get("rule") or "unknown"} | _decided(election)
    notes = list(_notes(election))
    if rule is not None:
        given.pop("min_project_score_threshold", None)
        one = named(rule, election, outcome)
        given["rule"] = one.name
        if one.minimum is not None:
            given["min_project_score_threshold"] = str(one.minimum)
        notes += rule_notes(rule, one, official_rule(Meta(given, {})))
    comment = _comment(given.get("comment", ""), notes)
    if comment:
        given["comment"] = comment
    yield from ((key, given[key]) for key in KEYS if key in given)


def _decided(election: Election) -> dict[str, str]:
    rules, ballots = election.ballot_rules, election.ballots
    is_choose_1 = rules.kind is BallotKind.APPROVAL and rules.min_choices == rules.max_choices == 1
    number = len(election.bids)
    limits = {
        "min_length": rules.min_choices,
        "max_length": None if rules.max_choices is None else min(rules.max_choices, number),
        "min_points": rules.min_points,
        "max_points": rules.max_points,
        "min_sum_points": rules.min_sum,
        "max_sum_points": _max_sum(election),
    }
    return {
        "num_projects": str(number),
        "num_votes": str(ballots.voters - ballots.groups.get((), 0)),
        "budget": written(election.share, election.minor_units),
        "vote_type": "choose-1" if is_choose_1 else _VOTE_TYPES[rules.kind],
        **{key: str(limit) for key, limit in limits.items() if limit is not None},
        **({} if rules.max_spend is None else {"max_sum_cost": written(rules.max_spend, election.minor_units)}),
        **({"fully_funded": "1"} if _is_fully_funded(election) else {}),
    }


def _max_sum(election: Election) -> int | None:
    """The most points of a ballot; cumulative files must say it."""
    if election.ballots.kind is not BallotKind.CUMULATIVE or election.ballot_rules.max_sum is not None:
        return election.ballot_rules.max_sum
    return max((sum(points for _, points in ballot) for ballot in election.ballots.groups), default=0)


def _is_fully_funded(election: Election) -> bool:
    withdrawn = WITHDRAWN_COST * election.minor_units
    return election.share >= sum(withdrawn if bid.is_withdrawn else bid.ask for bid in election.bids)


def _notes(election: Election) -> Iterator[str]:
    blank = election.ballots.groups.get((), 0)
    if blank:
        yield f"{blank} blank ballots are left out."
    if election.ballot_rules.must_score_all:
        yield "Every project had to be scored."


def _comment(comment: str, notes: list[str]) -> str:
    """The caller's comment with the notes that it doesn't hold yet, numbered on."""
    number = len(re.findall(r"#\d+:", comment))
    if comment and not number:
        comment, number = f"#1: {comment}", 1
    for note in notes:
        if note not in comment:
            number += 1
            comment = f"{comment} #{number}: {note}".strip()
    return comment
