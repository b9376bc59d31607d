"""Join a sub-group, confirm it, leave it, be taken off its list. Nothing here commits."""

import datetime as dt
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import today
from pbvote.db import db, insert_into
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.partnership.letter_links import new_links
from pbvote.partnership.members.models import PartnershipMember
from pbvote.partnership.subgroups import letters
from pbvote.partnership.subgroups.models import Subgroup, SubgroupJoiner
from pbvote.partnership.subgroups.service import hold_going
from pbvote.people.codes import WrongCode
from pbvote.people.models import Account

MOST_UNCONFIRMED: Final = 60
"""For one sub-group: a flood ends here whatever networks it comes from."""
UNCONFIRMED_DAYS: Final = 7
TO_RING_DAYS: Final = 31
"""So long somebody has to ring whoever left a telephone number alone."""


class TakesNobody(Refusal):
    """Its editors have closed it."""

    def __init__(self) -> None:
        super().__init__("This sub-group takes nobody new now.")


class TooManyJoin(Refusal):
    """More than a lead can say hello to."""

    status = 429

    def __init__(self) -> None:
        super().__init__("Very many people have joined this week. Try again tomorrow.")


class UnknownJoiner(WrongCode):
    """A link that leads to nobody in a sub-group: mistyped, of somebody who has left, or of one that has ended."""

    def __init__(self, typed: str) -> None:
        super().__init__("This link leads to nobody in a sub-group. If you left it, you are not in it any more.", typed)


def join_by_contact(subgroup: Subgroup, locality: Locality, name: str, contact: str) -> None:
    """Write a letter with a button to an e-mail address; of a telephone number the lead is told, who rings.

    The page says the same to whoever has joined already. Raises `SubgroupEnded`, `TakesNobody`, `TooManyJoin`.
    """
    require_open(subgroup)
    joiner = _row_of(subgroup, {"name": name, "contact": contact})
    if joiner.confirmed_on is None:
        joiner.name = name
        if joiner.take_a_letter():
            if joiner.has_address:
                letters.ask_to_confirm_joining(joiner, subgroup)
            else:
                letters.ask_lead_to_ring(subgroup, locality)
    db.session.flush()


def join_with_account(subgroup: Subgroup, locality: Locality, by: Account) -> None:
    """Join by one press; pressed again, nothing changes. Raises `SubgroupEnded`, `TakesNobody`."""
    require_open(subgroup)
    joiner = _row_of(subgroup, {"name": by.name, "contact": by.email})
    is_new = joiner.confirmed_on is None
    joiner.name, joiner.confirmed_on = by.name, joiner.confirmed_on or today()
    joiner.account_id = by.id
    if is_new:
        letters.tell_lead(subgroup, locality)
    db.session.flush()


def require_open(subgroup: Subgroup) -> None:
    """Hold a sub-group that takes others. Raises `SubgroupEnded`, `TakesNobody`."""
    hold_going(subgroup)
    if not subgroup.takes_joiners:
        raise TakesNobody


def _row_of(subgroup: Subgroup, said: dict[str, Any]) -> SubgroupJoiner:
    """The row of whoever is reached like this, made where there is none. Raises `TooManyJoin`."""
    row = {"subgroup_id": subgroup.id, **said, "joined_on": today(), **new_links(SubgroupJoiner)}
    insert = insert_into(SubgroupJoiner).values(row)
    claim = insert.on_conflict_do_update(
        index_elements=["subgroup_id", "contact"], set_={"contact": insert.excluded.contact}
    ).returning(SubgroupJoiner)
    joiner = db.session.scalars(claim, execution_options={"populate_existing": True}).one()
    waiting = sa.select(sa.func.count()).select_from(SubgroupJoiner)
    waiting = waiting.where(SubgroupJoiner.subgroup_id == subgroup.id, SubgroupJoiner.confirmed_on.is_(None))
    if db.session.scalars(waiting).one() > MOST_UNCONFIRMED:
        raise TooManyJoin
    return joiner


def confirm_joining(typed: str) -> None:
    """Be in it, once: a second press finds it done. Raises `UnknownJoiner`."""
    this = SubgroupJoiner.with_code(typed)
    _confirm(sa.and_(this, SubgroupJoiner.confirmed_on.is_(None)))
    if db.session.scalar(sa.select(SubgroupJoiner.id).where(this)) is None:
        raise UnknownJoiner(typed)


def note_rang(subgroup: Subgroup, joiner_id: int) -> None:
    """Somebody rang a telephone number, and they do join. Pressed again, nothing changes."""
    this = sa.and_(SubgroupJoiner.subgroup_id == subgroup.id, SubgroupJoiner.id == joiner_id)
    claim = sa.update(SubgroupJoiner).where(this, ~SubgroupJoiner.contact.contains("@"))
    db.session.execute(claim.where(SubgroupJoiner.confirmed_on.is_(None)).values(confirmed_on=today()))


def _confirm(which: sa.ColumnElement[bool]) -> None:
    claim = sa.update(SubgroupJoiner).where(which).values(confirmed_on=today(), asked_on=None, letters=0)
    found = db.session.scalar(claim.returning(SubgroupJoiner.subgroup_id))
    if found is None:
        return
    lead = orm.joinedload(Subgroup.lead).joinedload(PartnershipMember.account)
    subgroup = db.session.get_one(Subgroup, found, options=[lead])
    letters.tell_lead(subgroup, db.session.get_one(Locality, subgroup.locality_id))


def delete_joining(typed: str) -> None:
    """Delete what somebody typed with this address. Raises `UnknownJoiner`."""
    _delete(SubgroupJoiner.with_code(typed), typed)


def leave_subgroup(typed: str) -> None:
    """Leave by the letter's link. Raises `UnknownJoiner`."""
    _delete(SubgroupJoiner.with_stop_code(typed), typed)


def _delete(which: sa.ColumnElement[bool], typed: str) -> None:
    if db.session.scalar(sa.delete(SubgroupJoiner).where(which).returning(SubgroupJoiner.id)) is None:
        raise UnknownJoiner(typed)


def is_in(typed: str) -> bool:
    """Whether a stop code leads to somebody who has joined."""
    return db.session.scalars(sa.select(sa.exists().where(SubgroupJoiner.with_stop_code(typed)))).one()


def leave_with_account(subgroup: Subgroup, by: Account) -> None:
    """Leave by a press; pressed again, nothing changes."""
    mine = sa.delete(SubgroupJoiner).where(SubgroupJoiner.subgroup_id == subgroup.id)
    db.session.execute(mine.where(SubgroupJoiner.account_id == by.id))


def remove_joiner(subgroup: Subgroup, joiner_id: int) -> bool:
    """Take somebody off the list and tell them; whether they were on it."""
    this = sa.select(SubgroupJoiner).where(SubgroupJoiner.subgroup_id == subgroup.id, SubgroupJoiner.id == joiner_id)
    joiner = db.session.scalar(this.with_for_update())
    if joiner is None:
        return False
    if joiner.confirmed_on:
        letters.say_removed(joiner, subgroup)
    db.session.delete(joiner)
    db.session.flush()
    return True


def forget_joiners() -> int:
    """Delete whoever did not confirm in a week, and the numbers that nobody rang in a month; how many they were."""
    by_mail, day = SubgroupJoiner.contact.contains("@"), SubgroupJoiner.joined_on
    is_lost = sa.and_(by_mail, day < today() - dt.timedelta(days=UNCONFIRMED_DAYS))
    is_unrung = sa.and_(~by_mail, day < today() - dt.timedelta(days=TO_RING_DAYS))
    gone = sa.delete(SubgroupJoiner).where(SubgroupJoiner.confirmed_on.is_(None), sa.or_(is_lost, is_unrung))
    return len(db.session.scalars(gone.returning(SubgroupJoiner.id)).all())
