"""Lend a hand, and the list of those who do. Nothing here commits."""

import datetime as dt
import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from flask_babel import gettext
from sqlalchemy import orm

from pbvote.call.rounds.models import Round, Share
from pbvote.core.clock import now
from pbvote.db import db, write_again
from pbvote.errors import Refusal
from pbvote.spreadsheets.tables import Column, Kind, Table
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import at_the_close
from pbvote.vote.residents.models import Volunteer

TAKEN_DAYS = 92
"""So long after the event's end somebody can still offer."""
KEPT_DAYS = 365
"""After the event's end: as long as most groups need to spend a grant."""
MOST = 500
"""For one event."""


class TooLateToOffer(Refusal):
    """The event is long over."""

    def __init__(self, council: str) -> None:
        super().__init__(gettext("This event is long over. Write to %(address)s instead.", address=council))


class TooManyVolunteers(Refusal):
    """More than anybody can answer."""

    status = 429

    def __init__(self, council: str) -> None:
        super().__init__(gettext("We can’t take more offers here. Write to %(address)s instead.", address=council))


def is_too_late(event: Event) -> bool:
    """Whether nobody offers anything for this event any more."""
    return event.ends_at < now() - dt.timedelta(days=TAKEN_DAYS)


def lend_a_hand(event: Event, *, name: str, contact: str, words: str, council: str) -> Volunteer:
    """Keep what somebody offers. `council` is where to write otherwise.

    Raises `TooLateToOffer` and `TooManyVolunteers`.
    """
    if is_too_late(event):
        raise TooLateToOffer(council)
    of_event = sa.select(sa.func.count()).select_from(Volunteer).where(Volunteer.event_id == event.id)
    if db.session.scalars(of_event).one() >= MOST:
        raise TooManyVolunteers(council)
    offered = Volunteer(id=secrets.token_hex(8), event_id=event.id, name=name, contact=contact, words=words)
    db.session.add(offered)
    return offered


@at_the_close
def forget_order_of_volunteers(event: Event) -> None:
    """Write the event's volunteers again, so that none says when they came beside the ballots."""
    write_again(Volunteer, Volunteer.event_id == event.id)


def volunteers_of(round_: Round) -> list[Volunteer]:
    """Everybody who lends a hand in the round, by event and name, in one statement."""
    wanted = sa.select(Volunteer).join(Volunteer.event).join(Share, Share.id == Event.share_id)
    wanted = wanted.where(Share.round_id == round_.id).options(orm.contains_eager(Volunteer.event))
    return list(db.session.scalars(wanted.order_by(Event.name, Volunteer.name, Volunteer.id)))


def forget_volunteer(round_: Round, volunteer_id: str) -> bool:
    """Delete one, as they may ask at any time; whether they were on the round's list."""
    events = sa.select(Event.id).join(Share, Share.id == Event.share_id).where(Share.round_id == round_.id)
    this = sa.delete(Volunteer).where(Volunteer.id == volunteer_id, Volunteer.event_id.in_(events))
    return db.session.scalar(this.returning(Volunteer.id)) is not None


def forget_volunteers() -> int:
    """Delete those of events that ended more than `KEPT_DAYS` ago; how many they were."""
    over = sa.select(Event.id).where(Event.ends_at < now() - dt.timedelta(days=KEPT_DAYS))
    gone = sa.delete(Volunteer).where(Volunteer.event_id.in_(over)).returning(Volunteer.id)
    return len(db.session.scalars(gone).all())


_COLUMNS = (
    Column("Event", width=30),
    Column("Name", width=30),
    Column("How to reach them", Kind.TELEPHONE, 30),
    Column("What they could do", Kind.LONG, 60),
    Column("Offered on", Kind.DAY, 18),
)


def volunteer_table(volunteers: Sequence[Volunteer]) -> Table:
    """The list as a file."""
    rows = [(one.event.name, one.name, one.contact, one.words, one.offered_on) for one in volunteers]
    return Table("Volunteers", _COLUMNS, rows)
