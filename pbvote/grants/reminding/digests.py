"""The weekly digest of LP members and organisers. Nothing here commits.

What it says is what their pages say at that moment, from the same functions.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from pbvote.access import Role
from pbvote.addresses import account_page, desk_page, funded_groups_page
from pbvote.core.clock import now, today
from pbvote.core.working_days import is_working_day
from pbvote.db import db, insert_if_absent
from pbvote.grants.mentors.letters import write_to
from pbvote.grants.reminding.members_week import members_week
from pbvote.grants.reminding.models import Digest
from pbvote.grants.reminding.organisers_week import organisers_week
from pbvote.grants.reminding.paragraphs import Paragraph
from pbvote.people.models import Account, RoleGrant

KEPT_WEEKS = 8
PEOPLE = 5
"""Whose digests are one transaction."""


def week_of(day: dt.date) -> dt.date:
    """The Monday of the day's week."""
    return day - dt.timedelta(days=day.weekday())


def people_to_write_to(day: dt.date) -> Iterator[Sequence[int]]:
    """Whose week nobody has summed up yet, a few at a time; nobody's on a day on which offices are closed.

    So a Monday that was missed, or a holiday, goes on Tuesday. It only reads.
    """
    if not is_working_day(day):
        return
    has_role = Account.grants.any(RoleGrant.role.in_((Role.LP_MEMBER, Role.ORGANISER)))
    done = sa.exists().where(Digest.account_id == Account.id, Digest.week_on == week_of(day))
    wanted = sa.select(Account.id).where(has_role, Account.takes_digest, Account.is_disabled.is_(False), ~done)
    ids = db.session.scalars(wanted.order_by(Account.id)).all()
    yield from (ids[start : start + PEOPLE] for start in range(0, len(ids), PEOPLE))


def write_digests(account_ids: Sequence[int], day: dt.date) -> int:
    """Sum up the week of these people, once; how many letters that took. Who has nothing to read gets none."""
    wanted = sa.select(Account).where(Account.id.in_(account_ids), Account.takes_digest).order_by(Account.id)
    people = db.session.scalars(wanted).all()
    # All organisers read the same, so it is read once.
    organisers = organisers_week() if any(Role.ORGANISER in account.roles for account in people) else []
    return sum(_write(account, day, organisers) for account in people)


def _write(account: Account, day: dt.date, organisers: Sequence[Paragraph]) -> bool:
    """Claim the person's week with its row, and write the letter; whether there is one."""
    said = _said(account, day, organisers)
    lines = sum(len(paragraph.lines) for paragraph in said)
    row = {"account_id": account.id, "week_on": week_of(day), "lines": lines, "written_at": now()}
    claimed = db.session.scalar(insert_if_absent(Digest, row).returning(Digest.account_id))
    if claimed is None or not said:
        return False
    page, where = (desk_page(), "Today") if Role.ORGANISER in account.roles else (funded_groups_page(), "My groups")
    ends = f"This letter comes once a week, if there is something to say. You can stop it: {account_page()}"
    parts = (*map(str, said), ends, f"More is on the page {where}.")
    write_to(account, "Your week with the funded groups", parts, page)
    return True


def _said(account: Account, day: dt.date, organisers: Sequence[Paragraph]) -> list[Paragraph]:
    """What the person reads, by the roles that they hold now."""
    said: list[Paragraph] = []
    if Role.ORGANISER in account.roles:
        said += organisers
    if Role.LP_MEMBER in account.roles:
        said += members_week(account, day, since=_last(account))
    return [paragraph for paragraph in said if paragraph.lines]


def _last(account: Account) -> dt.datetime:
    """When the person's last digest was written; before the first, a week ago."""
    last = db.session.scalar(sa.select(sa.func.max(Digest.written_at)).where(Digest.account_id == account.id))
    return last or now() - dt.timedelta(days=7)


def forget_digests() -> int:
    """Delete what says whose week was summed up, after `KEPT_WEEKS`; how many rows that were."""
    is_old = Digest.week_on < week_of(today()) - dt.timedelta(weeks=KEPT_WEEKS)
    return len(db.session.scalars(sa.delete(Digest).where(is_old).returning(Digest.account_id)).all())
