"""The VOTES section: ballots, grouped while they are read."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice

from pbvote.tally.ballots import Ballot, BallotKind, Mark
from pbvote.tally.pabulib.errors import PabulibError, shown
from pbvote.tally.pabulib.numbers import Decimal, NumberError
from pbvote.tally.pabulib.rows import RowReader, RowRun, check_header
from pbvote.tally.pabulib.voter_ids import VoterIds

Cells = str | tuple[str, str]  # the cell `vote` of one row; with its cell `points`, if the file has them

_REMEMBERED = 60_000  # distinct contents of cells that are kept before they are turned into groups


@dataclass(frozen=True)
class Votes:
    """What VOTES says: each distinct ballot, with the number of voters who cast it.

    The marks of a ranked ballot that carries points are its references and their points, in order of preference; those
    of any other are as `pbvote.tally.ballots` has them. Points count in units of 10 ** -`point_places`: whole points,
    unless a city gave parts of points.
    """

    groups: Mapping[Ballot, int]
    has_points: bool
    has_all_points: bool  # ranked ballots may lack theirs
    point_places: int
    repeats: Mapping[str, int]  # how many times too many a reference stands on ballots that name it twice
    first_repeat: int  # the line of the first such ballot, 0 if there is none
    last_line: int
    repeated_ids: Iterator[frozenset[int]]  # hashes that more than one voter id has, see `VoterIds.repeated`


class VotesReader:
    """Reads VOTES. A cell that cannot be read is refused with the line on which it first stands."""

    def __init__(self, rows: RowReader, refs: Collection[str], kind: BallotKind) -> None:
        self._rows = rows
        self._kind = kind
        self._groups: dict[Ballot, int] = {}
        self._counts: Counter[Cells] = Counter()
        self._parsed: dict[Cells, Ballot] = {}
        self._repeated: dict[Cells, Sequence[str]] = {}
        self._repeats: Counter[str] = Counter()
        self._first_repeat = 0
        self._lacks_points = False
        self._crosses: dict[str, Mark] = {ref: (ref, 1) for ref in refs}
        self._marks: dict[Mark, Mark] = {}  # equal marks are one object
        self._refs = frozenset(refs)
        self._points: list[Decimal] = []
        self._numbers: dict[str, int] = {}  # the place in `_points` of each text that stands for points

    def read(self) -> Votes:
        """Read all rows, up to the end of the file."""
        line, header = self._rows.header("VOTES")
        has_points = self._kind is not BallotKind.APPROVAL and "points" in header
        needed = ("voter_id", "vote", "points") if self._kind.has_points else ("voter_id", "vote")
        check_header(header, line, needed)
        voter, vote = header.index("voter_id"), header.index("vote")
        ids = VoterIds()
        for run in self._rows.runs(header):
            ids.add(run.column(voter))
            given: Sequence[Cells] = run.column(vote)
            if has_points:
                given = list(zip(run.column(vote), run.column(header.index("points")), strict=True))
            self._add(given, run)
        self._settle()
        places = max((points.places for points in self._points), default=0)
        return Votes(
            groups=self._in_units(places) if has_points else self._groups,
            has_points=has_points,
            has_all_points=has_points and not self._lacks_points,
            point_places=places,
            repeats=self._repeats,
            first_repeat=self._first_repeat,
            last_line=self._rows.line,
            repeated_ids=ids.repeated(),
        )

    def _add(self, given: Sequence[Cells], run: RowRun) -> None:
        """Add a run of rows. What stands in many of them is counted as it is, and parsed once."""
        self._counts.update(given)
        unseen = len(self._counts) - len(self._parsed)  # a Counter keeps its keys in the order in which they came
        for cells in reversed(list(islice(reversed(self._counts), unseen))):
            try:
                self._parsed[cells], repeated = self._parse(cells)
            except _BadCellError as bad:
                raise PabulibError(run.line_of(given.index(cells)), bad.column, bad.reason) from bad
            if repeated:
                self._repeated[cells] = repeated
                self._first_repeat = self._first_repeat or run.line_of(given.index(cells))
        if len(self._counts) > _REMEMBERED:
            self._settle()

    def _settle(self) -> None:
        """Turn what has been counted into groups, and forget it."""
        for cells, voters in self._counts.items():
            ballot = self._parsed[cells]
            self._groups[ballot] = self._groups.get(ballot, 0) + voters
            for ref in self._repeated.get(cells, ()):
                self._repeats[ref] += voters
        self._counts.clear()
        self._parsed.clear()
        self._repeated.clear()

    def _parse(self, cells: Cells) -> tuple[Ballot, Sequence[str]]:
        """The ballot of one row, and the references that it names more than once."""
        refs = self._split(cells if isinstance(cells, str) else cells[0])
        names = set(refs)
        repeated = [ref for place, ref in enumerate(refs) if ref in refs[:place]] if len(names) < len(refs) else ()
        if not isinstance(cells, str):
            return self._with_points(refs, cells[1]), repeated
        if self._kind is BallotKind.RANKED:
            return self._shared(zip(dict.fromkeys(refs), count(1))), repeated
        return tuple(map(self._crosses.__getitem__, sorted(names))), repeated

    def _split(self, vote: str) -> list[str]:
        """The references of a cell that lists them; all of them are known."""
        refs = vote.split(",") if vote else []
        if not self._refs.issuperset(refs):
            refs = _items(vote)
            unknown = [ref for ref in refs if ref not in self._refs]
            if unknown:
                raise _BadCellError("vote", f"{shown(unknown[0])} is not listed in PROJECTS")
        return refs

    def _with_points(self, refs: list[str], cell: str) -> Ballot:
        """A ballot whose marks hold, for now, the number of the text that gives the points."""
        texts = _items(cell)
        if self._kind is BallotKind.RANKED and refs and not texts:
            self._lacks_points = True
            texts = ["0"] * len(refs)
        if len(texts) != len(refs):
            raise _BadCellError("points", f"there are {len(texts):,} numbers of points for {len(refs):,} projects")
        given: dict[str, int] = {}
        for ref, text in zip(refs, texts, strict=True):
            given.setdefault(ref, self._number_of(text))
        marks = sorted(given.items()) if self._kind.has_points else given.items()
        return self._shared(marks)

    def _number_of(self, text: str) -> int:
        """The place of a text for points among those read so far."""
        if text not in self._numbers:
            try:
                self._points.append(Decimal.read(text))
            except NumberError as error:
                raise _BadCellError("points", f"{shown(text)} {error.reason}") from error
            self._numbers[text] = len(self._numbers)
        return self._numbers[text]

    def _in_units(self, places: int) -> Mapping[Ballot, int]:
        """The groups with their points in units of 10 ** -`places`."""
        points = [read.scaled(places) for read in self._points]
        groups: dict[Ballot, int] = {}
        for numbered, voters in self._groups.items():
            ballot = self._shared((ref, points[number]) for ref, number in numbered)
            groups[ballot] = groups.get(ballot, 0) + voters
        return groups

    def _shared(self, marks: Iterable[Mark]) -> Ballot:
        """A ballot of these marks, in which each is the one object for all that equal it."""
        share = self._marks.setdefault
        return tuple([share(mark, mark) for mark in marks])


class _BadCellError(ValueError):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def _items(cell: str) -> list[str]:
    """The items of a cell that lists them with commas between; blanks around them are no part of them."""
    return [item.strip() for item in cell.split(",")] if cell.strip() else []
