"""A code of a letter or a card that opens nothing is counted wherever it is typed, and a right one nowhere."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.call.bids.models import Bid
from pbvote.call.bids.sending import send_bid
from pbvote.call.checking import queries
from pbvote.call.rounds.models import Share
from pbvote.core.clock import today, uk_moment
from pbvote.core.codes import new_code
from pbvote.db import db
from pbvote.people.links import make_link
from pbvote.people.models import FailedTries, LinkPurpose
from pbvote.people.tries import CODES
from pbvote.vote.acts.witnesses import name_witness
from pbvote.vote.events.service import plan_event
from tests.accounts import counted, post
from tests.bidding import ROUND, asking_letters
from tests.call.deciding import CONTACT, OLIVIA, account, link_in, refuse, set_up
from tests.factories import a_new_bid, an_event, writing
from tests.pages import browser, client_of, misspelt, text_of

SHOWN_AGAIN = ("/link", "/witness", f"{ROUND}/bid/link", f"{ROUND}/bid/draft", "/bids/answer", "/bids/look-again")
"""Pages with the code's box: the refusal stands beside it."""
FROM_WITHIN = (
    *("/link/password", "/witness/confirm/1", f"{ROUND}/bid/link/confirm", f"{ROUND}/bid/link/again"),
    *("/bids/answer/send", "/bids/look-again/send"),
)
"""Pages that the code leads to: their forms carry it."""
MORE = {"password": "three unlikely words", "words": "We hold the keys."}


def times(app: Flask) -> list[int]:
    """How often each thing that is counted has failed."""
    with app.app_context():
        return list(db.session.scalars(sa.select(FailedTries.times)))


@pytest.mark.parametrize("path", [*SHOWN_AGAIN, *FROM_WITHIN])
def test_a_code_that_opens_nothing_is_counted_wherever_it_is_typed(app: Flask, path: str) -> None:
    with writing(app):
        an_event()
    for number in (1, 2):
        refused = post(client_of(app), path, code=new_code(), **MORE)
        assert refused.status_code in {404, 422}
        assert times(app) == [number]
    assert ("govuk-error-summary" in refused.text) is (path in SHOWN_AGAIN)
    with writing(app):
        db.session.execute(sa.update(FailedTries).values(times=CODES.free))
    stopped = post(client_of(app), path, code=new_code(), **MORE)
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    assert "Too many wrong codes came from your network." in text_of(stopped)
    assert times(app) == [CODES.free]


def test_a_slip_of_the_pen_is_counted_nowhere(app: Flask) -> None:
    with writing(app):
        an_event()
    code = new_code()
    for path in (*SHOWN_AGAIN, *FROM_WITHIN):
        assert post(client_of(app), path, code=misspelt(code), **MORE).status_code in {404, 422}
    assert counted(app) == 0


def share_of_sale() -> Share:
    """The only share."""
    return db.session.scalars(sa.select(Share)).one()


def right_codes(app: Flask) -> dict[str, str]:
    """For each address in turn, a code that opens it: bids, drafts, questions, a refusal, an account and a card."""
    set_up(app)
    with writing(app):
        starts = uk_moment(today() + dt.timedelta(days=30), dt.time(12))
        event = plan_event(share_of_sale(), "Sale decides", "Sale Waterside", starts, starts + dt.timedelta(hours=3))
        _, card = name_witness(event, "Wendy", account(OLIVIA))
        links_of = {purpose: make_link(account(CONTACT), purpose) for purpose in LinkPurpose}
    desk = browser(app, OLIVIA)
    with writing(app):
        send_bid(share_of_sale().round, a_new_bid(share_of_sale(), "Others"))
        queries.ask(db.session.get_one(Bid, 2), "Who holds the keys?", today(), account(OLIVIA))
    query, appeal = link_in(app, "cooks@group.example", "/bids/answer"), refuse(desk, app)
    [(_, sent), *_] = asking_letters(app)
    assert client_of(app).post(f"{ROUND}/bid", data={"email": "c@d.example"}).status_code == 302
    draft = link_in(app, "c@d.example", "/bid/draft")
    return {
        "/link": links_of[LinkPurpose.SIGN_IN],
        "/link/password": links_of[LinkPurpose.INVITATION],
        "/witness": card,
        "/witness/confirm/1": card,
        f"{ROUND}/bid/link": sent,
        f"{ROUND}/bid/link/again": sent,
        f"{ROUND}/bid/draft": draft,
        "/bids/answer": query,
        "/bids/answer/send": query,
        "/bids/look-again": appeal,
        "/bids/look-again/send": appeal,
    }


def test_a_right_code_is_counted_nowhere(app: Flask) -> None:
    codes = right_codes(app)
    before = times(app)
    answers = {path: post(client_of(app), path, code=code, **MORE).status_code for path, code in codes.items()}
    # A second letter takes the place of the first.
    newest, confirm = asking_letters(app)[0][1], f"{ROUND}/bid/link/confirm"
    answers[confirm] = post(client_of(app), confirm, code=newest).status_code
    assert set(answers) == {*SHOWN_AGAIN, *FROM_WITHIN}
    # The card is known, and nothing waits for it.
    assert {path for path, status in answers.items() if status not in {200, 302}} == {"/witness/confirm/1"}
    assert answers["/witness/confirm/1"] == 409
    assert times(app) == before
