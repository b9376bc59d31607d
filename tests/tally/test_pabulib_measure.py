"""A `.pb` file without measure is refused soon, and in little memory however long it goes on."""

import io
import tracemalloc
from itertools import chain, repeat

import pytest

from pbvote.tally.pabulib import PabulibError, read_pabulib, voter_ids
from tests.tally.pb_text import pb_text

VOTES = pb_text().split("voter_id")[0] + "voter_id;vote\n"
PROJECTS = pb_text().split("project_id")[0] + "project_id;cost\n"
LIMIT = 40_000_000  # bytes of memory


class GoesOn(io.RawIOBase):
    """A file that begins with one text and then repeats another, held nowhere as a whole."""

    def __init__(self, head: str, again: str, times: int) -> None:
        self._parts = chain([head.encode()], repeat(again.encode(), times))
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._rest = self._rest or next(self._parts, b"")
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


@pytest.mark.parametrize(
    ("head", "again", "times", "reason"),
    [
        ("META\n", "x" * 40_000, 10_000, "line 2, .* longer than 1,000,000 bytes"),
        (VOTES, ";" * 10_000, 10_000, "line 20, .* longer than 1,000,000 bytes"),
        (VOTES, "1;" + "a," * 450_000 + "a\n", 400, "field larger than field limit"),
        (VOTES + '1;"', "a\n" * 10_000, 10_000, "field larger than field limit"),
        (VOTES, '"ab\n";' * 10_000, 10_000, "goes on for more than 2,000,000 characters"),
        ("META\nkey;value\n", '"ab\n";' * 10_000, 10_000, "goes on for more than 2,000,000 characters"),
        (VOTES + '1;"' + "\n" * 20_000 + '"' + "\n" * 30_000, '1;"' + "a" * 130_000 + '"\n', 3_000, "is not listed"),
        (pb_text().split("project_id")[0], ";" * 900_000 + "\n", 400, "900,001 columns are named; the limit is 200"),
        (PROJECTS + "\n".join(f"{number};1" for number in range(60_000)), "", 0, "more than 50,000 projects"),
        ("META\nkey;value\n" + "\n".join(f"k{number};1" for number in range(60_000)), "", 0, "more than 1,000 keys"),
        (pb_text({"description": "x" * 200_000}), "", 0, "field larger than field limit"),
        (pb_text({"budget": "9" * 100_000}), "", 0, "no number that can be counted with"),
    ],
    ids=["line", "semicolons", "cells", "quote", "row", "row of META", "rows", "header", "projects", "keys",
         "cell", "budget"],
)  # fmt: skip
def test_what_goes_on_is_refused_in_little_memory(head: str, again: str, times: int, reason: str) -> None:
    stream = io.BufferedReader(GoesOn(head, again, times))
    tracemalloc.start()
    try:
        with pytest.raises(PabulibError, match=reason):
            read_pabulib(stream)
        assert tracemalloc.get_traced_memory()[1] < LIMIT
    finally:
        tracemalloc.stop()


def test_a_file_over_the_limit_is_refused() -> None:
    text = pb_text().encode()
    assert read_pabulib(io.BytesIO(text), max_file=len(text)).election.share == 10_000
    with pytest.raises(PabulibError, match=f"larger than {len(text) - 1} bytes"):
        read_pabulib(io.BytesIO(text), max_file=len(text) - 1)
    with pytest.raises(PabulibError, match="larger than 5,000,000 bytes"):
        read_pabulib(io.BufferedReader(GoesOn(VOTES, "1;a\n" * 10_000, 10_000)), max_file=5_000_000)


def test_a_repeated_voter_is_found_among_many() -> None:
    rows = "".join(f"{number};a\n" for number in range(600_000))
    with pytest.raises(PabulibError, match="“7” has voted already on line 27") as caught:
        read_pabulib(io.BytesIO((VOTES + rows + "7;a\n").encode()))
    assert caught.value.line == 20 + 600_000


def test_many_repeated_voters_are_refused_in_little_memory() -> None:
    text = "".join(f"{number};a\n" for number in range(200_000)).encode()
    stream = io.BytesIO(VOTES.encode() + text + text)
    tracemalloc.start()
    try:
        with pytest.raises(PabulibError, match="has voted already on line"):
            read_pabulib(stream)
        assert tracemalloc.get_traced_memory()[1] < LIMIT  # however many they are
    finally:
        tracemalloc.stop()


def test_ids_that_only_look_alike_are_different_voters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voter_ids, "hash_of", len)
    monkeypatch.setattr(voter_ids, "AT_ONCE", 2)  # so that what is repeated is not among the first that are compared
    ids = [f"{'x' * (number // 3)}{number % 3}" for number in range(12)]
    rows = "".join(f"{voter};a\n" for voter in ids)
    text = pb_text({"num_votes": "12"}, projects="project_id;cost\na;1\nb;1", votes=f"voter_id;vote\n{rows}".rstrip())
    assert read_pabulib(io.BytesIO(text.encode())).election.ballots.voters == 12
    with pytest.raises(PabulibError, match="“xxx1” has voted already on line 30"):
        read_pabulib(io.BytesIO(f"{text}xxx1;b\n".encode()))
