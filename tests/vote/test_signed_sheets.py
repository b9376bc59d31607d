"""The sheets that people sign or carry: the recovery sheet, a witness's card, the code account."""

from pathlib import Path

import pytest
from flask import Flask

from pbvote.core.codes import in_groups, new_code
from pbvote.filters import days
from pbvote.vote.acts.cards import witness_card
from pbvote.vote.acts.kinds import occasions
from pbvote.vote.count.dots import DotLook, Dots
from pbvote.vote.count.sheet import Signed, account_sheet
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.slips.sheets.recovery import recovery_sheet
from pbvote.vote.slips.sheets.slips import slip_sheets
from tests.checked_client import CheckedClient
from tests.factories import an_event, writing
from tests.paper import codes_on, facts_of, rendered, side_of, text_of, words_on

MARKS = Dots([(look, 3) for look in DotLook if look is not DotLook.CAME], [(DotLook.CAME, 5)], 10)
"""One mark of each shape at least."""


def test_a_recovery_sheet_shows_the_whole_key_in_order(app: Flask, tmp_path: Path) -> None:
    groups = [f"{number:02d}WMW" for number in range(1, 14)]
    with writing(app):
        event = an_event()
        pdf = recovery_sheet(event, groups)
        slug = event.slug
    [page] = words_on(pdf, tmp_path)
    # Each symbol stands in a place of its own, so the words come apart; read them line by line, as a person would.
    lines: dict[int, list[tuple[float, str]]] = {}
    for word in page:
        if word.size > 20 and word.y > 60:
            lines.setdefault(round(word.y), []).append((word.x, word.text))
    read = "".join(text for y in sorted(lines) for _, text in sorted(lines[y]))
    assert read == "".join(groups)
    assert f"pbvote restore-key {slug}" in text_of(page)
    assert "shred it" in text_of(page)
    assert text_of(page).count("Signature") == 4


def test_a_witness_card_is_read_by_a_phone_and_by_a_person(app: Flask, tmp_path: Path) -> None:
    code = new_code()
    address = f"https://grants.council.example/w/sale#{code}"
    with writing(app):
        pdf = witness_card(an_event(), "Zofia Żółć", address)
    [picture] = rendered(pdf, tmp_path)
    [found] = codes_on(picture)
    assert found.text == address
    assert side_of(found) >= 42
    [page] = words_on(pdf, tmp_path)
    for words in (
        "Witness",
        "Zofia Żółć",
        "Sale decides",
        in_groups(code),
        "grants.council.example/w/sale",
        "Look before",
        *occasions(),
    ):
        assert words in text_of(page)
    assert all(word.x < 100 and word.y < 145 for word in page), "the card is A6"


def test_a_witness_is_told_of_everything_that_takes_two(app: Flask) -> None:
    with app.app_context():
        assert set(occasions()) >= {
            "the count and the seal",
            "opening voting again",
            "making a slip void that has voted",
            "a new slip for one that was lost",
            "the draw after a tie",
            "taking a paper ballot out again",
            "another decision about a slip with two votes",
        }
        assert all(occasions()), "every kind has a name on the card"


def test_a_name_in_any_script_is_printed(app: Flask, tmp_path: Path) -> None:
    with writing(app):
        pdf = witness_card(an_event(), "أمل Khan", "https://grants.council.example/w/sale#K7QF9M2TXW4R")
    [page] = words_on(pdf, tmp_path)
    assert "Khan" in text_of(page)
    # pdftotext says the letters in one direction or the other; what counts is that each of them has a glyph.
    assert any(sorted(word.text) == sorted("أمل") for word in page)


def test_an_account_has_its_numbers_its_notes_and_its_signers(app: Flask, tmp_path: Path) -> None:
    sections = [("Slips printed", [("Printed", "500"), ("Spare", "25")]), ("Votes", [("Counted", "172")])]
    with writing(app):
        event = an_event()
        names, said = ["Jane Smith", "Jan Nowak"], "5 opened − 2 left over = 3 handed out"
        pdf = account_sheet(event, MARKS, Signed(said, sections, ["One visitor left."], names, "oak sun"))
        plain = account_sheet(event, MARKS, Signed(said, sections, [], names))
        day = days(event.began_at, event.ended_at)
    [page] = words_on(pdf, tmp_path)
    for words in (
        "Do the slips add up?",
        f"Sale Waterside, {day}",
        "5 opened − 2 left over = 3 handed out",
        "Voted on a phone",
        "Does not fit",
        "One mark stands for 10.",
        "Printed 500",
        "Spare 25",
        "Counted 172",
        "– One visitor left.",
        "oak sun",
        "Jane Smith",
        "Jan Nowak",
    ):
        assert words in text_of(page)
    [page] = words_on(plain, tmp_path)
    assert "Nothing: the slips add up." in text_of(page)
    assert "The seal" not in text_of(page)


def _rows(number: int) -> list[tuple[str, list[tuple[str, str]]]]:
    return [("Slips", [(f"Row {row}", str(row)) for row in range(number)])]


def test_a_long_account_is_signed_on_a_page_that_says_why(app: Flask, tmp_path: Path) -> None:
    with writing(app):
        event = an_event()
        accounts = [
            account_sheet(event, MARKS, Signed("It adds up.", _rows(rows), [], ["Jane", "Jan Nowak"]))
            for rows in range(12, 32)
        ]
    for account in accounts:
        pages = words_on(account, tmp_path)
        last = text_of(pages[-1])
        assert f"page {len(pages)} of {len(pages)}" in last
        assert "We have read this account" in last
        assert len(pages) == 1 or last.startswith("Do the slips add up? Sale decides")
        assert "Jan Nowak" in last
        assert all(word.y < 285 for page in pages for word in page)
    assert len(pages) == 2


def every_sheet() -> dict[str, bytes]:
    """Each kind of PDF about an event, by the title that its window shows."""
    event = an_event()
    return {
        "Slips for Sale decides": slip_sheets(event, make_slips(event, 1, None)),
        "Recovery sheet of Sale decides": recovery_sheet(event, ["00WMW"] * 13),
        "Witness card of Sale decides": witness_card(event, "Wendy", "https://grants.council.example/w#K7QF9M2TXW4R"),
        "Code account of Sale decides": account_sheet(event, MARKS, Signed("It adds up.", _rows(1), [], ["Jane"])),
    }


def test_every_sheet_names_its_title_and_language_and_no_version(app: Flask, tmp_path: Path) -> None:
    with writing(app):
        sheets = every_sheet()
    for title, pdf in sheets.items():
        facts = facts_of(pdf, tmp_path)
        assert facts["Title"] == title
        assert facts["Author"] == app.config["COUNCIL_NAME"]
        assert (facts["Creator"], facts["Producer"]) == ("pbvote", "pbvote")
        assert b"/Lang (en-GB)" in pdf
        assert b"/DisplayDocTitle true" in pdf
        assert b"fpdf" not in pdf


@pytest.mark.parametrize("sheet", ["slips", "recovery sheet", "witness", "code account"])
def test_the_accessibility_statement_says_what_stands_in_for_each_sheet(client: CheckedClient, sheet: str) -> None:
    statement = client.get("/accessibility").get_data(as_text=True)
    known = statement.partition("What we know is not good enough")[2].partition("<h2")[0]
    assert sheet in known
