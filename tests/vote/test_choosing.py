"""Members of a partnership choose: who may, what the count makes of it, and what everybody reads."""

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.checking import interests
from pbvote.call.rounds.models import EventFormat, Share
from pbvote.call.rounds.service import settle_share
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.people.service import add_account, grant_role
from pbvote.public_account.figures.shares import share_figures
from pbvote.vote.audit.verifying import discrepancies
from pbvote.vote.choosing import service
from pbvote.vote.choosing.models import MemberChoice
from pbvote.vote.count.outcome import outcome_of, totals_of
from pbvote.vote.poll.opening import MembersChoose, open_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.results.service import ReasonsFirst, publish_outcome
from pbvote.vote.slips.keys import keys_in_use
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.stage.models import Scene
from pbvote.vote.stage.scenes import SCENES
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker, both_databases
from tests.factories import SCORE, a_locality, sign_in, writing
from tests.grants.deciding import make_awards
from tests.outbox import letters
from tests.pages import client_of, text_of
from tests.stepping import take_step
from tests.vote.choosing import (
    DESK,
    MEMBERS,
    PAGE,
    REASONS,
    RECORD,
    SLUG,
    a_choosing,
    address,
    bid,
    choose,
    event,
    let_choose,
    member_of,
    organiser,
    person,
)


@pytest.fixture
def opened(app: Flask) -> Flask:
    """A council whose members can choose."""
    return let_choose(app)


def test_from_the_letter_to_the_offer(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        a_choosing()
    sign_in(client, "organiser@council.example")
    assert client.get(f"/desk/events/{SLUG}").headers["Location"] == DESK
    assert client.post(f"{DESK}/open").status_code == 302
    with app.app_context():
        written = [letter for letter in letters() if letter.subject == "Please choose: Sale chooses"]
        assert sorted(letter.recipient for letter in written) == [address(name) for name in MEMBERS]
        assert all(PAGE in letter.body for letter in written)
    for name, ticked in (("ann", ["1", "2"]), ("ben", ["1", "3"]), ("cat", ["1", "2"])):
        phone = member_of(app, name)
        assert "Choose which bids get a grant: Sale chooses" in text_of(phone.get("/my/today"))
        assert phone.get(PAGE).headers["Location"] == "/my/interests"
        phone.post("/my/interests")
        assert "Fund “Project of Group 1”" in text_of(phone.get(PAGE))
        assert phone.post(PAGE, data={"bid": ticked}).headers["Location"] == PAGE
        assert "We have your choice" in text_of(phone.get(PAGE))
        assert "Sale chooses" not in text_of(phone.get("/my/today"))
    desk = text_of(client.get(DESK))
    assert "Has chosen" in desk
    assert "Nobody can see what a member has chosen before you close" in desk
    assert client.get(RECORD).status_code == 404
    everybody = client_of(app)
    client.post(f"/desk/events/{SLUG}/page/publish")
    page = f"/events/{SLUG}"
    assert "The members are choosing. The result will be here afterwards." in text_of(everybody.get(page))
    client.post(f"{DESK}/close")
    assert "The members have chosen." in text_of(everybody.get(page))
    assert client.get(RECORD).status_code == 404
    refused = take_step(client, f"/desk/events/{SLUG}/publish")
    assert "Write down first why the members recommend this" in text_of(refused)
    assert client.post(f"{DESK}/reasons", data={"reasons": ""}).status_code == 422
    client.post(f"{DESK}/reasons", data={"reasons": REASONS})
    take_step(client, f"/desk/events/{SLUG}/publish")
    record = text_of(everybody.get(RECORD))
    assert REASONS in record
    assert "3 members of the partnership of Sale chose, openly" in record
    assert "Cat Fund it" in record
    result = text_of(everybody.get(f"/results/{SLUG}"))
    assert "Members of the Locality Partnership chose openly" in result
    assert "Look for your check number" not in result
    assert "So few people voted" not in result
    assert "3 members of the partnership chose" in text_of(everybody.get("/money"))
    with app.app_context():
        [told] = share_figures(today())
        assert told.figures.voted == 3
    with writing(app):
        assert not list(discrepancies(event()))
        awards = make_awards(event(), organiser())
        # £250 with three votes, then £200 with two: £450. The third no longer fits.
        assert [(award.bid.reference, award.award_pence) for award in awards] == [("B-01", 250_00), ("B-02", 200_00)]


def test_a_choice_can_be_changed_until_the_close_and_not_after(opened: Flask) -> None:
    with writing(opened):
        choose("ann", "B-01")
        choose("ann", "B-03")
        choose("ben", "B-03")
        choose("cat", "B-03")
        service.close_choosing(event(), organiser())
        assert dict(totals_of(event())) == {'["B-03"]': 3}
        with pytest.raises(service.ChoosingClosed):
            service.choose(event(), person(address("ann")), ("B-01",))
    late = member_of(opened, "ann").post(PAGE, data={"bid": ["1"]})
    assert late.status_code == 409
    assert "came too late and was not counted" in text_of(late)


def test_with_fewer_than_the_quorum_nothing_is_decided(opened: Flask) -> None:
    with writing(opened):
        choose("ann", "B-01")
        choose("ben", "B-01")
        with pytest.raises(service.NoQuorum, match="So far it is 2"):
            service.close_choosing(event(), organiser())
        assert event().poll is PollState.CHOOSING
        assert outcome_of(event()) is None


def test_a_partnership_too_small_for_its_quorum_is_told_at_the_opening(app: Flask) -> None:
    with writing(app):
        settle_share(a_choosing().share, {"quorum": 5})
        with pytest.raises(service.TooFewMembers):
            service.open_choosing(event(), organiser())


def test_where_members_choose_there_are_no_slips_and_where_residents_vote_no_choosing(app: Flask) -> None:
    with writing(app):
        chosen = a_choosing()
        with pytest.raises(MembersChoose):
            make_slips(chosen, 5, organiser())
        with pytest.raises(MembersChoose):
            open_poll(chosen, organiser())
        settle_share(chosen.share, {"format": EventFormat.STALLS})
        with pytest.raises(service.ResidentsVote):
            service.open_choosing(chosen, organiser())


def test_nothing_is_published_without_reasons(opened: Flask) -> None:
    with writing(opened):
        for member in MEMBERS[:3]:
            choose(member, "B-01")
        service.close_choosing(event(), organiser())
        with pytest.raises(ReasonsFirst):
            publish_outcome(event(), organiser())


def test_members_of_another_partnership_find_nothing_here(opened: Flask) -> None:
    with writing(opened):
        other = add_account("Eve", address("eve"))
        other.is_demonstration = True
        grant_role(other, Role.LP_MEMBER, a_locality("Hale").id)
    phone = member_of(opened, "eve")
    assert phone.get(PAGE).status_code == 404
    assert phone.post(PAGE, data={"bid": ["1"]}).status_code == 404
    assert "Sale chooses" not in text_of(phone.get("/my/today"))


def test_a_choice_that_was_changed_behind_pbvote_shows(opened: Flask) -> None:
    with writing(opened):
        for member in MEMBERS[:3]:
            choose(member, "B-01")
        service.close_choosing(event(), organiser())
    with writing(opened):
        changed = sa.update(MemberChoice).where(MemberChoice.account_id == person(address("ann")).id)
        db.session.execute(changed.values(choices='["B-02"]'))
        assert any("was made of others than the choices" in said for said in discrepancies(event()))


def test_a_locked_share_keeps_its_members_and_its_bids(opened: Flask) -> None:
    with opened.app_context():
        share = db.session.scalars(sa.select(Share)).one()
        assert share.is_locked
        assert share.has_opened
        assert not share.is_counted


@both_databases
def test_marks_of_members_are_points_and_a_bid_left_out_gets_none_of_theirs(make_app: AppMaker) -> None:
    app = make_app()
    with writing(app):
        service.open_choosing(a_choosing(SCORE), organiser())
    with writing(app):
        ann = person(address("ann"))
        interests.state_interests(ann, [bid(1)], "member")
        service.choose(event(), ann, {"B-02": 5, "B-03": 1})
        for name in ("ben", "cat"):
            interests.state_interests(person(address(name)), [], "")
            service.choose(event(), person(address(name)), {"B-01": 4, "B-02": 1, "B-03": 2})
        service.close_choosing(event(), organiser())
        outcome = outcome_of(event())
        assert outcome
        assert {step.ref: step.total for step in outcome.steps} == {"B-01": 8, "B-02": 7, "B-03": 5}


def test_while_members_choose_votes_elsewhere_go_in_and_a_monitor_is_told_that_all_is_well(
    client: CheckedClient, opened: Flask
) -> None:
    with writing(opened):
        assert keys_in_use() == {}
    assert client.get("/readyz").status_code == 200


def test_the_hall_has_a_scene_for_every_state_and_shows_nothing_while_members_choose(opened: Flask) -> None:
    assert set(SCENES) == set(PollState)
    with opened.app_context():
        assert Scene.VOTE not in SCENES[event().poll]
