"""What needs doing today, through the whole life of a round."""

import datetime as dt
import secrets
from collections.abc import Callable

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Round, Share
from pbvote.call.rounds.service import add_round, open_round
from pbvote.core.clock import now, today, uk_moment
from pbvote.db import db
from pbvote.doctor.timers import note_command
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.awards.service import accept_offer, award_of, awards_of, sign_agreement
from pbvote.grants.mentors.service import set_mentor
from pbvote.grants.money.checking import Call, note_check
from pbvote.grants.money.paying import NewPayment, plan_payment
from pbvote.grants.reminding.running import REMINDERS
from pbvote.grants.visits.models import ContactMethod, Status, Worry
from pbvote.grants.visits.service import plan_visit
from pbvote.grants.visits.storing import log_check_in
from pbvote.grants.visits.typed import NewCheckIn
from pbvote.grants.visits.worries import answer_worry
from pbvote.home.todo import organisers_tasks
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import plan_event, take_in_shortlist
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import a_bid, a_locality, an_account, an_open_round, cast, count_closed, sign_in, writing
from tests.grants.deciding import a_decision, make_awards
from tests.hall import EVENT_FORM
from tests.pages import text_of
from tests.scene import EMAILS

ORGANISER = "organiser@council.example"
NOON = dt.datetime(2014, 7, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser of a council with one locality."""
    with writing(app):
        an_account(Role.ORGANISER)
        a_locality()
    sign_in(client, ORGANISER)
    return client


def tasks(app: Flask, desk: CheckedClient) -> list[str]:
    """What the organiser's page says needs doing; every line leads to a page that opens."""
    sign_in(desk, ORGANISER)  # again, since the clock moves and a session lasts half a day
    page = desk.get("/desk/")
    with app.test_request_context():
        found = organisers_tasks()
    for task in found:
        assert task.text in text_of(page)
        assert desk.get(task.href).status_code == 200, task
    assert found or "Nothing waits for you." in text_of(page)
    return [task.text for task in found]


def do(app: Flask, verb: Callable[[Account], object]) -> None:
    """Let the organiser do something."""
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        verb(organiser)


def test_todays_tasks_lead_through_a_round_from_the_draft_to_the_last_visit(app: Flask, desk: CheckedClient) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert tasks(app, desk) == []
        last = today() + dt.timedelta(days=5)
        do(app, lambda _: add_round("Grants 2014", 5_000_00, today(), last))
        assert tasks(app, desk) == ["Set up Grants 2014"]
        do(app, lambda _: open_round(db.session.get_one(Round, 1)))
        assert tasks(app, desk) == []
        do(app, lambda _: [a_bid(db.session.get_one(Share, 1), group) for group in ("Ants", "Bees")])
        assert tasks(app, desk) == ["Check 2 bids"]
        do(app, lambda organiser: shortlist_bid(db.session.get_one(Bid, 1), organiser))
        assert tasks(app, desk) == ["Check 1 bid"]

        clock.shift(dt.timedelta(days=6))
        assert tasks(app, desk) == ["Check 1 bid", "Plan the event of Sale"]
        desk.post("/desk/shares/1/event", data=EVENT_FORM)
        do(app, lambda organiser: shortlist_bid(db.session.get_one(Bid, 2), organiser))
        printing, opening = "Print the slips of Sale decides", "Open voting at Sale decides"
        assert tasks(app, desk) == ["Bring the running order of Sale decides up to date", printing, opening]
        do(app, lambda _: take_in_shortlist(event()))
        assert tasks(app, desk) == [printing, opening]
        codes: list[str] = []
        do(app, lambda organiser: codes.extend(slip.code for slip in make_slips(event(), 2, organiser, SlipState.LIVE)))
        assert tasks(app, desk) == [opening]
        do(app, lambda organiser: open_poll(event(), organiser))
        do(app, lambda _: cast(codes[0], {"B-01": 5, "B-02": 1}))
        assert tasks(app, desk) == ["Voting is open at Sale decides"]
        assert "Planned until" not in text_of(desk.get("/desk/")), "one hour is planned, and the event’s page names it"
        do(app, lambda organiser: close_poll(event(), organiser))
        assert tasks(app, desk) == ["Count the votes of Sale decides"]
        do(app, lambda organiser: count_closed(event(), organiser))
        assert tasks(app, desk) == ["Publish the result of Sale decides"]
        do(app, lambda organiser: publish_outcome(event(), organiser))
        assert tasks(app, desk) == ["Make the awards of Sale decides"]
        do(app, lambda organiser: make_awards(event(), organiser))
        assert tasks(app, desk) == []  # the groups answer
        do(app, lambda organiser: for_each(accept_offer, organiser))
        assert tasks(app, desk) == ["Sign 2 agreements", "Find a mentor for 2 funded groups"]
        do(app, lambda organiser: for_each(sign_agreement, organiser))
        do(app, mentor_everybody)
        assert tasks(app, desk) == ["Plan 2 payments"]
        do(app, plan_payments)
        assert tasks(app, desk) == []
        clock.shift(dt.timedelta(days=1))
        assert tasks(app, desk) == ["1 visit is overdue", "Note whether 2 payments were made"]


def event() -> Event:
    """The event that was planned with the desk's form."""
    return db.session.get_one(Event, 1)


def for_each(verb: Callable[[Award, Account], None], by: Account) -> None:
    """Move every award on."""
    for award in awards_of(event()):
        verb(award, by)


def plan_payments(organiser: Account) -> None:
    """Ring each group, and ask finance to pay it today."""
    for award in awards_of(event()):
        note_check(award, Call(1, "Nadia", "Amina", "treasurer", today()), organiser)
        plan_payment(award, NewPayment(1, award.award_pence, today()), organiser)


def mentor_everybody(_organiser: Account) -> None:
    """Give every award a mentor: the first visit is due today, the second in a week."""
    member = an_account(Role.LP_MEMBER, locality=event().share.locality)
    for number, award in enumerate(awards_of(event())):
        set_mentor(award, member)
        plan_visit(award.id, today() + dt.timedelta(days=7 * number))


@both_databases
def test_a_worry_stands_between_an_open_poll_and_what_is_overdue_until_it_is_answered(
    app: Flask, desk: CheckedClient
) -> None:
    with time_machine.travel(NOON, tick=False) as clock, writing(app):
        share, organiser = an_open_round().shares[0], account_with_email(ORGANISER)
        assert organiser
        bids = [a_bid(share, group) for group in ("Ants", "Bees")]
        for bid in bids:
            shortlist_bid(bid, organiser)
        starts, ends = uk_moment(today(), dt.time(12)), uk_moment(today(), dt.time(15))
        held = plan_event(share, "Sale decides", "Sale Hall", starts, ends)
        decision = a_decision(held, organiser)
        for bid in bids:
            award = Award(event_id=held.id, bid_id=bid.id, award_pence=1, told_at=now(), state=AwardState.ACCEPTED)
            award.decision = decision
            db.session.add(award)
        db.session.flush()
        mentor_everybody(organiser)
        open_poll(held, organiser)
        clock.shift(dt.timedelta(days=1))
        check_in(1, Status.WORRIED)
        check_in(2, Status.COULD_USE_HELP)
    overdue, about_bees = "1 visit is overdue", "Answer the worry about Bees"
    with time_machine.travel(NOON + dt.timedelta(days=3), tick=False) as clock:
        with writing(app):
            note_command(REMINDERS)  # else Today misses the reminders, too
        worried = ["Voting is open at Sale decides", "Answer the worry about Ants", overdue]
        assert tasks(app, desk) == worried
        page = text_of(desk.get("/desk/"))
        assert "worry about Ants For The organiser by 9 July 2014. Sale decides, Grants 2014 Worried" in page
        assert f"{overdue} Sale decides, Grants 2014 Overdue" in page
        for state, words in ((PollState.CLOSED, "Count the votes of"), (PollState.SEALED, "Publish the result of")):
            with writing(app):
                db.session.execute(sa.update(Event).values(poll=state))
            assert tasks(app, desk)[0] == f"{words} Sale decides", "a hall waits for it"
        with writing(app):
            db.session.execute(sa.update(Event).values(poll=PollState.OPEN))
            check_in(2, Status.WORRIED)
        assert tasks(app, desk) == [*worried[:2], about_bees, overdue], "what is due first stands first"
        with writing(app):
            check_in(1, Status.GOING_WELL)
        assert tasks(app, desk) == [*worried[:2], about_bees], "a worry outlasts whatever is logged later"
        clock.shift(dt.timedelta(days=6))
        sign_in(desk, ORGANISER)
        assert "by 9 July 2014. Sale decides, Grants 2014 Overdue" in text_of(desk.get("/desk/"))
        with writing(app):
            answerer = account_with_email(ORGANISER)
            assert answerer
            answer_worry(db.session.get_one(Worry, 1), "I rang them.", answerer)
        assert "Answer the worry about Ants" not in tasks(app, desk)
        with writing(app):
            db.session.execute(sa.delete(GroupContact))
            db.session.execute(sa.update(Group).where(Group.name == "Ants").values(contact_by_post="Ann, by post"))
        assert "Find a contact for 1 funded group" in tasks(app, desk), "one is written to by post"
        with writing(app):
            db.session.execute(sa.update(Award).values(state=AwardState.DECLINED))
        assert "Find a contact for 1 funded group" not in tasks(app, desk), "nothing is written any more"


def check_in(award_id: int, standing: Status) -> None:
    """Let the mentor log today's visit, and plan the next for the day after it."""
    member, award = account_with_email("lp_member@council.example"), award_of(award_id)
    assert member
    assert award
    next_on = today() + dt.timedelta(days=1 if award_id == 1 else 30)
    key = secrets.token_hex(8)
    log_check_in(award, member, NewCheckIn(key, today(), ContactMethod.VISIT, standing, (), "", "", next_on))


def test_what_needs_doing_names_its_event_and_round(demonstration: None, app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        names = {event.name: event.share.round.name for event in db.session.scalars(sa.select(Event))}
    with app.test_request_context():
        found = organisers_tasks()
    of_events = [task for task in found if any(name in f"{task.text} {task.hint}" for name in names)]
    assert len(of_events) > 5
    for task in of_events:
        name = next(name for name in names if name in f"{task.text} {task.hint}")
        assert names[name] in task.hint, task
    sign_in(client, EMAILS["organiser"])
    assert client.get("/desk/").status_code == 200


def test_where_nobody_was_funded_the_groups_still_wait_to_hear(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        share, organiser = an_open_round(1_000_00).shares[0], account_with_email(ORGANISER)
        assert organiser
        shortlist_bid(a_bid(share, ask_pence=1_000_00), organiser)
        share.cap_pence = share.share_pence = 500_00  # as if the bid asked for more than there is
        share.round.pot_pence = 500_00
    desk.post("/desk/shares/1/event", data=EVENT_FORM)
    for verb in (open_poll, close_poll, count_closed, publish_outcome):
        do(app, lambda organiser, verb=verb: verb(event(), organiser))  # type: ignore[misc]
    assert tasks(app, desk) == ["Tell the groups of Sale decides"]
    assert "Residents funded no bid" in text_of(desk.get("/desk/events/sale-2014/awards"))
