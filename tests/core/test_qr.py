"""QR codes, as squares and as a picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbvote.core.codes import ALPHABET
from pbvote.core.qr import QrSeries, dark_runs, qr_rows, qr_svg

ADDRESS = "https://vote.council.example/v/sale-2014#K7QF9M2TXW4R"


@given(st.lists(st.booleans(), max_size=60))
def test_runs_say_the_same_as_modules(row: list[bool]) -> None:
    drawn = [False] * len(row)
    for start, length in dark_runs(row):
        assert length > 0
        drawn[start : start + length] = [True] * length
    assert drawn == row


def test_the_picture_says_what_it_is_and_runs_nothing() -> None:
    picture = qr_svg(ADDRESS)
    assert 'role="img"' in picture
    assert "script" not in picture


SERIES = QrSeries(ADDRESS[:-12], 12)


@given(st.text(ALPHABET, min_size=12, max_size=12))
def test_a_series_makes_the_same_codes_as_the_encoder(code: str) -> None:
    assert SERIES.rows(code) == qr_rows(ADDRESS[:-12] + code)


def test_a_series_refuses_a_text_of_another_length() -> None:
    with pytest.raises(ValueError, match="same length"):
        SERIES.rows("K7QF")
