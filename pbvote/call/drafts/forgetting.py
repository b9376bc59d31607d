"""The end of drafts: a letter a week before, and then nothing of them is kept. Nothing here commits."""

import datetime as dt

import sqlalchemy as sa

from pbvote.call.bids.sending import KEPT_DAYS
from pbvote.call.drafts import letters
from pbvote.call.drafts.models import Draft
from pbvote.call.rounds.models import Share
from pbvote.code_tags import tag_of
from pbvote.core.clock import now, today
from pbvote.core.codes import new_code
from pbvote.db import db

WARNED_DAYS = 7
"""How long before its end a draft's writer is written to."""


def last_day_of(draft: Draft) -> dt.date:
    """The last day on which a draft is kept: so many days after the round's last close of bids."""
    return max(share.bids_close_on for share in draft.round.shares) + dt.timedelta(days=KEPT_DAYS)


def warn_writers() -> int:
    """Write to whoever has a draft that will be deleted within a week, each once; how many letters were written."""
    due = _rounds_closed_before(today() - dt.timedelta(days=KEPT_DAYS - WARNED_DAYS - 1))
    claim = sa.update(Draft).where(Draft.round_id.in_(due), Draft.warned_at.is_(None), Draft.email != "")
    claim = claim.where(Draft.bid_id.is_(None)).values(warned_at=now()).returning(Draft)
    warned = db.session.scalars(claim).all()
    for draft in warned:
        code = new_code()
        draft.tag = tag_of("draft", code)
        letters.warn_of_deletion(draft, code, last_day_of(draft))
    return len(warned)


def forget_drafts() -> int:
    """Delete the drafts whose round closed more than `KEPT_DAYS` ago, with all that was typed; how many they were."""
    over = _rounds_closed_before(today() - dt.timedelta(days=KEPT_DAYS))
    return len(db.session.scalars(sa.delete(Draft).where(Draft.round_id.in_(over)).returning(Draft.id)).all())


def _rounds_closed_before(day: dt.date) -> sa.Select[int]:
    """The ids of the rounds whose last day for bids, of all localities, is before this one."""
    closed = sa.func.max(Share.bids_close_on) < day
    return sa.select(Share.round_id).group_by(Share.round_id).having(closed)
