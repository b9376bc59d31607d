"""The PROJECTS section: the bids, and what the city says of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from pbvote.tally.election import Project
from pbvote.tally.pabulib.errors import PabulibError, shown
from pbvote.tally.pabulib.numbers import Decimal, NumberError
from pbvote.tally.pabulib.rows import RowReader, check_header, check_row

MAX_PROJECTS = 50_000
WITHDRAWN_COST = 999_999_999  # the format's sign for a project that was withdrawn after the vote


@dataclass(frozen=True)
class ProjectRow:
    """One row of PROJECTS."""

    line: int
    ref: str
    cost: Decimal
    votes: int | None  # as the file states them, if it does
    score: Decimal | None
    cells: Mapping[str, str]

    def project(self, places: int) -> Project:
        """The bid that this row is, its ask in units of 10 ** -`places`."""
        name = self.cells.get("name", "")
        is_withdrawn = self.cost == Decimal(WITHDRAWN_COST, 0)
        return Project(self.ref, self.cost.scaled(places), "" if name == self.ref else name, is_withdrawn)


def read_projects(rows: RowReader) -> dict[str, ProjectRow]:
    """Read PROJECTS, after its marker, up to the marker of VOTES."""
    line, header = rows.header("PROJECTS")
    check_header(header, line, ("project_id", "cost"))
    projects: dict[str, ProjectRow] = {}
    for line, row in rows.section("VOTES"):
        check_row(row, header, line)
        project = _project(line, dict(zip(header, (cell.strip() for cell in row), strict=True)))
        if project.ref in projects:
            earlier = projects[project.ref].line
            raise PabulibError(line, "project_id", f"{shown(project.ref)} is listed already on line {earlier}")
        if len(projects) == MAX_PROJECTS:
            raise PabulibError(line, "project_id", f"the file lists more than {MAX_PROJECTS:,} projects")
        projects[project.ref] = project
    return projects


def _project(line: int, cells: dict[str, str]) -> ProjectRow:
    ref = cells.pop("project_id")
    if not ref or "," in ref:
        raise PabulibError(line, "project_id", f"{shown(ref)} is no reference: it is empty or has a comma")
    cost = _number(line, "cost", cells["cost"])
    if cost is None or cost.digits <= 0:
        raise PabulibError(line, "cost", f"{shown(cells['cost'])} is no cost: it must be more than 0")
    votes = _number(line, "votes", cells.get("votes", ""))
    if votes is not None and votes.places:
        raise PabulibError(line, "votes", f"{shown(cells['votes'])} is no whole number")
    score = _number(line, "score", cells.get("score", ""))
    return ProjectRow(line, ref, cost, None if votes is None else votes.digits, score, cells)


def _number(line: int, column: str, text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal.read(text)
    except NumberError as error:
        raise PabulibError(line, column, f"{shown(text)} {error.reason}") from error
