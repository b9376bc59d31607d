"""Which photos of bids everybody may see. It is decided here and nowhere else."""

import sqlalchemy as sa

from pbvote.call.bids.models import Bid, BidState
from pbvote.db import db
from pbvote.files.models import Photo, StoredFile
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.poll.states import TAKES_CHANGES

_SHOWN = sa.or_(Event.poll.not_in(TAKES_CHANGES), Event.published_at.is_not(None))


def shows_photos(event: Event) -> bool:
    """Whether the photos of an event's bids are public: its page is published, or voting has opened."""
    return event.has_page or event.poll not in TAKES_CHANGES


def public_photo(digest: str) -> Photo | None:
    """The photo with this digest, if it is public; None is the answer to everything else.

    Public is a photo of a bid on the shortlist that stands in the running order of an event that shows its photos. So a
    photo that should not be seen goes from the public with its bid.
    """
    wanted = (
        sa.select(Photo)
        .join(StoredFile, StoredFile.id == Photo.large_id)
        .join(Bid, Bid.photo_id == Photo.id)
        .join(Slot, Slot.bid_id == Bid.id)
        .join(Event, Event.id == Slot.event_id)
        .where(StoredFile.digest == digest, Bid.state == BidState.SHORTLISTED, _SHOWN)
    )
    return db.session.scalars(wanted).unique().first()
