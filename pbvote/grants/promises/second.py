"""The second person of a group, who confirms by a mailed link that it accepts. Nothing here commits.

They need no account: the code of the link is the authority, and it goes to an address that is not the first person's.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.call.bids.models import Bid
from pbvote.call.groups.models import GroupContact
from pbvote.call.rounds.models import Share
from pbvote.code_tags import tag_of
from pbvote.core.clock import now
from pbvote.core.codes import new_code, read_code
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.awards.service import AwardMoved
from pbvote.grants.promises import letters
from pbvote.grants.promises.models import Acceptance
from pbvote.people.codes import WrongCode
from pbvote.people.models import Account
from pbvote.vote.events.models import Event

_PURPOSE = "second person"
LONG_WAIT: Final = dt.timedelta(days=7)
"""Then an officer asks the group how it stands."""


class SecondIsFirst(Refusal):
    """Two people accept a large award."""

    status = 422

    def __init__(self) -> None:
        super().__init__("Name somebody else. Two people of your group accept, each with an address of their own.")


class IsTheFirst(Refusal):
    """Whoever accepted does not confirm it, too."""

    def __init__(self) -> None:
        super().__init__("You accepted this yourself. Somebody else of your group confirms it.")


class NobodyWaits(Refusal):
    """Nothing waits for a second person."""

    def __init__(self) -> None:
        super().__init__("Nothing waits for a second person here. They may have confirmed a moment ago.")


class NoSuchCode(WrongCode):
    """A link that leads to nothing: mistyped, or a newer letter went out."""

    def __init__(self, typed: str) -> None:
        super().__init__("This link does not work. Use the link in our newest letter, and check the code.", typed)


class LinkEnded(Refusal):
    """A newer letter went out a moment ago, perhaps to somebody else."""

    def __init__(self) -> None:
        super().__init__("Your group has just sent a newer letter, so this link has ended. Use the newest one.")


@dataclass(frozen=True, slots=True)
class Second:
    """Who confirms. Without an address where an organiser has spoken to them."""

    name: str
    email: str = ""


def others_of(award: Award, account: Account) -> list[Account]:
    """Who else speaks for the award's group, and can sign in."""
    wanted = sa.select(Account).join(GroupContact, GroupContact.account_id == Account.id)
    wanted = wanted.where(GroupContact.group_id == award.bid.group_id, Account.id != account.id)
    wanted = wanted.where(Account.is_disabled.is_(False)).options(orm.lazyload(Account.grants))
    return list(db.session.scalars(wanted.order_by(Account.name)))


def require_another(second: Second, name: str, email: str) -> None:
    """Raise `SecondIsFirst` where the second person has the first one's name or address."""
    if _plain(second.name) == _plain(name) or (email and _plain(second.email) == _plain(email)):
        raise SecondIsFirst


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def ask(acceptance: Acceptance, second: Second) -> None:
    """Write to the second person. An earlier link ends. Raises `SecondIsFirst` and `NobodyWaits`."""
    require_another(second, acceptance.name, acceptance.email)
    code = new_code()
    waits = sa.update(Acceptance).where(
        Acceptance.award_id == acceptance.award_id, Acceptance.takes_two, Acceptance.confirmed_at.is_(None)
    )
    values = {"second_name": second.name, "second_email": second.email.strip().lower(), "second_asked_at": now()}
    asked = waits.values(**values, second_tag=tag_of(_PURPOSE, code)).returning(Acceptance.award_id)
    if acceptance.award.state is not AwardState.WAITS_FOR_SECOND or db.session.scalar(asked) is None:
        raise NobodyWaits
    db.session.refresh(acceptance, [*values, "second_tag"])
    letters.ask_second(acceptance, code)


def require_waiting(acceptance: Acceptance) -> None:
    """Raise `NobodyWaits` unless a second person is still to confirm."""
    if not acceptance.waits:
        raise NobodyWaits


def has_waited_long() -> sa.ColumnElement[bool]:
    """For statements that join awards and acceptances: whether a second person has not confirmed for a week."""
    is_long = Acceptance.accepted_at < now() - LONG_WAIT
    return sa.and_(Award.state == AwardState.WAITS_FOR_SECOND, Acceptance.confirmed_at.is_(None), is_long)


def remind(acceptance: Acceptance) -> None:
    """Write to the same person again. Raises `NobodyWaits`."""
    if not acceptance.second_email:
        raise NobodyWaits
    ask(acceptance, Second(acceptance.second_name, acceptance.second_email))


def acceptance_with(typed: str) -> Acceptance:
    """What waits for whoever has this code, or what they have confirmed. Raises `NoSuchCode`; `AwardMoved` once it is
    given back."""
    code = read_code(typed)
    award = orm.joinedload(Acceptance.award, innerjoin=True)
    event = award.joinedload(Award.event, innerjoin=True).joinedload(Event.share, innerjoin=True)
    wanted = sa.select(Acceptance).options(
        award.joinedload(Award.bid, innerjoin=True).joinedload(Bid.group),
        award.joinedload(Award.decision, innerjoin=True),
        event.joinedload(Share.round, innerjoin=True),
        event.joinedload(Share.locality, innerjoin=True),
    )
    found = db.session.scalar(wanted.where(Acceptance.second_tag == tag_of(_PURPOSE, code))) if code else None
    if found is None:
        raise NoSuchCode(typed)
    if not found.award.is_standing:
        raise AwardMoved
    return found


def require_not_first(acceptance: Acceptance, reader: Account | None) -> None:
    """Raise `IsTheFirst` where whoever accepted is the one who is signed in here."""
    if reader is not None and reader.id == acceptance.account_id:
        raise IsTheFirst
