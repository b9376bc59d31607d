"""Bids that are being written in the demonstration, and one that came too late."""

import datetime as dt

from pbvote.call.bids.models import CameBy
from pbvote.call.bids.new_bid import NewBid, Papers
from pbvote.call.drafts.beginning import fill_in
from pbvote.call.drafts.models import Draft
from pbvote.call.groups.models import GroupKind
from pbvote.call.rounds.models import Share
from pbvote.core.clock import uk_moment
from pbvote.db import db
from pbvote.demonstration.names import contact_of

MINUTES_LATE = dt.time(0, 3, 20)


def leave_late_draft(share: Share) -> None:
    """A choir that pressed Send four minutes after the close."""
    draft = Draft(round=share.round, email="choir@group.example", came_by=CameBy.FORM)
    draft.late_at = uk_moment(share.bids_close_on + dt.timedelta(days=1), MINUTES_LATE)
    db.session.add(draft)
    db.session.flush()
    fill_in(
        draft,
        NewBid(
            group_name="Walton Park Singers",
            registered_number="",
            contact_name=contact_of("Walton Park Singers"),
            email="choir@group.example",
            phone="",
            title="Songs on the ward",
            summary="We would sing with patients every fortnight, and teach carers ten songs.",
            who_benefits="Forty patients at a time, and their carers.",
            ward_id=None,
            asks={share.locality_id: 640_00},
            lines=[],
            kind=GroupKind.INFORMAL,
            money_holder="St Martin’s Church",
            papers=Papers.WILL_HAVE,
        ),
    )
    for page in draft.pages:
        page.saved_at = draft.late_at - dt.timedelta(minutes=1)
    db.session.flush()
