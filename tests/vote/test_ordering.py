"""The running order by lot, and by a place up or down."""

from hashlib import sha256

import pytest
from flask import Flask

from pbvote.core.lots import order_by_lot
from pbvote.people.service import account_with_email
from pbvote.vote.events.ordering import draw_order, draws_of, move_bid
from pbvote.vote.events.service import BallotFixed
from pbvote.vote.poll.opening import open_poll
from tests.factories import an_event, the_event, writing
from tests.pages import browser, text_of

ORGANISER = "organiser@council.example"


def order() -> list[str]:
    """The bids' numbers in their order."""
    return [slot.bid.reference for slot in the_event().running_order]


def test_a_seed_gives_one_order_that_anybody_finds_again() -> None:
    bids = ["B-01", "B-02", "B-03", "B-04"]
    by_hand = sorted(bids, key=lambda bid: sha256(f"9f2c {bid}".encode()).hexdigest())
    assert order_by_lot("9f2c", reversed(bids)) == by_hand == order_by_lot("9f2c", bids)
    assert len({tuple(order_by_lot(str(seed), bids)) for seed in range(200)}) == 24


def test_every_draw_stays_on_record_with_its_seed(app: Flask) -> None:
    with writing(app):
        slug = an_event().slug
    desk = browser(app, ORGANISER)
    for _ in range(2):
        assert desk.post(f"/desk/events/{slug}/running-order/lot").status_code == 302
    with app.app_context():
        first, second = draws_of(the_event())
        assert order() == second.references == order_by_lot(second.seed, ["B-01", "B-02", "B-03"])
    page = text_of(desk.get(f"/desk/events/{slug}/running-order"))
    assert f"The seed is {first.seed}" in page
    assert f"printf '%s %s' {second.seed} {second.references[0]} | sha256sum" in page


def test_a_bid_moves_to_a_place_and_not_beyond_an_end(app: Flask) -> None:
    with writing(app):
        slug = an_event().slug
    desk = browser(app, ORGANISER)
    for bid_id, place, expected in (
        (3, "2", ["B-01", "B-03", "B-02"]),
        (3, "1", ["B-03", "B-01", "B-02"]),
        (3, "1", ["B-03", "B-01", "B-02"]),
        (3, "-4", ["B-03", "B-01", "B-02"]),
        (1, "3", ["B-03", "B-02", "B-01"]),
        (3, "99", ["B-02", "B-01", "B-03"]),
        (99, "1", ["B-02", "B-01", "B-03"]),
    ):
        assert desk.post(f"/desk/events/{slug}/running-order/{bid_id}", data={"place": place}).status_code == 302
        with app.app_context():
            assert order() == expected
    for nothing in ({}, {"place": ""}, {"place": "up"}):
        assert desk.post(f"/desk/events/{slug}/running-order/1", data=nothing).status_code == 400


def test_once_voting_has_opened_no_order_is_drawn(app: Flask) -> None:
    with writing(app):
        event, organiser = an_event(), account_with_email(ORGANISER)
        assert organiser
        open_poll(event, organiser)
        with pytest.raises(BallotFixed):
            draw_order(event, organiser)
        with pytest.raises(BallotFixed):
            move_bid(event, 1, 1)
