"""Ask one group for its receipts, where the round's rules do not, and take that back. Nothing here commits."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now
from pbvote.db import db, insert_if_absent
from pbvote.grants.awards.models import Award
from pbvote.grants.reports import letters
from pbvote.grants.reports.receipt_models import ReceiptsRequest
from pbvote.grants.reports.receipts import require_unsent
from pbvote.grants.reports.refusals import NotReportable, ReceiptsAsked, ReceiptsNotAsked
from pbvote.people.models import Account

_IS_ASKED = ReceiptsRequest.taken_back_at.is_(None)


def receipts_request(award_id: int) -> ReceiptsRequest | None:
    """What this award's group was asked, and why; None where nobody asks it, or it was taken back."""
    return receipts_requests([award_id]).get(award_id)


def receipts_requests(award_ids: Sequence[int]) -> Mapping[int, ReceiptsRequest]:
    """The same of several awards, in one statement; one that is not asked is left out."""
    wanted = sa.select(ReceiptsRequest).where(ReceiptsRequest.award_id.in_(award_ids), _IS_ASKED)
    wanted = wanted.options(orm.joinedload(ReceiptsRequest.asked_by).lazyload(Account.grants))
    return {asked.award_id: asked for asked in db.session.scalars(wanted)}


def require_may_ask(award: Award) -> None:
    """Raise `NotReportable`, `AlreadySent`, or `ReceiptsAsked` where it is asked already."""
    if not award.is_under_way:
        raise NotReportable
    require_unsent(award)
    if receipts_request(award.id):
        raise ReceiptsAsked


def ask_for_receipts(award: Award, reason: str, by: Account) -> None:
    """Ask for photos of receipts with the report, and write to the group why. Raises as `require_may_ask` does."""
    require_may_ask(award)
    row = {"award_id": award.id, "reason": reason, "asked_at": now(), "asked_by_id": by.id}
    if db.session.scalar(insert_if_absent(ReceiptsRequest, row).returning(ReceiptsRequest.id)) is None:
        raise ReceiptsAsked
    letters.say_receipts_asked(award, reason)


def take_back_receipts(award: Award, by: Account) -> None:
    """Ask no longer, and write to the group so. Raises `ReceiptsNotAsked`, and `AlreadySent` where it has reported."""
    require_unsent(award)
    claim = sa.update(ReceiptsRequest).where(ReceiptsRequest.award_id == award.id, _IS_ASKED)
    claim = claim.values(taken_back_at=now(), taken_back_by_id=by.id)
    if db.session.scalar(claim.returning(ReceiptsRequest.id)) is None:
        raise ReceiptsNotAsked
    letters.say_receipts_not_asked(award)
