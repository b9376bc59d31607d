"""Pages read a fixed number of statements, however long their lists are."""

import datetime as dt
import re

import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.models import Ask, Bid, BidHistory, BidState, Wording
from pbvote.call.groups.models import Group, GroupContact
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardDecision, AwardState
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.visits.models import CheckIn, ContactMethod, PlannedVisit, Status, Worry
from pbvote.people.service import account_with_email
from pbvote.vote.count.models import Counted, StoredOutcome
from pbvote.vote.count.outcome import election_of, store_outcome
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.poll.states import PollState
from tests.checked_client import CheckedClient
from tests.factories import an_account, an_event, sign_in, the_event, writing
from tests.faults import times
from tests.grants.deciding import a_decision
from tests.pages import browser
from tests.queries import told

ORGANISER, MEMBER, CONTACT = "organiser@council.example", "lp_member@council.example", "contact@group.example"
PAGES = {
    ORGANISER: (
        "/desk/",
        "/desk/bids/round/grants-2014",
        "/desk/bids/1",
        "/desk/events/{event}",
        "/desk/events/{event}/awards",
        "/desk/events/{event}/outcome",
        "/desk/monitoring/",
        "/desk/monitoring/1",
        "/desk/reports/",
        "/desk/awards/1/report",
        "/desk/worries/1",
        "/results/{event}",
        "/results/{event}?lang=pl",
    ),
    MEMBER: ("/my/groups/", "/my/groups/1"),
    CONTACT: ("/my/bids/", "/my/awards/", "/my/awards/3/visits", "/my/awards/3/report"),
}


def begin(app: Flask) -> None:
    """A published event with two bids, and the people who look at it."""
    with writing(app):
        event = an_event(asks=[100_00, 100_00], pot_pence=4_000_00)
        an_account(Role.LP_MEMBER, MEMBER, event.share.locality)
        an_account(Role.GROUP_CONTACT, CONTACT)
        event.poll = PollState.PUBLISHED
        event.share.is_locked = event.share.has_opened = event.share.is_counted = True


def grow(app: Flask, bids: int, awards: int) -> None:
    """Give the event so many bids and awards, past the services: it is the pages' reading that is looked at."""
    with writing(app):
        event = the_event()
        for number in range(len(event.running_order) + 1, bids + 1):
            event.running_order.append(Slot(number=number, bid=a_bid(event.share.locality_id, number)))
        db.session.flush()
        db.session.execute(sa.delete(Counted))
        db.session.execute(sa.delete(StoredOutcome))
        choices = ",".join(f'"B-{number:02}":{1 + number % 5}' for number in range(1, bids + 1))
        db.session.add(Counted(event_id=event.id, choices=f"{{{choices}}}", voters=6))
        db.session.flush()
        store_outcome(event, election_of(event, with_ballots=True), event.share.count_rule)
        have = db.session.scalar(sa.select(sa.func.count()).select_from(Award)) or 0
        for slot in event.running_order[have:awards]:
            award_to(event.id, slot.bid_id)


def a_bid(locality_id: int, number: int) -> Bid:
    """A bid on the shortlist, of a group that the contact speaks for."""
    contact, organiser = account_with_email(CONTACT), account_with_email(ORGANISER)
    assert contact
    assert organiser
    return Bid(
        round_id=the_event().share.round_id,
        reference=f"B-{number:02}",
        group=Group(name=f"Group {number}", contacts=[GroupContact(account_id=contact.id)]),
        title=f"Project {number}",
        summary="",
        state=BidState.SHORTLISTED,
        asks=[Ask(locality_id=locality_id, ask_pence=100_00)],
        wordings=[Wording(language="pl", title=f"Projekt {number}", summary="")],
        history=[BidHistory(state=BidState.RECEIVED, account_id=organiser.id)],
    )


def award_to(event_id: int, bid_id: int) -> None:
    """An award with a mentor and three check-ins."""
    member = account_with_email(MEMBER)
    assert member
    award = Award(event_id=event_id, bid_id=bid_id, award_pence=100_00, state=AwardState.SIGNED, told_at=now())
    first = db.session.scalar(sa.select(AwardDecision).where(AwardDecision.event_id == event_id))
    award.decision_id = (first or a_decision(db.session.get_one(Event, event_id), member)).id
    db.session.add(award)
    db.session.flush()
    db.session.add(Mentor(award_id=award.id, account_id=member.id))
    db.session.add(PlannedVisit(award_id=award.id, due_on=today() - dt.timedelta(days=1)))
    for days in range(3):
        db.session.add(
            CheckIn(
                award_id=award.id,
                account_id=member.id,
                form_key=f"{award.id}-{days}",
                met_on=today() - dt.timedelta(days=days),
                contact_method=ContactMethod.VISIT,
                standing=Status.WORRIED,
                needs=[],
            )
        )
    db.session.flush()
    for check_in_id in db.session.scalars(sa.select(CheckIn.id).where(CheckIn.award_id == award.id)):
        officer_id = award.id % 2 + 1
        db.session.add(Worry(check_in_id=check_in_id, award_id=award.id, officer_id=officer_id, due_on=today()))


def asked_by_pages(app: Flask) -> dict[str, list[str]]:
    """What each page sends to the database; a list of numbers in it is as long as it is."""
    found = {}
    for email, addresses in PAGES.items():
        client = browser(app, email)
        for address in addresses:
            assert client.get(address.format(event=f"sale-{today().year}")).status_code == 200, address
            found[address] = [re.sub(r"IN \([?, ]+\)", "IN (…)", statement) for statement in client.statements]
            assert found[address], "a test that hears nothing finds any two numbers the same"
    return found


def test_hundreds_of_bids_take_as_many_statements_as_five(app: Flask) -> None:
    begin(app)
    grow(app, bids=5, awards=3)
    few = asked_by_pages(app)
    grow(app, bids=times(few=120, full=500), awards=times(few=20, full=40))
    many = asked_by_pages(app)
    for address, statements in many.items():
        assert len(statements) == len(few[address]), f"{address}\n{told(statements)}"


def test_a_check_in_reads_its_own_award_and_no_other(app: Flask, client: CheckedClient) -> None:
    begin(app)
    grow(app, bids=5, awards=3)
    sign_in(client, MEMBER)
    form = {"form_key": "1", "standing": "going_well", "contact_method": "visit"}
    form |= {"met_on-day": str(today().day), "met_on-month": str(today().month), "met_on-year": str(today().year)}
    read: list[int] = []

    def note(award: Award, _context: object) -> None:
        read.append(award.id)

    sa.event.listen(Award, "load", note)
    try:
        assert client.post("/my/groups/2", data=form).status_code == 302
    finally:
        sa.event.remove(Award, "load", note)
    assert set(read) == {2}
