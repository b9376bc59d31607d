"""Needs and offers introduced to each other: one letter to each, what comes of it, and how cards end by themselves."""

import datetime as dt
import io
from collections.abc import Callable

import sqlalchemy as sa
import time_machine
from flask import Flask
from openpyxl import load_workbook

from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.network.introducing import introduce_cards
from pbvote.grants.network.models import CardSide, CardState, Introduction, WallAnswer, WallCard
from pbvote.grants.network.posting import NewCard, post_for_member
from pbvote.localities.service import locality_called
from pbvote.vote.residents.models import Volunteer
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import the_event, writing
from tests.grants.networking import AT, cards, code_in, post_card, wall
from tests.grants.reminding import remind
from tests.grants.visiting import GROUP, MEMBER, ORGANISER, OTHER, account, stay_with_all
from tests.outbox import letters
from tests.pages import browser, text_of
from tests.together import together

KEEP = "/my/partnership/sale/wall"
SECOND = "group2@group.example"


def pair(app: Flask) -> tuple[int, int]:
    """A need of group 1 and an offer of group 2 that fits it."""
    stay_with_all(app)
    return post_card(app), post_card(app, 2, "offer", "Twelve runners.")


def letter_to(app: Flask, email: str, subject: str) -> str:
    """The newest letter to somebody with these words in its subject."""
    with app.app_context():
        return next(each.body for each in letters() if each.recipient == email and subject in each.subject)


def states(app: Flask) -> list[str]:
    """How each card stands, in the order in which they were posted."""
    return [card.state.value for card in cards(app)]


def press(client: CheckedClient, body: str, what: str) -> int:
    """Press a button behind a letter's link."""
    return client.post("/wall/card/say", data={"code": code_in(body), "what": what}).status_code


def test_one_press_introduces_and_the_need_says_whether_it_helped(
    app: Flask, client: CheckedClient, funded: None
) -> None:
    need, offer = pair(app)
    venue = post_card(app, 2, "offer", "A hall.", kind="venue")
    officer = browser(app, ORGANISER)
    page = text_of(officer.get(KEEP))
    assert "Twelve runners." in page
    assert "group1@" not in page
    assert browser(app, OTHER).get(KEEP).status_code == 403, "a member who is no editor"
    assert officer.post(f"{KEEP}/{need}/introduce", data={"offer": venue}).status_code == 422
    assert officer.post(f"{KEEP}/{offer}/introduce", data={"offer": need}).status_code == 422
    assert officer.post(f"{KEEP}/{need}/introduce", data={"offer": "x"}).status_code == 409
    assert officer.post(f"{KEEP}/{need}/introduce", data={"offer": offer}).status_code == 302
    assert officer.post(f"{KEEP}/{need}/introduce", data={"offer": offer}).status_code == 409, "pressed twice"
    assert SECOND in letter_to(app, GROUP, "We introduce you")
    assert GROUP in letter_to(app, SECOND, "We introduce you")
    assert states(app) == ["introduced", "introduced", "open"]
    file = load_workbook(io.BytesIO(officer.get(f"{KEEP}/needs-and-offers.xlsx").data)).active
    assert file
    assert "Group 2" in [cell.value for cell in file["I"]]
    remind(app)
    with time_machine.travel(now() + dt.timedelta(weeks=3)):
        remind(app)
        remind(app)
        asked = letter_to(app, GROUP, "Has it helped?")
        with app.app_context():
            assert sum(each.subject == "Has it helped?" for each in letters()) == 1
        assert "Not yet" in text_of(client.post("/wall/card", data={"code": code_in(asked)}))
        assert press(client, asked, "not_yet") == 302
        assert press(client, letter_to(app, SECOND, "We introduce you"), "helped") == 409, "the need’s group says that"
        assert press(client, asked, "helped") == 302
        assert states(app) == ["helped", "helped", "open"]
        assert "Helped" in wall(client)
        assert client.post(f"/localities/sale/wall/{need}", data={}).status_code == 409
        assert press(client, asked, "helped") == 409
    assert client.post("/wall/card", data={"code": "K7QF9M2TXW4R"}).status_code == 422
    assert client.post("/wall/card", data={"code": ""}).status_code == 422


def test_an_offer_that_cant_any_more_opens_the_need_again(app: Flask, client: CheckedClient, funded: None) -> None:
    need, offer = pair(app)
    officer = browser(app, ORGANISER)
    officer.post(f"{KEEP}/{need}/introduce", data={"offer": offer})
    assert press(client, letter_to(app, SECOND, "We introduce you"), "end") == 302
    assert states(app) == ["open", "ended"]
    assert "is open on the wall again" in letter_to(app, GROUP, "open again")
    again = post_card(app, 2, "offer", "Ten runners.")
    officer.post(f"{KEEP}/{need}/introduce", data={"offer": again})
    assert browser(app, GROUP).post(f"{AT}/{need}", data={"what": "fell_through"}).status_code == 302
    assert states(app) == ["open", "ended", "open"]
    with app.app_context():
        assert set(db.session.scalars(sa.select(Introduction.outcome))) == {"fell_through"}


def test_cards_end_by_themselves_unless_their_author_says_still_so(
    app: Flask, client: CheckedClient, funded: None
) -> None:
    pair(app)
    with writing(app):
        answer = WallAnswer(card_id=1, name="A", email="a@b.example", words="x")
        db.session.add(answer)
    with time_machine.travel(now() + dt.timedelta(weeks=7)):
        remind(app)
        remind(app)
        with app.app_context():
            assert sum(each.subject == "Is it still so?" for each in letters()) == 2
        assert press(client, letter_to(app, GROUP, "still so"), "still") == 302
    with time_machine.travel(now() + dt.timedelta(weeks=9)):
        assert "Twelve runners" not in wall(client)
        assert "soup" in wall(client)
        tidy(app)
        assert states(app) == ["open", "ended"]
        with app.app_context():
            assert db.session.scalar(sa.select(WallAnswer.id)) is None
    with time_machine.travel(now() + dt.timedelta(weeks=9, days=93)):
        tidy(app)
        assert states(app) == ["ended"]


def tidy(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["tidy"]).exit_code == 0


def test_a_card_is_taken_down_for_a_reason_that_its_author_reads(
    app: Flask, client: CheckedClient, funded: None
) -> None:
    need, offer = pair(app)
    officer = browser(app, ORGANISER)
    officer.post(f"{KEEP}/{need}/introduce", data={"offer": offer})
    assert "Say why" in text_of(officer.post(f"{KEEP}/{need}", data={"reason": ""}))
    assert officer.post(f"{KEEP}/{need}", data={"reason": "It names a neighbour."}).status_code == 302
    assert "soup" not in wall(client)
    assert states(app) == ["ended", "open"]
    body = letter_to(app, GROUP, "taken down")
    assert "It names a neighbour." in body
    assert "It names a neighbour." in text_of(client.post("/wall/card", data={"code": code_in(body)}))
    assert "It names a neighbour." in text_of(browser(app, GROUP).get(AT))
    assert officer.post(f"{KEEP}/{need}", data={"reason": "Again"}).status_code == 404


def test_a_residents_hand_and_a_members_offer_stand_without_a_name(
    app: Flask, client: CheckedClient, funded: None
) -> None:
    need = post_card(app)
    with writing(app):
        event = the_event()
        hand = {"name": "Zofia Nowak", "contact": "0161 496 0188", "words": "I can dig."}
        db.session.add(Volunteer(id="ab" * 8, event_id=event.id, **hand))
        round_slug, place = event.share.round.slug, f"{event.share.locality_id}:"
    officer, at = browser(app, ORGANISER), f"/desk/rounds/{round_slug}/offers"
    assert "Zofia Nowak: I can dig." in text_of(officer.get(at))
    said = {"who": "ab" * 8, "kind": "volunteers", "sentence": "Somebody to dig.", "ward": place}
    assert officer.post(at, data={**said, "who": "cd" * 8}).status_code == 422
    assert officer.post(at, data=said).status_code == 302
    assert "Everybody who lends a hand is on the wall" in text_of(officer.get(at))
    member = browser(app, MEMBER)
    mine = {"kind": "advice", "sentence": "I read accounts.", "ward": place, "agrees": "yes"}
    assert member.post("/my/offers", data={**mine, "ward": "99:"}).status_code == 422
    assert member.post("/my/offers", data=mine).status_code == 302
    page = wall(client)
    assert "Somebody to dig. A resident" in page
    assert "I read accounts. A member of the partnership" in page
    assert "Zofia" not in page
    assert "lp_member" not in page
    offer = cards(app)[1].id
    told = officer.post(f"{KEEP}/{need}/introduce", data={"offer": offer}, follow_redirects=True)
    assert "Ring them: 0161 496 0188" in text_of(told)
    assert "Zofia Nowak, 0161 496 0188" in letter_to(app, GROUP, "We introduce you")
    with writing(app):
        db.session.execute(sa.delete(Volunteer))
    assert "Somebody to dig." not in wall(client)
    tidy(app)
    assert states(app) == ["open", "ended", "open"]
    assert member.post(f"/my/offers/{cards(app)[2].id}", data={"what": "end"}).status_code == 302
    assert member.post(f"/my/offers/{need}", data={"what": "end"}).status_code == 404


def test_a_need_that_an_offer_has_fitted_for_a_week_stands_on_today(app: Flask, funded: None) -> None:
    pair(app)
    officer = browser(app, ORGANISER)
    assert "Introduce a group" not in text_of(officer.get("/desk/"))
    with writing(app):
        db.session.execute(sa.update(WallCard).values(opened_on=today() - dt.timedelta(days=12)))
    assert "Introduce a group to somebody who can help" in text_of(officer.get("/desk/"))
    with writing(app):
        db.session.execute(sa.update(WallCard).where(WallCard.id == 1).values(account_id=None))
    assert "Introduce a group" not in text_of(officer.get("/desk/"))
    assert officer.post(f"{KEEP}/1/introduce", data={"offer": 2}).status_code == 409, "the group has not agreed"


@both_databases
def test_of_two_who_introduce_the_same_need_at_once_one_is_refused(app: Flask, funded: None) -> None:
    need = post_card(app)
    with writing(app):
        place = the_event().share.locality_id
        new = NewCard(CardSide.OFFER, "volunteers", "A hand.", None)
        offers = [post_for_member(place, new, account(MEMBER)).id for _ in range(2)]
    refused: list[str] = []

    def press_for(offer: int) -> Callable[[], None]:
        def verb() -> None:
            try:
                with writing(app):
                    locality = locality_called("sale")
                    assert locality
                    introduce_cards(locality, need, offer, account(ORGANISER))
            except Refusal as refusal:
                refused.append(str(refusal))

        return verb

    together(*(press_for(offer) for offer in offers))
    assert len(refused) == 1
    assert sorted(states(app)) == ["introduced", "introduced", "open"]
    assert CardState(states(app)[0]) is CardState.INTRODUCED
