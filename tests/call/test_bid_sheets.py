"""Bids out as a sheet, and new bids and changes in from one."""

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.models import Bid, BidState, CameBy
from pbvote.call.groups.models import Group
from pbvote.call.spreadsheets.models import WaitingSheet
from pbvote.db import db
from pbvote.localities.service import describe_locality, locality_called
from pbvote.people.service import account_with_email
from tests.call.sheets import NEW, ROUND, a_sheet, rows_of, send, take_in
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_bid, a_locality, an_account, an_open_poll, an_open_round, sign_in, writing
from tests.files.samples import claiming, office_file
from tests.outbox import letters
from tests.pages import fields_of, text_of
from tests.refusing import refuse_bid

NOTHING_TO_IMPORT = "has 2 bids that stay as they are."


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser before bid 1 of the Growers and bid 2 of the Cooks."""
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        share = an_open_round().shares[0]
        a_bid(share)
        a_bid(share, "Cooks")
    sign_in(client, "organiser@council.example")
    return client


def bids(app: Flask) -> int:
    """How many bids there are."""
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count(Bid.id))) or 0


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_exported_is_imported_again_without_a_change(desk: CheckedClient, kind: str) -> None:
    file = desk.get(f"{ROUND}/bids.{kind}")
    assert file.headers["Content-Disposition"] == f'attachment; filename="bids-grants-2014.{kind}"'
    page = text_of(send(desk, file.get_data(), f"bids.{kind}"))
    assert NOTHING_TO_IMPORT in page
    assert "There is nothing to import" in page


def test_an_export_holds_the_bids_that_the_board_shows(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        shortlist_bid(db.session.get_one(Bid, 2), organiser)
    board = desk.get(f"{ROUND}?state=shortlisted").get_data(as_text=True)
    assert f"{ROUND}/bids.xlsx?state=shortlisted" in board
    for query, expected in (
        ("", ["B-01", "B-02"]),
        ("?state=shortlisted", ["B-02"]),
        ("?locality=99", ["B-01", "B-02"]),
    ):
        assert [row[0] for row in rows_of(desk.get(f"{ROUND}/bids.xlsx{query}").get_data())] == expected
    assert desk.get(f"{ROUND}/bids.ods").status_code == 404


@both_databases
def test_a_new_bid_stands_by_the_officers_word_and_its_contact_is_told(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        an_open_round()
    sign_in(client, "organiser@council.example")
    preview = send(client, a_sheet({**NEW, "Charity or company number": 1092477, "Children or adults at risk": "yes"}))
    assert "has 1 new bid." in text_of(preview)
    assert bids(app) == 0
    assert "Imported: 1 new bid." in text_of(take_in(client, preview))
    with app.app_context():
        bid = db.session.scalars(sa.select(Bid)).one()
        assert bid.group
        assert (bid.reference, bid.state, bid.came_by) == ("B-01", BidState.RECEIVED, CameBy.SPREADSHEET)
        assert (bid.title, bid.ask_pence, bid.works_with_people_at_risk) == ("Beans for all", 250_00, True)
        assert (bid.group.name, bid.group.registered_number) == ("Growers", "GB-CHC-1092477")
        assert bid.group.contacts[0].phone == "0161 496 0000"
        assert bid.history[0].reason == "Imported from a spreadsheet."
        [letter] = letters()
        assert letter.recipient == "ann@growers.example"
        assert "Its number is B-01" in letter.body
        assert "What they would do: We plant." in letter.body
        assert "Amount (GBP): 250.00" in letter.body


def test_the_template_is_filled_in_and_imported(app: Flask, desk: CheckedClient) -> None:
    template = desk.get(f"{ROUND}/template.csv").get_data(as_text=True).strip()
    names = template.removeprefix("\ufeff").split(",")
    row = {**NEW, "Group": "Brass Band", "E-mail address": "band@group.example"}
    file = f"{template}\r\n{','.join(str(row.get(name, '')) for name in names)}\r\n".encode()
    assert "has 1 new bid." in text_of(send(desk, file, "template.csv"))


def test_changes_are_listed_before_and_after_and_the_group_is_told(app: Flask, desk: CheckedClient) -> None:
    preview = send(desk, a_sheet({"Number": "B-01", "Project": "Beans", "Telephone number": "0161 496 0001"}))
    page = text_of(preview)
    assert "has 1 changed bid." in page
    assert "Project Before: Project of Growers After: Beans" in page
    assert "Telephone number Before: Nothing After: 0161 496 0001" in page
    take_in(desk, preview)
    with app.app_context():
        bid = db.session.get_one(Bid, 1)
        assert bid.group
        assert (bid.title, bid.summary, bid.ask_pence) == ("Beans", "What we would do.", 1_000_00)
        assert bid.group.contacts[0].phone == "0161 496 0001"
        assert bid.history[-1].reason == "Changed from a spreadsheet: Telephone number, Project."
        assert "Before: Project of Growers\nNow: Beans" in letters()[0].body
        assert db.session.get_one(Bid, 2).title == "Project of Cooks"


def test_amounts_and_budgets_change_together(app: Flask, desk: CheckedClient) -> None:
    row = {"Number": "b-01", "Amount (GBP)": "£1,200", "Budget 2": "Spades", "Budget 2 amount (GBP)": 200}
    take_in(desk, send(desk, a_sheet(row)))
    with app.app_context():
        bid = db.session.get_one(Bid, 1)
        assert bid.ask_pence == 1_200_00
        assert [(line.what, line.line_pence) for line in bid.lines] == [("Things", 1_000_00), ("Spades", 200_00)]


@pytest.mark.parametrize(
    ("cells", "where", "sentence"),
    [
        ({"Amount (GBP)": "about 250"}, "Row 3, Amount (GBP)", "Use only the numbers 0 to 9"),
        ({"Amount (GBP)": -5}, "Row 3, Amount (GBP)", "must not be less than zero"),
        ({"Amount (GBP)": None}, "Row 3, Amount (GBP)", "Enter how much they ask for"),
        ({"Amount (GBP)": 4_000.01}, "Row 3, Amount (GBP)", "A bid may ask Sale for up to £4,000"),
        ({"Amount (GBP)": 2_000}, "Row 3, Budget 1", "A bid for more than £1,000 says what the money would buy"),
        ({"Budget 1": "Beans", "Budget 1 amount (GBP)": 249.99}, "Row 3, Budget 1 amount (GBP)", "adds up to £249.99"),
        ({"Budget 1": "Beans"}, "Row 3, Budget 1 amount (GBP)", "Enter the amount"),
        ({"Project": " "}, "Row 3, Project", "This can’t be empty"),
        ({"Project": "x" * 81}, "Row 3, Project", "Use 80 characters or fewer. These are 81"),
        ({"What they would do": "word " * 81}, "Row 3, What they would do", "Use 80 words or fewer. These are 81"),
        ({"E-mail address": "ann at growers"}, "Row 3, E-mail address", "Enter an email address"),
        ({"Kind of group": "company", "Charity or company number": 5551234}, "Row 3, Charity or company number",
         "Companies House numbers have 8: is it 05551234?"),
        ({"Kind of group": "Club"}, "Row 3, Kind of group", "Enter one of these: Charity, Company, CIC, None of these"),
        ({"Ward": "Atlantis"}, "Row 3, Ward", "Enter one of these: Priory"),
        ({"Stage": "Shortlisted"}, "Row 3, Stage", "Leave this empty for a new bid"),
        ({"Number": "B-77"}, "Row 3, Number", "This round has no bid B-77"),
        ({"Number": "B-01", "E-mail address": "me@else.example"}, "Row 3, E-mail address", "A sheet can’t change this"),
        ({"Number": "B-01", "Stage": "Refused"}, "Row 3, Stage", "Change it on the page of B-01"),
        ({"E-mail address": "growers@group.example"}, "Row 3, Number", "enter B-01 to change that one"),
        ({"Group": "GOOD  one", "E-mail address": "good@group.example"}, "Row 3, Group", "Row 2 is of the same group"),
    ],
)  # fmt: skip
def test_an_error_names_its_row_and_column_and_nothing_is_imported(
    app: Flask, desk: CheckedClient, cells: dict[str, object], where: str, sentence: str
) -> None:
    with writing(app):
        locality = locality_called("sale")
        assert locality
        describe_locality(locality, ["Priory"], [])
    good = {**NEW, "Group": "Good one", "E-mail address": "good@group.example"}
    preview = send(desk, a_sheet(good, {**NEW, **cells}))
    page = text_of(preview)
    assert "has 1 new bid and 1 row with errors." in page
    assert where in page
    assert sentence in page
    assert "seen" not in fields_of(preview.get_data(as_text=True))
    assert desk.post(f"{ROUND}/sheet/import", data={"seen": ""}).status_code == 409
    assert bids(app) == 2


def test_a_sheet_that_is_none_is_refused_beside_the_field(app: Flask, desk: CheckedClient) -> None:
    for file, sentence in (
        (b"", "This file is empty."),
        (b"PK\x03\x04nonsense", "We can’t read this file."),
        (
            claiming(office_file("xlsx"), 1024**3),
            "This file would unpack to more than 20 MB",
        ),
        (a_sheet({"Group": "Growers", "Project": "Beans"}), "The sheet has no column “Contact”, “E-mail address”"),
    ):
        refused = send(desk, file)
        assert refused.status_code == 422
        assert sentence in text_of(refused)
    assert "The file must be one of these kinds: .xlsx, .csv" in text_of(send(desk, b"x", "bids.exe"))
    assert "Choose a file" in text_of(desk.post(f"{ROUND}/sheet", data={}))
    with app.app_context():
        assert not db.session.scalars(sa.select(WaitingSheet)).all()


def test_nothing_of_a_known_group_changes_unseen(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        refuse_bid(db.session.get_one(Bid, 1), organiser, "Not yet.")
    again = {**NEW, "E-mail address": "growers@group.example", "Charity or company number": "GB-CHC-1092477"}
    preview = send(desk, a_sheet(again))
    page = text_of(preview)
    assert "Charity or company number Before: Nothing After: GB-CHC-1092477" in page
    assert "Telephone number Before: Nothing After: 0161 496 0000" in page
    take_in(desk, preview)
    with app.app_context():
        assert len(db.session.scalars(sa.select(Group)).all()) == 2
        assert db.session.get_one(Bid, 3).group is db.session.get_one(Bid, 1).group


def test_a_decided_bid_and_one_whose_vote_has_begun_stay_as_they_are(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        an_open_poll(asks=(500_00, 400_00))
        organiser = account_with_email("organiser@council.example")
        assert organiser
        refuse_bid(db.session.get_one(Bid, 2), organiser, "No.")
    sign_in(client, "organiser@council.example")
    file = client.get(f"{ROUND}/bids.xlsx").get_data()
    assert NOTHING_TO_IMPORT in text_of(send(client, file))
    page = text_of(send(client, a_sheet({"Number": "B-01", "Project": "A"}, {"Number": "B-02", "Project": "B"}, NEW)))
    assert "Voting has opened in Sale, so B-01 stays as it is" in page
    assert "B-02 is refused, so it stays as it is" in page
    assert "Voting has opened in Sale, so nobody can ask it for money any more" in page


def test_a_shortlisted_bid_keeps_the_localities_that_it_asks(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        organiser = an_account(Role.ORGANISER)
        a_locality()
        a_locality("Timperley")
        shortlist_bid(a_bid(an_open_round().shares[0]), organiser)
    sign_in(client, "organiser@council.example")
    moved = {"Number": "B-01", "Amount from Sale (GBP)": None, "Amount from Timperley (GBP)": 1_000}
    assert "B-01 is on the shortlist, so it keeps the localities that it asks" in text_of(send(client, a_sheet(moved)))
    less = {"Number": "B-01", "Amount from Sale (GBP)": 900, "Budget 1 amount (GBP)": 900}
    take_in(client, send(client, a_sheet(less)))
    with app.app_context():
        assert db.session.get_one(Bid, 1).ask_pence == 900_00


def test_a_row_over_the_round_s_cap_is_named_also_where_it_is_split(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        a_locality("Timperley")
        an_open_round().bid_cap_pence = 250_00
    sign_in(client, "organiser@council.example")
    split = {name: cell for name, cell in NEW.items() if name != "Amount (GBP)"} | {"Amount from Sale (GBP)": 125}
    page = text_of(send(client, a_sheet({**split, "Amount from Timperley (GBP)": 125.01})))
    assert "One bid may ask for £250 at most, from all localities together. They ask for £250.01" in page
    assert "Row 2, Amount from " in page
    assert "has 1 new bid." in text_of(send(client, a_sheet({**split, "Amount from Timperley (GBP)": 125})))


@both_databases
def test_as_many_bids_as_a_town_has_come_in_at_once_and_no_page_asks_more_for_them(
    app: Flask, client: CheckedClient
) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        an_open_round()
    sign_in(client, "organiser@council.example")
    groups = [{**NEW, "Group": f"Group {n}", "E-mail address": f"g{n // 2}@group.example"} for n in range(100)]
    # The client counts each page's statements: the preview's, the board's and the export's.
    assert "Imported: 100 new bids" in text_of(take_in(client, send(client, a_sheet(*groups))))
    assert "100 bids, asking for £25,000 together" in text_of(client.get(ROUND))
    exported = client.get(f"{ROUND}/bids.xlsx").get_data()
    assert [row[0] for row in rows_of(exported)][::99] == ["B-01", "B-100"]
    assert "has 100 bids that stay as they are." in text_of(send(client, exported))
    with app.app_context():
        assert len(letters()) == 100


def test_texts_that_would_harm_a_page_or_a_sheet_are_only_texts(app: Flask, desk: CheckedClient) -> None:
    title = '=HYPERLINK("https://x.example")<script>alert(1)</script> 🌻'
    preview = send(desk, a_sheet({"Number": "B-01", "Project": f"{title}\u202e", "Group": "ا" * 100}))
    assert "<script>alert" not in preview.get_data(as_text=True)
    take_in(desk, preview)
    with app.app_context():
        assert db.session.get_one(Bid, 1).title == title
    for kind in ("xlsx", "csv"):
        assert NOTHING_TO_IMPORT in text_of(send(desk, desk.get(f"{ROUND}/bids.{kind}").get_data(), f"b.{kind}"))
    assert "'=HYPERLINK" in desk.get(f"{ROUND}/bids.csv").get_data(as_text=True)
