"""The line of those who wait: places that are free are offered to the first whose number fits.

Places that are offered are held, so nobody else can take them meanwhile. Nothing here commits.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import UK, now, today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.partnership.gatherings import letters
from pbvote.partnership.gatherings.letters import GatheringLetter
from pbvote.partnership.gatherings.models import Gathering, GatheringState, SignUp, SignUpState

DAYS_TO_ANSWER: Final = 3


class TooFewPlaces(Refusal):
    """More people than there are places for."""

    status = 422

    def __init__(self, free: int) -> None:
        left = f"Only {free} more {'place is' if free == 1 else 'places are'} free" if free else "No more place is free"
        super().__init__(f"{left}. Enter a smaller number")


def take_places(gathering: Gathering, more: int) -> None:
    """Hold so many more places, or fewer: one statement decides. Raises `TooFewPlaces`."""
    claim = sa.update(Gathering).where(Gathering.id == gathering.id, Gathering.taken + more <= Gathering.places)
    claim = claim.values(taken=Gathering.taken + more).returning(Gathering.taken)
    taken = db.session.scalar(claim.execution_options(synchronize_session=False))
    db.session.refresh(gathering, ["taken"])
    if taken is None:
        raise TooFewPlaces(gathering.free)


def line_of(gathering: Gathering) -> list[SignUp]:
    """Who waits, the first first."""
    wanted = sa.select(SignUp).where(SignUp.gathering_id == gathering.id, SignUp.state == SignUpState.WAITING)
    wanted = wanted.options(orm.joinedload(SignUp.group))
    return list(db.session.scalars(wanted.order_by(SignUp.waiting_since, SignUp.id)))


def place_in_line(own: SignUp) -> int:
    """1 for the first."""
    before = sa.or_(
        SignUp.waiting_since < own.waiting_since,
        sa.and_(SignUp.waiting_since == own.waiting_since, SignUp.id < own.id),
    )
    wanted = sa.select(sa.func.count()).where(SignUp.gathering_id == own.gathering_id)
    return 1 + (db.session.scalar(wanted.where(SignUp.state == SignUpState.WAITING, before)) or 0)


def ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``11th``, ``23rd``."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ends.get(number % 10, 'th')}"


def offer_free_places(gathering: Gathering) -> None:
    """Offer what is free to the first in line whose number fits, and to the next, and write to them."""
    letters.send(_offered(gathering))


def _offered(gathering: Gathering) -> list[GatheringLetter]:
    until = _answer_by(gathering)
    if not gathering.is_on or until is None or not gathering.free:
        return []
    offered = []
    for own in line_of(gathering):
        if own.people <= gathering.free:
            take_places(gathering, own.people)
            own.state, own.waiting_since, own.reminded_on = SignUpState.OFFERED, None, None
            own.offered_on, own.offered_until = today(), until
            offered.append(letters.offer(gathering, own, until))
    db.session.flush()
    return offered


def _answer_by(gathering: Gathering) -> dt.date | None:
    """The day by which a group that is offered places today says yes; None on the gathering's own day, or later."""
    eve = gathering.starts_at.astimezone(UK).date() - dt.timedelta(days=1)
    return min(today() + dt.timedelta(days=DAYS_TO_ANSWER), eve) if eve >= today() else None


def bring_answers_forward(gathering: Gathering) -> None:
    """Let no offer be open on the gathering's own day: where it came nearer, so does the last day to say yes.

    It is never before today, so nobody loses places that they could still take this morning.
    """
    eve = max(gathering.starts_at.astimezone(UK).date() - dt.timedelta(days=1), today())
    late = (SignUp.gathering_id == gathering.id, SignUp.state == SignUpState.OFFERED, SignUp.offered_until > eve)
    db.session.execute(sa.update(SignUp).where(*late).values(offered_until=eve))


def offers_to_see_to(day: dt.date) -> Sequence[int]:
    """The gatherings with an offer whose last day is this one, or is over. It only reads."""
    wanted = sa.select(SignUp.gathering_id).join(Gathering, Gathering.id == SignUp.gathering_id)
    wanted = wanted.where(SignUp.state == SignUpState.OFFERED, SignUp.offered_until <= day)
    wanted = wanted.where(Gathering.state == GatheringState.PUBLISHED, Gathering.starts_at > now())
    return db.session.scalars(wanted.distinct().order_by(SignUp.gathering_id)).all()


def see_to_offers(gathering: Gathering, day: dt.date) -> int:
    """Remind whoever has today left to answer, once, and pass on what nobody answered; how many groups were written to.

    The gathering's row is held.
    """
    wanted = sa.select(SignUp).where(SignUp.gathering_id == gathering.id, SignUp.state == SignUpState.OFFERED)
    wanted = wanted.where(SignUp.offered_until <= day).order_by(SignUp.id)
    wanted = wanted.options(orm.joinedload(SignUp.group))
    written = [letter for own in db.session.scalars(wanted) for letter in _seen_to(gathering, own, day)]
    written += _offered(gathering)
    letters.send(written)
    return len(written)


def _seen_to(gathering: Gathering, own: SignUp, day: dt.date) -> Iterator[GatheringLetter]:
    if own.offered_until and own.offered_until < day:
        take_places(gathering, -own.people)
        own.leave()
        db.session.flush()
        yield letters.passed_on(gathering, own)
    elif own.reminded_on is None and own.offered_on != day:
        own.reminded_on = day
        yield letters.last_day(gathering, own)
