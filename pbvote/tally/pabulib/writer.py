"""An election written as a `.pb` file that Pabulib's own checker accepts, and that says nothing of any voter.

Voters are renumbered, in the order of their sorted ballots, so that neither arrival nor any id can be read off the
file. Ages, sexes and places are left out: in a hall of two hundred they would name people.
"""

import csv
from collections.abc import Iterator, Mapping
from typing import TextIO

from pbvote.tally.ballots import Ballot, BallotKind
from pbvote.tally.election import Election, Project
from pbvote.tally.outcome import Outcome, Verdict
from pbvote.tally.pabulib.numbers import written
from pbvote.tally.pabulib.projects import WITHDRAWN_COST
from pbvote.tally.pabulib.writer_meta import meta_rows
from pbvote.tally.pabulib.writer_rule import rows_in_order
from pbvote.tally.rules import Rule
from pbvote.tally.totals import Total, add_up

Details = Mapping[str, Mapping[str, str]]

_BEFORE_SELECTED = ("category", "beneficiaries")
_AFTER_SELECTED = (
    "neighborhood", "subunit", "district", "description", "proposer", "public_id", "latitude", "longitude",
)  # fmt: skip
_MARKERS = ("meta", "projects", "votes")


def write_pabulib(
    stream: TextIO,
    election: Election,
    *,
    meta: Mapping[str, str],
    rule: Rule | None = None,
    outcome: Outcome | None = None,
    details: Details | None = None,
) -> None:
    """Write `election` to a text stream opened with `newline=""`.

    `meta` says what the ballots can't: it must have `description`, `country`, `unit`, `instance`, `date_begin` and
    `date_end`, and may have other keys of the format. `details` are further cells of PROJECTS by reference and column.
    With `outcome` the file says what was funded. Without `rule`, the rule that `meta` names stays.

    Blank ballots can't be written in this format; the comment says how many were left out. Raises ValueError if a
    key is missing or a reference can't be written.
    """
    out = csv.writer(stream, delimiter=";", lineterminator="\n")
    out.writerows([("META",), ("key", "value")])
    out.writerows((key, _clean(value)) for key, value in meta_rows(election, meta, rule, outcome))
    out.writerow(("PROJECTS",))
    out.writerows(_project_rows(election, rule, outcome, details or {}))
    out.writerow(("VOTES",))
    out.writerows(_vote_rows(election))


def _clean(text: str) -> str:
    """A text without line breaks or blanks around it, which the format does not allow."""
    return text.replace("\r\n", " ").replace("\r", " ").replace("\n", " ").strip()


def _project_rows(
    election: Election, rule: Rule | None, outcome: Outcome | None, details: Details
) -> Iterator[tuple[str, ...]]:
    totals = add_up(election)
    selected = _selected(outcome, details)
    columns = _columns(election, details, has_selected=bool(selected))
    yield columns
    for bid in rows_in_order(election, rule, outcome):
        if not _is_writable(bid.ref):
            raise ValueError(f"The format can't hold the reference “{bid.ref}”.")
        cells = _cells(bid, totals[bid.ref], election.minor_units) | {"selected": selected.get(bid.ref, "0")}
        cells = {**details.get(bid.ref, {}), **cells}
        yield tuple(_clean(cells.get(column, "")) for column in columns)


def _is_writable(ref: str) -> bool:
    return bool(ref) and ref == _clean(ref) and "," not in ref and ref.lower() not in _MARKERS


def _cells(bid: Project, total: Total, minor_units: int) -> dict[str, str]:
    cost = str(WITHDRAWN_COST) if bid.is_withdrawn else written(bid.own_part, minor_units)
    return {
        "project_id": bid.ref,
        "cost": cost,
        "votes": str(total.voters),
        "score": str(total.points),
        "name": bid.title or bid.ref,  # the checker takes no empty name
    }


def _columns(election: Election, details: Details, *, has_selected: bool) -> tuple[str, ...]:
    has_score = not election.ballots.kind.has_votes or election.stated_totals is not None
    given = {column for cells in details.values() for column, text in cells.items() if text}
    return (
        "project_id", "cost", "votes",
        *(("score",) if has_score else ()),
        *(("name",) if has_selected or any(bid.title for bid in election.bids) else ()),
        *(column for column in _BEFORE_SELECTED if column in given),
        *(("selected",) if has_selected else ()),
        *(column for column in _AFTER_SELECTED if column in given),
    )  # fmt: skip


def _selected(outcome: Outcome | None, details: Details) -> dict[str, str]:
    """The column `selected`: 1 funded, 2 topped up, 0 not; empty if nobody says."""
    if outcome is None:
        return {ref: cells["selected"] for ref, cells in details.items() if cells.get("selected")}
    marks = {Verdict.FUNDED: "1", Verdict.TOPPED_UP: "2"}
    return {step.ref: marks.get(step.verdict, "0") for step in outcome.steps}


def _vote_rows(election: Election) -> Iterator[tuple[str, ...]]:
    has_points = _has_points(election)
    yield ("voter_id", "vote", "points") if has_points else ("voter_id", "vote")
    number = 0
    for ballot in sorted(election.ballots.groups):
        cells = _ballot_cells(election, ballot, has_points=has_points) if ballot else ()
        for _ in range(election.ballots.groups[ballot] if cells else 0):
            number += 1
            yield (str(number), *cells)


def _has_points(election: Election) -> bool:
    """Whether ballots carry points: where places are worth something else than the checker takes them to be worth."""
    if election.ballots.kind is not BallotKind.RANKED:
        return election.ballots.kind.has_points
    return any(
        points != len(ballot) - place
        for ballot in election.ballots.groups
        for place, (_, points) in enumerate(election.ballot_rules.points_of(ballot))
    )


def _ballot_cells(election: Election, ballot: Ballot, *, has_points: bool) -> tuple[str, ...]:
    pairs = list(election.ballot_rules.points_of(ballot))
    if election.ballots.kind.has_points:
        pairs.sort(key=lambda pair: -pair[1])
    vote = ",".join(ref for ref, _ in pairs)
    return (vote, ",".join(str(points) for _, points in pairs)) if has_points else (vote,)
