"""Publish an event's page, or take it back. Nothing here commits."""

import sqlalchemy as sa

from pbvote.call.rounds.models import Share
from pbvote.core.clock import now
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.vote.events.holding import hold
from pbvote.vote.events.models import Event


class NothingToShow(Refusal):
    """A page without a bid."""

    def __init__(self) -> None:
        super().__init__("No bid is in the running order yet, so the page would show nothing. Add the bids first.")


class PageStays(Refusal):
    """Slips are out, and people read the page that is printed on posters."""

    def __init__(self) -> None:
        super().__init__("Slips are printed, so people count on this page. It can’t be taken back any more.")


def publish_page(event: Event) -> None:
    """Let everybody read the event's page from now on. Raises `NothingToShow`."""
    if not event.running_order:
        raise NothingToShow
    first = sa.update(Event).where(Event.id == event.id, Event.published_at.is_(None))
    db.session.execute(first.values(published_at=now(), changed_at=now()))
    db.session.refresh(event)


def take_page_back(event: Event) -> None:
    """Hide the page again. Raises `PageStays` once a slip was printed."""
    hold(event)  # printing holds it too
    is_unlocked = sa.exists().where(Share.id == Event.share_id, ~Share.is_locked)
    claim = sa.update(Event).where(Event.id == event.id, is_unlocked).values(published_at=None, changed_at=now())
    if db.session.scalar(claim.returning(Event.id)) is None:
        raise PageStays
    db.session.refresh(event)
