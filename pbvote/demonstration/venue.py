"""The hall of the demonstration's open event, checked on the day before."""

import datetime as dt
from typing import Final

from pbvote.core.clock import UK, now, uk_moment
from pbvote.doctor.findings import ok
from pbvote.people.models import Account
from pbvote.vote.events.models import Event
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.venue.burst import VOTES, Answers, of_burst
from pbvote.vote.venue.keeping import keep
from pbvote.vote.venue.models import VenuePoint
from pbvote.vote.venue.phone import RoundTrips, of_trips
from pbvote.vote.venue.public import WORKS

_FOUR: Final = dt.time(16)


def check_venue(event: Event, by: Account) -> None:
    """All was well at four in the afternoon, but for a network that was slow where people sit."""
    at = uk_moment(event.starts_at.astimezone(UK).date() - dt.timedelta(days=1), _FOUR)
    found = {
        VenuePoint.NAME: ok("name", "grants.council.example leads to 192.0.2.7. The slips carry this name."),
        VenuePoint.HTTPS: ok("https", "QR codes and letters lead to https://grants.council.example."),
        VenuePoint.CLOCK: ok("clock", "The server’s clock and this computer’s agree."),
        VenuePoint.DISK: ok("disk", "41,230 MB are free."),
        VenuePoint.SERVER: ok("server", "Nothing on the server keeps voting from opening."),
        VenuePoint.BURST: of_burst(Answers([200] * VOTES, 1.2), VOTES),
    }
    told = {VenuePoint.SHEET: WORKS, VenuePoint.WIFI: of_trips(RoundTrips((402, 388, 460, 397, 512), 0))}
    make_slips(event, VOTES, by, SlipState.TEST, is_on_paper=False)  # those that the burst voted with
    keep(event, found, by, min(at, now()))
    keep(event, told, None, min(at + dt.timedelta(minutes=9), now()))
