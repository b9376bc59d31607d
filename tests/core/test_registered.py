"""Charity and company numbers as people write them."""

import pytest

from pbvote.core.reading import ReadingError
from pbvote.core.registered import Register, read_registered, show_registered


@pytest.mark.parametrize(
    ("typed", "register", "identifier"),
    [
        ("1092477", None, "GB-CHC-1092477"),
        ("1,092,477", None, "GB-CHC-1092477"),
        ("GB-CHC-1092477", Register.COMPANIES, "GB-CHC-1092477"),
        ("gb-chc-1092477", None, "GB-CHC-1092477"),
        ("Registered charity no. 1092477", Register.ENGLAND_AND_WALES, "GB-CHC-1092477"),
        ("١٠٩٢٤٧٧", None, "GB-CHC-1092477"),
        ("212345", None, "GB-CHC-212345"),
        ("SC012345", None, "GB-SC-SC012345"),
        ("sc 012 345", Register.ENGLAND_AND_WALES, "GB-SC-SC012345"),
        ("012345", Register.SCOTLAND, "GB-SC-SC012345"),
        ("GB-SC-SC012345", None, "GB-SC-SC012345"),
        ("SC012345", Register.COMPANIES, "GB-COH-SC012345"),
        ("NIC100012", None, "GB-NIC-100012"),
        ("NIC 100012", Register.ENGLAND_AND_WALES, "GB-NIC-100012"),
        ("100012", Register.NORTHERN_IRELAND, "GB-NIC-100012"),
        ("GB-NIC-100012", None, "GB-NIC-100012"),
        ("05551234", None, "GB-COH-05551234"),
        ("05551234", Register.COMPANIES, "GB-COH-05551234"),
        ("Company number: NI012345", Register.COMPANIES, "GB-COH-NI012345"),
        ("R0001234", Register.COMPANIES, "GB-COH-R0001234"),
        ("", None, ""),
        (" - ", Register.COMPANIES, ""),
    ],
)
def test_reads_one_number_in_one_way(typed: str, register: Register | None, identifier: str) -> None:
    assert read_registered(typed, register) == identifier


@pytest.mark.parametrize(
    ("typed", "register", "sentence"),
    [
        ("5551234", Register.COMPANIES, "Companies House numbers have 8: is it 05551234?"),
        ("GB-COH-5551234", None, "Companies House numbers have 8: is it 05551234?"),
        ("12345", Register.ENGLAND_AND_WALES, "Charity numbers have 6 or 7 digits"),
        ("SC12345", Register.ENGLAND_AND_WALES, "Scottish charity numbers are SC and 6 digits"),
        ("NIC1", None, "Northern Irish charity numbers are NIC and 6 digits"),
        ("055512345", Register.COMPANIES, "have 8 digits, or 2 letters and 6 digits"),
        ("we are waiting for it", None, "no charity or company number that we know"),
        ("<script>", Register.ENGLAND_AND_WALES, "Charity numbers have 6 or 7 digits"),
        ("٠" * 9, None, "no charity or company number that we know"),
    ],
)
def test_refuses_in_a_sentence(typed: str, register: Register | None, sentence: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read_registered(typed, register)
    assert sentence in str(refused.value)


def test_what_is_kept_is_read_again_as_itself_and_shown_with_its_register() -> None:
    for kept, shown in (
        ("GB-CHC-1092477", "1092477 (charity in England and Wales)"),
        ("GB-SC-SC012345", "SC012345 (charity in Scotland)"),
        ("GB-NIC-100012", "100012 (charity in Northern Ireland)"),
        ("GB-COH-05551234", "05551234 (Companies House)"),
    ):
        assert read_registered(kept) == kept
        assert show_registered(kept) == shown
    assert show_registered("") == ""
