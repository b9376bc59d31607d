"""Needs and offers on a locality's wall: who may put them there, who answers, and what nobody reads."""

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.contacts import NO_CONTACTS
from pbvote.db import db
from pbvote.grants.directory.listing import Consent, take_back
from pbvote.grants.network.models import WallAnswer, WallCard
from pbvote.grants.network.posting import open_from_visits
from tests.checked_client import CheckedClient
from tests.factories import writing
from tests.grants.listing import add_ward, list_group, meet
from tests.grants.networking import AT, NEED, answer, cards, code_in, post_card, wall
from tests.grants.paying import the_award
from tests.grants.visiting import GROUP
from tests.outbox import letters
from tests.pages import browser, text_of

pytestmark = pytest.mark.usefixtures("funded")


def test_a_group_puts_a_need_on_the_wall_and_takes_it_off(app: Flask, client: CheckedClient) -> None:
    ward, group = add_ward(app), browser(app, GROUP)
    assert "There is no card on this wall now." in wall(client)
    assert group.post(AT, data={**NEED, "ward": f"1:{ward}"}).status_code == 302
    page = wall(client)
    assert "Two people to serve soup on Fridays." in page
    assert "Group 1" in page
    assert "Priory" in page
    assert "Contact of" not in page
    assert "group1@" not in page
    assert "soup" in wall(client, "?kind=volunteers")
    assert "soup" not in wall(client, "?kind=venue")
    assert "soup" in wall(client, "?kind=nonsense")
    assert "On the wall until" in text_of(group.get(AT))
    [card] = cards(app)
    assert group.post(f"{AT}/{card.id}", data={"what": "end"}).status_code == 302
    assert "soup" not in wall(client)
    assert client.get(f"/localities/sale/wall/{card.id}").status_code == 404
    assert group.post(f"{AT}/{card.id}", data={"what": "helped"}).status_code == 409
    assert group.post(f"{AT}/{card.id}", data={"what": "nonsense"}).status_code == 422


REFUSED = (
    ({"side": ""}, "Choose whether you need it or give it"),
    ({"kind": ""}, "Choose what it is about"),
    ({"kind": "money"}, "Choose one of the answers listed"),
    ({"sentence": ""}, "Say in a sentence what it is"),
    ({"sentence": "a " * 41}, "must be 40 words or fewer"),
    ({"sentence": "Ring 0161 496 0123"}, NO_CONTACTS),
    ({"sentence": "Write to ann@example.org"}, NO_CONTACTS),
    ({"ward": "999"}, "Choose one of the answers listed"),
    ({"agrees": ""}, "Tick that we may pass them on"),
)


def test_what_will_not_do_is_refused_in_a_sentence(app: Flask) -> None:
    group = browser(app, GROUP)
    for changes, sentence in REFUSED:
        data = {name: value for name, value in {**NEED, **changes}.items() if value}
        answered = group.post(AT, data=data)
        assert (answered.status_code, sentence in text_of(answered)) == (422, True), changes
    assert not cards(app)
    for number in range(12):
        post_card(app, sentence=f"Soup {number}")
    assert "You have 12 cards on the wall" in text_of(group.post(AT, data=NEED))
    other = browser(app, "group2@group.example")
    assert other.get(AT).status_code == other.post(AT, data=NEED).status_code == 404
    assert other.post(f"{AT}/{cards(app)[0].id}", data={"what": "end"}).status_code == 404


def test_what_a_mentor_noted_takes_the_groups_word(app: Flask, client: CheckedClient) -> None:
    meet(app, ["venue"], ago=2)
    list_group(app)
    assert opened(app) == 0, "the group has not agreed to show its needs"
    with writing(app):
        take_back(the_award(1), Consent.ALL)
    list_group(app, shows_needs=True)
    assert opened(app) == 1
    assert opened(app) == 0, "each once"
    assert "Our mentor noted: a venue would help us." in wall(client)
    with writing(app):
        take_back(the_award(1), Consent.NEEDS)
    assert "venue would" not in wall(client)
    group, card = browser(app, GROUP), cards(app)[0]
    assert group.post(f"{AT}/{card.id}", data={"agree": "1"}).status_code == 302
    assert "venue would" in wall(client), "it is the group's own now"
    assert "May we introduce you" not in text_of(group.get(AT))


def opened(app: Flask) -> int:
    with writing(app):
        return open_from_visits()


def test_anybody_answers_and_nothing_is_passed_on_before_the_letters_button(app: Flask, client: CheckedClient) -> None:
    card_id = post_card(app)
    for changes, sentence in (
        ({"name": ""}, "Enter your name"),
        ({"email": "ann"}, "Enter an email address in the correct format"),
        ({"words": ""}, "Say something to them"),
    ):
        refused = answer(client, card_id, **changes)
        assert (refused.status_code, sentence in text_of(refused)) == (422, True)
    assert answer(client, card_id).status_code == 302
    with app.app_context():
        [letter] = [each for each in letters() if each.recipient == "ann@resident.example"]
        assert "soup" not in letter.body
        assert not any("Ann Bee" in each.body for each in letters())
    code = code_in(letter.body)
    assert client.get("/wall/answer").status_code == 200
    assert "does not work any more" in text_of(client.post("/wall/answer", data={"code": "0" * 12}))
    for _ in range(2):
        assert client.post("/wall/answer", data={"code": code}).location == "/wall/done/passed"
    with app.app_context():
        [passed] = [each for each in letters() if each.recipient == GROUP and "Ann Bee" in each.body]
        assert "ann@resident.example" in passed.body
        assert "I have Fridays off." in passed.body
    assert "Ann Bee" not in wall(client)
    group = browser(app, GROUP)
    assert "Ann Bee" in text_of(group.get(AT))
    own = client.post("/wall/card", data={"code": code_in(passed.body)})
    assert "Ann Bee" in text_of(own)
    said = client.post("/wall/card/say", data={"code": code_in(passed.body), "what": "answered"})
    assert said.location == "/wall/done/said"
    assert "Ann Bee" not in text_of(group.get(AT))
    assert client.post("/wall/answer", data={"code": code, "delete": "1"}).location == "/wall/done/deleted"
    with app.app_context():
        assert db.session.scalar(sa.select(WallAnswer.id)) is None


def test_a_flood_of_answers_ends(app: Flask, client: CheckedClient) -> None:
    card_id = post_card(app)
    assert [answer(client, card_id).status_code for _ in range(11)] == [302] * 10 + [429]
    with writing(app):
        rows = [
            {
                "card_id": card_id,
                "name": "A",
                "email": f"a{number}@b.example",
                "words": "x",
                "asked_on": sa.func.current_date(),
            }
            for number in range(20)
        ]
        for row in rows:
            db.session.execute(sa.insert(WallAnswer).values(**row))
    full = answer(client, card_id, email="b@resident.example")
    assert (full.status_code, "Many people have answered" in text_of(full)) == (429, True)


def test_a_group_answers_another_from_its_own_offer_at_once(app: Flask) -> None:
    card_id, own = post_card(app), post_card(app, side="offer", sentence="Two cooks.")
    group = browser(app, GROUP)
    page = text_of(group.get(f"/localities/sale/wall/{card_id}"))
    assert "Two cooks." in page
    sent = answer(group, card_id, email=GROUP, own=str(own))
    assert sent.location == "/wall/done/passed"
    with app.app_context():
        assert "They say of themselves: “Two cooks.”" in letters()[0].body
        assert db.session.scalar(sa.select(WallAnswer.own_card_id)) == own
        assert db.session.scalar(sa.select(sa.func.count()).select_from(WallCard)) == 2
