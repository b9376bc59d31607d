"""What the pages say of a share whose members choose: nothing of slips, of ballot papers, or of residents who vote."""

import pytest
from flask import Flask

from pbvote.call.rounds.service import why_no_bids
from pbvote.vote.choosing import service
from tests.factories import sign_in, writing
from tests.pages import browser, client_of, text_of
from tests.vote.choosing import a_choosing, event, let_choose, organiser


@pytest.fixture
def opened(app: Flask) -> Flask:
    """A council whose members can choose."""
    return let_choose(app)


def test_bids_end_as_the_members_begin_to_choose(app: Flask) -> None:
    with writing(app):
        slug = a_choosing().share.round.slug
    page = text_of(client_of(app).get(f"/rounds/{slug}"))
    assert "Bids end sooner if the members begin to choose before." in page
    assert "ballot paper" not in page
    with writing(app):
        service.open_choosing(event(), organiser())
        assert why_no_bids(event().share) == (
            "The members of the partnership of Sale have begun to choose, so it takes no more bids"
        )


def test_the_set_up_says_that_the_choosing_fixed_it_and_offers_no_ballot_of_residents(opened: Flask) -> None:
    with opened.app_context():
        share = event().share
        share_id, slug = share.id, share.round.slug
    desk = client_of(opened)
    sign_in(desk, "organiser@council.example")
    set_up = text_of(desk.get(f"/desk/rounds/{slug}"))
    assert "The members have begun to choose, so this stays as it is." in set_up
    assert "as a resident" not in set_up
    for rules in ("ballot", "rule", "settings"):
        page = text_of(desk.get(f"/desk/shares/{share_id}/{rules}"))
        assert "The members have begun to choose, so this can’t change any more." in page
        assert "Slips are printed" not in page
    for example in ("", "/on-paper.pdf"):
        assert desk.get(f"/desk/shares/{share_id}/as-a-resident{example}").status_code == 404


def test_no_steward_is_sent_to_an_event_where_members_choose(demonstration: None, app: Flask) -> None:
    events = text_of(browser(app, "stella@council.example").get("/my/events"))
    assert "Go to the door of Sale decides" in events
    assert "Alleyways of Sale" in events
    assert "Go to the door of Alleyways of Sale" not in events
    door = text_of(browser(app, "olivia@council.example").get("/door/old-trafford-stretford-2026"))
    assert "In Sale the members of the partnership choose. Residents do not vote." in door
    assert "votes at On the members’ phones" not in door
