"""A group withdraws in the hall: one act, with the facts before it, whatever the poll is doing."""

import pytest
from flask import Flask

from pbvote.call.bids.models import Bid, BidState
from pbvote.db import db
from pbvote.people.service import account_with_email
from pbvote.tally.outcome import Verdict
from pbvote.vote.events.service import load_running_order
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.results.view import OutcomeShown
from pbvote.vote.stage import turns
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.service import Press, stage_of
from tests.checked_client import CheckedClient
from tests.factories import an_event, cast, count_closed, the_event, writing
from tests.hall import FIRST, SECOND, THIRD, open_poll_codes, organiser_does, slug
from tests.outbox import letters
from tests.pages import browser, client_of, open_paper, text_of
from tests.passes import SCREEN
from tests.stepping import seen_on

ORGANISER = "organiser@council.example"
WHY = "Ann of Group 1 rang: they lost their hall"


def withdraw(desk: CheckedClient, app: Flask, bid_id: int, **sent: str) -> int:
    """Open the page, and press its button; the status of the answer."""
    address = f"/desk/events/{slug(app)}/withdraw/{bid_id}"
    seen = seen_on(desk.get(address))
    return desk.post(address, data={"seen": seen, "reason": WHY, **sent}).status_code


def test_before_the_opening_the_bid_leaves_the_running_order_and_the_screen(app: Flask) -> None:
    with writing(app):
        event = an_event()
        first = event.running_order[0].bid_id
        turns.present(event, Press(0, "Cleo"), first)
    desk = browser(app, ORGANISER)
    page = text_of(desk.get(f"/desk/events/{slug(app)}/withdraw/{first}"))
    assert "Voting is not open. The bid leaves the running order, and later numbers move up by one." in page
    assert withdraw(desk, app, first, reason=" ") == 422
    assert withdraw(desk, app, first) == 302
    with app.app_context():
        event = the_event()
        assert [slot.bid.reference for slot in event.running_order] == [SECOND, THIRD]
        assert (stage_of(event).scene, stage_of(event).bid_id) == (Scene.BREAK, None)
        assert db.session.get_one(Bid, first).history[-1].reason == WHY
    with app.app_context():
        assert "is withdrawn, as you asked" in letters()[0].body
    assert desk.get(f"/desk/events/{slug(app)}/withdraw/{first}").status_code == 404


def test_while_its_votes_are_cast_the_bid_stays_with_every_vote_and_gets_no_money(app: Flask) -> None:
    codes = open_poll_codes(app, 3)
    voter, desk, bid_id = client_of(app), browser(app, ORGANISER), 1
    with writing(app):
        cast(codes[0], {FIRST: 5, SECOND: 4, THIRD: 1})
    opened_before = open_paper(voter, codes[1])
    page = text_of(desk.get(f"/desk/events/{slug(app)}/withdraw/{bid_id}"))
    assert "1 ballot in the box. Nobody can see which of them name this bid." in page
    assert "It gets no money, however many vote for it." in page
    assert withdraw(desk, app, bid_id) == 302
    marks = {"bid-1": "5", "bid-2": "3", "bid-3": "1"}
    assert voter.post("/v/cast", data={**opened_before, **marks}).status_code == 200
    assert voter.post("/v/cast", data={**open_paper(voter, codes[2]), **marks}).status_code == 200
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    with app.app_context():
        event = the_event()
        shown = OutcomeShown.of(event)
        assert shown
        steps = {step.bid.reference: step.step.verdict for step in shown.steps}
        assert (steps[FIRST], shown.voters) == (Verdict.WITHDRAWN, 3)
        load_running_order(event)
        assert [slot.bid.reference for slot in event.running_order] == [FIRST, SECOND, THIRD]
        assert [entry.body for entry in entries_of(event) if entry.type == "withdraw"] == [{"bid": FIRST}]
    late = desk.get(f"/desk/events/{slug(app)}/withdraw/2")
    assert "The votes on this bid are counted, so it can’t be taken out any more." in text_of(late)
    assert 'name="seen"' not in late.get_data(as_text=True)


def test_of_two_organisers_who_withdraw_at_once_one_hears_that_it_is_done(app: Flask) -> None:
    open_poll_codes(app, 1)
    desk, address = browser(app, ORGANISER), f"/desk/events/{slug(app)}/withdraw/1"
    sent = {"seen": seen_on(desk.get(address)), "reason": WHY}
    assert desk.post(address, data=sent).status_code == 302
    again = desk.post(address, data=sent)
    assert again.status_code == 409
    assert "Somebody has decided about this bid meanwhile." in text_of(again)
    with app.app_context():
        assert db.session.get_one(Bid, 1).state is BidState.WITHDRAWN
        assert len([entry for entry in entries_of(the_event()) if entry.type == "withdraw"]) == 1


@pytest.mark.parametrize("page", ["/desk/events/{slug}", "/compere/{slug}"])
def test_the_act_is_at_hand_on_the_console_and_on_the_comperes_page_of_an_organiser(app: Flask, page: str) -> None:
    open_poll_codes(app, 1)
    desk, address = browser(app, ORGANISER), f"/desk/events/{slug(app)}/withdraw/"
    shown = desk.get(page.format(slug=slug(app))).get_data(as_text=True)
    assert f'href="{address}2"' in shown
    assert withdraw(desk, app, 2) == 302
    assert f'href="{address}2"' not in desk.get(page.format(slug=slug(app))).get_data(as_text=True)


def test_screens_and_comperes_fetch_their_pages_again(app: Flask) -> None:
    open_poll_codes(app, 1)
    desk, now = browser(app, ORGANISER), f"{SCREEN.home(slug(app))}/now"
    before = desk.get(now).get_json()["state"]
    assert withdraw(desk, app, 1) == 302
    assert desk.get(now).get_json()["state"] != before


def test_the_organiser_is_named_who_did_it(app: Flask) -> None:
    open_poll_codes(app, 1)
    desk = browser(app, ORGANISER)
    assert withdraw(desk, app, 1) == 302
    with app.app_context():
        organiser = account_with_email(ORGANISER)
        assert organiser
        assert db.session.get_one(Bid, 1).history[-1].account_id == organiser.id
    ledger = text_of(desk.get(f"/desk/events/{slug(app)}"))
    assert "Project of Group 1 (number 1, Group 1, B-01) was withdrawn" in ledger
