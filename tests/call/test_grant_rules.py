"""What a round asks for and says after the vote: set on one page, kept with its type, copied with the round."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.rounds.copying import copy_round
from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.call.rounds.models import Round
from pbvote.db import db
from tests.checked_client import CheckedClient
from tests.factories import a_locality, an_account, an_open_round, sign_in, writing
from tests.pages import text_of

ADDRESS = "/desk/rounds/grants-2014/after-the-vote"
FORM = {
    "ends_on-day": "29",
    "ends_on-month": "2",
    "ends_on-year": "2016",
    "photo_report_to_pence": "250",
    "page_report_to_pence": "£1,000",
    "other_funds": "The housing trust gives up to £300.",
    "instalments": "y",
    "second_payer_from_pence": "1,500",
    "second_person_from_pence": "3,000",
    "receipts_from_pence": "100",
    "lone_visits": "Text the office when you  go in and when you leave.",
    "safeguarding_name": "Grace Oyelaran",
    "safeguarding_phone": "0161 496 0199",
}
NOBODY = {"safeguarding_name": "", "safeguarding_phone": ""}
SET = GrantRules(
    photo_report_to_pence=250_00,
    page_report_to_pence=1_000_00,
    ends_on=dt.date(2016, 2, 29),
    other_funds="The housing trust gives up to £300.",
    instalments=True,
    second_payer_from_pence=1_500_00,
    second_person_from_pence=3_000_00,
    receipts_from_pence=100_00,
    lone_visits="Text the office when you go in and when you leave.",
    safeguarding_name="Grace Oyelaran",
    safeguarding_phone="0161 496 0199",
)


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser of a council with an open round in Sale."""
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        an_open_round()
    sign_in(client, "organiser@council.example")
    return client


def rules(app: Flask) -> GrantRules:
    """The round's rules as they are stored."""
    with app.app_context():
        return db.session.scalars(sa.select(Round.grant_rules).order_by(Round.id)).first() or GrantRules()


def test_the_checklist_leads_to_the_page_and_says_what_is_missing(app: Flask, desk: CheckedClient) -> None:
    set_up = desk.get("/desk/rounds/grants-2014")
    assert f'href="{ADDRESS}"' in set_up.get_data(as_text=True)
    assert "Nobody has set the last day of the projects." in text_of(set_up)
    assert rules(app) == GrantRules(500_00, 2_000_00, None, "")
    assert desk.post(ADDRESS, data=FORM | {"other_funds": ""}).status_code == 302
    assert "Nobody has written down where else a group can ask." in text_of(desk.get("/desk/rounds/grants-2014"))
    assert desk.post(ADDRESS, data=FORM | NOBODY).status_code == 302
    assert "Nobody is named for safeguarding concerns." in text_of(desk.get("/desk/rounds/grants-2014"))
    assert desk.post(ADDRESS, data=FORM).status_code == 302
    assert rules(app) == SET
    assert "Projects end by 29 February 2016" in text_of(desk.get("/desk/rounds/grants-2014"))
    page = desk.get(ADDRESS).get_data(as_text=True)
    assert 'value="1,000"' in page
    assert "The housing trust gives up to £300." in page


def test_a_page_is_not_asked_below_a_photo_and_nothing_is_lost(app: Flask, desk: CheckedClient) -> None:
    refused = desk.post(ADDRESS, data=FORM | {"page_report_to_pence": "200"})
    assert refused.status_code == 422
    assert "This can’t be less than" in text_of(refused).replace("'", "’")
    assert "The housing trust gives up to £300." in text_of(refused)
    assert rules(app) == GrantRules()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"safeguarding_phone": ""}, "Enter a telephone number, so that they can be rung"),
        ({"safeguarding_name": ""}, "Enter the name of whoever has this number"),
        ({"lone_visits": " "}, "Enter a sentence"),
    ],
)
def test_whoever_is_named_for_safeguarding_can_be_rung(
    app: Flask, desk: CheckedClient, changes: dict[str, str], sentence: str
) -> None:
    refused = desk.post(ADDRESS, data=FORM | changes)
    assert refused.status_code == 422
    assert sentence in text_of(refused)
    assert rules(app) == GrantRules()


def test_what_is_asked_grows_with_the_award() -> None:
    asked = [SET.asks_for(pence) for pence in (250_00, 250_01, 1_000_00, 1_000_01)]
    assert asked[0] == "a photo and two sentences, or only your mentor’s visit"
    assert asked[1] == asked[2] == "one page: what happened, how many people came, and what is left"
    assert asked[3] == "one page, with a figure for each line of your budget"


def test_the_call_says_what_is_asked_afterwards(app: Flask, desk: CheckedClient) -> None:
    desk.post(ADDRESS, data=FORM)
    page = text_of(desk.get("/rounds/grants-2014"))
    assert "Up to £250: a photo and two sentences. If your mentor’s visit tells it all, nothing." in page
    assert "Up to £1,000: one page. What happened, how many people came, and what is left." in page
    assert "For lines above £100, a photo of the receipt." in page
    assert len(GrantRules(photo_report_to_pence=0).asked_afterwards(str)) == 2
    assert len(GrantRules(photo_report_to_pence=2_000_00).asked_afterwards(str)) == 2


def test_a_copy_of_the_round_asks_the_same_and_its_last_day_moves(app: Flask, desk: CheckedClient) -> None:
    desk.post(ADDRESS, data=FORM)
    with writing(app):
        copy = copy_round(db.session.get_one(Round, 1), "Grants 2015")
        ends_on = copy.grant_rules.ends_on
        assert ends_on
        assert (ends_on.month, ends_on.day) in {(2, 28), (2, 29)}
        assert ends_on.year > 2016
        assert copy.grant_rules.moved(lambda _: dt.date(2016, 2, 29)) == SET
