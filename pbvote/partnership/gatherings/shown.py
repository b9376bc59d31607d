"""What is read of gatherings: by everybody, by groups, and by those who keep them. Nothing here writes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import Group, GroupContact
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.directory.models import Listing
from pbvote.grants.directory.visible import may_be_listed
from pbvote.localities.models import Locality
from pbvote.paging import Page, fetch_page
from pbvote.partnership.gatherings.models import (
    HOLDS_PLACES,
    Gathering,
    GatheringLocality,
    GatheringState,
    SignUp,
    SignUpState,
)
from pbvote.people.models import Account

_PAGE: Final = 20
"""Gatherings on a page, and in a calendar: some years of them."""
_LISTED_FOR: Final = dt.timedelta(days=90)
"""How long a gathering that is over, or off, stays on the lists of the groups that signed up for it."""


@dataclass(frozen=True, slots=True)
class WhoCame:
    """A gathering in numbers, once it is over."""

    groups: int
    people: int


@dataclass(frozen=True, slots=True)
class PublicGathering:
    """A gathering, as everybody reads it. Who waits is in no number of it."""

    gathering: Gathering
    groups: int
    """How many come."""
    people: int
    names: Sequence[str]
    """Of the groups that let theirs stand there: those that come, and once it is over, those that came."""
    came: WhoCame | None


@dataclass(frozen=True, slots=True)
class OwnGathering:
    """A gathering on the list of a group's contact."""

    gathering: Gathering
    group: Group
    own: SignUp | None


@dataclass(frozen=True, slots=True)
class AtTable:
    """A group that comes, as its card shows it."""

    called: str
    people: int
    sentence: str
    """Of its place in the directory; "" where it stands in none."""
    gives: str
    needs: Sequence[str]
    needs_words: str


def whole_gathering() -> sa.Select[Gathering]:
    """Gatherings with their host and the localities that they are for."""
    whole = (orm.joinedload(Gathering.locality, innerjoin=True), orm.selectinload(Gathering.localities))
    return sa.select(Gathering).options(*whole)


def is_for(locality: Locality) -> sa.ColumnElement[bool]:
    """Whether a gathering is for a locality's groups."""
    where = sa.select(GatheringLocality.c.gathering_id).where(GatheringLocality.c.locality_id == locality.id)
    return Gathering.id.in_(where)


def public_gathering(gathering_id: int) -> PublicGathering | None:
    """What everybody reads; None where it is a draft or none."""
    found = db.session.scalar(whole_gathering().where(Gathering.id == gathering_id, ~_is_draft()))
    if found is None:
        return None
    rows = sign_ups_of(found)
    coming = [each for each in rows if each.is_coming]
    came = [each.came for each in rows if each.came]
    return PublicGathering(
        gathering=found,
        groups=len(coming),
        people=sum(each.people for each in coming),
        names=sorted(each.called for each in coming if each.shows_name and (each.came or not found.is_over)),
        came=WhoCame(len(came), sum(came)) if came and found.is_over else None,
    )


def _is_draft() -> sa.ColumnElement[bool]:
    return Gathering.state == GatheringState.DRAFT


def has_uncounted() -> sa.ColumnElement[bool]:
    """Whether a group holds places and nobody has noted how many came of it, for a query of gatherings."""
    held = sa.and_(SignUp.gathering_id == Gathering.id, SignUp.state.in_(HOLDS_PLACES), SignUp.came.is_(None))
    return sa.exists().where(held)


def sign_ups_of(gathering: Gathering) -> list[SignUp]:
    """Every group that has signed up or walked in, by when it did."""
    wanted = sa.select(SignUp).where(SignUp.gathering_id == gathering.id).options(orm.joinedload(SignUp.group))
    return list(db.session.scalars(wanted.order_by(SignUp.signed_at, SignUp.id)))


def at_tables(gathering: Gathering) -> list[AtTable]:
    """The groups that come, by when they signed up, each with its sentence from the directory; in two statements."""
    held = [each for each in sign_ups_of(gathering) if each.is_coming]
    wanted = sa.select(Bid.group_id, Listing.sentence).join(Award, Award.bid_id == Bid.id)
    wanted = wanted.join(Listing, Listing.award_id == Award.id)
    wanted = wanted.where(Bid.group_id.in_([each.group_id for each in held]), may_be_listed()).order_by(Award.id)
    sentences = dict(db.session.execute(wanted).all())
    return [
        AtTable(
            each.called,
            each.people,
            sentences.get(each.group_id, ""),
            each.gives,
            each.needs_in_words,
            each.needs_words,
        )
        for each in held
    ]


def next_gatherings(locality: Locality) -> Sequence[Gathering]:
    """The locality's published gatherings that are still to end, the soonest first; in one statement."""
    wanted = sa.select(Gathering).where(is_for(locality), ~_is_draft(), Gathering.ends_at > now())
    return db.session.scalars(wanted.order_by(Gathering.starts_at, Gathering.id)).all()


def public_gatherings(locality: Locality) -> Sequence[Gathering]:
    """A locality's newest public gatherings by their days, the newest last: what its calendar holds."""
    wanted = whole_gathering().where(is_for(locality), ~_is_draft())
    newest = wanted.order_by(Gathering.starts_at.desc(), Gathering.id.desc()).limit(_PAGE)
    return db.session.scalars(newest).all()[::-1]


def kept_gatherings(locality: Locality, number: int) -> Page[Gathering]:
    """A page of the gatherings that the locality's partnership keeps, the newest first; in two statements."""
    wanted = sa.select(Gathering).where(Gathering.locality_id == locality.id)
    return fetch_page(wanted.order_by(Gathering.starts_at.desc(), Gathering.id), number, _PAGE)


def kept_gathering(locality: Locality, gathering_id: int) -> Gathering | None:
    """One of them."""
    wanted = whole_gathering().where(Gathering.locality_id == locality.id, Gathering.id == gathering_id)
    return db.session.scalar(wanted)


def own_gatherings(contact: Account) -> list[OwnGathering]:
    """What is to come, and what a contact's groups signed up for, group by group; in two statements."""
    wanted = sa.select(Group, Gathering, SignUp).join(GroupContact, GroupContact.group_id == Group.id)
    wanted = wanted.join(Gathering, ~_is_draft())
    ours = sa.and_(SignUp.gathering_id == Gathering.id, SignUp.group_id == Group.id)
    wanted = wanted.outerjoin(SignUp, ours).where(GroupContact.account_id == contact.id)
    is_open = sa.and_(Gathering.state == GatheringState.PUBLISHED, Gathering.ends_at > now())
    still_in = SignUp.state.in_((SignUpState.COMING, SignUpState.OFFERED, SignUpState.WAITING))
    is_ours = sa.and_(still_in, Gathering.ends_at > now() - _LISTED_FOR)
    wanted = wanted.where(sa.or_(is_open, is_ours)).order_by(Gathering.starts_at.desc(), Gathering.id, Group.name)
    wanted = wanted.options(orm.selectinload(Gathering.localities))
    return [OwnGathering(gathering, group, own) for group, gathering, own in db.session.execute(wanted)]
