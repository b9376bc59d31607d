"""What a member's phone hands over later: once, only theirs, and only from a page of ours."""

import datetime as dt
import re
from hashlib import sha256

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import GroupContact
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.promises.models import Promise
from pbvote.grants.visits import service
from pbvote.grants.visits.worries import answer_worry
from pbvote.people.service import account_with_email, set_disabled
from tests.conftest import AppMaker, both_databases
from tests.factories import writing
from tests.grants.handing_in import OURS, hand_in, number_of
from tests.grants.kept_forms import BUILDS, PRESENT, WORDS, build_on, sent
from tests.grants.visiting import MEMBER, ORGANISER, OTHER, account, day, hand_over, log, logged, stay_with_all
from tests.pages import browser, client_of, text_of

COPY = {"X-Kept-Copy": "1"}
SECRET = "The till was empty."


@both_databases
def test_it_is_stored_once_though_it_comes_three_times(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    answers = [hand_in(app, member).get_json() for _ in range(3)]
    assert answers == [{"said": "Thank you. Your check-in is stored.", "check_in": 1, "also": []}] * 3
    assert [one.words for one in logged(app)] == [WORDS]
    # The same form, sent by the page itself as well.
    assert log(member, PRESENT["form_key"], words=WORDS).status_code == 302
    assert len(logged(app)) == 1


def present_build(app: Flask) -> dict[str, set[str]]:
    """The form of today, where it asks for everything that it can."""
    [other, _] = stay_with_all(app)
    with writing(app):
        db.session.add(Promise(award_id=other, number=1, words="A wall.", due_on=today() + dt.timedelta(days=9)))
    return build_on(browser(app, MEMBER).get("/my/groups/1").get_data(as_text=True))


def test_the_newest_build_is_the_form_of_today(app: Flask, funded: None) -> None:
    newest = {name: set(choices) for name, choices in [*BUILDS.values()][-1].items()}
    assert present_build(app) == newest, "the form has changed: tests/grants/kept_forms.py says how to add a build"
    assert len(BUILDS) == 4, "the newest, and the three before it"


def test_no_name_and_no_choice_of_an_earlier_build_is_gone(app: Flask, funded: None) -> None:
    present = present_build(app)
    for called, build in BUILDS.items():
        gone = {name: set(choices) - present.get(name, set()) for name, choices in build.items()}
        assert {name for name in build if name not in present} == set(), called
        assert {name: choices for name, choices in gone.items() if choices} == {}, called


@pytest.mark.parametrize("name", BUILDS)
def test_the_forms_of_earlier_builds_are_taken(app: Flask, funded: None, name: str) -> None:
    member, build, stored = browser(app, MEMBER), BUILDS[name], 0
    assert hand_in(app, member, {**sent(build), "of_a_later_build": "yes"}).status_code == 200
    for field in ("standing", "contact_method", "needs", "next_visit"):
        for choice in build[field]:
            words = sha256(f"{field} {choice}".encode()).hexdigest()  # unlike any other: no correction of it
            said = sent(build, **{"form_key": f"{field}-{choice}", "words": words, field: choice})
            assert hand_in(app, member, said).status_code == 200, (field, choice)
            stored += 1
    assert logged(app)[0].words == WORDS
    assert len(logged(app)) == 1 + stored == 18


def test_it_belongs_to_whoever_wrote_it(app: Flask, funded: None) -> None:
    hand_over(app)
    assert hand_in(app, browser(app, OTHER)).status_code == 403  # the other is the mentor now
    assert logged(app) == []
    assert hand_in(app, browser(app, MEMBER)).status_code == 200


def test_a_session_that_has_ended_leads_to_the_sign_in_and_stores_nothing(app: Flask, funded: None) -> None:
    answer = hand_in(app, client_of(app))
    assert answer.status_code in {302, 403}
    assert logged(app) == []


def test_what_a_suspended_member_kept_is_refused_and_stored_as_it_was_once_they_are_let_in_again(
    app: Flask, funded: None
) -> None:
    met_on, member = today(), browser(app, MEMBER)

    def let(is_disabled: bool) -> None:
        with writing(app):
            set_disabled(account(MEMBER), is_disabled=is_disabled, by=account(ORGANISER))

    let(is_disabled=True)
    assert hand_in(app, member).status_code in {302, 403}
    assert logged(app) == []
    let(is_disabled=False)
    # The old session stays ended: the phone keeps the form until they sign in afresh.
    assert hand_in(app, member).status_code in {302, 403}
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=3), tick=False):
        answers = [hand_in(app, browser(app, MEMBER), met_on=met_on) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    [check_in] = logged(app)
    assert (check_in.words, check_in.met_on, str(check_in.account_id)) == (WORDS, met_on, number_of(app, MEMBER))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"X-Own-Script": "1"},
        OURS | {"Sec-Fetch-Site": "cross-site"},
        {"X-Own-Script": "1", "Origin": "https://elsewhere.example"},
    ],
)
def test_another_site_can_send_nothing(make_app: AppMaker, funded: None, app: Flask, headers: dict[str, str]) -> None:
    strict = make_app(WTF_CSRF_ENABLED=True)
    assert hand_in(app, browser(strict, MEMBER), headers=headers).status_code == 400
    assert logged(app) == []
    assert hand_in(app, browser(strict, MEMBER)).status_code == 200  # without a token


def test_what_can_not_be_taken_is_said_in_a_sentence(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    refused = hand_in(app, member, met_on=today() + dt.timedelta(days=1))
    assert refused.status_code == 422
    assert refused.get_json() == {"errors": [["The day can’t be in the future", "met_on-day"]]}
    refused = hand_in(app, member, met_on=dt.date(2001, 1, 1))
    assert "The council decided on this award on" in refused.get_json()["errors"][0][0]
    elsewhere = {**PRESENT, **day("met_on", today()), "account": number_of(app, MEMBER)}
    refused = member.post("/my/groups/999/outbox", data=elsewhere, headers=OURS)
    assert (refused.status_code, refused.get_json()) == (422, {"said": "You have never stayed with this group."})
    assert logged(app) == []


def test_two_weeks_are_counted_from_the_day_on_which_it_was_written(app: Flask, funded: None) -> None:
    written = today()
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=5), tick=False):
        sent = hand_in(app, browser(app, MEMBER), {**PRESENT, "next_visit": "2"}, met_on=written)
        assert sent.status_code == 200
        with app.app_context():
            assert service.planned_visit(1) == written + dt.timedelta(weeks=2)


def test_a_phone_whose_clock_is_wrong_plans_no_visit_before_this_one(app: Flask, funded: None) -> None:
    long_ago = dt.date(2020, 1, 1)
    assert hand_in(app, browser(app, MEMBER), {**PRESENT, "next_visit": "2"}, saved_on=long_ago).status_code == 200
    with app.app_context():
        assert service.planned_visit(1) == today() + dt.timedelta(weeks=2)


def test_a_page_that_a_phone_keeps_holds_nothing_that_only_the_officer_reads(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member, standing="worried", concern=SECRET)
    with writing(app):
        organiser, worry = (
            account_with_email(ORGANISER),
            service.check_ins_of(service.funded_groups()[0].award)[0].worry,
        )
        assert organiser
        assert worry
        answer_worry(worry, "The treasurer has counted it.", organiser)
    shown, kept = member.get("/my/groups/1"), member.get("/my/groups/1", headers=COPY)
    for secret in (SECRET, "The treasurer has counted it."):
        assert secret in text_of(shown)
        assert secret not in kept.get_data(as_text=True)
    assert "An officer has answered this worry." in text_of(kept)
    assert "No signal. This is the page as it was at" in text_of(kept)
    assert "No signal" not in text_of(shown)
    assert SECRET not in member.get("/my/groups/", headers=COPY).get_data(as_text=True)


def test_a_kept_page_takes_no_message_from_the_page_that_is_looked_at(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member)
    assert "Your check-in is stored" not in text_of(member.get("/my/groups/", headers=COPY))
    assert "Your check-in is stored" in text_of(member.get("/my/groups/"))


def test_the_worker_answers_for_groups_alone_and_can_be_taken_back(make_app: AppMaker) -> None:
    worker = client_of(make_app()).get("/my/groups/worker.js")
    assert worker.mimetype == "text/javascript"
    begins = worker.get_data(as_text=True)
    assert begins.startswith('const DOOR = {"path": "/my/groups/"')
    assert '"copies": true' in begins
    assert "Service-Worker-Allowed" not in worker.headers  # so it can answer for no page above its own
    assert re.search(r"/static/groups\.[0-9a-f]{12}\.js", begins)
    ended = client_of(make_app(OFFLINE_PAGES=False)).get("/my/groups/worker.js").get_data(as_text=True)
    assert "registration.unregister()" in ended


def test_a_card_says_the_promise_the_last_words_the_needs_and_the_telephone(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    with writing(app):
        contact = db.session.scalars(sa.select(GroupContact).join(Bid, Bid.group_id == GroupContact.group_id)).first()
        promise = service.funded_groups()[0].award.bid.summary
        assert contact
        contact.phone = "0161 496 0123"
    log(member, needs=["venue", "volunteers"], standing="could_use_help")
    log(member, standing="not_reached", words="The door was shut.")
    page = text_of(member.get("/my/groups/"))
    for part in (promise, "41 pupils came.", "volunteers, a venue", "0161 496 0123"):
        assert part in page
    assert 'href="tel:01614960123"' in member.get("/my/groups/").get_data(as_text=True)
