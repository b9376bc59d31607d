"""What waits at the desk: for a decision, for one press of a button, or too long; in numbers. Nothing here writes."""

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from pbvote.call.bids.models import Bid, BidState
from pbvote.call.bids.sending import unconfirmed_before
from pbvote.call.checking.models import Appeal, BidDecision, Query
from pbvote.call.drafts.models import Draft
from pbvote.core.clock import now, today
from pbvote.db import db

PATIENCE: Final = dt.timedelta(days=2)
"""How long a bid may wait for its contact's confirmation before the desk hears of it."""


class KeptWaiting(enum.StrEnum):
    """What waits, the most urgent first."""

    SECOND_LOOK = "second_look"
    """A group asked us to look again, and nobody has."""
    OVERDUE = "overdue"
    """The day of a question has passed without an answer."""
    DRAFTED = "drafted"
    """A decision that was not sent: its group does not know."""
    UNCONFIRMED = "unconfirmed"
    """A sent bid whose contact has been silent longer than `PATIENCE`."""
    RECEIVED = "received"
    """A bid that nobody has decided about."""
    LATE = "late"
    """A bid that came after the close, and that nobody has let in."""


def what_waits() -> Mapping[int, Mapping[KeptWaiting, int]]:
    """How many of each there are, by the round's id, in one statement; 0 is left out."""
    is_overdue = (Query.answered_at.is_(None), Query.closed_at.is_(None), Query.answer_by < today())
    is_draft = (BidDecision.sent_at.is_(None), BidDecision.dropped_at.is_(None))
    rounds = sa.select(Bid.round_id.label("round_id"))
    decisions = rounds.join(BidDecision, BidDecision.bid_id == Bid.id)
    each = {
        KeptWaiting.SECOND_LOOK: decisions.join(Appeal, Appeal.decision_id == BidDecision.id).where(
            Appeal.decided_at.is_(None)
        ),
        KeptWaiting.OVERDUE: rounds.join(Query, Query.bid_id == Bid.id).where(*is_overdue),
        KeptWaiting.DRAFTED: decisions.where(*is_draft),
        KeptWaiting.UNCONFIRMED: unconfirmed_before(now() - PATIENCE),
        KeptWaiting.RECEIVED: rounds.where(Bid.state == BidState.RECEIVED),
        KeptWaiting.LATE: sa.select(Draft.round_id.label("round_id")).where(Draft.late_at.is_not(None)),
    }
    rows = sa.union_all(*(wanted.add_columns(sa.literal(kind.value).label("kind")) for kind, wanted in each.items()))
    counted = rows.subquery()
    wanted = sa.select(counted.c.round_id, counted.c.kind, sa.func.count()).group_by(counted.c.round_id, counted.c.kind)
    found: dict[int, dict[KeptWaiting, int]] = {}
    for round_id, kind, number in db.session.execute(wanted):
        found.setdefault(round_id, {})[KeptWaiting(kind)] = number
    return found
