"""Members say which groups they belong to, and choose among the others."""

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.call.checking import interests
from pbvote.call.checking.models import Interest
from pbvote.call.rounds.models import Share
from pbvote.db import db
from pbvote.vote.audit.verifying import discrepancies
from pbvote.vote.choosing import service
from pbvote.vote.choosing.models import MemberChoice
from pbvote.vote.count.outcome import totals_of
from tests.factories import a_bid, writing
from tests.pages import text_of
from tests.vote.choosing import PAGE, a_choosing, address, bid, choose, event, let_choose, member_of, organiser, person


@pytest.fixture
def opened(app: Flask) -> Flask:
    """A council whose members can choose."""
    return let_choose(app)


def test_a_member_who_belongs_to_a_group_chooses_among_the_others(opened: Flask) -> None:
    phone = member_of(opened, "ann")
    with opened.app_context():
        group_id = str(bid(1).group_id)
    refused = phone.post("/my/interests", data={"groups": group_id})
    assert refused.status_code == 422
    assert "Say how you belong to it" in text_of(refused)
    phone.post("/my/interests", data={"groups": group_id, "what": "I am its treasurer"})
    page = text_of(phone.get(PAGE))
    assert "Fund “Project of Group 1”" not in page
    assert "You belong to these groups, so the other members decide. Project of Group 1, Group 1" in page
    assert phone.post(PAGE, data={"bid": ["1"]}).status_code == 422
    phone.post(PAGE, data={"bid": ["1", "2"]})
    with writing(opened):
        assert db.session.scalars(sa.select(MemberChoice.choices)).all() == ['["B-02"]']
        assert db.session.scalars(sa.select(MemberChoice.left_out)).all() == [["B-01"]]
        with pytest.raises(service.NotYours):
            service.choose(event(), person(address("ann")), ("B-01",))


def test_an_interest_that_comes_after_the_choice_takes_the_bid_out_of_it(opened: Flask) -> None:
    with writing(opened):
        choose("ann", "B-01", "B-02")
        choose("ben", "B-01")
        choose("cat", "B-01")
        interests.declare_interest(bid(1), person(address("ann")), "her son plays there", organiser())
        service.close_choosing(event(), organiser())
        assert dict(totals_of(event())) == {'["B-01"]': 2, '["B-02"]': 1}
        assert not list(discrepancies(event()))


def test_nobody_chooses_before_they_have_said_whose_groups_they_belong_to(opened: Flask) -> None:
    with writing(opened), pytest.raises(service.InterestsFirst):
        service.choose(event(), person(address("ann")), ("B-01",))
    answer = member_of(opened, "ann").post(PAGE, data={"bid": ["1"]})
    assert answer.status_code == 409
    assert "Say first which of the groups you belong to" in text_of(answer)


def test_only_an_organiser_ends_a_declaration(opened: Flask) -> None:
    with writing(opened):
        ann = person(address("ann"))
        interests.state_interests(ann, [bid(1)], "treasurer")
        declared = db.session.scalars(sa.select(Interest)).one()
        with pytest.raises(interests.OwnInterest):
            interests.end_interest(declared, ann)
        interests.end_interest(declared, organiser())
        assert not interests.interests_of(ann)


def test_today_tells_a_member_of_groups_that_bid_since_they_last_said_so(app: Flask) -> None:
    with writing(app):
        a_choosing()
    phone = member_of(app, "ann")
    assert "3 groups have bid near you since you last said so." in text_of(phone.get("/my/today"))
    phone.post("/my/interests")
    assert "Nothing waits for you." in text_of(phone.get("/my/today"))
    with writing(app):
        a_bid(db.session.scalars(sa.select(Share)).one(), "Group 4", 100_00)
    assert "1 group has bid near you since you last said so." in text_of(phone.get("/my/today"))
