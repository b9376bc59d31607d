"""Check-ins: who reads what, what may be corrected, several groups at once, and those that come after a handover."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.call.rounds.grant_rules import GrantRules
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.settling import settle_grants
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardDecision, AwardState
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.visits import service
from pbvote.grants.visits.models import CheckIn, CheckInCorrection
from tests.factories import writing
from tests.grants.visiting import MEMBER, ORGANISER, OTHER, colour_of, day, hand_over, log, stay_with_all
from tests.pages import browser, text_of

GROUP = "group1@group.example"
A_DAY_LATER = dt.timedelta(hours=24, minutes=1)


def check_ins(app: Flask) -> list[CheckIn]:
    """Every check-in."""
    with app.app_context():
        return list(db.session.scalars(sa.select(CheckIn).order_by(CheckIn.id)))


def test_the_group_reads_the_words_a_day_later_and_never_the_concern(app: Flask, funded: None) -> None:
    log(browser(app, MEMBER), concern="The till was empty.")
    assert "Nobody has written about a visit yet" in text_of(browser(app, GROUP).get("/my/awards/1/visits"))
    with time_machine.travel(dt.datetime.now(dt.UTC) + A_DAY_LATER, tick=False):
        page = text_of(browser(app, GROUP).get("/my/awards/1/visits"))
        assert "41 pupils came." in page
        assert "The till was empty." not in page
        assert browser(app, "group2@group.example").get("/my/awards/1/visits").status_code == 404
        assert "/my/awards/1/visits" in browser(app, GROUP).get("/my/awards/").get_data(as_text=True)


def test_each_box_says_who_reads_it(app: Flask, funded: None) -> None:
    page = text_of(browser(app, MEMBER).get("/my/groups/1"))
    assert "The group sees this, a day after you save it." in page
    assert "Only the partnership officer sees this" in page
    assert "Somebody in danger? Ring 999" in page
    assert "A safeguarding concern?" in page
    assert "Tell somebody where you go" in page


@pytest.mark.parametrize("headers", [{}, {"X-Kept-Copy": "1"}], ids=["at once", "kept on the phone"])
def test_the_round_says_whom_to_ring_and_what_who_goes_alone_does(
    app: Flask, funded: None, headers: dict[str, str]
) -> None:
    member = browser(app, MEMBER)
    assert "Tell the council at once" in text_of(member.get("/my/groups/1", headers=headers))
    with writing(app):
        round_ = db.session.get_one(Round, 1)
        named = GrantRules(lone_visits="Text us.", safeguarding_name="Grace", safeguarding_phone="0161 496 0199")
        settle_grants(round_, named)
    page = member.get("/my/groups/1", headers=headers)
    assert "A safeguarding concern? Ring Grace: 0161 496 0199" in text_of(page)
    assert 'href="tel:01614960199"' in page.get_data(as_text=True)
    assert "Text us." in text_of(page)


def test_what_was_promised_and_the_last_visit_stand_above_the_form(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member)
    with app.app_context():
        promised = service.funded_groups()[0].award.bid.summary
    page = text_of(member.get("/my/groups/1"))
    assert 0 < page.index("What they promised") < page.index(promised) < page.index("The last visit")
    assert page.index("The last visit") < page.index("41 pupils came.") < page.index("How is the group doing?")


def test_within_a_day_its_member_corrects_a_check_in_and_what_it_said_stays_on_record(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member, words="14 pupils came.")
    assert "Correct it" in text_of(member.get("/my/groups/1"))
    assert 'value="' not in text_of(member.get("/my/groups/1/check-ins/1"))
    assert member.post("/my/groups/1/check-ins/1", data={"words": "41 came.", "concern": ""}).status_code == 302
    assert [one.words for one in check_ins(app)] == ["41 came."]
    with app.app_context():
        assert db.session.scalars(sa.select(CheckInCorrection.words)).all() == ["14 pupils came."]
    assert "14 pupils came." in text_of(browser(app, ORGANISER).get("/desk/monitoring/1"))
    hand_over(app)
    assert browser(app, OTHER).get("/my/groups/1/check-ins/1").status_code == 404
    with time_machine.travel(dt.datetime.now(dt.UTC) + A_DAY_LATER, tick=False):
        late = browser(app, MEMBER)
        assert "the group reads this check-in now" in text_of(late.get("/my/groups/1/check-ins/1"))
        assert late.post("/my/groups/1/check-ins/1", data={"words": "None came."}).status_code == 409
        assert [one.words for one in check_ins(app)] == ["41 came."]
        page = text_of(browser(app, GROUP).get("/my/awards/1/visits"))
        assert "41 came." in page
        assert "14 pupils" not in page


def test_one_gathering_with_several_groups_is_one_check_in_each_stored_once(app: Flask, funded: None) -> None:
    others = [str(award_id) for award_id in stay_with_all(app)]
    assert len(others) == 2
    walker, soon = browser(app, MEMBER), today() + dt.timedelta(weeks=2)
    for _ in range(2):
        assert log(walker, "one-page", others=others, next_visit="2").status_code == 302
    assert sorted(one.award_id for one in check_ins(app)) == sorted([1, *map(int, others)])
    with app.app_context():
        assert {service.planned_visit(award_id) for award_id in (1, *map(int, others))} == {soon}
    refused = log(walker, standing="worried", others=others, words="All of them are tired.")
    assert refused.status_code == 422
    assert "A worry is about one group" in text_of(refused)
    assert "All of them are tired." in text_of(refused)
    assert log(walker, others=["999"]).status_code == 422  # not theirs


def test_who_was_the_mentor_on_the_day_logs_it_after_the_handover(app: Flask, funded: None) -> None:
    first = browser(app, MEMBER)
    with writing(app):
        period = db.session.scalars(sa.select(Mentor)).one()
        period.from_on, period.award_id = today() - dt.timedelta(days=30), 1
        db.session.scalars(sa.select(AwardDecision)).one().decided_on = today() - dt.timedelta(days=40)
        planned = service.planned_visit(1)
    hand_over(app)
    saved = first.post(
        "/my/groups/1",
        data={"form_key": "old", "standing": "going_well", "contact_method": "visit", "words": "41 pupils came."}
        | {"next_visit": "6"}
        | day("met_on", today() - dt.timedelta(days=2)),
        follow_redirects=True,
    )
    assert "you visited while you were the mentor" in text_of(saved)
    [stored] = check_ins(app)
    assert stored.words == "41 pupils came."
    with app.app_context():
        assert service.planned_visit(1) == planned  # the next visit is not theirs to plan
    early = log(first, **day("met_on", today() - dt.timedelta(days=35)))
    assert early.status_code == 422
    assert "You stayed with this group from" in text_of(early)
    assert "41 pupils came." in text_of(early)
    log(browser(app, OTHER), words="The successor's words.")
    page = text_of(browser(app, MEMBER).get("/my/groups/1"))
    assert "41 pupils came." in page
    assert "The successor" not in page  # their time is over
    assert "How to reach them" not in page


def test_a_visit_is_stored_though_the_group_declined_meanwhile(app: Flask, funded: None) -> None:
    with writing(app):
        db.session.get_one(Award, 1).state = AwardState.DECLINED
    assert log(browser(app, MEMBER)).status_code == 302
    assert len(check_ins(app)) == 1


def test_who_never_stayed_with_the_group_logs_nothing(app: Flask, funded: None) -> None:
    stranger = browser(app, OTHER)
    assert stranger.get("/my/groups/1").status_code == 404
    assert stranger.post("/my/groups/1", data={"standing": "going_well"}).status_code == 404


def test_twice_not_reached_is_amber_and_help_that_was_wanted_is_not_forgotten(app: Flask, funded: None) -> None:
    member = browser(app, MEMBER)
    log(member, standing="not_reached", words="")
    assert colour_of(app) == "green"
    log(member, standing="not_reached", words="", contact_method="call")
    assert colour_of(app) == "amber"
    assert "Not reached twice in a row" in text_of(member.get("/my/groups/"))
    log(member)
    assert colour_of(app) == "green"
    log(member, standing="could_use_help")
    log(member, standing="not_reached", words="", contact_method="message")
    assert colour_of(app) == "amber"
    assert "They could use help" in text_of(browser(app, ORGANISER).get("/desk/monitoring/"))
