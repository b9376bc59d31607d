"""The visits of a year: to groups of Old Trafford & Stretford, to alleyways, and to places where people meet."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from pbvote.core.clock import today, uk_moment
from pbvote.db import db
from pbvote.demonstration.acceptances import accept_all, date_acceptances
from pbvote.demonstration.decisions import decide
from pbvote.demonstration.payments import pay_in_full
from pbvote.demonstration.pictures import PICTURES
from pbvote.files.pictures import read_photo
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.awards.service import sign_agreement
from pbvote.grants.mentors.models import Mentor
from pbvote.grants.mentors.service import set_mentor
from pbvote.grants.money.models import Payment, PaymentHistory, PaymentState
from pbvote.grants.visits.models import CheckIn, ContactMethod, Status
from pbvote.grants.visits.photos import add_photo_to_each
from pbvote.grants.visits.service import funded_groups_of, plan_visit
from pbvote.grants.visits.storing import log_check_in, log_gathering
from pbvote.grants.visits.typed import NewCheckIn
from pbvote.people.models import Account
from pbvote.vote.events.models import Event

Said = tuple[int, ContactMethod, Status, Sequence[str], str]
"""How many days ago, how, what the member thought, what the group could use, and the words."""
VISIT, CALL, MESSAGE = ContactMethod
WELL, HELP, _, MISSED = Status

_YEAR: Sequence[Sequence[Said]] = (
    (
        (310, VISIT, WELL, (), "Fourteen people came, and four of them had never met."),
        (205, CALL, WELL, (), "They have moved to the larger room, and it is full."),
        (118, VISIT, HELP, ("volunteers",), "Two of the helpers have found work, so they are short on Mondays."),
        (52, VISIT, WELL, (), "Three new helpers. The waiting list is gone."),
    ),
    (
        (262, VISIT, WELL, (), "The tools are bought, marked and in the shed."),
        (147, MESSAGE, MISSED, (), ""),
        (84, CALL, HELP, ("publicity",), "Few people know of it outside the street. A poster would help."),
    ),
    (
        (229, CALL, WELL, (), "The first ten sessions are booked out."),
        (160, VISIT, WELL, (), "I saw the class. The children did not want to go home."),
        (75, CALL, MISSED, (), ""),
        (31, CALL, MISSED, (), "I left a message with a neighbour."),
    ),
)
_GATE: Sequence[Said] = ((20, VISIT, WELL, (), "The gate hangs and closes. No bin has burned since."),)
_LIGHTS: Sequence[Said] = ((19, CALL, MISSED, (), ""), (5, VISIT, MISSED, (), "Nobody was at home. I left a card."))

_ROOM: Sequence[Said] = (
    (80, VISIT, WELL, (), "The room was full by three, and somebody had baked."),
    (26, VISIT, WELL, (), "Eleven new faces. They have a rota now, and a key for each helper."),
)


def log_the_year(member: Account) -> None:
    """What the member logged about those of their groups of whom nothing was logged yet."""
    quiet = [funded for funded in funded_groups_of(member) if funded.latest is None]
    for number, (funded, visits) in enumerate(zip(quiet, _YEAR, strict=False)):
        _log(funded.award, member, visits, f"year-{number}")


def visit_alleyways(event: Event, mentor: Account, organiser: Account) -> None:
    """Three small grants: one goes well, one was not reached twice, and one has no mentor yet."""
    gate, lights, covers = decide(event, today() - dt.timedelta(days=38), organiser)
    for award in accept_all((gate, lights, covers), organiser):
        sign_agreement(award, organiser)
    for award, visits, due in ((gate, _GATE, 34), (lights, _LIGHTS, -4)):
        set_mentor(award, mentor)
        plan_visit(award.id, today() + dt.timedelta(days=due))
        _log(award, mentor, visits, f"alleyway-{award.id}")
    date_steps([gate, lights, covers])


def visit_meeting_places(event: Event, mentor: Account, organiser: Account, second: Account) -> None:
    """Two small grants that are paid; a member stays with both, and has met one of them twice."""
    awards = decide(event, today() - dt.timedelta(days=110), organiser)
    for award in accept_all(awards, organiser):
        sign_agreement(award, organiser)
        set_mentor(award, mentor)
        plan_visit(award.id, today() + dt.timedelta(days=20))
    pay_in_full(awards, today() - dt.timedelta(days=95), organiser, second)
    date_steps(awards)
    _log(awards[0], mentor, _ROOM, f"room-{awards[0].id}")


def meet_together(member: Account) -> None:
    """One evening with two groups that do well: the same words and the same photo about each."""
    doing_well = [each for each in funded_groups_of(member) if each.latest and each.latest.standing is WELL]
    awards = [each.award for each in doing_well[:2]]
    met_on, key = today() - dt.timedelta(days=8), "together"
    words = "Both groups shared a table at our evening. They swapped numbers, and one lends the other its hall."
    log_gathering(awards, member, NewCheckIn(key, met_on, VISIT, WELL, [], words, ""))
    logged = sa.select(CheckIn).where(CheckIn.form_key == key, CheckIn.award_id.in_([award.id for award in awards]))
    check_ins = db.session.scalars(logged).all()
    drawn = read_photo(PICTURES["Lunch for people who eat alone"].drawn(), "table.png")
    add_photo_to_each(check_ins, "1", drawn, member)
    for check_in in check_ins:
        check_in.logged_at = uk_moment(met_on, dt.time(21))
    db.session.flush()


def date_steps(awards: Sequence[Award]) -> None:
    """Let what was done about these awards have been done soon after the council's decision, not all of it today."""
    date_acceptances(awards)
    for award in awards:
        for number, step in enumerate(award.history):
            if step.state is AwardState.CLOSED:
                break
            step.at = award.told_at + dt.timedelta(days=number)
        for asked, planned_on in db.session.execute(_asked_long_ago(award)):
            asked.at = uk_moment(planned_on - dt.timedelta(days=2), dt.time(10))
        introduced = award.told_at.date() + dt.timedelta(days=12)
        first = sa.select(sa.func.min(Mentor.id)).where(Mentor.award_id == award.id).scalar_subquery()
        db.session.execute(sa.update(Mentor).where(Mentor.id == first).values(from_on=introduced))


def _asked_long_ago(award: Award) -> sa.Select[PaymentHistory, dt.date]:
    """When finance was asked for payments whose day has passed."""
    wanted = sa.select(PaymentHistory, Payment.planned_on).join(Payment, Payment.id == PaymentHistory.payment_id)
    wanted = wanted.where(Payment.award_id == award.id, Payment.planned_on < today())
    return wanted.where(PaymentHistory.state == PaymentState.PLANNED)


def _log(award: Award, member: Account, visits: Sequence[Said], key: str) -> None:
    """Log them one after another, each on the evening of its day."""
    for ago, how, standing, needs, words in visits:
        met_on = today() - dt.timedelta(days=ago)
        log_check_in(award, member, NewCheckIn(f"{key}-{ago}", met_on, how, standing, list(needs), words, ""))
        stored = sa.update(CheckIn).where(CheckIn.award_id == award.id, CheckIn.form_key == f"{key}-{ago}")
        db.session.execute(stored.values(logged_at=uk_moment(met_on, dt.time(18))))
