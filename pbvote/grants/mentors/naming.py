"""Whether everybody may read that a member stays with a group: the member's own word. Nothing here commits."""

import sqlalchemy as sa

from pbvote.core.clock import today
from pbvote.db import db, insert_into
from pbvote.grants.mentors.models import MemberCard
from pbvote.people.models import Account


def may_be_named(member: Account) -> bool:
    """Whether the member agrees that groups' public pages name them."""
    wanted = sa.select(MemberCard.named_from).where(MemberCard.account_id == member.id)
    return db.session.scalar(wanted) is not None


def agree_to_be_named(member: Account) -> None:
    """From now on. Pressed again, the day stays."""
    first = insert_into(MemberCard).values(account_id=member.id, sentence="", phone="", named_from=today())
    kept = sa.func.coalesce(MemberCard.named_from, today())
    db.session.execute(first.on_conflict_do_update(index_elements=["account_id"], set_={"named_from": kept}))


def be_named_no_longer(member: Account) -> None:
    """At once."""
    this = sa.update(MemberCard).where(MemberCard.account_id == member.id)
    db.session.execute(this.values(named_from=None))
