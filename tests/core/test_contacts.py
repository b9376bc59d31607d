"""Telephone numbers and e-mail addresses in a text for everybody."""

import pytest

from pbvote.core.contacts import names_a_contact


@pytest.mark.parametrize(
    "text",
    [
        "0161 496 0123",
        "0161.496.0123",
        "+44 161 496 0123",
        "(0161) 4960123",
        "07700900123",
        "496 0123",
        "٠١٦١ ٤٩٦ ٠١٢٣",
        "ann@example.org",
        "ann (at) example.org",
    ],
)
def test_numbers_in_any_script_and_hidden_addresses_are_contacts(text: str) -> None:
    assert names_a_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Since 2013 we shared £120,000.",
        "£12,000 in 2014/15 for 1,200 people",
        "1,250 people in 2013 and 2014",
        "12 July 2014, 10:30 to 12:30",
        "From 12/07/2014 to 13/07/2014",
        "We met 10 12 15 times",
        "M33 7ZF",
        "5–11",
    ],
)
def test_money_days_and_postcodes_are_none(text: str) -> None:
    assert not names_a_contact(text)
