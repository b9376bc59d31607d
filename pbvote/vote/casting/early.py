"""The voter's pages before the poll opens: what a page that waits asks for again and again, in one statement."""

from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from pbvote.call.rounds.models import EventFormat
from pbvote.db import db, read_row, table_of
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.poll.states import TAKES_CHANGES, TAKES_VOTES, PollState
from pbvote.vote.slips.finding import FoundSlip
from pbvote.vote.stage.models import Scene, Stage


def is_early(slip: FoundSlip) -> bool:
    """Whether voting has not opened for this slip: a test slip votes before the opening as well."""
    return slip.event.poll in TAKES_CHANGES and not slip.is_test


def stage_of_poll(poll: PollState) -> str:
    """How the poll stands, as far as a voter needs to know."""
    return "planned" if poll in TAKES_CHANGES else "open" if poll in TAKES_VOTES else "closed"


def told_while_waiting(slug: str) -> dict[str, Any] | None:
    """How the poll stands, and the number of the bid that is presented now; None where there is no such event.

    No scene that the hall's screen does not show leads to a number.
    """
    found = read_row(_waiting(), {"slug": slug})
    return {"poll": stage_of_poll(found.poll), "speaks": found.number} if found else None


@lru_cache(maxsize=1)
def _waiting() -> sa.Select[Any]:
    event, stage, slot = table_of(Event), table_of(Stage), table_of(Slot)
    presents = sa.and_(stage.c.event_id == event.c.id, stage.c.scene == Scene.PRESENTING, stage.c.poll == event.c.poll)
    its_number = sa.and_(slot.c.event_id == event.c.id, slot.c.bid_id == stage.c.bid_id)
    joined = event.outerjoin(stage, presents).outerjoin(slot, its_number)
    return sa.select(event.c.poll, slot.c.number).select_from(joined).where(event.c.slug == sa.bindparam("slug"))


def waits_for_all_to_speak(event_id: int) -> bool:
    """Whether the groups speak one after the other, and voting opens after the last."""
    return db.session.get_one(Event, event_id).share.format is EventFormat.PITCHES
