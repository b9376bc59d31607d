"""The register of grants: every grant that stands, in its financial year, and nothing that is not public."""

import datetime as dt
import io

import openpyxl
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.call.groups.models import Group
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardDecision
from pbvote.grants.awards.service import give_back
from pbvote.public_account.register.years import FinancialYear
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.decided import result
from tests.grants.paying import LARGE, SMALL, moving, signed_awards
from tests.pages import client_of, sheet, text_of

BEGINS = dt.datetime(2027, 3, 1, 10, tzinfo=dt.UTC)
FILE = "/register/2026-27/grants.csv"
AWKWARD = "=Bakers & “Friends” مطبخ"


def test_before_the_groups_have_heard_there_is_nothing(app: Flask, client: CheckedClient) -> None:
    result(app)
    assert "Nothing yet: the council has awarded no grant." in text_of(client.get("/register"))
    assert client.get("/register/2026-27").status_code == client.get(FILE).status_code == 404
    assert sheet(client, "/register/all/grants.csv") == []


@both_databases
def test_each_grant_says_what_the_code_asks_for(app: Flask) -> None:
    with time_machine.travel(BEGINS):
        signed_awards(app)
        with writing(app):
            group = db.session.scalars(sa.select(Group).where(Group.name == "Group 3")).one()
            group.name, group.registered_number = AWKWARD, "GB-COH-05551234"
        anybody = client_of(app)
        page = text_of(anybody.get("/register"))
        assert "£5,000 for 2 grants to voluntary groups." in page
        assert f"{AWKWARD} Registered number: 05551234 (Companies House)" in page
        assert "Registered number: None" in page
        assert "Published on 1 March 2027" in page
        assert "due by 30 April 2027" in page
        large, small = sheet(anybody, FILE)
        assert (large["Beneficiary"], large["Amount (GBP)"], large["Registered number"]) == ("Group 2", "3000.00", "")
        assert small["Beneficiary"] == f"'{AWKWARD}"  # which no spreadsheet runs
        assert small["Registered number"] == "GB-COH-05551234"
        assert (small["Date awarded"], small["From"]) == ("2027-03-01", "2027-03-01")
        assert small["Until"] > small["From"]
        assert (small["Purpose"], small["Summary"]) == ("Project of Group 3", "What we would do.")
        assert small["Department"] == app.config["COUNCIL_DEPARTMENT"]

        sheets = openpyxl.load_workbook(io.BytesIO(anybody.get("/register/all/grants.xlsx").data))
        assert sheets.sheetnames == ["Register of grants", "What the columns say"]
        values = [[cell.value for cell in row] for row in sheets["Register of grants"].iter_rows()]
        assert [row[8] for row in values] == ["Amount (GBP)", 3000, 2000]
        assert values[2][4] == AWKWARD

        with moving(app, LARGE) as (award, by):
            give_back(award, by)
        assert [row["Amount (GBP)"] for row in sheet(anybody, FILE)] == ["2000.00"]
        assert "£2,000 for 1 grant to voluntary groups." in text_of(anybody.get("/register/2026-27"))


def test_a_grant_stands_in_the_year_of_its_decision(app: Flask) -> None:
    signed_awards(app)
    with writing(app):
        first, second = db.session.scalars(sa.select(AwardDecision)).one(), db.session.get_one(Award, SMALL)
        other = AwardDecision(
            event_id=first.event_id,
            kind="next",
            decided_on=dt.date(2014, 3, 31),
            decided_by="The Executive",
            reason="So",
            drafted_by_id=first.drafted_by_id,
            sent_at=first.sent_at,
            sent_by_id=first.sent_by_id,
        )
        db.session.add(other)
        db.session.flush()
        second.decision_id, first.decided_on = other.id, dt.date(2014, 4, 1)
    anybody = client_of(app)
    page = text_of(anybody.get("/register"))
    assert "April 2014 to March 2015 Register of grants £3,000 for 1 grant" in page
    assert "April 2013 to March 2014 : £2,000 for 1 grant" in page
    assert [row["Grant"] for row in sheet(anybody, "/register/2013-14/grants.csv")] == [str(SMALL)]
    assert [row["Grant"] for row in sheet(anybody, "/register/all/grants.csv")] == [str(LARGE), str(SMALL)]
    for path in ("/register/2012-13", "/register/2014-15/grants.pdf", "/register/all", "/register/2012-13/grants.csv"):
        assert anybody.get(path).status_code == 404


def test_whoever_has_the_file_is_told_so(app: Flask) -> None:
    signed_awards(app)
    anybody = client_of(app)
    path = "/register/all/grants.xlsx"
    first = anybody.get(path)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.cache_control.public
    assert int(first.headers["Content-Length"]) == len(first.data)
    assert anybody.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    with moving(app, LARGE) as (award, by):
        give_back(award, by)
    assert anybody.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("day", "slug"), [("2015-03-31", "2014-15"), ("2015-04-01", "2015-16"), ("1999-12-31", "1999-00")]
)
def test_a_financial_year_begins_in_april(day: str, slug: str) -> None:
    year = FinancialYear.of(dt.date.fromisoformat(day))
    assert year.slug == slug
    assert year.due_on == dt.date(year.begins_in + 1, 4, 30)
