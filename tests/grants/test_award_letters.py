"""What each group reads once the council has decided, by e-mail and by post."""

import datetime as dt
import re

import sqlalchemy as sa
from flask import Flask

from pbvote.call.bids.models import Bid
from pbvote.call.checking.checklist import USUAL_QUESTIONS, set_rules
from pbvote.call.checking.models import GroupLetter
from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import settle_share
from pbvote.db import db
from pbvote.grants.awards.models import AwardState
from pbvote.people.service import account_with_email
from pbvote.tally import Rule, TieKey
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.factories import an_event, an_open_poll, cast, count_closed, the_event, writing
from tests.grants.accepting import note_that_they_accept
from tests.grants.decided import (
    ORGANISER,
    awards,
    drafted,
    later,
    outbox,
    result,
    send,
    slug_of,
)
from tests.hall import organiser_does
from tests.pages import browser, client_of, text_of


def test_each_letter_says_what_its_group_needs_and_nothing_of_another(app: Flask) -> None:
    address = result(app)
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        set_rules(1, USUAL_QUESTIONS, organiser.id, "0161 496 0000")
        rules = GrantRules(ends_on=dt.date(2027, 7, 31), other_funds="The housing trust gives up to £300.")
        db.session.get_one(Round, 1).grant_rules = rules
    desk, page_address = drafted(app, address)
    send(desk, page_address)
    sent = outbox(app)
    subject, won = sent["group2@group.example"]
    assert subject == "Your grant: £3,000"
    for said in (
        "Dear Contact of Group 2,",
        "“What we would do.”",
        "Please spend the money by 31 July 2027.",
        "we ask for one page, with a figure for each line of your budget.",
        "Ring The organiser on 0161 496 0000.",
        "You need no password. It works once, within two days:",
        "/link#",
        "/sign-in/by-mail?next=/my/awards/",
    ):
        assert said in won, said
    assert "we ask for one page: what happened" in sent["group3@group.example"][1]
    subject, lost = sent["group1@group.example"]
    assert subject == "About your bid B-01"
    for said in (
        "Thank you for your bid “Project of Group 1” (B-01)",
        "The housing trust gives up to £300.",
        "Ring The organiser on 0161 496 0000.",
        f"/results/{slug_of(app)}",
    ):
        assert said in lost, said
    for other in ("Group 2", "Group 3", "B-02", "/link#"):
        assert other not in lost
    with app.app_context():  # two people voted, so a total would tell how they did
        assert "points" not in won + lost
        kept = db.session.scalars(sa.select(GroupLetter).where(GroupLetter.bid_id == 2).order_by(GroupLetter.id)).all()
        assert kept[-1].subject == "Your grant: £3,000"
        assert "/link#…" in kept[-1].words  # the code is in the letter alone


def test_where_enough_people_voted_each_group_reads_its_own_figures(app: Flask) -> None:
    with writing(app):
        _, slips = an_open_poll(6)
        for slip in slips:
            cast(slip.code, {"B-01": 1, "B-02": 5, "B-03": 4})
    for verb in (close_poll, count_closed, publish_outcome):
        organiser_does(app, verb)
    desk, page_address = drafted(app, f"/desk/events/{slug_of(app)}/awards")
    send(desk, page_address)
    sent = outbox(app)
    assert "Your bid got 30 points, the most in Sale." in sent["group2@group.example"][1]
    assert "Your bid got 24 points. That is place 2 of 3 in Sale." in sent["group3@group.example"][1]
    assert "Your bid got 6 points. That is place 3 of 3 in Sale." in sent["group1@group.example"][1]


def test_a_mailed_link_opens_the_offer_that_it_speaks_of(app: Flask) -> None:
    desk, page_address = drafted(app, result(app))
    send(desk, page_address)
    [code] = re.findall(r"/link#(\S+)", outbox(app)["group2@group.example"][1])
    with later(11):
        phone = client_of(app)
        opened = phone.post("/link", data={"code": code})
        assert opened.headers["Location"] == "/my/awards/#bid-2"
        page = phone.get("/my/awards/").get_data(as_text=True)
        assert 'id="bid-2"' in page
        assert "Accept the offer" in page


def test_a_group_without_an_email_address_is_written_to_by_post_and_answers_by_telephone(app: Flask) -> None:
    address = result(app)
    with writing(app):
        for number, name in ((1, "Ada Byrne, 0161 496 0001"), (2, "Bob Shah, 0161 496 0002")):
            group = db.session.get_one(Bid, number).group
            assert group
            group.contacts.clear()
            group.contact_by_post = name
    desk, page_address = drafted(app, address)
    assert "By post: Bob Shah, 0161 496 0002" in text_of(desk.get(page_address))
    send(desk, page_address)
    paper = text_of(desk.get(f"{page_address}/paper"))
    assert "Dear Ada Byrne," in paper
    assert "Dear Bob Shah," in paper
    assert "Write to Your Council, and say whether you accept the offer." in paper
    assert "/link" not in paper
    assert desk.post("/desk/awards/1/accept").status_code == 409  # the letters can still be called back
    with later(11):
        history = text_of(desk.get("/desk/bids/2"))
        assert "Letter by post" in history
        assert "They said yes" in text_of(desk.get(address))
        assert desk.post("/desk/awards/2/accept").status_code == 409  # that group has a page of its own
        assert note_that_they_accept(desk, 1).status_code == 302
    assert awards(app)["B-02"][1] is AwardState.ACCEPTED


def test_letters_on_paper_leave_the_history_when_they_are_called_back(app: Flask) -> None:
    address = result(app)
    with writing(app):
        group = db.session.get_one(Bid, 1).group
        assert group
        group.contacts.clear()
        group.contact_by_post = "Ada Byrne, 0161 496 0001"
    desk, page_address = drafted(app, address)
    send(desk, page_address)
    assert desk.post(f"{page_address}/call-back").status_code == 302
    assert "Letter by post" not in text_of(desk.get("/desk/bids/1"))
    assert "without a letter" in text_of(desk.get(page_address))


def test_where_residents_funded_nothing_the_groups_hear_that_too(app: Flask) -> None:
    with writing(app):
        _, slips = an_open_poll(1, asks=[5_000_00, 5_000_00])
        cast(slips[0].code, {"B-01": 5, "B-02": 5})
        for bid in db.session.scalars(sa.select(Bid)):
            bid.asks[0].ask_pence = 6_000_00  # as if each asked for more than there is
    for verb in (close_poll, count_closed, publish_outcome):
        organiser_does(app, verb)
    desk, address = browser(app, ORGANISER), f"/desk/events/{slug_of(app)}/awards"
    assert "Tell the groups of Sale decides" in text_of(desk.get("/desk/"))
    assert "Residents funded no bid at this event." in text_of(desk.get(address))
    _, page_address = drafted(app, address)
    assert send(desk, page_address).status_code == 302
    assert awards(app) == {}
    assert "We are sorry" in outbox(app)["group1@group.example"][1]
    assert "Tell the groups" not in text_of(desk.get("/desk/"))


def test_what_is_left_is_offered_to_the_next_bid_where_the_rule_says_so(app: Flask) -> None:
    with writing(app):
        share = an_event().share
        settle_share(share, {"count_rule": Rule("greedy", (TieKey.CHEAPER, TieKey.DRAW), part_funding_percent=25)})
        slips = make_slips(the_event(), 6, None, SlipState.LIVE)
    organiser_does(app, open_poll)
    with writing(app):
        for slip in slips:
            cast(slip.code, {"B-01": 5, "B-02": 4, "B-03": 1})
    for verb in (close_poll, count_closed, publish_outcome):
        organiser_does(app, verb)
    desk, address = browser(app, ORGANISER), f"/desk/events/{slug_of(app)}/awards"
    assert re.search(r"It is offered £1,000 ?, what is left", text_of(desk.get(address.replace("/awards", "/outcome"))))
    _, page_address = drafted(app, address)
    assert send(desk, page_address).status_code == 302
    # £4,000 of £5,000 went to the first; the second asked for £3,000.
    assert awards(app) == {"B-01": (4_000_00, AwardState.OFFERED), "B-02": (1_000_00, AwardState.OFFERED)}
    subject, body = outbox(app)["group2@group.example"]
    assert subject == "Your grant: £1,000 of the £3,000 that you asked for"
    assert "You asked for £3,000, and £1,000 is left in Sale. Can your project go ahead with that?" in body
    assert "did not choose" not in body
