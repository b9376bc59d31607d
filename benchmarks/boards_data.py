"""A borough with many funded groups, made past the services: it is the reading of it that is measured."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import count

import sqlalchemy as sa

from pbvote.access import Role
from pbvote.call.bids.models import Bid, BidState
from pbvote.call.groups.models import Group
from pbvote.call.rounds.models import Share
from pbvote.call.rounds.service import add_round, open_round
from pbvote.core.clock import now, today, uk_moment
from pbvote.db import db
from pbvote.grants.awards.models import Award, AwardDecision, AwardDecisionKind, AwardHistory, AwardState
from pbvote.grants.mentors.models import Absence, Mentor
from pbvote.grants.promises.models import KeptBy, Promise
from pbvote.grants.reports.models import Report, ReportManner, ReportSize
from pbvote.grants.visits.models import NEEDS, CheckIn, CheckInCorrection, ContactMethod, PlannedVisit, Status, Worry
from pbvote.people.models import Account
from pbvote.people.service import add_account, grant_role
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import plan_event
from pbvote.vote.poll.states import PollState
from tests.factories import a_locality, an_account

ORGANISER, MEMBER = "organiser@council.example", "member-0-3@partnership.example"
PLACES = ("Old Trafford", "Sale", "South Trafford", "Urmston")
ROUNDS, MEMBERS = 3, 10
"""Rounds, each with an event in every place; and members of each place."""
_STANDINGS = (Status.GOING_WELL, Status.GOING_WELL, Status.COULD_USE_HELP, Status.NOT_REACHED, Status.GOING_WELL)


def fill(awards: int = 400, check_ins: int = 10, rounds: int = ROUNDS) -> None:
    """Rounds, places and members, of whom one in each place is away; and so many awards, see `add_awards`."""
    organiser = an_account(Role.ORGANISER)
    for where, place in enumerate([a_locality(name) for name in PLACES]):
        members = [_member(place.id, where, number) for number in range(MEMBERS)]
        away = {"from_on": today(), "back_on": today() + dt.timedelta(days=9)}
        db.session.add(Absence(account=members[1], cover=members[2], **away))
    for number in range(rounds):
        _round(number, organiser)
    add_awards(range(awards), check_ins)


def add_awards(numbers: Iterable[int], check_ins: int) -> None:
    """Awards with so many check-ins each, from round to round and place to place.

    A check-in in eight was corrected, one in twelve tells of a worry, and one worry in nine waits.
    One group in nineteen has no mentor. Each made three promises; of one group in five, two may be late.
    One report in eleven is late, one in thirteen sent.
    """
    events = db.session.scalars(sa.select(Event).order_by(Event.id)).all()
    members = db.session.scalars(sa.select(Account).where(Account.email.like("member-%")).order_by(Account.id)).all()
    organiser = db.session.scalars(sa.select(Account).where(Account.email == ORGANISER)).one()
    made = [(number, _award(number, events[number % len(events)], organiser)) for number in numbers]
    db.session.flush()
    for number, award in made:
        place, turn = number % len(PLACES), number // len(PLACES)
        _monitored(number, award, members[place * MEMBERS + turn % MEMBERS])
    db.session.flush()
    _log(made, check_ins, organiser)


def _member(locality_id: int, place: int, number: int) -> Account:
    account = add_account(f"Member {number} of {place}", f"member-{place}-{number}@partnership.example")
    account.is_demonstration = True
    grant_role(account, Role.LP_MEMBER, locality_id)
    return account


def _round(number: int, organiser: Account) -> None:
    """A round, with an event in each place and its decision."""
    year = today().year - number
    round_ = add_round(f"Grants {year}", 400_000_00, today() - dt.timedelta(days=60), today() - dt.timedelta(days=30))
    open_round(round_)
    for share in round_.shares:
        _event(share, year, organiser)


def _event(share: Share, year: int, organiser: Account) -> None:
    starts, ends = uk_moment(today(), dt.time(12)), uk_moment(today(), dt.time(15))
    name = f"{share.locality.name} decides {year}"
    event = plan_event(share, name, "Town Hall", starts, ends, slug=f"{share.locality.slug}-{year}")
    event.poll = PollState.PUBLISHED
    decision = AwardDecision(event_id=event.id, kind=AwardDecisionKind.FIRST, decided_by="The Executive")
    decision.reason, decision.decided_on = "The vote", today() - dt.timedelta(days=400)
    decision.sent_at, decision.sent_by_id, decision.drafted_by_id = now(), organiser.id, organiser.id
    db.session.add(decision)
    db.session.flush()


def _award(number: int, event: Event, organiser: Account) -> Award:
    """An award of a bid, two in three of them paid."""
    group = Group(name=f"Group {number:03}", registered_number=f"{1_000_000 + number}")
    bid = Bid(round_id=event.share.round_id, reference=f"B-{number:03}", group=group, title=f"Project {number:03}")
    bid.summary, bid.state = "We plant beans. " * 30, BidState.SHORTLISTED
    db.session.add(bid)
    db.session.flush()
    wanted = sa.select(AwardDecision.id).where(AwardDecision.event_id == event.id)
    pence = 250_00 + number % 30 * 125_00
    award = Award(event=event, bid=bid, award_pence=pence, decision_id=db.session.scalars(wanted).one())
    award.told_at, award.state = now() - dt.timedelta(days=400), AwardState.SIGNED
    award.paid_pence, award.planned_pence = (pence, 0) if number % 3 else (0, pence)
    award.history = [AwardHistory(state=AwardState.OFFERED, account_id=organiser.id)]
    db.session.add(award)
    return award


def _monitored(number: int, award: Award, mentor: Account) -> None:
    """Its mentor, with one before, and its next visit."""
    began = today() - dt.timedelta(days=390)
    db.session.add(Mentor(award_id=award.id, account=mentor, from_on=began, until_on=began + dt.timedelta(days=30)))
    if number % 19:
        db.session.add(Mentor(award_id=award.id, account=mentor, from_on=began + dt.timedelta(days=30)))
    for place, due in enumerate((-200, -20 + number % 40, 90 if number % 5 else -9), start=1):
        _promise(award, place, due, mentor if place == 1 else None)
    if number % 11 == 0:
        award.ends_on = today() - dt.timedelta(days=40 + number)
    elif number % 13 == 0:
        _report(award, mentor)
    if number % 7:
        db.session.add(PlannedVisit(award_id=award.id, due_on=today() + dt.timedelta(days=number % 50 - 10)))


def _promise(award: Award, number: int, days: int, kept_by: Account | None) -> None:
    promise = Promise(award_id=award.id, number=number, words="A wall is painted.", due_on=today() + dt.timedelta(days))
    if kept_by:
        promise.kept_on, promise.kept_by, promise.account_id = today(), KeptBy.DESK, kept_by.id
    db.session.add(promise)


def _report(award: Award, by: Account) -> None:
    report = Report(award_id=award.id, manner=ReportManner.SPOKEN, size=ReportSize.PAGE, happened="It was good.")
    report.had_pence, report.sent_by_id = award.award_pence, by.id
    report.answer_due_on = today() + dt.timedelta(days=10)
    db.session.add(report)


def _log(awards: Sequence[tuple[int, Award]], each: int, officer: Account) -> None:
    """Check-ins, what was corrected in them, and the worries that they tell of."""
    ids = [award.id for _, award in awards]
    mentors = sa.select(Mentor.award_id, Mentor.account_id).where(Mentor.award_id.in_(ids))
    members = {row.award_id: row.account_id for row in db.session.execute(mentors)}
    running = count()
    rows = [
        _check_in(number, turn, award.id, members[award.id], next(running))
        for number, award in awards
        for turn in range(each)
    ]
    db.session.execute(sa.insert(CheckIn), rows)
    logged = sa.select(CheckIn.id, CheckIn.award_id, CheckIn.standing).where(CheckIn.award_id.in_(ids))
    stored = db.session.execute(logged.order_by(CheckIn.id)).all()
    former = [{"check_in_id": row.id, "form_key": "x", "words": "Before.", "concern": ""} for row in stored[::8]]
    db.session.execute(sa.insert(CheckInCorrection), former)
    worried = [row for row in stored if row.standing is Status.WORRIED]
    worries = [_worry(place, row.id, row.award_id, officer.id) for place, row in enumerate(worried)]
    db.session.execute(sa.insert(Worry), worries)


def _check_in(number: int, turn: int, award_id: int, member_id: int, running: int) -> dict[str, object]:
    met_on = today() - dt.timedelta(days=370 - 36 * turn - number % 30)
    standing = Status.WORRIED if running % 12 == 5 else _STANDINGS[(number + turn) % len(_STANDINGS)]
    said = {
        "words": f"{running} pupils came in the first week. " * 6,
        "concern": "The keys are lost." * (running % 5 == 0),
    }
    how = {"contact_method": ContactMethod.VISIT, "standing": standing, "needs": [list(NEEDS)[running % len(NEEDS)]]}
    when = {"met_on": met_on, "next_on": None, "is_last": False, "logged_at": uk_moment(met_on, dt.time(18))}
    return {"award_id": award_id, "account_id": member_id, "form_key": f"{number}-{turn}", **said, **how, **when}


def _worry(place: int, check_in_id: int, award_id: int, officer_id: int) -> dict[str, object]:
    due_on = today() + dt.timedelta(days=place % 9 - 4)
    answered = {"answer": "I rang them.", "answered_at": now(), "answered_by_id": officer_id}
    is_open = {"answer": "", "answered_at": None, "answered_by_id": None}
    said = is_open if place % 9 == 0 else answered
    return {"check_in_id": check_in_id, "award_id": award_id, "officer_id": officer_id, "due_on": due_on, **said}
