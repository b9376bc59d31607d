"""360Giving data: valid, as things stand, examined before it is published, and nothing in it that should not be."""

import csv
import datetime as dt
import io
import json
import tracemalloc
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Round
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardHistory, AwardState
from pbvote.grants.awards.service import give_back
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.themes import Theme
from pbvote.grants.money.paying import NewPayment, SentBack, note_paid, note_return, plan_payment
from pbvote.grants.money.service import payment_of
from pbvote.localities.models import Locality
from pbvote.localities.service import describe_locality
from pbvote.public_account.figures.grants import StandingGrant
from pbvote.public_account.giving.checks import Examination, GrantFault, GrantRemark, faults_of, remarks_of
from pbvote.public_account.giving.funder import Funder
from pbvote.public_account.giving.writing import write_json
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.paying import LARGE, SMALL, moving, organiser, ring, signed_awards
from tests.pages import client_of, text_of
from tests.public_account.giving_rules import errors_in

BEGINS = dt.datetime(2027, 3, 1, 10, tzinfo=dt.UTC)
FILE, DESK = "/open/360giving.json", "/desk/360giving"
KINDS = ("json", "xlsx", "csv")
AWKWARD = "=Bakers & “Friends” مطبخ"
COUNCIL = Funder("GB-LAE-TRF", "Trafford Council", "Partnerships", "360G-trafford")
MOMENT = dt.datetime(2014, 7, 13, 9, tzinfo=dt.UTC)
GRANT = StandingGrant(
    *(7, 8, AwardState.SIGNED, 3_043_69, 1_000_00, 0, 4_000_00, 9, "Growers", "GB-CHC-1092477", "A herb garden"),
    *("Herbs for all.", "B-08", "Grants 2014", "grants-2014", "GBP", "Sale", "sale", False, Theme.FOOD, "Priory"),
    *("E05000833", "M33", dt.date(2014, 7, 12), MOMENT, dt.date(2015, 7, 12), dt.date(2015, 7, 12), MOMENT, None),
    *(dt.date(2014, 8, 1), MOMENT, MOMENT, None, None, ""),
)


def configured(app: Flask) -> CheckedClient:
    """An organiser's browser, of a council that has its identifiers."""
    app.config.update(COUNCIL_ID="GB-LAE-TST", GRANTS_PREFIX="360G-test")
    return signed_awards(app)


def grants(client: CheckedClient) -> dict[str, dict[str, Any]]:
    """The grants of the file, which is valid, by their identifiers."""
    package = json.loads(client.get(FILE).data)
    assert errors_in(package) == []
    return {grant["id"]: grant for grant in package["grants"]}


def test_until_an_organiser_publishes_it_there_is_nothing(app: Flask, client: CheckedClient) -> None:
    desk = configured(app)
    assert "Nothing yet" in text_of(client.get("/open/360giving"))
    for kind in KINDS:
        missing = client.get(f"/open/360giving.{kind}")
        assert missing.status_code == 404
        assert "Nothing yet" in text_of(missing)
    page = text_of(desk.get(DESK))
    assert "Not public" in page
    assert "2 of 2 have no public number" in page
    assert desk.post(f"{DESK}/publish").status_code == 302
    assert client.get(FILE).status_code == 200
    assert "Public Everybody can read" in text_of(desk.get(DESK))
    assert client.get("/open/360giving.pdf").status_code == 404
    assert desk.post(f"{DESK}/take-down").status_code == 302
    assert client.get(FILE).status_code == 404


@both_databases
def test_the_file_moves_with_the_grants(app: Flask) -> None:
    with time_machine.travel(BEGINS) as clock:
        desk = configured(app)
        with writing(app):
            locality = db.session.scalars(sa.select(Locality)).one()
            describe_locality(locality, ["Priory E05000833"], [])
            round_ = db.session.scalars(sa.select(Round)).one()
            round_.grant_rules = replace(round_.grant_rules, instalments=True)
            group = db.session.scalars(sa.select(Group).where(Group.name == "Group 3")).one()
            group.name, group.registered_number = AWKWARD, "GB-COH-05551234"
            said = {"sentence": "We bake.", "theme": Theme.FOOD, "district": "M33", "agreed_by_id": organiser().id}
            db.session.add(Listing(award_id=SMALL, ward_id=locality.wards[0].id, **said))
        assert desk.post(f"{DESK}/publish").status_code == 302
        anybody = client_of(app)
        first = grants(anybody)
        large, small = first[f"360G-test-{LARGE}"], first[f"360G-test-{SMALL}"]
        assert large["recipientOrganization"] == [{"id": "360G-test-org-2", "name": "Group 2"}]
        assert large["beneficiaryLocation"] == [{"name": "Sale", "countryCode": "GB"}]
        assert small["recipientOrganization"] == [
            {"id": "GB-COH-05551234", "name": AWKWARD, "companyNumber": "05551234", "postalCode": "M33"}
        ]
        ward = {"name": "Priory", "countryCode": "GB", "geoCode": "E05000833", "geoCodeType": "WD"}
        assert small["beneficiaryLocation"] == [ward]
        assert (small["amountAppliedFor"], small["amountAwarded"], small["amountDisbursed"]) == (2000, 2000, 0)
        assert small["plannedDates"][0]["startDate"] == small["awardDate"] == "2027-03-01"
        assert "actualDates" not in small
        assert small["dateModified"].startswith("2027-03-01T10:0")
        answer = anybody.get(FILE)
        assert answer.headers["Last-Modified"].startswith("Mon, 01 Mar 2027 10:0")
        assert anybody.get(FILE, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304

        clock.shift(dt.timedelta(days=1))
        ring(app, SMALL)
        with moving(app, SMALL) as (award, by):
            plan_payment(award, NewPayment(1, 1_500_00, today()), by)
            payment = payment_of(award, 1)
            assert payment
            note_paid(award, payment, today(), by)
        assert anybody.get(FILE).headers["Last-Modified"].startswith("Tue, 02 Mar 2027 10:0")
        paid = grants(anybody)
        assert paid[f"360G-test-{SMALL}"]["amountDisbursed"] == 1500
        assert paid[f"360G-test-{SMALL}"]["dateModified"].startswith("2027-03-02T10:0")
        assert paid[f"360G-test-{LARGE}"] == large

        clock.shift(dt.timedelta(days=1))
        with moving(app, SMALL) as (award, by):
            note_return(award, SentBack(1, 12_50, today(), "Less was needed"), by)
            award.state = AwardState.CLOSED
            db.session.add(AwardHistory(award_id=award.id, state=AwardState.CLOSED, account_id=by.id))
        closed = grants(anybody)[f"360G-test-{SMALL}"]
        assert closed["amountDisbursed"] == 1500  # what reached the group; what it sent back is not taken off
        assert closed["actualDates"] == [{"startDate": "2027-03-01", "endDate": "2027-03-03"}]

        clock.shift(dt.timedelta(days=1))
        with moving(app, SMALL) as (award, by):  # reopened
            award.state = AwardState.SIGNED
            db.session.add(AwardHistory(award_id=award.id, state=AwardState.SIGNED, account_id=by.id))
        with moving(app, LARGE) as (award, by):
            give_back(award, by)
        left = grants(anybody)
        assert left.keys() == {f"360G-test-{SMALL}"}
        assert "actualDates" not in left[f"360G-test-{SMALL}"]
        assert anybody.get(FILE).headers["Last-Modified"].startswith("Thu, 04 Mar 2027 10:0")
        same_as_a_spreadsheet(anybody, left[f"360G-test-{SMALL}"])


def same_as_a_spreadsheet(anybody: CheckedClient, grant: dict[str, Any]) -> None:
    """The spreadsheet says what the JSON says, under the schema's titles, and runs nothing."""
    text = anybody.get("/open/360giving.csv").get_data(as_text=True).lstrip("\ufeff")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["Identifier"] == grant["id"]
    assert row["Recipient Org:Name"] == f"'{AWKWARD}"
    assert row["Recipient Org:Company Number"] == "'05551234"
    assert (row["Amount Awarded"], row["Amount Disbursed"]) == ("2000.00", "1500.00")
    assert row["Award Date"] == grant["awardDate"]
    assert row["Classifications:2:Title"] == "Food and growing"
    sheet = openpyxl.load_workbook(io.BytesIO(anybody.get("/open/360giving.xlsx").data))["grants"]
    names, values = ([cell.value for cell in cells] for cells in sheet.iter_rows())
    cells = dict(zip(names, values, strict=True))
    assert (cells["Recipient Org:Name"], cells["Recipient Org:Company Number"]) == (AWKWARD, "05551234")
    assert (cells["Amount Awarded"], cells["Beneficiary Location:Geographic Code"]) == (2000, "E05000833")


def test_a_split_bid_names_its_other_grant(app: Flask) -> None:
    package = written(app, [replace(GRANT, others="12,9")])
    assert package["grants"][0]["relatedActivity"] == ["360G-trafford-9", "360G-trafford-12"]


def written(app: Flask, many: list[StandingGrant]) -> dict[str, Any]:
    """The file that these make."""
    file = io.BytesIO()
    with app.app_context():
        write_json(file, many, COUNCIL, MOMENT, MOMENT)
    found: dict[str, Any] = json.loads(file.getvalue())
    return found


@pytest.mark.parametrize(
    ("registered", "id_", "numbers"),
    [
        ("GB-CHC-1092477", "GB-CHC-1092477", {"charityNumber": "1092477"}),
        ("GB-SC-SC012345", "GB-SC-SC012345", {"charityNumber": "SC012345"}),
        ("GB-NIC-100012", "GB-NIC-100012", {"charityNumber": "100012"}),
        ("GB-COH-05551234", "GB-COH-05551234", {"companyNumber": "05551234"}),
        ("", "360G-trafford-org-9", {}),
    ],
)
def test_a_group_goes_by_its_public_number(app: Flask, registered: str, id_: str, numbers: dict[str, str]) -> None:
    package = written(app, [replace(GRANT, registered=registered)])
    assert errors_in(package) == []
    [group] = package["grants"][0]["recipientOrganization"]
    assert group == {"id": id_, "name": "Growers", "postalCode": "M33", **numbers}
    assert package["grants"][0]["amountAwarded"] == 3043.69


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"awarded": 0, "paid": 0}, GrantFault.NOTHING),
        ({"awarded": -5_00, "paid": -5_00}, GrantFault.NOTHING),
        ({"paid": 3_043_70}, GrantFault.PAID),
        ({"paid": -12_50}, GrantFault.PAID),
        ({"promised_end": dt.date(2014, 7, 1)}, GrantFault.DATES),
        ({"closed_at": MOMENT - dt.timedelta(days=2)}, GrantFault.DATES),
        ({"decided_on": dt.date(2999, 1, 1)}, GrantFault.DATES),
        ({"project": "Write to ann@growers.example"}, GrantFault.CONTACT),
        ({"summary": "Ring 0161 496 0123"}, GrantFault.CONTACT),
    ],
)
def test_what_is_wrong_stays_out_of_the_file(app: Flask, wrong: dict[str, Any], fault: GrantFault) -> None:
    grant = replace(GRANT, **wrong)
    assert fault in faults_of(grant)
    package = written(app, [GRANT, grant])
    assert len(package["grants"]) == 1
    found = Examination.of([GRANT, grant])
    assert (found.in_file, found.held_back) == (1, 1)
    assert next(finding.some for _, finding in found.faults) == [(7, "Growers", grant.project)]


def test_what_a_checker_will_say_is_counted() -> None:
    assert list(remarks_of(GRANT)) == []
    nameless = replace(GRANT, registered="", summary="A herb garden", ward_code="", district="")
    found = Examination.of([GRANT] * 4 + [nameless] * 6)
    said = [words for words, _ in found.remarks]
    assert said[0] == "6 of 10 have no public number: the group is told apart by a number of the council’s own"
    assert len(said) == len(
        {GrantRemark.NO_NUMBER, GrantRemark.NO_POSTCODE, GrantRemark.NO_WARD, GrantRemark.SAME_TEXT}
    )
    assert list(remarks_of(replace(GRANT, project="x" * 141, decided_on=dt.date(1999, 1, 1)))) == [
        *(GrantRemark.LONG_TITLE, GrantRemark.LONG_AGO),
    ]


def test_nothing_is_published_that_is_not_fit(app: Flask) -> None:
    desk = signed_awards(app)
    refused = desk.post(f"{DESK}/publish")
    assert refused.status_code == 409
    assert "PBVOTE_COUNCIL_ID is “GB-LAE-EXAMPLE”" in text_of(refused)
    app.config.update(COUNCIL_ID="GB-LAE-TST", GRANTS_PREFIX="360G-test")
    with moving(app, SMALL) as (award, _):
        award.ends_on = now().date() - dt.timedelta(days=400)
        db.session.execute(sa.text("UPDATE acceptance SET ends_on = '2001-01-01'"))
    refused = desk.post(f"{DESK}/publish")
    assert refused.status_code == 409
    page = refused.get_data(as_text=True)
    assert "2 of 2 have dates in the wrong order" in page
    assert f'/{SMALL}"' in page
    assert "Publish the file" not in page
    with writing(app):
        for each in db.session.scalars(sa.select(Award)):
            each.state = AwardState.DECLINED
            db.session.add(AwardHistory(award_id=each.id, state=AwardState.DECLINED))
    assert "There is no grant to publish yet." in text_of(desk.post(f"{DESK}/publish"))
    assert client_of(app).get(FILE).status_code == 404


def test_thousands_of_grants_take_no_more_memory_than_one(app: Flask) -> None:
    class Nowhere(io.BytesIO):
        def write(self, text: Any) -> int:
            return len(text)

    many = (replace(GRANT, award_id=number) for number in range(2_000))
    with app.app_context():
        tracemalloc.start()
        write_json(Nowhere(), many, COUNCIL, MOMENT, MOMENT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
