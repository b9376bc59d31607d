"""The open data of the demonstration: without a fault, as a council would publish it."""

import io
import json

import sqlalchemy as sa
from flask import Flask

from pbvote.call.groups.models import GroupContact
from pbvote.db import db
from pbvote.people.models import Account
from tests.checked_client import CheckedClient
from tests.pabulib_checker import errors_in as pabulib_errors
from tests.pages import browser, sheet, text_of
from tests.public_account.giving_rules import errors_in
from tests.public_account.reading_api import everything


def test_it_is_valid_and_tells_one_sum(demonstration: None, app: Flask, client: CheckedClient) -> None:
    package = json.loads(client.get("/open/360giving.json").data)
    assert errors_in(package) == []
    grants = package["grants"]
    assert {each["recipientOrganization"][0]["id"][:6] for each in grants} >= {"360G-e", "GB-CHC"}
    assert any(each["beneficiaryLocation"][0].get("geoCode") for each in grants)
    assert any(each["amountDisbursed"] for each in grants)
    awarded = round(sum(each["amountAwarded"] for each in grants) * 100)
    register = sheet(client, "/register/all/grants.csv")
    assert len(register) == len(grants)
    assert sum(round(float(row["Amount (GBP)"]) * 100) for row in register) == awarded
    years = sheet(client, "/money/years/outlines.csv")
    invented = {row["Group"] for row in years if row["Source"] == "Invented"} - {""}
    assert {row["Year"] for row in years} == {"2012", "2013", "2015", "2017"}
    assert invented
    assert not invented & {row["Beneficiary"] for row in register}
    assert not invented & {each["recipientOrganization"][0]["name"] for each in grants}
    desk = browser(app, "olivia@council.example")
    again = desk.post("/desk/years", data={"file": (io.BytesIO(desk.get("/desk/years/outlines.csv").data), "y.csv")})
    assert again.status_code == 409  # all of it is right here, and public
    assert "2013 £160,000 , from a published page" in text_of(client.get("/money"))
    page = client.get("/open").get_data(as_text=True)
    assert "the same in the form that funders share" in text_of(client.get("/open"))
    assert "sale-2014" not in page  # whose poll is open
    ballots = client.get("/results/urmston-partington-2014/votes.pb")
    assert pabulib_errors(ballots.get_data(as_text=True)) == {}


def test_programs_read_what_people_read_and_no_names(demonstration: None, app: Flask, client: CheckedClient) -> None:
    rows = everything(client)
    assert all(rows.values())
    grants = sheet(client, "/register/all/grants.csv")
    assert {row["id"]: row["awarded_pence"] for row in rows["awards"]} == {
        row["Grant"]: round(float(row["Amount (GBP)"]) * 100) for row in grants
    }
    bids = {row["id"] for row in rows["bids"]}
    assert {row["bid"] for row in rows["awards"]} < bids
    assert {each["bid"] for row in rows["results"] for each in row["bids"]} < bids
    assert "sale-2014" not in {row["id"] for row in rows["results"]}  # whose poll is open
    said = str(rows)
    with app.app_context():
        people = [word for row in db.session.execute(sa.select(Account.name, Account.email)) for word in row]
        people += filter(None, db.session.scalars(sa.select(GroupContact.phone)))
    assert [word for word in people if word in said] == []


def test_programs_find_every_table_and_column(demonstration: None, app: Flask, client: CheckedClient) -> None:
    package = client.get("/open/datapackage.json")
    assert client.get("/open/datapackage.json", headers={"If-None-Match": package.headers["ETag"]}).status_code == 304
    tables = {each["name"]: each for each in package.get_json()["resources"]}
    assert {"register", "360giving", "bids-urmston-partington-2014"} <= tables.keys()
    assert "bids-sale-2014" not in tables  # whose poll is open
    api = client.get(tables.pop("api")["path"].removeprefix(app.config["BASE_URL"])).get_json()
    assert {"/bids", "/awards"} <= {path.removeprefix("/api/v1") for path in api["paths"]}
    for table in tables.values():
        head = (
            client.get(table["path"].removeprefix(app.config["BASE_URL"])).get_data(as_text=True)[1:].split("\r\n")[0]
        )
        if "schema" in table:
            assert head == ",".join(field["name"] for field in table["schema"]["fields"])
            assert all(field["description"].endswith(".") for field in table["schema"]["fields"])
