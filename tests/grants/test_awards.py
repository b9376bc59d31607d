"""Awards: made once, of a published result, and moved on step by step by whose step it is."""

import datetime as dt
import re
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import orm

from pbvote.call.rounds.service import settle_share
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.filters import day as day_in_words
from pbvote.grants.awards import service
from pbvote.grants.awards.models import Award, AwardState
from pbvote.people.service import account_with_email
from pbvote.tally import Rule, TieKey
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_event, an_open_poll, cast, count_closed, the_event, writing
from tests.hall import organiser_does
from tests.outbox import letters
from tests.pages import browser, text_of
from tests.together import together

ORGANISER = "organiser@council.example"
DECISION = "The council follows the vote. No interests were declared."


def result(app: Flask, *, is_published: bool = True) -> str:
    """An event whose £5,000 went to bids 2 and 3 (£3,000 and £2,000); the address of its awards."""
    with writing(app):
        _, slips = an_open_poll(2)
        for slip in slips:
            cast(slip.code, {"B-01": 1, "B-02": 5, "B-03": 4})
        slug = the_event().slug
    for verb in (close_poll, count_closed, *([publish_outcome] if is_published else [])):
        organiser_does(app, verb)
    return f"/desk/events/{slug}/awards"


def decision(day: dt.date | None = None, reason: str = DECISION) -> dict[str, str]:
    """The decision form, filled in."""
    decided = day or today()
    parts = {"day": decided.day, "month": decided.month, "year": decided.year}
    return {**{f"decided_on-{part}": str(value) for part, value in parts.items()}, "reason": reason}


def awards(app: Flask) -> dict[str, tuple[int, AwardState]]:
    """Each award's pence and state by its bid's reference."""
    with app.app_context():
        found = db.session.scalars(sa.select(Award).options(orm.joinedload(Award.bid)).order_by(Award.id))
        return {award.bid.reference: (award.award_pence, award.state) for award in found}


def made(app: Flask) -> CheckedClient:
    """The organiser, who has just made the awards."""
    address = result(app)
    desk = browser(app, ORGANISER)
    assert desk.post(address, data=decision()).status_code == 302
    return desk


def test_the_council_decides_after_the_vote_and_every_funded_group_gets_its_offer(app: Flask) -> None:
    address = result(app)
    desk = browser(app, ORGANISER)
    with app.app_context():
        before = len(letters())
    assert desk.post(address, data=decision()).status_code == 302
    assert awards(app) == {"B-02": (3_000_00, AwardState.OFFERED), "B-03": (2_000_00, AwardState.OFFERED)}
    assert DECISION in text_of(desk.get(address))
    with app.app_context():
        offers = letters()[: len(letters()) - before]
        assert [letter.recipient for letter in offers] == ["group3@group.example", "group2@group.example"]
        assert offers[1].subject == "Your grant: £3,000"
        assert "/link#" in offers[1].body  # a way in, for who has no password


def test_nothing_is_awarded_before_the_result_is_public(app: Flask) -> None:
    address = result(app, is_published=False)
    refused = browser(app, ORGANISER).post(address, data=decision())
    assert refused.status_code == 409
    assert "Publish the result first." in text_of(refused)
    assert awards(app) == {}


def test_a_decision_without_a_day_or_a_reason_is_refused_and_keeps_what_was_typed(app: Flask) -> None:
    address = result(app)
    desk = browser(app, ORGANISER)
    for form, complaint in [
        (decision(today() + dt.timedelta(days=1)), "The day of the decision can't be in the future"),
        (
            decision(dt.date(2001, 1, 1)),
            f"Sale decides began on {day_in_words(today())}. Enter that day or a later one.",
        ),
        (decision(reason="  "), "Write the decision down"),
        ({"reason": DECISION}, "Enter the day of the decision"),
        (decision() | {"decided_on-day": "32"}, "The date must be a real date"),
    ]:
        refused = desk.post(address, data=form)
        assert refused.status_code == 422
        assert complaint in text_of(refused)
        assert form["reason"].strip() in text_of(refused)
        assert f'value="{form.get("decided_on-day", "")}"' in refused.get_data(as_text=True) or len(form) == 1
    assert awards(app) == {}


@both_databases
def test_awards_are_made_once_though_two_press_the_button_at_once(app: Flask) -> None:
    address = result(app)
    statuses: list[int] = []

    def make() -> None:
        statuses.append(browser(app, ORGANISER).post(address, data=decision()).status_code)

    together(make, make, make)
    assert sorted(statuses) == [302, 409, 409]
    assert len(awards(app)) == 2
    late = browser(app, ORGANISER).post(address, data=decision())
    assert "The awards of this event are made already." in text_of(late)


def test_a_group_accepts_then_the_agreement_is_signed_each_once(app: Flask) -> None:
    desk = made(app)
    group = browser(app, "group2@group.example")
    assert "£3,000" in text_of(group.get("/my/awards/"))
    assert desk.post("/desk/awards/1/sign").status_code == 409  # before the group has said yes
    assert group.post("/my/awards/1/accept").status_code == 302
    for again in ("accept", "decline"):
        refused = group.post(f"/my/awards/1/{again}")
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
    assert history == [("offered", organiser.id), ("accepted", contact.id), ("signed", organiser.id)]


def test_a_declined_offer_is_over(app: Flask) -> None:
    desk = made(app)
    group = browser(app, "group2@group.example")
    assert group.post("/my/awards/1/decline").status_code == 302
    assert group.post("/my/awards/1/accept").status_code == 409
    assert desk.post("/desk/awards/1/sign").status_code == 409
    assert awards(app)["B-02"][1] is AwardState.DECLINED
    with app.app_context():
        assert [award.bid.reference for award in service.standing_awards()] == ["B-03"]


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
    assert desk.post(address, data=decision()).status_code == 302
    # £4,000 of £5,000 went to the first; the second asked for £3,000.
    assert awards(app) == {"B-01": (4_000_00, AwardState.OFFERED), "B-02": (1_000_00, AwardState.OFFERED)}
    with app.app_context():
        assert any(
            "asked for £3,000. The council offers you what is left in Sale: £1,000." in letter.body
            for letter in letters()
        )


def slug_of(app: Flask) -> str:
    """The event's slug."""
    with app.app_context():
        return the_event().slug
