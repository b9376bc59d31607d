"""What funded groups could use at present: one place to ask, wherever it was said."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from pbvote.db import db
from pbvote.grants.visits.models import NEEDS, CheckIn, Status
from pbvote.grants.visits.photos import is_shared


def newest_check_ins(award_ids: Collection[int]) -> sa.Select[CheckIn]:
    """Of each of these awards the newest check-in that its group can read, where somebody was met."""
    newest = sa.select(sa.func.max(CheckIn.id)).where(CheckIn.award_id.in_(award_ids), is_shared())
    newest = newest.where(CheckIn.standing != Status.NOT_REACHED).group_by(CheckIn.award_id)
    return sa.select(CheckIn).where(CheckIn.id.in_(newest))


def needs_of(award_ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """Of each of these awards the keys of `NEEDS` that its newest check-in names, in their order; in one statement."""
    rows = db.session.execute(newest_check_ins(award_ids).with_only_columns(CheckIn.award_id, CheckIn.needs))
    return {award_id: [key for key in NEEDS if key in said] for award_id, said in rows}
