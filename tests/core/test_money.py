"""Money read from what people type, and written as people read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbvote.core.money import MOST_PENCE, MoneyError, format_money, parse_money


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("3,043.69", 304369),
        ("£3043.7", 304370),
        (" 250 ", 25000),
        ("£ 1,000,000", 100000000),
        ("0", 0),
        (".5", 50),
        ("12.", 1200),
        ("007", 700),
        ("1,000.05", 100005),
        ("10000000000", MOST_PENCE),
        ("٢٥٠", 25000),
        ("£٣٬٠٤٣٫٦٩", 304369),
        ("۳۰۴۳.۷", 304370),
        ("￡３，０４３．６９", 304369),
        ("\u2067٢٥٠\u2069", 25000),
    ],
)
def test_reads_what_people_write(typed: str, pence: int) -> None:
    assert parse_money(typed) == pence


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Enter an amount"),
        ("  £ ", "Enter an amount"),
        ("3043.695", "no more than 2 numbers after the point"),
        ("1,00", "commas only between thousands"),
        ("1,0000", "commas only between thousands"),
        (",500", "commas only between thousands"),
        ("1,000,00", "commas only between thousands"),
        ("1.000,00", "commas only between thousands"),
        ("-5", "less than zero"),
        ("−5", "less than zero"),
        ("(5)", "less than zero"),
        ("£-5", "less than zero"),
        ("five", "only the numbers 0 to 9"),
        ("5k", "only the numbers 0 to 9"),
        ("1e3", "only the numbers 0 to 9"),
        ("－５", "less than zero"),
        ("3 043", "only the numbers 0 to 9"),
        ("5.0.0", "one point"),
        (".", "one point"),
        ("10000000000.01", "too large"),
        ("9" * 5000, "too large"),
    ],
)
def test_refuses_with_a_reason(typed: str, reason: str) -> None:
    with pytest.raises(MoneyError, match=reason):
        parse_money(typed)


@pytest.mark.parametrize(
    ("pence", "currency", "written"),
    [
        (304369, "GBP", "£3,043.69"),
        (300000, "GBP", "£3,000"),
        (304370, "GBP", "£3,043.70"),
        (0, "GBP", "£0"),
        (5, "GBP", "£0.05"),
        (-500, "GBP", "-£5"),
        (304369, "EUR", "€3,043.69"),
        (300000, "PLN", "PLN\xa03,000"),
        (300050, "CHF", "CHF\xa03,000.50"),
    ],
)
def test_writes_money_as_the_posters_do(pence: int, currency: str, written: str) -> None:
    assert format_money(pence, currency) == written


@given(st.integers(min_value=0, max_value=MOST_PENCE))
def test_what_is_written_reads_back(pence: int) -> None:
    assert parse_money(format_money(pence)) == pence
