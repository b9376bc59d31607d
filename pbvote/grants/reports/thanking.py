"""Thank a group by name, agree what becomes of money that is left, and say later what a report was good for.

Nothing here commits.
"""

import sqlalchemy as sa

from pbvote.call.groups.models import GroupContact
from pbvote.core.clock import now
from pbvote.core.money import format_money
from pbvote.db import db
from pbvote.grants.awards.models import Award
from pbvote.grants.reports import letters
from pbvote.grants.reports.models import LeftPlan, Report
from pbvote.grants.reports.refusals import AlreadyThanked, NothingToSettle, UseNoted
from pbvote.people.models import Account


def prefilled_thanks(award: Award, report: Report) -> str:
    """The thank-you as an officer may send it or put it better: by name, with what the group told."""
    contacts = sa.select(Account.name).join(GroupContact, GroupContact.account_id == Account.id)
    contacts = contacts.where(GroupContact.group_id == award.bid.group_id).order_by(Account.id)
    names = " and ".join(db.session.scalars(contacts))
    thanked = f"Thank you, {names}," if names else "Thank you"
    came = f" {report.people:,} people took part." if report.people else ""
    saved = format_money(award.award_pence, award.event.share.round.currency)
    place = award.event.share.locality.name
    return (
        f"{thanked} for telling us what became of “{award.bid.title}”.{came} "
        f"We have read your report. You made {saved} go a long way in {place}."
    )


def thank(award: Award, report: Report, words: str, by: Account) -> None:
    """Thank the group; it gets a letter and reads it on its page. Raises `AlreadyThanked`."""
    claim = sa.update(Report).where(Report.id == report.id, Report.answered_at.is_(None))
    claim = claim.values(answer=words, answered_at=now(), answered_by_id=by.id)
    if db.session.scalar(claim.returning(Report.id)) is None:
        raise AlreadyThanked
    db.session.refresh(report)
    letters.say_thanks(award, words, by)


def note_use(award: Award, report: Report, used_in: str) -> None:
    """Say where the council used the report; the group gets a letter. Raises `UseNoted`."""
    claim = sa.update(Report).where(Report.id == report.id, Report.used_in == "", Report.answered_at.is_not(None))
    if db.session.scalar(claim.values(used_in=used_in, used_at=now()).returning(Report.id)) is None:
        raise UseNoted
    db.session.refresh(report)
    letters.say_used(award, used_in)


def require_to_tell(report: Report) -> None:
    """Raise `UseNoted` unless the group was thanked, and not told yet what its report was good for."""
    if report.used_in or not report.is_answered:
        raise UseNoted


def require_to_settle(report: Report) -> None:
    """Raise `NothingToSettle` unless money is left and nobody has agreed what becomes of it."""
    if not report.waits_for_word_on_left:
        raise NothingToSettle


def keep_left(award: Award, report: Report, by: Account) -> None:
    """Agree that the group keeps what is left, for the same purpose. Raises `NothingToSettle`."""
    _agree(report, LeftPlan.KEEP, by)
    letters.say_keep(award, report.left_pence or 0)


def send_back(award: Award, report: Report, by: Account) -> None:
    """Agree that the group sends back what is left. The room of money notes the day on which it came.

    Raises `NothingToSettle`.
    """
    _agree(report, LeftPlan.SEND_BACK, by)
    letters.say_send_back(award, report.left_pence or 0)


def _agree(report: Report, plan: LeftPlan, by: Account) -> None:
    claim = sa.update(Report).where(
        Report.id == report.id, Report.left_wish.is_not(None), Report.is_left_kept.is_(None)
    )
    claim = claim.values(is_left_kept=plan is LeftPlan.KEEP, left_agreed_at=now(), left_agreed_by_id=by.id)
    if db.session.scalar(claim.returning(Report.id)) is None:
        raise NothingToSettle
    db.session.refresh(report)


def to_come_back(award: Award, report: Report) -> int:
    """What an officer agreed that the group sends back, and that has not come, in pence."""
    if report.left_agreed is not LeftPlan.SEND_BACK:
        return 0
    came = award.returned_pence - (award.award_pence - report.had_pence)
    return max(0, (report.left_pence or 0) - came)
