"""Rows are read in texts, most of them without csv: that changes nothing in what is read and what is refused."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from hypothesis import example, given
from hypothesis import strategies as st

from pbvote.tally.pabulib import PabulibError, read_pabulib, rows, texts, voter_ids, votes
from pbvote.tally.pabulib.rows import RowReader, check_width
from tests.tally.pb_text import pb_text

HEADERS = [["voter_id", "vote"], ["voter_id", "age", "vote"]]
Read = tuple[list[tuple[int, list[str]]], str]  # rows with their lines, and what ended them if that is an error

good = st.integers(1, 99).map(lambda number: f"{number};a\n".encode())
odd = st.sampled_from(
    [
        "1;a\r\n", "1;a\r", "\n", "\r\n", " \n", '"1";a\n', '1;"a\n\nb"\n', '1;"a"";"\r\n', '1;"a', '"a" b;c\n',
        '1;a"\n', "1\n", "1;a;b\n", "1;a;b;\n2\n", ";\n", "ł;…\n", "1;\u2028\x0b\x85a\n", "\ufeff1;a\n", "1;\0\n",
        "VOTES\n", "1;zzzzzzzzzzzzzzzzz\n", "1;a",
    ]
).map(str.encode) | st.just(b"1;\xff\n")  # fmt: skip
some_rows = st.lists(good | odd | good, max_size=12).map(b"".join)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Rows of two cells, most of them plain; perhaps cut off, perhaps with a byte order mark."""
    data = draw(some_rows)
    mark = draw(st.sampled_from([b"", b"", b"\xef\xbb\xbf"]))
    return mark + data[: draw(st.sampled_from([len(data), len(data) // 2]))]


@contextmanager
def csv_limit(length: int) -> Iterator[None]:
    usual = csv.field_size_limit(length)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def rows_by_csv(data: bytes, header: list[str]) -> Read:
    """The rows as csv alone reads them from the file as a whole."""
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(lines_of(data), delimiter=";")
    try:
        line = 1
        for row in reader:
            if row:
                check_width(row, header, line)
                found.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        return found, f"line {reader.line_num}, column 1: this is not a row of cells: {error}"
    except PabulibError as error:
        return found, str(error)
    return found, ""


def lines_of(data: bytes) -> Iterator[str]:
    for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), start=1):
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise PabulibError(number, "1", "this is not text in UTF-8") from error


def rows_by_runs(data: bytes, header: list[str]) -> Read:
    found: list[tuple[int, list[str]]] = []
    try:
        for run in RowReader(io.BytesIO(data)).runs(header):
            cells = zip(*(run.column(place) for place in range(run.width)), strict=True)
            found += zip(run.lines(), map(list, cells), strict=True)
    except PabulibError as error:
        return found, str(error)
    return found, ""


@given(files(), st.integers(1, 40), st.sampled_from([131_072, 12]))
@example(b'1;a\n2;"b\n3;c"\n4;d\n', 4, 131_072)
@example(b'1;a\n2;"b\n3;c\n4;\xff', 4, 131_072)
@example(b"1;a\n\xef\xbb\xbf2;b\n", 2, 131_072)
def test_rows_are_those_of_csv_wherever_the_file_is_cut(data: bytes, block: int, limit: int) -> None:
    with csv_limit(limit):
        for header in HEADERS:
            expected = rows_by_csv(data, header)
            assert rows_by_runs(data, header) == expected
            with mock.patch.object(texts, "_BLOCK", block):
                assert rows_by_runs(data, header) == expected


ballots = st.sampled_from(["a", "b", "a,b", "b,a", "a,a", "b, a", "", '"a,b"', '"a"', "z", '"b\n"', "a;b"])
voters = st.integers(1, 40).map(str) | st.just('"1"')
lists_of_votes = st.lists(st.tuples(voters, ballots, st.sampled_from(["\n", "\r\n", "\n\n"])), max_size=15)


def outcome_of(text: str) -> object:
    try:
        file = read_pabulib(io.BytesIO(text.encode()))
    except PabulibError as error:
        return str(error)
    return dict(file.election.ballots.groups), file.findings


@given(lists_of_votes, st.integers(1, 60), st.sampled_from(["approval", "ordinal"]))
def test_a_file_is_the_same_election_or_error_however_it_is_read(
    given_votes: list[tuple[str, str, str]], block: int, vote_type: str
) -> None:
    text = pb_text(
        {"num_votes": str(len(given_votes)), "vote_type": vote_type},
        projects="project_id;cost\na;60\nb;50",
        votes="voter_id;vote\n" + "".join(f"{voter};{vote}{end}" for voter, vote, end in given_votes),
    )
    expected = outcome_of(text)
    with (
        mock.patch.object(texts, "_BLOCK", block),
        mock.patch.object(votes, "_REMEMBERED", 1),
        mock.patch.object(voter_ids, "_FEW", 0),
    ):
        assert outcome_of(text) == expected
    with mock.patch.object(rows, "_plain_cells", return_value=None):
        assert outcome_of(text) == expected
