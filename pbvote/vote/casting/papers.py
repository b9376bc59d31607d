"""The ballot papers of open polls, kept in this process."""

from flask import current_app

from pbvote.db import db
from pbvote.vote.events.models import Event
from pbvote.vote.poll.paper import Paper
from pbvote.vote.slips.finding import EventSeen

MOST = 16


def paper_of(seen: EventSeen) -> Paper:
    """The event's ballot paper.

    Before the opening it is read each time. The opening fixes it: bids, order, words and rules stay as they are
    from then on, when a closed poll is opened again too. So it is kept under the hash of the ledger's entry that opened
    the poll. No other opening has that hash, at any event in any database.
    """
    if seen.opening is None:
        return Paper.of(db.session.get_one(Event, seen.id))
    kept: dict[str, Paper] = current_app.extensions.setdefault("pbvote-papers", {})
    paper = kept.get(seen.opening)
    if paper is None:
        paper = Paper.of(db.session.get_one(Event, seen.id))
        while len(kept) >= MOST:  # the oldest goes; two threads may both have seen it
            kept.pop(next(iter(kept)), None)
        kept[seen.opening] = paper
    return paper
