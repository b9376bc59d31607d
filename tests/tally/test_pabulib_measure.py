"""A `.pb` file without measure is refused soon, and in little memory however long it goes on."""

import io
import tracemalloc

import pytest

from pbvote.tally.pabulib import PabulibError, read_pabulib, voter_ids
from tests.tally.pb_text import pb_text

VOTES = pb_text().split("voter_id")[0] + "voter_id;vote\n"
LIMIT = 40_000_000  # bytes of memory


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
