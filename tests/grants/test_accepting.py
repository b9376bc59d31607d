"""Acceptance: one page, once, as it was worded, with a copy by mail and to download."""

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.models import Bid
from pbvote.call.groups.service import add_contact
from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.call.rounds.models import Round
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.filters import day
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.awards.service import award_of, give_back
from pbvote.grants.mentors.service import set_mentor
from pbvote.grants.promises.accepting import SaidYes, WrongPromises, accept, accept_for
from pbvote.grants.promises.proposing import NewPromise, due_by, proposed
from pbvote.mail.models import LetterAttachment
from pbvote.people.service import account_with_email
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_account, the_event, writing
from tests.grants.accepting import (
    accept_on_the_page,
    note_that_they_accept,
    one,
    promised,
    said,
    send_form,
    typed_in,
)
from tests.grants.decided import ORGANISER, awards, made, outbox
from tests.grants.paying import GROUPS, LARGE, SMALL, the_award
from tests.grants.paying import organiser as person
from tests.outbox import letters
from tests.pages import browser, text_of
from tests.paper import text_of as words_of
from tests.paper import words_on
from tests.together import together

LAST = today() + dt.timedelta(days=200)


@pytest.fixture
def desk(app: Flask) -> CheckedClient:
    """An organiser of two offers in a round that ends in 200 days."""
    desk = made(app)
    with writing(app):
        db.session.execute(sa.update(Award).values(ends_on=LAST))
        bid = db.session.get_one(Award, SMALL, options=[sa.orm.joinedload(Award.bid)]).bid
        bid.summary, bid.who_benefits = "We cook. 20 people cook together each week.", "People who live alone."
    return desk


def test_the_page_comes_filled_in_and_two_presses_accept(app: Flask, desk: CheckedClient) -> None:
    group = browser(app, GROUPS[SMALL])
    assert 'href="/my/awards/2/accept"' in group.get("/my/awards/").get_data(as_text=True)  # the first press
    page = group.get("/my/awards/2/accept")
    for part in ("£2,000", f"to spend by {day(LAST)}", "We cook."):
        assert part in text_of(page)
    filled = typed_in(page.get_data(as_text=True))
    assert filled["name"] == "Contact of Group 3"
    assert filled["role"] == "Contact"
    assert filled["promises-0-words"] == "We have begun “Project of Group 3”."
    assert filled["promises-1-words"] == "20 people cook together each week."
    assert "second_name" not in filled
    assert send_form(group, SMALL).status_code == 302  # the second press
    assert awards(app)["B-03"][1] is AwardState.ACCEPTED
    assert promised(app, SMALL) == [
        ("We have begun “Project of Group 3”.", today() + dt.timedelta(days=100)),
        ("20 people cook together each week.", LAST),
    ]
    assert "What you accepted" in text_of(group.get("/my/awards/2/accept"))
    assert "20 people cook together each week." in text_of(group.get("/my/awards/"))


def test_what_was_accepted_stays_as_it_was_worded_and_pressing_again_changes_nothing(
    app: Flask, desk: CheckedClient
) -> None:
    group = browser(app, GROUPS[SMALL])
    stale = typed_in(group.get("/my/awards/2/accept").get_data(as_text=True))
    send_form(group, SMALL, role="treasurer")
    before, sent = one(app, SMALL), len(outbox(app))
    with writing(app):
        db.session.execute(sa.update(Award).values(ends_on=LAST + dt.timedelta(days=9)))
        db.session.get_one(Bid, the_award(SMALL).bid_id).title = "Something else"
    again = group.post("/my/awards/2/accept", data={**stale, "role": "chair", "agreed": "y"})
    assert again.headers["Location"] == "/my/awards/2/accept"
    after = one(app, SMALL)
    for name in ("name", "role", "accepted_at", "project", "promise", "terms", "ends_on", "terms_version"):
        assert getattr(after, name) == getattr(before, name)
    assert after.role == "treasurer"
    assert after.terms[0] == f"We spend the money on our project, by {day(LAST)}."
    assert len(after.terms) == 6
    assert len(outbox(app)) == sent
    assert "Project of Group 3" in text_of(desk.get("/desk/awards/2/accepted"))


def test_the_copy_comes_by_mail_and_can_be_downloaded(app: Flask, desk: CheckedClient, tmp_path: Path) -> None:
    group = browser(app, GROUPS[SMALL])
    send_form(group, SMALL, role="treasurer")
    with app.app_context():
        [(letter_id, name, content)] = db.session.execute(
            sa.select(LetterAttachment.letter_id, LetterAttachment.name, LetterAttachment.content)
        ).all()
        [told] = [letter for letter in letters() if letter.id == letter_id]
    assert (told.recipient, told.subject, name) == (GROUPS[SMALL], "You accepted £2,000", "what-you-accepted.pdf")
    for pdf in (content, group.get("/my/awards/2/accepted.pdf").data, desk.get("/desk/awards/2/accepted.pdf").data):
        [page] = words_on(pdf, tmp_path)
        words = words_of(page)
        for part in ("What you accepted", "£2,000", day(LAST), "20 people cook together each week.", "6."):
            assert part in words
        assert "Contact of Group 3, treasurer" in words
    assert browser(app, GROUPS[LARGE]).get("/my/awards/2/accepted.pdf").status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"agreed": ""}, "Tick the box to accept"),
        ({"name": ""}, "Enter your name"),
        (
            {"promises-1-words": "", **{f"promises-1-due_on-{it}": "" for it in ("day", "month", "year")}},
            "two promises",
        ),
        ({"promises-0-due_on-year": "2001"}, "The date must be on or after"),
        ({"promises-0-due_on-year": "2090"}, "The date must be on or before"),
        ({"promises-0-words": "long " * 60}, "A promise must be 140 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    app: Flask, desk: CheckedClient, changes: dict[str, str], sentence: str
) -> None:
    group = browser(app, GROUPS[SMALL])
    page = typed_in(group.get("/my/awards/2/accept").get_data(as_text=True))
    data = {**page, "agreed": "y", "promises-2-words": "We have a cookbook.", **changes}
    data |= {f"promises-2-due_on-{it}": page[f"promises-0-due_on-{it}"] for it in ("day", "month", "year")}
    if "two promises" in sentence:
        data = {name: value for name, value in data.items() if not name.startswith("promises-2")}
    if not data["agreed"]:
        del data["agreed"]
    refused = group.post("/my/awards/2/accept", data=data)
    assert refused.status_code == 422
    assert sentence in text_of(refused)
    assert "two promises" in sentence or "We have a cookbook." in text_of(refused)
    assert awards(app)["B-03"][1] is AwardState.OFFERED
    assert promised(app, SMALL) == []


def test_the_service_keeps_the_limits_itself(app: Flask, desk: CheckedClient) -> None:
    a_day = dt.timedelta(days=1)
    fine = NewPromise("We have begun.", LAST)
    wrong = ([fine], [fine] * 6, [fine, NewPromise("x", today() - a_day)], [fine, NewPromise("x", LAST + a_day)])
    with writing(app):
        award = the_award(SMALL)
        contact = account_with_email(GROUPS[SMALL])
        assert contact
        for promises in wrong:
            with pytest.raises(WrongPromises):
                accept(award, SaidYes("Amina", "chair", promises), contact)
        db.session.get_one(Round, 1).grant_rules = GrantRules(photo_report_to_pence=2_000_00)
        db.session.execute(sa.update(Award).values(ends_on=LAST))
        db.session.flush()
        assert accept(award, SaidYes("Amina", "chair", [fine]), contact)  # one is enough for a small award


def test_after_the_last_day_nothing_is_accepted_and_the_group_reads_why(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        db.session.execute(sa.update(Award).values(ends_on=today() - dt.timedelta(days=1)))
    late = browser(app, GROUPS[SMALL]).get("/my/awards/2/accept")
    assert late.status_code == 409
    assert "Ring us, and we agree on another day with you." in text_of(late)


def test_a_later_day_of_the_round_lets_a_late_group_accept_until_then(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        db.session.execute(sa.update(Award).values(ends_on=today() - dt.timedelta(days=1)))
        db.session.get_one(Round, 1).grant_rules = GrantRules(ends_on=LAST)
    group = browser(app, GROUPS[SMALL])
    assert f"to spend by {day(LAST)}" in text_of(group.get("/my/awards/2/accept"))
    assert send_form(group, SMALL).status_code == 302
    assert one(app, SMALL).ends_on == LAST
    assert f"We spend the money on our project, by {day(LAST)}." in one(app, SMALL).terms
    with app.app_context():
        assert the_award(SMALL).ends_on == LAST, "and so its report is due after that day"


def test_a_group_on_the_telephone_accepts_by_the_organisers_hand(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        group = the_award(LARGE).bid.group
        assert group
        group.contacts.clear()
        group.contact_by_post = "Ada Byrne, 0161 496 0001"
    refused = note_that_they_accept(desk, LARGE, second_name="Ada Byrne")
    assert refused.status_code == 422
    assert "Name somebody else." in text_of(refused)
    assert note_that_they_accept(desk, LARGE).status_code == 302
    kept = one(app, LARGE)
    assert (kept.name, kept.second_name, kept.email, kept.waits) == ("Ada Byrne", "Bea Byrne", "", False)
    assert awards(app)["B-02"][1] is AwardState.ACCEPTED
    assert desk.get("/desk/awards/1/accept").status_code == 409
    with writing(app), pytest.raises(Exception, match="answers on its own page"):
        accept_for(the_award(SMALL), said(the_award(SMALL)), person(ORGANISER))


@both_databases
def test_of_two_contacts_who_accept_at_once_one_counts(app: Flask) -> None:
    made(app)
    with writing(app):
        group = the_award(SMALL).bid.group
        assert group
        add_contact(group, "Bea Byrne", "bea@group.example", "")
    outcomes: list[bool] = []

    def answer(email: str) -> None:
        with writing(app):
            award, contact = award_of(SMALL), account_with_email(email)
            assert award
            assert contact
            outcomes.append(accept(award, said(award), contact))

    together(lambda: answer(GROUPS[SMALL]), lambda: answer("bea@group.example"))
    assert sorted(outcomes) == [False, True]
    assert len(promised(app, SMALL)) == 2
    with app.app_context():
        history = [step.state for step in db.session.get_one(Award, SMALL).history]
        copies = db.session.scalar(sa.select(sa.func.count()).select_from(LetterAttachment))
    assert history == [AwardState.OFFERED, AwardState.ACCEPTED]
    assert copies == 1


def test_an_accepted_award_can_still_be_given_back_before_it_is_paid(app: Flask, desk: CheckedClient) -> None:
    accept_on_the_page(app, browser(app, GROUPS[SMALL]), SMALL)
    with writing(app):
        give_back(the_award(SMALL), person(GROUPS[SMALL]))
    assert "promises kept" not in text_of(desk.get("/desk/monitoring/"))


def test_sentences_that_count_come_first_and_a_named_month_is_the_day() -> None:
    last = dt.date(today().year + 1, 7, 31)
    bid = Bid(title="Cooking", summary="We help. 20 people cook together. It is fun for all.", who_benefits="")
    assert [promise.words for promise in proposed(bid, last, 2)] == [
        "20 people cook together.",
        "It is fun for all.",
    ]
    counted = Bid(title="Websites", summary="We build websites.", who_benefits="18 young people.")
    assert [promise.words for promise in proposed(counted, last, 2)] == [
        "18 young people have taken part.",
        "We build websites.",
    ]
    assert [promise.words for promise in proposed(Bid(title="Bees", summary="", who_benefits=""), last, 1)] == [
        "We have begun “Bees”."
    ]
    year = today().year + 1
    assert due_by(f"20 people cooked together by May {year}", last) == dt.date(year, 5, 31)
    assert due_by("20 people cooked together by May 2001", last) == last
    assert due_by("We march on", last) == last


def test_a_group_that_works_with_people_at_risk_names_its_safeguarding_lead(app: Flask) -> None:
    made(app)
    group = browser(app, GROUPS[SMALL])
    assert "safeguarding" not in text_of(group.get("/my/awards/2/accept"))
    with writing(app):
        the_award(SMALL).bid.works_with_people_at_risk = True
    refused = send_form(group, SMALL)
    assert refused.status_code == 422
    assert "Enter who looks after safeguarding, with a telephone number" in text_of(refused)
    assert send_form(group, SMALL, lead="Femi Lead, 0161 496 0188").status_code == 302
    with writing(app):
        member = an_account(Role.LP_MEMBER, "marek@partnership.example", the_event().share.locality)
        set_mentor(the_award(SMALL), member)
    mentor = browser(app, "marek@partnership.example")
    page = text_of(mentor.get("/my/groups/2", headers={"X-Kept-Copy": "1"}))
    assert "Go in twos." in page
    assert "Their safeguarding lead: Femi Lead, 0161 496 0188" in page
    assert "Going alone?" not in page
    assert group.post("/my/awards/2/safeguarding-lead", data={"lead": " "}).status_code == 422
    assert group.post("/my/awards/2/safeguarding-lead", data={"lead": "Ola Next, 0161 496 0177"}).status_code == 302
    assert "Ola Next, 0161 496 0177" in text_of(mentor.get("/my/groups/2"))
    assert browser(app, GROUPS[LARGE]).post("/my/awards/2/safeguarding-lead", data={"lead": "Me"}).status_code == 404
