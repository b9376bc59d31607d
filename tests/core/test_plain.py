"""What people type, made plain: digits, line ends, and what nobody sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbvote.core.plain import is_seen, plain_digits, plain_line, plain_lines

URDU = "می\u200cخواہم"
FAMILY = "\U0001f469\u200d\U0001f467"
FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    "digits", ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "０１２３４５６７８９"]
)
def test_the_digits_of_every_script_are_digits(digits: str) -> None:
    assert plain_digits(digits) == "0123456789"


@pytest.mark.parametrize("typed", ["²", "①", "½", "Ⅷ", "五"])
def test_what_only_looks_like_a_number_stays_as_it_is(typed: str) -> None:
    assert plain_digits(typed) == typed


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Sale\r\nMoor", "Sale Moor"),
        ("Sale\rMoor", "Sale Moor"),
        ("Sale\u2028Moor", "Sale Moor"),
        ("Sale\u2029Moor", "Sale Moor"),
        ("Sale\tMoor", "Sale Moor"),
        ("Sale\x85Moor", "Sale Moor"),
        ("Sa\0le", "Sale"),
        ("Sa\x1b[1mle", "Sa[1mle"),
        ("\u202eelaS\u202c", "elaS"),
        ("Sa\u200ble", "Sale"),
        ("Sa\ud800le\udfff", "Sale"),
        ("Sa\u00adle\ufeff", "Sale"),
        ("Sa\ufffele\uffff\ufdd0\U0010ffff", "Sale"),
        (URDU, URDU),
        (FAMILY, FAMILY),
        (FLAG, FLAG),
        ("Zażółć", "Zażółć"),
    ],
)
def test_one_line_is_one_line_of_what_can_be_seen(typed: str, line: str) -> None:
    assert plain_line(typed) == line


def test_several_lines_keep_their_ends_as_one_character_each() -> None:
    assert plain_lines("one\r\ntwo\rthree\u2028four\u2029\n\tfive\0") == "one\ntwo\nthree\nfour\n\n\tfive"


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_plain_text_is_plain_already(typed: str) -> None:
    lines = plain_lines(typed)
    assert plain_lines(lines) == lines
    assert set(lines).isdisjoint("\r\v\f\x85\u2028\u2029\0")
    assert plain_line(plain_line(typed)) == plain_line(typed)
    assert len(plain_line(typed).splitlines()) <= 1


@pytest.mark.parametrize("typed", ["", " ", "\u200c", "\u200f\u00a0", "\u3000"])
def test_what_nobody_sees_is_nothing(typed: str) -> None:
    assert not is_seen(typed)
    assert is_seen(typed + ".")
