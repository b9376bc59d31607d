"""Sign a group up, change how many come, give places back. Nothing here commits.

Whoever calls these holds the gathering's row; the places are taken by one statement all the same.
"""

from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.groups.models import Group, GroupContact
from pbvote.core.clock import now, today
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.filters import day
from pbvote.partnership.gatherings.line import offer_free_places, take_places
from pbvote.partnership.gatherings.models import Gathering, SignUp, SignUpState
from pbvote.people.models import Account


class SignUpIsOver(Refusal):
    """After the last day to sign up, or of a gathering that does not take place."""

    def __init__(self, gathering: Gathering) -> None:
        why = f"The last day to sign up was {day(gathering.sign_up_until)}."
        super().__init__("This gathering does not take place." if gathering.is_off else why)


class ItHasBegun(Refusal):
    """Nothing can be changed any more."""

    def __init__(self, gathering: Gathering) -> None:
        why = "It has begun. Speak to somebody at the door."
        super().__init__("This gathering does not take place." if gathering.is_off else why)


class NoOfferNow(Refusal):
    """An answer to an offer that is over, or was answered."""

    def __init__(self) -> None:
        super().__init__("This offer is over. You can sign up again while there is time: you then stand in the line.")


@dataclass(frozen=True, slots=True)
class SaidOfSignUp:
    """What a group says when it signs up."""

    people: int
    gives: str
    needs: list[str]
    needs_words: str
    access_needs: str
    shows_name: bool


def groups_of(account: Account) -> list[Group]:
    """The groups that an account speaks for, by name."""
    wanted = sa.select(Group).join(GroupContact, GroupContact.group_id == Group.id)
    return list(db.session.scalars(wanted.where(GroupContact.account_id == account.id).order_by(Group.name, Group.id)))


def sign_up_of(gathering: Gathering, group: Group) -> SignUp | None:
    """How a group stands with a gathering."""
    wanted = sa.select(SignUp).where(SignUp.gathering_id == gathering.id, SignUp.group_id == group.id)
    return db.session.scalar(wanted.options(orm.joinedload(SignUp.group)).execution_options(populate_existing=True))


def sign_up(gathering: Gathering, group: Group, said: SaidOfSignUp, by: Account) -> SignUp:
    """Sign a group up for so many places: it comes, or stands in the line where they are taken.

    A group that has signed up already changes what it said. Raises `SignUpIsOver`, and what `change_sign_up` does.
    """
    own = sign_up_of(gathering, group)
    if own and not own.is_given_back:
        change_sign_up(gathering, own, said)
        return own
    if not gathering.takes_sign_ups:
        raise SignUpIsOver(gathering)
    fits = said.people <= gathering.free
    if fits:
        take_places(gathering, said.people)
    own = own or SignUp(gathering_id=gathering.id, group=group)
    _say(own, said)
    own.signed_by_id, own.signed_at = by.id, now()
    own.state = SignUpState.COMING if fits else SignUpState.WAITING
    own.waiting_since = None if fits else now()
    db.session.add(own)
    db.session.flush()
    return own


def change_sign_up(gathering: Gathering, own: SignUp, said: SaidOfSignUp) -> None:
    """Say something else. A group in the line keeps its place there. Raises `ItHasBegun` and `TooFewPlaces`."""
    if not gathering.is_on:
        raise ItHasBegun(gathering)
    if own.holds_places:
        take_places(gathering, said.people - own.people)
    _say(own, said)
    db.session.flush()
    offer_free_places(gathering)


def _say(own: SignUp, said: SaidOfSignUp) -> None:
    for name, value in asdict(said).items():
        setattr(own, name, value)


def give_back(gathering: Gathering, own: SignUp) -> None:
    """The group comes no more, or leaves the line. The next in it are offered the places. Raises `ItHasBegun`."""
    if own.is_given_back:
        return
    if not gathering.is_on:
        raise ItHasBegun(gathering)
    if own.holds_places:
        take_places(gathering, -own.people)
    own.leave()
    db.session.flush()
    offer_free_places(gathering)


def say_yes(gathering: Gathering, own: SignUp) -> None:
    """Take the places that were offered. Raises `NoOfferNow`."""
    if not (own.is_offered and own.offered_until and own.offered_until >= today() and gathering.is_on):
        raise NoOfferNow
    own.state, own.offered_on, own.offered_until, own.reminded_on = SignUpState.COMING, None, None, None
    db.session.flush()


def say_no(gathering: Gathering, own: SignUp) -> None:
    """Let the offered places go to the next. Raises `NoOfferNow`."""
    if not own.is_offered:
        raise NoOfferNow
    give_back(gathering, own)
