"""Ties that are drawn in the room, with two people."""

import pytest
from flask import Flask

from pbvote.access import Role
from pbvote.people.service import account_with_email
from pbvote.tally import Rule, TieKey
from pbvote.vote.acts import service
from pbvote.vote.count.acts import DRAW, DrawnOrder
from pbvote.vote.count.outcome import NoSuchTie, draw_tie, outcome_of
from pbvote.vote.count.sealing import seal_poll
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.results.service import TieWaits, publish_outcome
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import (
    account_for_slips,
    an_account,
    cast,
    count_closed,
    count_with_witness,
    sign_in,
    the_event,
    writing,
)
from tests.hall import ORGANISER, open_poll_codes, organiser_does
from tests.hall import SECOND_ORGANISER as SECOND
from tests.hall import confirm_act as confirm
from tests.pages import text_of
from tests.stepping import confirm_shown, take_step


@both_databases
def test_a_tie_is_drawn_in_the_room_and_the_count_goes_on(app: Flask) -> None:
    codes = open_poll_codes(app, 5)
    for code in codes:
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 5, "B-03": 1})
    with writing(app):
        the_event().share.count_rule = Rule("greedy", ties=(TieKey.DRAW,))
        an_account(Role.ORGANISER, SECOND)
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    with app.app_context():
        outcome = outcome_of(the_event())
        assert outcome
        assert set(outcome.waiting) == {"B-01", "B-02"}
    with pytest.raises(TieWaits):
        organiser_does(app, publish_outcome)
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        act_id = service.ask_for(DRAW, service.About(event=the_event().id), DrawnOrder(("B-02", "B-01")), organiser).id
    confirm(app, act_id)
    with app.app_context():
        outcome = outcome_of(the_event())
        assert outcome
        assert not outcome.waiting
        assert outcome.funded == ("B-02", "B-03")
    organiser_does(app, publish_outcome)


@both_databases
def test_no_draw_of_other_bids_and_none_before_the_seal(app: Flask) -> None:
    for code in open_poll_codes(app, 5):
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 5, "B-03": 1})
    with writing(app):
        the_event().share.count_rule = Rule("greedy", ties=(TieKey.DRAW,))
    organiser_does(app, close_poll)

    def draw(order: tuple[str, ...]) -> None:
        organiser_does(app, lambda event, organiser: draw_tie(event, order, organiser, "witness 1"))

    organiser_does(app, account_for_slips)
    organiser_does(app, count_with_witness)
    with pytest.raises(NoSuchTie):  # counted, and not sealed
        draw(("B-01", "B-02"))
    organiser_does(app, seal_poll)
    for order in (("B-01",), ("B-01", "B-03"), ("B-01", "B-02", "B-03"), ("B-01", "B-01"), ()):
        with pytest.raises(NoSuchTie):
            draw(order)
    draw(("B-02", "B-01"))
    with app.app_context():
        outcome = outcome_of(the_event())
        assert outcome
        assert (outcome.funded, outcome.waiting) == (("B-02", "B-03"), ())


def test_two_organisers_a_draw_and_a_publication_in_the_browser(app: Flask, client: CheckedClient) -> None:
    codes = open_poll_codes(app, 5)
    for code in codes:
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 5, "B-03": 1})
    with writing(app):
        event = the_event()
        event.share.count_rule = Rule("greedy", ties=(TieKey.DRAW,))
        an_account(Role.ORGANISER, SECOND)
        slug = event.slug
    console = f"/desk/events/{slug}"
    sign_in(client, ORGANISER)
    take_step(client, f"{console}/close")
    assert "The slips left over are not counted." in text_of(client.get(f"{console}/count"))
    unbalanced = client.post(f"{console}/account", data={"left_over": "0", "door_count": "4"})
    assert unbalanced.status_code == 422
    assert "5 slips were handed out, and the door counted 4 people" in text_of(unbalanced)
    assert "Print these numbers to sign" not in text_of(unbalanced)
    assert client.post(f"{console}/account", data={"left_over": "0", "door_count": "5"}).status_code == 302
    assert "The slips add up." in text_of(client.get(f"{console}/account"))
    take_step(client, f"{console}/count")
    assert "This waits for a second person" in text_of(client.get(console))
    assert "You asked for the count and the seal" in text_of(client.get("/desk/"))
    assert client.post(f"{console}/acts/1/confirm").status_code == 409
    sign_in(client, SECOND)
    today = text_of(client.get("/desk/"))
    assert "What needs doing Confirm the count and the seal Sale decides, " in today
    assert " asks. 10 minutes left" in today
    assert "asks to count the votes of Sale decides and seal them" in text_of(client.get(console))
    confirm_shown(client, console)
    assert "A tie waits for a draw in the room" in text_of(client.get(console))
    twice = client.post(f"{console}/draw", data={"place-0": "1", "place-1": "1"})
    assert twice.status_code == 422
    assert client.post(f"{console}/draw", data={"place-0": "2", "place-1": "1"}).status_code == 302
    sign_in(client, ORGANISER)
    client.post(f"{console}/acts/2/confirm")
    assert take_step(client, f"{console}/publish").status_code == 302
    result = text_of(client.get(f"/results/{slug}"))
    assert "2 bids share £5,000" in result
