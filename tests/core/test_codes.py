"""A slip's code survives being read aloud, typed on a phone and mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbvote.core.codes import ALPHABET, LENGTH, code_from, in_groups, new_code, read_code

codes = st.builds(new_code)


@given(codes)
def test_a_code_reads_back_as_itself(code: str) -> None:
    assert len(code) == LENGTH
    assert read_code(code) == code
    assert read_code(in_groups(code)) == code
    assert read_code(in_groups(code).lower()) == code


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_always_shows(code: str, place: int, symbol: str) -> None:
    wrong = code[:place] + symbol + code[place + 1 :]
    assert read_code(wrong) == (code if wrong == code else None)


@given(codes, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_symbols_that_changed_places_always_show(code: str, left: int, right: int) -> None:
    symbols = list(code)
    symbols[left], symbols[right] = symbols[right], symbols[left]
    wrong = "".join(symbols)
    assert read_code(wrong) == (code if wrong == code else None)


@pytest.mark.parametrize(
    "disguise",
    [
        lambda code: f"https://vote.example/v/sale-2014#{code}",
        lambda code: f"%23{code}",
        lambda code: f"#{in_groups(code)}",
        lambda code: " ".join(code),
        lambda code: code.replace("-", "\u2011").join(["\u200f", "\u200e"]),
        lambda code: code.replace("0", "O"),
        lambda code: code.replace("1", "l"),
        lambda code: code.replace("1", "I"),
        lambda code: code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        lambda code: code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda code: f"\u2066{in_groups(code)}\u2069\n",
        lambda code: f"“{code[:4]}.{code[4:8]}_{code[8:]}”",
        lambda code: code.replace("A", "\uff21") + "/",
        lambda code: "\u2212".join([code[:6], code[6:]]),
    ],
)
def test_what_people_type_is_understood(disguise: object) -> None:
    assert callable(disguise)
    for _ in range(20):
        code = new_code()
        assert read_code(disguise(code)) == code


@given(st.text(max_size=60))
def test_anything_else_is_no_code_and_no_crash(typed: str) -> None:
    read = read_code(typed)
    assert read is None or len(read) == LENGTH


def test_a_very_long_text_is_refused() -> None:
    assert read_code("A" * 100_000) is None


@given(st.binary(min_size=7, max_size=32))
def test_bytes_give_one_code_that_reads_back(drawn: bytes) -> None:
    code = code_from(drawn)
    assert read_code(code) == code == code_from(drawn[:7])


def test_each_of_the_first_55_bits_is_in_the_code() -> None:
    flipped = {code_from((1 << bit).to_bytes(7, "big")) for bit in range(1, 56)}
    assert len(flipped | {code_from(bytes(7))}) == 56
