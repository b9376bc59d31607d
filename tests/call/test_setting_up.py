"""A round set up with what an organiser sees and chooses: pictures, plain words, warnings, a copy of last year."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.rounds.copying import later
from pbvote.call.rounds.models import EventFormat, Round, Share
from pbvote.call.rounds.occasions import Occasion
from pbvote.call.rounds.service import settle_share, takes_bids
from pbvote.call.rounds.timetable import length, warnings
from pbvote.core.clock import today, uk_moment
from pbvote.db import db
from pbvote.tally import BallotKind
from pbvote.vote.slips.printing import make_slips
from tests.bidding import BID, send_form
from tests.checked_client import CheckedClient
from tests.factories import (
    APPROVAL,
    CHOOSE_THEN_SCORE,
    CUMULATIVE,
    KNAPSACK,
    RANKED,
    SCORE,
    a_locality,
    an_account,
    an_event,
    an_open_round,
    sign_in,
    writing,
)
from tests.pages import client_of, text_of

SETTINGS = {
    "bids_open_on-day": "3",
    "bids_open_on-month": "3",
    "bids_open_on-year": "2014",
    "bids_close_on-day": "30",
    "bids_close_on-month": "5",
    "bids_close_on-year": "2014",
    "cap_pence": "3,000",
    "minimum_age": "13",
    "who_may_vote": "People who live or work in Sale",
    "format": "pitches",
    "pitch_minutes": "4",
}


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser of a council with an open round in Sale (share 1) and Urmston (share 2)."""
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality("Sale")
        a_locality("Urmston")
        an_open_round()
    sign_in(client, "organiser@council.example")
    return client


def share(app: Flask, share_id: int = 1) -> Share:
    """A share as it is stored."""
    with app.app_context():
        return db.session.get_one(Share, share_id)


def lock(app: Flask, share_id: int) -> None:
    """As the first printing does."""
    with writing(app):
        db.session.get_one(Share, share_id).is_locked = True


def test_bids_end_with_the_first_printed_slip_and_no_page_offers_the_form_after_it(app: Flask) -> None:
    with writing(app):
        event = an_event()
        assert takes_bids(event.share)
        make_slips(event, 1, None)
        assert not takes_bids(event.share)
    client = client_of(app)
    for address in ("/", "/rounds/grants-2014", "/localities/sale"):
        page = client.get(address)
        assert "Bids are open" not in text_of(page)
        assert '/bid"' not in page.get_data(as_text=True)
    assert client.get("/rounds/grants-2014/bid").status_code == 422


def test_settings_go_for_every_locality_whose_slips_are_not_printed(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        db.session.get_one(Share, 2).cap_pence = db.session.get_one(Share, 2).share_pence = 2_000_00
    answer = desk.post("/desk/shares/1/settings", data={**SETTINGS, "everywhere": "yes"}, follow_redirects=True)
    assert "The settings of Sale and Urmston are saved." in text_of(answer)
    urmston = share(app, 2)
    assert (urmston.who_may_vote, urmston.pitch_minutes) == ("People who live or work in Urmston", 4)
    assert (share(app).cap_pence, urmston.cap_pence) == (3_000_00, 2_000_00)  # each within its share
    lock(app, 2)
    desk.post("/desk/shares/1/ballot", data={"kind": "approval", "least": "1", "most": "2", "everywhere": "yes"})
    assert share(app).ballot_rules == APPROVAL
    assert share(app, 2).ballot_rules.kind is BallotKind.SCORE


def test_a_page_asks_only_what_the_kind_or_the_rule_needs(desk: CheckedClient) -> None:
    for kind, boxes in {
        "score": {"best_mark"},
        "approval": {"least", "most"},
        "knapsack": set(),
        "ranked": {"most"},
        "cumulative": {"points"},
        "choose-then-score": {"least", "most", "best_mark"},
    }.items():
        page = desk.get(f"/desk/shares/1/ballot?kind={kind}").get_data(as_text=True)
        shown = set(re.findall(r'name="(best_mark|least|most|points)"', page))
        assert shown == boxes, kind
        assert page.count('role="img"') == 6
    for name, boxes in {
        "greedy": {"part_percent"},
        "greedy-threshold": {"threshold", "part_percent"},
        "equalshares/add1u": set(),
        "phragmen": set(),
    }.items():
        page = desk.get(f"/desk/shares/1/rule?name={name}").get_data(as_text=True)
        assert set(re.findall(r'name="(threshold|part_percent)"', page)) == boxes, name
    assert "one unit of the currency" not in text_of(desk.get("/desk/shares/1/rule?name=equalshares/add1"))


def test_what_is_fixed_is_text_with_its_reason_and_no_dead_box(app: Flask, desk: CheckedClient) -> None:
    lock(app, 1)
    for path in ("ballot", "rule"):
        page = desk.get(f"/desk/shares/1/{path}")
        assert "can’t change any more" in text_of(page)
        assert '<button class="govuk-button"' not in page.get_data(as_text=True)
    page = desk.get("/desk/shares/1/settings")
    assert re.findall(r'<input class="govuk-input[^>]* name="(\w+)"', page.get_data(as_text=True)) == ["pitch_minutes"]
    assert "Groups bid from" in text_of(page)
    assert desk.post("/desk/shares/1/settings", data=SETTINGS).status_code == 409
    assert desk.post("/desk/shares/1/settings", data={"pitch_minutes": "2"}).status_code == 302
    assert share(app).pitch_minutes == 2
    shares = desk.get("/desk/rounds/grants-2014/shares")
    assert "groups have seen the shares" in text_of(shares)
    assert "<input class" not in shares.get_data(as_text=True)


def occasion(hours: float, starts: dt.date = dt.date(2014, 7, 12)) -> Occasion:
    """An event that begins at noon."""
    begins = uk_moment(starts, dt.time(12))
    return Occasion("Town Hall", begins, begins + dt.timedelta(hours=hours))


def test_the_timetable_says_what_does_not_fit(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        sale = db.session.get_one(Share, 1)
        settle_share(sale, {"bids_open_on": dt.date(2014, 3, 3), "bids_close_on": dt.date(2014, 5, 30)})
        assert warnings(sale, 22, occasion(1)) == ["22 pitches of 3 minutes do not fit into an hour."]
        assert warnings(sale, 20, occasion(1)) == ["20 pitches of 3 minutes fill an hour, and leave no time to vote."]
        [hurried] = warnings(sale, 16, occasion(1))
        assert hurried == (
            "With 16 pitches of 3 minutes voting closes at 1:28pm, and the result comes at 1:48pm: "
            "58 minutes too late for the end at 1pm."
        )
        assert warnings(sale, 16, occasion(2)) == []
        assert warnings(sale, 22, None) == []
        [late] = warnings(sale, 1, occasion(1, dt.date(2014, 5, 30)))
        assert "Bids are taken until 30 May 2014, and the event is on 30 May 2014." in late
        [over] = warnings(sale, 1, occasion(1, dt.date(2014, 3, 2)))
        assert over == "Bids open on 3 March 2014, and the event is over by then."
        settle_share(sale, {"format": EventFormat.DAYS})
        assert "ends on the day on which it begins" in warnings(sale, 22, occasion(1))[0]
        assert warnings(sale, 22, occasion(100)) == []
    assert [length(60), length(90), length(135)] == ["an hour", "1 hour and 30 minutes", "2 hours and 15 minutes"]


def test_a_copy_takes_over_everything_but_bids_and_moves_its_dates(app: Flask, desk: CheckedClient) -> None:
    desk.post("/desk/shares/1/settings", data=SETTINGS)
    desk.post("/desk/rounds/grants-2014/settings", data=ROUND | {"bid_cap_pence": "500", "asked": "dates"})
    page = text_of(desk.get("/desk/rounds/grants-2014/copy"))
    assert "Begin a round like this one" in page
    made = desk.post("/desk/rounds/grants-2014/copy", data={"name": "Grants 2015"})
    assert made.headers["Location"] == "/desk/rounds/grants-2015"
    with app.app_context():
        old, new = db.session.scalars(sa.select(Round).order_by(Round.id))
        assert (new.state.value, new.pot_pence, new.bid_cap_pence) == ("draft", old.pot_pence, 500_00)
        assert [question.key for question in new.questions] == ["dates"]
        for before, after in zip(old.shares, new.shares, strict=True):
            assert after.bids_close_on == later(before.bids_close_on, 1)
            names = ("share_pence", "cap_pence", "who_may_vote", "ballot_rules", "count_rule", "pitch_minutes")
            assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]
            assert not after.is_locked
    assert later(dt.date(2012, 2, 29), 1) == dt.date(2013, 2, 28)
    assert client_of(app).get("/rounds/grants-2015").status_code == 404


ROUND = {"name": "Grants 2014", "bid_cap_pence": "", "budget_from_pence": "1,000", "own": ""}


def test_a_round_asks_its_own_questions_and_says_what_they_cost(app: Flask, desk: CheckedClient) -> None:
    address = "/desk/rounds/grants-2014/settings"
    form = ROUND | {"asked": ["insurance", "dates"], "own": "Who has the key?\n\nWho has the key?\n"}
    saved = desk.post(address, data=form, follow_redirects=True)
    assert "The form now takes about 18 minutes." in text_of(saved)  # 12, and two for each question
    with app.app_context():
        asked = db.session.get_one(Round, 1).questions
    assert [question.text for question in asked[:2]] == [
        "When does the project begin and end?",
        "What insurance does your group have?",
    ]
    desk.post(address, data=ROUND | {"own": "Is there water?\nWho has the key?"})
    with app.app_context():
        assert db.session.get_one(Round, 1).questions[1] == asked[2]  # the same key: the answers stay with it
    for own, complaint in [("\n".join("abcdef"), "Ask 5 questions of your own at most"), ("x" * 151, "150 letters")]:
        refused = desk.post(address, data=ROUND | {"own": own})
        assert refused.status_code == 422
        assert complaint in text_of(refused)


def test_a_limit_holds_for_the_whole_bid_also_when_it_is_split(app: Flask, desk: CheckedClient) -> None:
    desk.post("/desk/rounds/grants-2014/settings", data=ROUND | {"bid_cap_pence": "250"})
    bid = {**BID, "locality": "several", "ask_1": "125", "ask_2": "125.01", "lines-0-line_pence": "250.01"}
    refused = send_form(client_of(app), bid)
    assert refused.status_code == 422
    assert "One bid may ask for £250 at most, from all localities together. You ask for £250.01" in text_of(refused)
    fits = send_form(client_of(app), bid | {"ask_2": "125", "lines-0-line_pence": "250"})
    assert fits.headers["Location"].endswith("/bid/sent")
    lock(app, 1)
    changed = desk.post("/desk/rounds/grants-2014/settings", data=ROUND | {"bid_cap_pence": "300"})
    assert changed.status_code == 409
    assert desk.post("/desk/rounds/grants-2014/settings", data=ROUND | {"bid_cap_pence": "250"}).status_code == 302


def test_everybody_reads_every_rule_and_how_many_bids_are_in(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        settle_share(db.session.get_one(Share, 1), {"minimum_age": 13})
    page = text_of(client_of(app).get("/rounds/grants-2014"))
    for sentence in (
        "Residents of Sale, aged 13 or over.",
        "They give every bid a mark from 1 to 5.",
        "What is left stays with the council.",
        "When two bids have equally many, this decides: the bid that asks for less, then the one that more people",
        "0 bids ask for £0",
    ):
        assert sentence in page


def test_last_time_is_told_from_an_earlier_published_result(demonstration: None, client: CheckedClient) -> None:
    page = text_of(client.get("/rounds/small-grants-for-alleyways"))
    assert re.search(r"Last time, 13 bid and \d+ were funded \(Voluntary Sector Grants 2014\)", page)
    assert "3 bids ask for £685.70" in page
    assert f"Residents vote from {(today() + dt.timedelta(days=5)).day} " in page


def test_a_resident_s_paper_can_be_seen_and_sends_nothing(app: Flask, desk: CheckedClient) -> None:
    for rules in (SCORE, APPROVAL, KNAPSACK, RANKED, CUMULATIVE, CHOOSE_THEN_SCORE):
        with writing(app):
            settle_share(db.session.get_one(Share, 1), {"ballot_rules": rules})
        page = desk.get("/desk/shares/1/as-a-resident")
        assert "This is an example. It sends nothing." in text_of(page)
        assert "Youth club on Fridays" in text_of(page)
        assert 'type="submit"' not in page.get_data(as_text=True)
    assert desk.post("/desk/shares/1/as-a-resident").status_code == 405
    assert 'lang="ar" dir="rtl"' in desk.get("/desk/shares/1/as-a-resident?lang=ar").get_data(as_text=True)
