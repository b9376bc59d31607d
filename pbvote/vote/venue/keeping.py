"""Keep what was found at a venue. Nothing here commits."""

import datetime as dt
from collections.abc import Mapping

from pbvote.addresses import voters_page
from pbvote.core.clock import now
from pbvote.db import db, insert_into
from pbvote.doctor.findings import Diagnosis
from pbvote.people.models import Account
from pbvote.vote.events.models import Event
from pbvote.vote.venue.models import VenueCheck, VenuePoint

_KEY = ("event_id", "point")


def keep(
    event: Event, found: Mapping[VenuePoint, Diagnosis], by: Account | None, at: dt.datetime | None = None
) -> None:
    """Keep these findings, of this moment unless `at` says another, in place of those of the same points before.

    `by` is who looked; None where a phone told it.
    """
    rows = [
        {
            "event_id": event.id,
            "point": point,
            "level": finding.level,
            "sentence": finding.sentence,
            "advice": finding.advice,
            "checked_at": at or now(),
            "checked_by": by.id if by else None,
            "address": voters_page(event.slug),
            "place": event.place,
        }
        for point, finding in found.items()
    ]
    insert = insert_into(VenueCheck).values(rows)
    fresh = {name: insert.excluded[name] for name in rows[0] if name not in _KEY}
    db.session.execute(insert.on_conflict_do_update(index_elements=list(_KEY), set_=fresh))
