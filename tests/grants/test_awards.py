"""Awards: accepted, declined, signed, given back, by whose step it is."""

from collections.abc import Callable

import pytest
from flask import Flask

from pbvote.db import db
from pbvote.grants.awards import service
from pbvote.grants.awards.models import Award, AwardState
from pbvote.people.service import account_with_email
from tests.conftest import both_databases
from tests.factories import writing
from tests.grants.accepting import accept_on_the_page
from tests.grants.decided import ORGANISER, awards, made, result, slug_of
from tests.pages import browser, text_of
from tests.together import together


def test_a_group_accepts_then_the_agreement_is_signed_each_once(app: Flask) -> None:
    desk = made(app)
    group = browser(app, "group2@group.example")
    assert "£3,000" in text_of(group.get("/my/awards/"))
    assert desk.post("/desk/awards/1/sign").status_code == 409  # before the group has said yes
    accept_on_the_page(app, group, 1)
    assert group.post("/my/awards/1/accept").status_code == 302  # pressed again, nothing changes
    refused = group.post("/my/awards/1/decline")
    assert refused.status_code == 409
    assert "Somebody has moved this award on meanwhile." in text_of(refused)
    assert desk.post("/desk/awards/1/sign").status_code == 302
    assert desk.post("/desk/awards/1/sign").status_code == 409
    assert awards(app)["B-02"][1] is AwardState.SIGNED
    with app.app_context():
        history = [(step.state.value, step.account_id) for step in db.session.get_one(Award, 1).history]
        organiser, contact = (account_with_email(email) for email in (ORGANISER, "group2@group.example"))
        assert organiser
        assert contact
    waits = ("waits_for_second", contact.id)
    assert history == [("offered", organiser.id), waits, ("accepted", None), ("signed", organiser.id)]


def test_a_declined_offer_is_over(app: Flask) -> None:
    desk = made(app)
    group = browser(app, "group2@group.example")
    assert group.post("/my/awards/1/decline").status_code == 302
    assert group.post("/my/awards/1/accept").status_code == 409
    assert group.get("/my/awards/1/give-back").status_code == 409
    assert desk.post("/desk/awards/1/sign").status_code == 409
    assert awards(app)["B-02"][1] is AwardState.DECLINED
    with app.app_context():
        assert [award.bid.reference for award in service.standing_awards()] == ["B-03"]


@pytest.mark.parametrize("is_signed", [False, True])
def test_we_cannot_do_it_after_all_puts_the_money_back_with_the_groups_words(app: Flask, is_signed: bool) -> None:
    desk, group = made(app), browser(app, "group2@group.example")
    accept_on_the_page(app, group, 1)
    if is_signed:
        desk.post("/desk/awards/1/sign")
    assert 'href="/my/awards/1/give-back"' in group.get("/my/awards/").get_data(as_text=True)
    assert "The £3,000 then goes back to Sale" in text_of(group.get("/my/awards/1/give-back"))
    assert group.post("/my/awards/1/give-back", data={"words": "long " * 61}).status_code == 422
    assert awards(app)["B-02"][1] is not AwardState.DECLINED
    assert group.post("/my/awards/1/give-back", data={"words": "Our hall has closed."}).status_code == 302
    assert awards(app)["B-02"][1] is AwardState.DECLINED
    today_page = text_of(desk.get("/desk/"))
    assert "£3,000 is free in Sale: decide" in today_page
    assert "Group 2 can’t do it: “Our hall has closed.”" in today_page
    assert "1 award of £2,000 together" in text_of(desk.get(f"/desk/events/{slug_of(app)}/awards"))
    assert "Group 2" not in text_of(desk.get("/desk/monitoring/"))


def test_a_group_answers_for_its_own_offer_only(app: Flask) -> None:
    made(app)
    other = browser(app, "group3@group.example")
    for verb in ("accept", "decline"):
        assert other.post(f"/my/awards/1/{verb}").status_code == 404
    assert "£3,000" not in text_of(other.get("/my/awards/"))
    assert awards(app)["B-02"][1] is AwardState.OFFERED


@both_databases
def test_of_yes_and_no_at_once_one_counts(app: Flask) -> None:
    made(app)
    answers: list[str] = []

    def answer(verb: Callable[..., None]) -> None:
        try:
            with writing(app):
                award, contact = service.award_of(1), account_with_email("group2@group.example")
                assert award
                assert contact
                verb(award, contact)
            answers.append(verb.__name__)
        except service.AwardMoved:
            answers.append("moved")

    together(lambda: answer(service.accept_offer), lambda: answer(service.decline_offer))
    [winner] = set(answers) - {"moved"}
    assert len(answers) == 2
    expected = AwardState.ACCEPTED if winner == "accept_offer" else AwardState.DECLINED
    assert awards(app)["B-02"][1] is expected


def test_an_award_that_is_not_there_is_not_found(app: Flask) -> None:
    result(app)
    desk = browser(app, ORGANISER)
    assert desk.post("/desk/awards/99/sign").status_code == 404
    assert desk.get("/desk/events/nowhere/awards").status_code == 404
