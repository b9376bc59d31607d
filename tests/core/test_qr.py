"""QR codes, as squares and as a picture."""

from hypothesis import given
from hypothesis import strategies as st

from pbvote.core.qr import dark_runs, qr_rows, qr_svg, smallest_version

ADDRESS = "https://vote.council.example/v/sale-2014#K7QF9M2TXW4R"


@given(st.lists(st.booleans(), max_size=60))
def test_runs_say_the_same_as_modules(row: list[bool]) -> None:
    drawn = [False] * len(row)
    for start, length in dark_runs(row):
        assert length > 0
        drawn[start : start + length] = [True] * length
    assert drawn == row


def test_the_named_version_is_the_one_that_a_search_finds() -> None:
    version = smallest_version(len(ADDRESS))
    assert qr_rows(ADDRESS, version) == qr_rows(ADDRESS)


def test_the_picture_says_what_it_is_and_runs_nothing() -> None:
    picture = qr_svg(ADDRESS)
    assert 'role="img"' in picture
    assert "script" not in picture
