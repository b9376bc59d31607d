"""A round set up at the desk: money to the penny, dates, rules, localities, and what is fixed when."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.call.rounds.models import EventFormat, Round, RoundState, Share
from pbvote.call.rounds.service import add_round, open_round, open_rounds, settle_share, takes_bids
from pbvote.core.clock import UK, today, uk_moment
from pbvote.db import db
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_locality, an_account, an_event, an_open_round, sign_in, writing
from tests.pages import text_of

DESK = "/desk/rounds/grants-2014"


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser of a council with three localities, 1 to 3."""
    with writing(app):
        an_account(Role.ORGANISER)
        for name in ("Sale", "South", "Urmston"):
            a_locality(name)
    sign_in(client, "organiser@council.example")
    return client


def round_form(**changes: str) -> dict[str, str]:
    """What an organiser types for a new round."""
    opens = dict(zip(("day", "month", "year"), ("3", "3", "2014"), strict=True))
    closes = dict(zip(("day", "month", "year"), ("30", "5", "2014"), strict=True))
    dates = {f"bids_open_on-{part}": value for part, value in opens.items()}
    dates |= {f"bids_close_on-{part}": value for part, value in closes.items()}
    return {"name": "Grants 2014", "pot_pence": "£120,000", **dates, **changes}


def new_round(desk: CheckedClient, **changes: str) -> None:
    """A round in draft."""
    assert desk.post("/desk/rounds/new", data=round_form(**changes)).headers["Location"] == DESK


def shares(app: Flask) -> dict[str, int]:
    """Each locality's share in pence."""
    with app.app_context():
        return {share.locality.name: share.share_pence for share in db.session.scalars(sa.select(Share))}


def state(app: Flask) -> RoundState:
    """Whether the round is open."""
    with app.app_context():
        return db.session.scalars(sa.select(Round.state)).one()


def test_a_pot_is_shared_out_to_the_penny(app: Flask) -> None:
    with writing(app):
        for name in ("Sale", "South", "Urmston"):
            a_locality(name)
    for pot in [1, 2, 3, 4, 1_00, 9_999, 120_000_00, 120_000_01, 120_000_02, 10**12]:
        with writing(app):
            round_ = add_round("Grants 2014", pot, today(), today())
            amounts = [share.share_pence for share in round_.shares]
            assert sum(amounts) == pot
            assert max(amounts) - min(amounts) <= 1
            assert len(amounts) == min(pot, 3)
            open_round(round_)


def test_a_new_round_keeps_its_money_and_dates(app: Flask, desk: CheckedClient) -> None:
    new_round(desk, pot_pence="120,000.01")
    assert shares(app) == {"Sale": 40_000_01, "South": 40_000_00, "Urmston": 40_000_00}
    with app.app_context():
        share = db.session.get_one(Share, 1)
        assert (share.bids_open_on, share.bids_close_on) == (dt.date(2014, 3, 3), dt.date(2014, 5, 30))
        assert share.cap_pence == 4_000_00
    assert desk.get("/rounds/grants-2014").status_code == 404  # nobody sees a draft


def test_what_a_new_round_lacks_is_listed_in_the_order_of_its_boxes(desk: CheckedClient) -> None:
    page = desk.post("/desk/rounds/new", data={}).get_data(as_text=True)
    boxes = ["name", "pot_pence", "bids_open_on-day", "bids_close_on-day"]
    assert re.findall(r'<a href="#([\w-]+)"', page)[-4:] == boxes
    assert sorted(boxes, key=lambda box: page.index(f'id="{box}"')) == boxes


def test_a_bad_round_is_refused_beside_the_field_and_nothing_typed_is_lost(app: Flask, desk: CheckedClient) -> None:
    for changes, complaint in [
        ({"name": " "}, "Enter a name"),
        ({"pot_pence": "-5"}, "The amount must not be less than zero"),
        ({"pot_pence": "0"}, "£0.01 or more"),
        ({"pot_pence": "120.000,00"}, "Use commas only between thousands"),
        ({"pot_pence": "9" * 40}, "The amount is too large"),
        (
            {"bids_close_on-day": "2", "bids_close_on-month": "3"},
            "The last day for bids must be the first day or later",
        ),
        ({"bids_close_on-day": "31", "bids_close_on-month": "6"}, "The date must be a real date"),
        ({"bids_open_on-year": ""}, "year"),
    ]:
        answer = desk.post("/desk/rounds/new", data=round_form(**changes))
        assert answer.status_code == 422
        assert complaint in text_of(answer)
        assert "There is a problem" in text_of(answer)
        page = answer.get_data(as_text=True)
        for name, value in round_form(**changes).items():
            if value.strip() and len(value) < 40:
                assert re.search(rf'name="{name}"[^>]* value="{re.escape(value)}"', page), name
        assert shares(app) == {}


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        (("39,999.99", "40,000", "40,000"), "£0.01 short"),
        (("40,000.01", "40,000", "40,000"), "£0.01 over"),
        (("40,000", "", "40,000"), "£40,000 short"),
    ],
)
def test_a_round_does_not_open_until_its_shares_add_up(
    app: Flask, desk: CheckedClient, amounts: tuple[str, ...], words: str
) -> None:
    new_round(desk)
    form = {f"locality_{number}": amount for number, amount in enumerate(amounts, 1)}
    assert desk.post(f"{DESK}/shares", data=form).status_code == 302
    refused = desk.post(f"{DESK}/open")
    assert refused.status_code == 409
    assert f"The shares must add up to the pot. They are {words}." in text_of(refused)
    assert f"They are {words}." in text_of(desk.get(DESK))
    assert state(app) is RoundState.DRAFT
    desk.post(f"{DESK}/shares", data={f"locality_{number}": "40,000" for number in (1, 2, 3)})
    assert desk.post(f"{DESK}/open").status_code == 302
    assert state(app) is RoundState.OPEN
    assert desk.get("/rounds/grants-2014").status_code == 200


def test_a_round_without_a_locality_does_not_open(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
    sign_in(client, "organiser@council.example")
    new_round(client)
    assert "They are £120,000 short." in text_of(client.post(f"{DESK}/open"))


def test_a_locality_left_out_comes_back_with_the_rounds_dates(app: Flask, desk: CheckedClient) -> None:
    new_round(desk)
    desk.post(f"{DESK}/shares", data={"locality_1": "1", "locality_3": "119,999"})
    assert shares(app) == {"Sale": 1_00, "Urmston": 119_999_00}
    with app.app_context():
        assert db.session.get_one(Share, 1).cap_pence == 1_00  # no bid may ask for more than the whole share
    desk.post(f"{DESK}/shares", data={"locality_2": "120,000"})
    with app.app_context():
        [share] = db.session.scalars(sa.select(Share))
        assert (share.locality.name, share.bids_close_on) == ("South", dt.date(2014, 5, 30))


def test_bad_shares_store_none_of_them(app: Flask, desk: CheckedClient) -> None:
    new_round(desk)
    answer = desk.post(f"{DESK}/shares", data={"locality_1": "100", "locality_2": "3,0", "locality_3": "-1"})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert all(f'value="{typed}"' in page for typed in ("100", "3,0", "-1"))
    assert set(shares(app).values()) == {40_000_00}


def test_the_shares_of_an_open_round_stay_and_the_refusal_says_why(app: Flask, desk: CheckedClient) -> None:
    new_round(desk)
    desk.post(f"{DESK}/open")
    refused = desk.post(f"{DESK}/shares", data={"locality_1": "1", "locality_2": "2"})
    assert refused.status_code == 409
    assert "This round is open, so its shares can’t change." in text_of(refused)
    assert set(shares(app).values()) == {40_000_00}


def test_no_event_is_planned_for_a_locality_that_may_still_be_left_out(app: Flask, desk: CheckedClient) -> None:
    new_round(desk)
    for answer in (desk.get("/desk/shares/1/event"), desk.post("/desk/shares/1/event", data={})):
        assert answer.status_code == 409
        assert "Open the round first." in text_of(answer)


def settings(**changes: str) -> dict[str, str]:
    """What an organiser types for a share."""
    dates = {name: value for name, value in round_form().items() if name.startswith("bids_")}
    return {
        **dates,
        "cap_pence": "4,000",
        "minimum_age": "13",
        "who_may_vote": "Neighbours",
        "format": "stalls",
        **changes,
    }


def test_a_locality_settles_its_own_dates_cap_and_voters(app: Flask, desk: CheckedClient) -> None:
    new_round(desk)
    assert desk.post("/desk/shares/1/settings", data=settings(cap_pence="40,000")).status_code == 302
    with app.app_context():
        share = db.session.get_one(Share, 1)
        stored = (share.cap_pence, share.minimum_age, share.who_may_vote, share.format)
        assert stored == (40_000_00, 13, "Neighbours", EventFormat.STALLS)


def test_bad_settings_are_refused_with_a_reason(app: Flask, desk: CheckedClient) -> None:
    new_round(desk)
    for changes, complaint in [
        ({"cap_pence": "40,000.01"}, "The most that one bid may ask can’t be over the locality’s share"),
        ({"cap_pence": "0"}, "£0.01 or more"),
        ({"minimum_age": "121"}, "120"),
        ({"minimum_age": "-1"}, "0 or more"),
        ({"bids_close_on-year": "2013"}, "The last day for bids must be the first day or later"),
        ({"format": "shouting"}, "Choose one of the answers listed"),
    ]:
        refused = desk.post("/desk/shares/1/settings", data=settings(**changes))
        assert refused.status_code == 422
        assert complaint in text_of(refused)
        with app.app_context():
            assert db.session.get_one(Share, 1).who_may_vote == ""


def test_bids_are_taken_from_the_first_to_the_last_day_by_the_clocks_of_the_united_kingdom(app: Flask) -> None:
    noon = dt.datetime(2014, 7, 1, 12, tzinfo=UK)
    with time_machine.travel(noon, tick=False), writing(app):
        a_locality()
        share = an_open_round().shares[0]
        settle_share(share, {"bids_open_on": dt.date(2014, 7, 5), "bids_close_on": dt.date(2014, 7, 12)})
    for day, time, is_taken in [
        (dt.date(2014, 7, 4), dt.time(23, 59), False),
        (dt.date(2014, 7, 5), dt.time(0, 0), True),
        (dt.date(2014, 7, 12), dt.time(23, 59), True),
        (dt.date(2014, 7, 13), dt.time(0, 0), False),
    ]:
        with time_machine.travel(uk_moment(day, time), tick=False), app.app_context():
            assert takes_bids(db.session.get_one(Share, 1)) is is_taken, (day, time)
            assert bool([share for round_ in open_rounds() for share in round_.shares if takes_bids(share)]) is is_taken


@both_databases
def test_once_slips_are_printed_the_rules_stay(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        make_slips(an_event(), 1, None)
    sign_in(client, "organiser@council.example")
    with app.app_context():
        before = db.session.get_one(Share, 1)
        db.session.expunge(before)
    forms = {
        "settings": settings(),
        "ballot": {"kind": "approval", "least": "1", "most": "2"},
        "rule": {"name": "greedy-no-skip", "ties": "lot"},
    }
    for page, form in forms.items():
        refused = client.post(f"/desk/shares/1/{page}", data=form)
        assert refused.status_code == 409
        assert "Slips have been printed for this locality" in text_of(refused)
    with app.app_context():
        after = db.session.get_one(Share, 1)
        for name in ("cap_pence", "bids_close_on", "minimum_age", "ballot_rules", "count_rule"):
            assert getattr(after, name) == getattr(before, name)
