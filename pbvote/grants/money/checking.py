"""Note that finance has a group's details, and who rang whom to make sure. Nothing here commits."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.money.models import PayeeCheck
from pbvote.grants.money.moving import hold
from pbvote.grants.money.refusals import EnteredMeanwhile, InTheFuture, TooEarly
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class Call:
    """Who of the council rang whom, on what day. `number` is the award's next, as the page showed it."""

    number: int
    rang_by: str
    spoke_to: str
    role: str
    rang_on: dt.date


def note_check(award: Award, call: Call, by: Account) -> PayeeCheck:
    """Note the call; payments rest on it from now on.

    Raises `NotUnderWay`, `EnteredMeanwhile`, `InTheFuture` and `TooEarly`.
    """
    hold(award)
    require_day(call.rang_on, award.decided_on)
    if call.number != checks_so_far(award) + 1:
        raise EnteredMeanwhile
    end_check(award)
    made = PayeeCheck(
        award_id=award.id,
        number=call.number,
        rang_by=call.rang_by,
        spoke_to=call.spoke_to,
        role=call.role,
        rang_on=call.rang_on,
        account_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def require_day(happened_on: dt.date, first: dt.date) -> None:
    """Raise `InTheFuture` for a day to come, and `TooEarly` for one before `first`."""
    if happened_on > today():
        raise InTheFuture
    if happened_on < first:
        raise TooEarly(first)


def checks_so_far(award: Award) -> int:
    """How many calls were noted for this award."""
    return db.session.scalar(sa.select(sa.func.count(PayeeCheck.id)).where(PayeeCheck.award_id == award.id)) or 0


def check_in_force(award: Award) -> PayeeCheck | None:
    """The call that payments rest on now."""
    return db.session.scalar(sa.select(PayeeCheck).where(PayeeCheck.award_id == award.id, PayeeCheck.is_in_force))


def end_check(award: Award) -> None:
    """Let nothing more rest on the call that was noted."""
    ending = sa.update(PayeeCheck).where(PayeeCheck.award_id == award.id, PayeeCheck.is_in_force)
    db.session.execute(ending.values(is_in_force=False))
