"""A `.pb` file read into an election.

Refused, with line and column, is what no file of the public library has: a section that is missing or out of place,
rows with too many or too few cells, ids that are unknown or stand twice, counts of voters, projects or votes that are
not those of the ballots, amounts that are no amounts. What real files do have is read, and reported as a finding:
ballots that name a project twice (counted once) or break the limits of META, scores that the ballots do not give.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from pbvote.tally.election import Election
from pbvote.tally.pabulib import voter_ids
from pbvote.tally.pabulib.errors import Finding, PabulibError, shown
from pbvote.tally.pabulib.grouping import readings
from pbvote.tally.pabulib.limits import broken_limits, odd_numbers
from pbvote.tally.pabulib.meta import Meta, ballot_rules, notes_rule, official_rule, read_meta
from pbvote.tally.pabulib.projects import ProjectRow, read_projects
from pbvote.tally.pabulib.rows import MAX_FILE, RowReader
from pbvote.tally.pabulib.votes import Votes, VotesReader
from pbvote.tally.rules import Rule
from pbvote.tally.totals import Total, add_up

Source = str | PathLike[str] | BinaryIO  # a binary stream must be seekable


@dataclass(frozen=True)
class PabulibFile:
    """One file of the public library, or one of the same form.

    `official` are the references that the file says were funded, None if it does not say; `details` are the cells of
    PROJECTS by reference and column, `lines` where each project stands, and `findings` what is odd in the file.
    """

    meta: Meta
    election: Election
    official: frozenset[str] | None
    details: Mapping[str, Mapping[str, str]]
    findings: tuple[Finding, ...]
    lines: Mapping[str, int]

    @property
    def states_rule(self) -> bool:
        """Whether the file says by which rule the city decided, and it is known here."""
        return self.rule is not None and (self.meta.get("rule") != "unknown" or notes_rule(self.meta))

    @cached_property
    def rule(self) -> Rule | None:
        """The rule that the file names, see `official_rule`."""
        return official_rule(self.meta)


def read_pabulib(source: Source, *, max_file: int = MAX_FILE) -> PabulibFile:
    """Read one file; raises PabulibError if it is none, or larger than `max_file` bytes.

    Memory grows with the number of different ballots, not with the number of ballots, beyond 8 bytes each.
    """
    with _opened(source) as stream:
        rows = RowReader(stream, max_file)
        meta = read_meta(rows)
        kind = meta.kind
        projects = read_projects(rows)
        votes = VotesReader(rows, projects, kind).read()
        for hashes in votes.repeated_ids:
            stream.seek(0)
            _refuse_repeated_voter(RowReader(stream, max_file), hashes)
    _check_counts(meta, projects, votes)
    return _assemble(meta, projects, votes)


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if isinstance(source, str | PathLike):
        with Path(source).open("rb") as stream:
            yield stream
    else:
        yield source


def _refuse_repeated_voter(rows: RowReader, hashes: frozenset[int]) -> None:
    """Raise if two of the ids with these hashes are really equal."""
    read_meta(rows)
    read_projects(rows)
    _, header = rows.header("VOTES")
    column = header.index("voter_id")
    lines: dict[str, int] = {}
    for run in rows.runs(header):
        for line, voter in zip(run.lines(), run.column(column), strict=True):
            if voter_ids.hash_of(voter) in hashes and lines.setdefault(voter, line) != line:
                raise PabulibError(line, "voter_id", f"{shown(voter)} has voted already on line {lines[voter]}")


def _check_counts(meta: Meta, projects: Mapping[str, ProjectRow], votes: Votes) -> None:
    """Raise if META counts other numbers of projects or voters than there are."""
    stated = meta.whole("num_projects")
    if stated != len(projects):
        raise meta.error("num_projects", f"is {stated:,}, but PROJECTS lists {len(projects):,}")
    stated, voters = meta.whole("num_votes"), sum(votes.groups.values())
    if stated != voters:
        cut_off = f"; is the file cut off after line {votes.last_line:,}?" if voters < stated else ""
        raise meta.error("num_votes", f"is {stated:,}, but VOTES has {voters:,}{cut_off}")


def _assemble(meta: Meta, projects: Mapping[str, ProjectRow], votes: Votes) -> PabulibFile:
    budget = meta.number("budget")
    finest = [budget, *(project.cost for project in projects.values())]
    finest += [meta.number("max_sum_cost")] if meta.get("max_sum_cost") else []
    places = max(2, *(amount.places for amount in finest))
    bids = tuple(row.project(places) for row in projects.values())
    understood = [
        Election(bids, budget.scaled(places), reading.ballots, reading.rules, 10**places)
        for reading in readings(votes, ballot_rules(meta, votes.point_places, places))
    ]
    scores = _stated_scores(projects, votes.point_places)
    for election in understood:
        totals = add_up(election)
        if scores is None or {ref: total.points for ref, total in totals.items()} == scores:
            break
    else:
        election = replace(understood[0], stated_totals=scores)
    _check_votes(totals, projects, votes)
    findings = (*odd_numbers(meta, projects), *_findings(election, votes), *broken_limits(election))
    details = {ref: project.cells for ref, project in projects.items()}
    lines = {ref: project.line for ref, project in projects.items()}
    return PabulibFile(meta, election, _official(meta, projects), details, findings, lines)


def _stated_scores(projects: Mapping[str, ProjectRow], places: int) -> dict[str, int] | None:
    """The column `score`, if it is full: in units of 10 ** -`places`, or in the finer ones that it needs."""
    scores = {ref: project.score for ref, project in projects.items() if project.score is not None}
    if len(scores) < len(projects):
        return None
    places = max(places, *(score.places for score in scores.values()), 0)
    return {ref: score.scaled(places) for ref, score in scores.items()}


def _check_votes(totals: Mapping[str, Total], projects: Mapping[str, ProjectRow], votes: Votes) -> None:
    """Raise if a project states another number of votes than there are ballots that name it.

    Some cities count a ballot twice that names the project twice; either number is taken.
    """
    for ref, total in totals.items():
        project = projects[ref]
        if project.votes is not None and project.votes - total.voters not in (0, votes.repeats.get(ref, 0)):
            reason = f"{shown(ref)} states {project.votes:,} votes, but {total.voters:,} ballots name it"
            raise PabulibError(project.line, "votes", reason)


def _findings(election: Election, votes: Votes) -> Iterator[Finding]:
    if votes.repeats:
        number = sum(votes.repeats.values())
        yield Finding(
            votes.first_repeat, "vote", f"ballots name a project twice, {number:,} times in all; each counts once"
        )
    if votes.point_places:
        yield Finding(0, "points", f"points are counted in units of 1/{10**votes.point_places}")
    if election.stated_totals is not None:
        yield Finding(0, "score", "the ballots do not give the scores of PROJECTS; those are what is counted")


def _official(meta: Meta, projects: Mapping[str, ProjectRow]) -> frozenset[str] | None:
    """The projects funded from the budget: `selected` is 1, or 2 where the rule tops up the last one.

    Elsewhere 2 and 3 are projects paid for from other money.
    """
    selected = {ref: project.cells.get("selected", "") for ref, project in projects.items()}
    if not any(selected.values()):
        return None
    funded = {"1", "2"} if meta.get("rule") == "greedy-custom" else {"1"}
    return frozenset(ref for ref, mark in selected.items() if mark in funded)
