"""Whoever spoke for a group and no longer does: told so, where they once wrote or answered for it."""

import sqlalchemy as sa

from pbvote.db import db
from pbvote.grants.awards.models import AwardHistory
from pbvote.grants.reports.models import ChangeRequest, Report, ReportDraft
from pbvote.grants.reports.refusals import FormerContact
from pbvote.people.models import Account


def require_not_former(award_id: int, account: Account) -> None:
    """Raise `FormerContact` where this account has answered, written or asked for the award's group before."""
    did = (
        (AwardHistory.award_id, AwardHistory.account_id),
        (ReportDraft.award_id, ReportDraft.account_id),
        (Report.award_id, Report.sent_by_id),
        (ChangeRequest.award_id, ChangeRequest.asked_by_id),
    )
    has_done = [sa.exists().where(award == award_id, by == account.id) for award, by in did]
    if db.session.scalar(sa.select(sa.or_(*has_done))):
        raise FormerContact
