"""What a locality chooses at the desk: its ballot, its count rule, its wards and priorities."""

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.models import Bid
from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.localities.models import Locality, Ward
from pbvote.localities.service import describe_locality
from pbvote.tally import BallotKind, BallotRules, Rule, TieKey
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import APPROVAL, CUMULATIVE, RANKED, a_bid, a_locality, an_account, an_open_round, sign_in, writing
from tests.pages import text_of

TO_TEN = BallotRules(BallotKind.SCORE, min_points=1, max_points=10, must_score_all=True)


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser, and an open round with share 1 for Sale."""
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
        an_open_round()
    sign_in(client, "organiser@council.example")
    return client


def share(app: Flask) -> Share:
    """Sale's share."""
    with app.app_context():
        return db.session.get_one(Share, 1)


def test_every_kind_of_ballot_can_be_chosen_and_is_shown_again(app: Flask, desk: CheckedClient) -> None:
    for form, rules in [
        ({"kind": "score", "best_mark": "10"}, TO_TEN),
        ({"kind": "approval", "least": "1", "most": "2"}, APPROVAL),
        ({"kind": "ranked", "most": "3"}, RANKED),
        ({"kind": "cumulative", "points": "10"}, CUMULATIVE),
        # What is left over from another kind says nothing.
        ({"kind": "cumulative", "points": "10", "least": "5", "most": "2", "best_mark": "5"}, CUMULATIVE),
    ]:
        assert desk.post("/desk/shares/1/ballot", data=form).status_code == 302
        assert share(app).ballot_rules == rules
        page = desk.get("/desk/shares/1/ballot").get_data(as_text=True)
        assert "How Sale votes is saved." in page
        assert f'name="kind" value="{form["kind"]}"' in page
        assert desk.get("/desk/rounds/grants-2014").status_code == 200
        assert desk.get("/rounds/grants-2014").status_code == 200


def test_a_ballot_that_nobody_could_fill_in_is_refused(app: Flask, desk: CheckedClient) -> None:
    for form, complaint in [
        ({}, "Choose how residents vote"),
        ({"kind": "shouting"}, "Choose one of the answers listed"),
        ({"kind": "score"}, "Enter a number for “Marks go from 1 to”"),
        ({"kind": "score", "best_mark": "7"}, "Choose one of the answers listed"),
        ({"kind": "approval", "least": "2"}, "Most bids to choose"),
        ({"kind": "approval", "least": "3", "most": "2"}, "The most can’t be smaller than the fewest"),
        ({"kind": "approval", "least": "0", "most": "2"}, "1 or more"),
        ({"kind": "ranked", "most": "1001"}, "1,000 or less"),
        ({"kind": "cumulative", "points": "2.5"}, "whole number"),
    ]:
        before = share(app).ballot_rules
        refused = desk.post("/desk/shares/1/ballot", data=form)
        assert refused.status_code == 422
        assert complaint.replace("1,000", "1000") in text_of(refused).replace("1,000", "1000")
        assert share(app).ballot_rules == before


def test_every_rule_can_be_chosen_and_is_shown_again(app: Flask, desk: CheckedClient) -> None:
    for form, rule in [
        (
            {"name": "greedy", "ties": "draw", "published": "marks"},
            Rule("greedy", ties=(TieKey.CHEAPER, TieKey.VOTES, TieKey.DRAW)),
        ),
        (
            {"name": "greedy", "ties": "cheaper", "published": "ballots"},
            Rule("greedy", ties=(TieKey.CHEAPER, TieKey.LOT)),
        ),
        ({"name": "phragmen", "ties": "draw-alone", "published": "ballots"}, Rule("phragmen", ties=(TieKey.DRAW,))),
        (
            {"name": "greedy-no-skip", "ties": "votes", "threshold": "9", "published": "ballots"},
            Rule("greedy-no-skip", ties=(TieKey.VOTES, TieKey.CHEAPER, TieKey.LOT)),
        ),
        (
            {"name": "greedy-threshold", "ties": "lot", "threshold": "25", "published": "ballots"},
            Rule("greedy-threshold", ties=(TieKey.LOT,), threshold=25),
        ),
    ]:
        assert desk.post("/desk/shares/1/rule", data=form).status_code == 302
        assert share(app).count_rule == rule
        page = desk.get("/desk/shares/1/rule").get_data(as_text=True)
        assert f'name="name" value="{form["name"]}"' in page
        assert f'value="{form["ties"]}" checked' in page
        assert f'value="{form["published"]}" checked' in page
        assert share(app).publishes_ballots is (form["published"] == "ballots")


@pytest.mark.parametrize(("name", "ties"), [("greedy", "lot"), ("equalshares/add1", "draw"), ("phragmen", "draw")])
def test_what_nobody_could_recount_from_marks_needs_whole_ballots(
    app: Flask, desk: CheckedClient, name: str, ties: str
) -> None:
    refused = desk.post("/desk/shares/1/rule", data={"name": name, "ties": ties, "published": "marks"})
    assert refused.status_code == 422
    assert "without whole ballots" in text_of(refused)
    assert not share(app).shows_ballots
    chosen = desk.post("/desk/shares/1/rule", data={"name": name, "ties": ties, "published": "ballots"})
    assert chosen.status_code == 302
    assert share(app).shows_ballots
    assert "Whole ballots are published, without names" in text_of(desk.get("/rounds/grants-2014"))


def test_a_rule_with_a_gap_is_refused(app: Flask, desk: CheckedClient) -> None:
    for form, complaint in [
        ({"name": "greedy"}, "Choose what settles a tie"),
        ({"name": "newest-first", "ties": "lot"}, "Choose one of the answers listed"),
        ({"name": "greedy", "ties": "draw"}, "Choose what is published of the ballots"),
        ({"name": "greedy-threshold", "ties": "lot"}, "Enter the fewest votes or points"),
        ({"name": "greedy-threshold", "ties": "lot", "threshold": "many"}, "whole number"),
    ]:
        before = share(app).count_rule
        refused = desk.post("/desk/shares/1/rule", data=form)
        assert refused.status_code == 422
        assert complaint in text_of(refused)
        assert share(app).count_rule == before


def locality(app: Flask, slug: str) -> tuple[str, list[str], list[str]]:
    """A locality's name, wards and priorities."""
    with app.app_context():
        found = db.session.scalars(sa.select(Locality).where(Locality.slug == slug)).one()
        return found.name, [ward.name for ward in found.wards], [priority.text for priority in found.priorities]


def test_a_locality_is_described_line_by_line(app: Flask, desk: CheckedClient) -> None:
    form = {"name": "Old Trafford", "wards": " Clifford \r\n\r\nLongford\nClifford\n", "priorities": "Work\nSchool"}
    assert desk.post("/desk/localities/new", data=form).status_code == 302
    assert locality(app, "old-trafford") == ("Old Trafford", ["Clifford", "Longford"], ["Work", "School"])
    page = desk.get("/desk/localities/old-trafford").get_data(as_text=True)
    assert "Clifford\nLongford" in page
    desk.post("/desk/localities/old-trafford", data={"name": "Firswood", "wards": "Longford", "priorities": "School"})
    assert locality(app, "old-trafford") == ("Firswood", ["Longford"], ["School"])


def test_two_localities_do_not_share_a_name(app: Flask, desk: CheckedClient) -> None:
    for name in ["sale", " SALE "]:
        refused = desk.post("/desk/localities/new", data={"name": name, "wards": "Ashton"})
        assert refused.status_code == 422
        assert "There is already a locality with this name" in text_of(refused)
        assert "Ashton" in text_of(refused)


def test_names_with_letters_beyond_z_are_compared_as_people_read_them(app: Flask, desk: CheckedClient) -> None:
    assert desk.post("/desk/localities/new", data={"name": "Ŵyddgrug"}).status_code == 302
    assert desk.post("/desk/localities/new", data={"name": "ŴYDDGRUG"}).status_code == 422
    assert desk.post("/desk/localities/new", data={"name": "Ŵyddgrug"}).status_code == 422


def test_a_locality_called_new_has_a_page_of_its_own(app: Flask, desk: CheckedClient) -> None:
    desk.post("/desk/localities/new", data={"name": "New", "wards": "Brook"})
    assert "Change New" in text_of(desk.get("/desk/localities/new-2"))


@both_databases
def test_a_ward_that_stays_keeps_its_row_and_one_that_a_bid_names_can_not_go(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        an_account(Role.ORGANISER)
        describe_locality(a_locality(), ["Ashton", "Brooklands"], ["First", "Second"])
        bid = a_bid(an_open_round().shares[0])
        bid.ward_id = db.session.scalars(sa.select(Ward.id).where(Ward.name == "Brooklands")).one()
    sign_in(client, "organiser@council.example")
    form = {"name": "Sale", "wards": "Zeal\nBrooklands, e05000823\nAbbey", "priorities": "Second\nFirst\nThird"}
    assert client.post("/desk/localities/sale", data=form).status_code == 302
    assert locality(app, "sale") == ("Sale", ["Abbey", "Brooklands", "Zeal"], ["Second", "First", "Third"])
    with app.app_context():
        ward = db.session.get_one(Bid, 1).ward
        assert ward
        assert ward.line == "Brooklands E05000823"
    assert "Brooklands E05000823\n" in client.get("/desk/localities/sale").get_data(as_text=True)
    refused = client.post("/desk/localities/sale", data={"name": "Renamed", "wards": "Abbey", "priorities": "Other"})
    assert refused.status_code == 422
    assert "A bid names one of the wards that you took out" in text_of(refused)
    assert 'value="Renamed"' in refused.get_data(as_text=True)
    assert locality(app, "sale") == ("Sale", ["Abbey", "Brooklands", "Zeal"], ["Second", "First", "Third"])
