"""Years in outline: sent as a sheet, read by nobody before they are published, and each figure with its source."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from benchmarks import boards_data
from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.core.contacts import NO_CONTACTS
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.public_account.outlines.models import YearFigure
from pbvote.public_account.outlines.service import (
    OutlinePublic,
    drop_outline,
    keep_outlines,
    public_outlines,
    publish_outline,
)
from pbvote.public_account.outlines.sheet import COLUMNS
from pbvote.vote.events.models import Slot
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_locality, an_account, writing
from tests.grants.paying import organiser, signed_awards
from tests.pages import browser, client_of, sheet, text_of
from tests.paper import text_of as paper_text
from tests.paper import words_on
from tests.public_account.outlining import keep, lines

DESK, PUBLIC = "/desk/years", "/money/years/2013"
FILE = "/money/years/outlines.csv"
PAGE = "https://www.example.org/grants"
PUBLISHED, RECORDS = "From a published page", "From the council’s records"
GOOD = (
    {"Year": "2013", "Figure": "To give away", "Amount (GBP)": "160000.00", "Source": PUBLISHED, "Link": PAGE},
    {"Year": "2013", "Figure": "Voted", "Number": "236", "Source": RECORDS, "How counted": "Hands in the halls"},
    {"Year": "2013", "Locality": "Sale", "Figure": "To give away", "Amount (GBP)": "40000.00", "Source": RECORDS},
    {"Year": "2013", "Locality": "Sale", "Figure": "One grant", "Group": "Brass", "Source": RECORDS},
    {"Year": "2012", "Figure": "Grants", "Number": "0", "Source": RECORDS},
)


def a_sheet(*rows: dict[str, str]) -> bytes:
    """A CSV file of these rows; each is found in a report unless it says otherwise."""
    file = io.StringIO()
    writer = csv.DictWriter(file, [column.name for column in COLUMNS], restval="")
    writer.writeheader()
    writer.writerows({"Found in": "Report to the Executive", **row} for row in rows)
    return file.getvalue().encode()


def send(desk: CheckedClient, *rows: dict[str, str]) -> TestResponse:
    """Send a sheet."""
    return desk.post(DESK, data={"file": (io.BytesIO(a_sheet(*rows)), "years.csv")}, follow_redirects=True)


def test_a_year_is_sent_read_and_published_with_the_source_of_each_figure(
    app: Flask, client: CheckedClient, tmp_path: Path
) -> None:
    desk = signed_awards(app)
    assert [*csv.reader(io.StringIO(desk.get(f"{DESK}/outlines.csv").text))][1:] == []
    assert "Read each, and publish it" in text_of(send(desk, *GOOD))
    assert client.get(PUBLIC).status_code == 404
    assert sheet(client, FILE) == []
    assert "Year by year" not in text_of(client.get("/money"))
    for year in (2012, 2013):
        assert desk.post(f"{DESK}/{year}/publish").status_code == 302
    assert len(sheet(client, FILE)) == len(GOOD)
    page = text_of(client.get(PUBLIC))
    for said in (
        "To give away £160,000 From a published page: Report to the Executive",
        "Voted 236 From the council’s records: Report to the Executive. Hands in the halls",
        "Sale To give away £40,000",
        "Brass From the council’s records: Report to the Executive Not known",
    ):
        assert said in page, said
    assert f'href="{PAGE}"' in client.get(PUBLIC).text
    money = text_of(client.get("/money/grants-2014"))
    assert "Grants 2014 £5,000 , from its published results 2013 £160,000 , from a published page" in money, money
    assert "£160,000 from a published page" in money
    assert "To give away: £40,000, from the council’s records" in text_of(client.get("/money/grants-2014/sale"))
    poster = words_on(client.get("/money/grants-2014/poster.pdf").data, tmp_path)[0]
    assert "2013: £160,000, from a published page" in paper_text(poster)
    assert min(word.size for word in poster) >= 17
    assert "Years in outline" in text_of(client.get("/open"))
    assert "years" in [each["name"] for each in client.get("/open/datapackage.json").get_json()["resources"]]
    for file in ("/register/all/grants.csv", "/money/grants-2014/grants.csv"):
        assert "Brass" not in client.get(file).text

    assert "Everybody reads 2013. Take it down first." in text_of(send(desk, GOOD[0]))
    assert desk.post(f"{DESK}/2013/drop").status_code == 409
    assert desk.post(f"{DESK}/2013/take-down").status_code == 302
    assert client.get(PUBLIC).status_code == 404
    assert send(desk, GOOD[0]).status_code == 200
    assert "Brass" not in text_of(desk.get(f"{DESK}/2013"))
    assert desk.post(f"{DESK}/2013/drop").status_code == 302
    assert [desk.post(f"{DESK}/2013/{press}").status_code for press in ("publish", "take-down", "drop")] == [404] * 3


def test_what_was_taken_away_can_be_sent_again(app: Flask) -> None:
    with writing(app):
        a_locality()
        an_account(Role.ORGANISER)
    desk = browser(app, "organiser@council.example")
    assert send(desk, *GOOD).status_code == 200
    for kind in ("xlsx", "csv"):
        before = sheet(desk, f"{DESK}/outlines.csv")
        file = desk.get(f"{DESK}/outlines.{kind}").data
        assert desk.post(DESK, data={"file": (io.BytesIO(file), f"years.{kind}")}).status_code == 302
        assert sheet(desk, f"{DESK}/outlines.csv") == before
    anybody = client_of(app)
    for year in (2012, 2013):
        desk.post(f"{DESK}/{year}/publish")
    page = text_of(anybody.get("/money"))  # although no round of pbvote has a public result
    assert "Nothing yet" in page
    assert "2012 Not known Not known 0 from the council’s records" in page.replace("Grants 0", "0").replace(
        "To give away Not", "Not"
    ).replace("Voted Not", "Not")


WRONG: Sequence[tuple[dict[str, str], str]] = (
    ({"Year": "1066"}, "Enter a year from 1990 to"),
    ({"Year": "soon"}, "Enter a whole number, like 5"),
    ({"Year": ""}, "Enter a year from 1990 to"),
    ({"Locality": "Leeds"}, "We know no locality “Leeds”. Leave it blank for all together"),
    ({"Figure": "Luck"}, "Enter one of these: To give away, Bids"),
    ({"Figure": ""}, "Fill this in"),
    ({"Source": "Invented"}, "Enter one of these: From a published page, From the council’s records"),
    ({"Found in": ""}, "Fill this in"),
    ({"Found in": "Ring 0161 496 0123"}, NO_CONTACTS),
    ({"Link": "javascript:alert(1)"}, "Enter a whole address, like https://www.example.org/grants"),
    ({"Amount (GBP)": ""}, "“To give away” needs this"),
    ({"Amount (GBP)": "-5"}, "Enter 0 or more"),
    ({"Number": "5"}, "“To give away” stands under Amount (GBP)"),
    ({"Group": "Brass"}, "A group stands beside “One grant” alone"),
    ({"Figure": "One grant"}, "Say which group got it"),
    ({"Figure": "Voted", "Amount (GBP)": "", "Number": "9"}, "Say how they were counted"),
    ({"Year": "2013"}, "Row 2 has this figure already"),
    ({"Locality": "Sale", "Amount (GBP)": "999999"}, "The localities of 2013 come to more than all together"),
)


def test_what_is_wrong_in_a_sheet_is_said_row_by_row_and_nothing_is_kept(organisers_desk: CheckedClient) -> None:
    for changed, said in WRONG:
        answer = send(organisers_desk, GOOD[0] | changed, GOOD[0])
        assert answer.status_code == 422, changed
        assert said in text_of(answer), changed
        assert "There is no year in outline yet." in text_of(answer), changed


@pytest.fixture
def organisers_desk(app: Flask) -> CheckedClient:
    """An organiser's browser, and one locality."""
    with writing(app):
        a_locality()
        an_account(Role.ORGANISER)
    return browser(app, "organiser@council.example")


def test_a_file_that_is_no_sheet_and_a_year_that_is_too_long_are_refused(organisers_desk: CheckedClient) -> None:
    many = [GOOD[3] | {"Locality": "", "Group": f"Group {number}"} for number in range(301)]
    for rows, said in ((many, "2013 has 301 rows. An outline has 300 at most"), ([], "There is no figure beneath")):
        answer = send(organisers_desk, *rows)
        assert (answer.status_code, said in text_of(answer)) == (422, True)
    for name, said in (("years.pdf", "one of these kinds"), ("years.xlsx", "Year")):
        answer = organisers_desk.post(DESK, data={"file": (io.BytesIO(b"nothing"), name)})
        assert (answer.status_code, said in text_of(answer)) == (422, True)


@both_databases
def test_a_year_takes_the_place_of_what_was_sent_before_until_it_is_public(app: Flask) -> None:
    with writing(app):
        place = a_locality().id
        an_account(Role.ORGANISER)
    keep(app, {2013: lines((None, YearFigure.POT, 9)), 2011: lines((None, YearFigure.BIDS, 7))}, is_public=False)
    keep(app, {2013: lines((place, YearFigure.BIDS, 2), (None, YearFigure.POT, 1))}, is_public=False)
    with app.app_context():
        assert public_outlines() == []
    keep(app, {2012: lines((None, YearFigure.BIDS, 5))})
    with writing(app):
        publish_outline(2013)
        drop_outline(2011)
        with pytest.raises(OutlinePublic):
            drop_outline(2013)
        with pytest.raises(OutlinePublic):
            keep_outlines({2013: lines((None, YearFigure.POT, 3))}, organiser())
    with app.app_context():
        found = [(each.year, [(line.place, line.number) for line in each.lines]) for each in public_outlines()]
        assert found == [(2013, [("", 1), ("Sale", 2)]), (2012, [("", 5)])]


def test_twenty_years_of_rounds_and_outlines_take_no_more_statements(app: Flask) -> None:
    with writing(app):
        boards_data.fill(awards=160, check_ins=1, rounds=20)
        for award in db.session.scalars(sa.select(Award)):
            db.session.add(Slot(event_id=award.event_id, number=award.id, bid_id=award.bid_id))
    newest = f"/money/grants-{today().year}"
    keep(app, {year: lines((None, YearFigure.POT, year), (1, YearFigure.VOTED, 9)) for year in range(1991, 2006)})
    pages = ("/", "/localities/sale", "/localities/sale/numbers", "/money", newest, f"{newest}/sale", "/figures")
    more = ("/register", "/open", "/open/datapackage.json", "/open/360giving", "/board-reports", "/money/years/1999")
    files = (f"{newest}/poster.pdf", f"{newest}/grants.csv", f"{newest}/figures.csv", FILE, "/register/all/grants.csv")
    desk = browser(app, boards_data.ORGANISER)
    for client, addresses in (
        (client_of(app), (*pages, *more, *files)),
        (desk, ("/desk/", "/desk/years", "/desk/rounds/", "/desk/360giving", "/desk/board-reports/new")),
    ):
        for address in addresses:
            assert client.get(address).status_code == 200, address  # its statements are counted as it is fetched
    page = text_of(client_of(app).get("/money"))
    assert page.count("from its published results") >= 20
