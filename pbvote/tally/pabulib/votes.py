"""The VOTES section: ballots, grouped by their text while they are read."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from operator import itemgetter

from pbvote.tally.ballots import BallotKind
from pbvote.tally.pabulib.errors import PabulibError, shown
from pbvote.tally.pabulib.numbers import Decimal
from pbvote.tally.pabulib.rows import Row, RowReader, check_header, check_width, line_in
from pbvote.tally.pabulib.voter_ids import VoterIds

Cells = str | tuple[str, str]  # the cell `vote` of one row; with its cell `points`, if the file has them


@dataclass(frozen=True)
class Votes:
    """What VOTES says: each distinct content of its cells, with the number of voters who gave it.

    Points count in units of 10 ** -`point_places`: whole points, unless a city gave parts of points.
    """

    cells: Mapping[Cells, int]
    has_points: bool
    point_places: int
    repeats: Mapping[str, int]  # how many times too many a reference stands on ballots that name it twice
    first_repeat: int  # the line of the first such ballot, 0 if there is none
    header_line: int
    last_line: int
    repeated_ids: frozenset[int]  # hashes that more than one voter id has


class VotesReader:
    """Reads VOTES. A cell that cannot be read is refused with the line on which it first stands."""

    def __init__(self, rows: RowReader, refs: Collection[str], kind: BallotKind) -> None:
        self._rows = rows
        self._refs = frozenset(refs)
        self._kind = kind
        self._cells: Counter[Cells] = Counter()
        self._repeated: dict[Cells, list[str]] = {}
        self._first_repeat = 0
        self._places: dict[str, int] = {}  # decimal places of each text that stands for points

    def read(self) -> Votes:
        """Read all rows, up to the end of the file."""
        line, header = self._rows.header("VOTES")
        has_points = self._kind is not BallotKind.APPROVAL and "points" in header
        needed = ("voter_id", "vote", "points") if self._kind.has_points else ("voter_id", "vote")
        check_header(header, line, needed)
        voter, columns = itemgetter(header.index("voter_id")), ("vote", "points") if has_points else ("vote",)
        cut = itemgetter(*(header.index(column) for column in columns))
        ids = VoterIds()
        for first_line, run in self._rows.batches():
            if set(map(len, run)) != {len(header)}:
                for index, row in enumerate(run):
                    check_width(row, header, line_in(run, first_line, index))
            ids.add(map(voter, run))
            self._add(list(map(cut, run)), run, first_line)
        return Votes(
            cells=self._cells,
            has_points=has_points,
            point_places=max(self._places.values(), default=0),
            repeats=self._repeats(),
            first_repeat=self._first_repeat,
            header_line=line,
            last_line=self._rows.line,
            repeated_ids=ids.repeated(),
        )

    def _add(self, given: list[Cells], run: list[Row], first_line: int) -> None:
        for cells in dict.fromkeys(given):
            if cells not in self._cells:
                try:
                    self._check(cells)
                except _BadCellError as bad:
                    line = line_in(run, first_line, given.index(cells))
                    raise PabulibError(line, bad.column, bad.reason) from bad
                if cells in self._repeated and not self._first_repeat:
                    self._first_repeat = line_in(run, first_line, given.index(cells))
        self._cells.update(given)

    def _check(self, cells: Cells) -> None:
        vote = cells if isinstance(cells, str) else cells[0]
        refs = split_list(vote)
        if not self._refs.issuperset(refs):
            unknown = next(ref for ref in refs if ref not in self._refs)
            raise _BadCellError("vote", f"{shown(unknown)} is not listed in PROJECTS")
        if len(set(refs)) < len(refs):
            self._repeated[cells] = [ref for place, ref in enumerate(refs) if ref in refs[:place]]
        if not isinstance(cells, str):
            self._check_points(len(refs), split_list(cells[1]))

    def _check_points(self, number: int, points: list[str]) -> None:
        if len(points) != number:
            raise _BadCellError("points", f"there are {len(points):,} numbers of points for {number:,} projects")
        for text in points:
            if text not in self._places:
                try:
                    self._places[text] = Decimal.read(text).places
                except ValueError as error:
                    raise _BadCellError("points", f"{shown(text)} is no number that can be counted with") from error

    def _repeats(self) -> Mapping[str, int]:
        repeats: Counter[str] = Counter()
        for cells, refs in self._repeated.items():
            for ref in refs:
                repeats[ref] += self._cells[cells]
        return repeats


class _BadCellError(ValueError):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def split_list(cell: str) -> list[str]:
    """The items of a cell that lists them with commas between; blanks around them are no part of them."""
    if " " in cell or not cell:
        cell = cell.strip()
        return [item.strip() for item in cell.split(",")] if cell else []
    return cell.split(",")
