"""How the check of an event's venue stands: what was found last, and whether that still says something."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from pbvote.addresses import voters_page
from pbvote.core.clock import UK, today
from pbvote.db import db
from pbvote.doctor.findings import Level
from pbvote.filters import when_is
from pbvote.vote.events.models import Event
from pbvote.vote.venue.models import VenueCheck, VenuePoint

NAMES: Final = {
    VenuePoint.NAME: "host name",
    VenuePoint.HTTPS: "HTTPS",
    VenuePoint.CLOCK: "clock",
    VenuePoint.DISK: "disk",
    VenuePoint.SERVER: "other settings",
    VenuePoint.BURST: "50 votes at once",
    VenuePoint.SHEET: "printed sheet",
    VenuePoint.WIFI: "Wi-Fi in the hall",
}


@dataclass(frozen=True, slots=True)
class VenueLine:
    """A point, what was found there last, and why that is old: "" where it is not, or where nobody has looked."""

    point: VenuePoint
    check: VenueCheck | None
    why_old: str

    @property
    def name(self) -> str:
        """What pages call the point, at the start of a line."""
        words = NAMES[self.point]
        return words[0].upper() + words[1:]

    @property
    def is_well(self) -> bool:
        """Whether it was looked at, and is well."""
        return self.check is not None and self.check.level is Level.OK

    @property
    def must_be_mended(self) -> bool:
        """Whether it must be mended before anybody votes."""
        return self.check is not None and self.check.level is Level.UNSAFE

    @property
    def when(self) -> str:
        """When it was looked at, beside now."""
        return when_is(self.check.checked_at) if self.check else ""

    @property
    def who(self) -> str:
        """Who looked."""
        return self.check.account.name if self.check and self.check.account else "a phone"


@dataclass(frozen=True, slots=True)
class VenueStanding:
    """Every point of an event's venue, in one statement."""

    lines: tuple[VenueLine, ...]

    @classmethod
    def of(cls, event: Event) -> "VenueStanding":
        """As it stands now."""
        wanted = sa.select(VenueCheck).where(VenueCheck.event_id == event.id)
        found = {check.point: check for check in db.session.scalars(wanted)}
        return cls(tuple(_line(event, point, found.get(point)) for point in VenuePoint))

    @property
    def is_done(self) -> bool:
        """Whether every point was looked at, is not old, and need not be mended."""
        return not any(line.check is None or line.why_old or line.must_be_mended for line in self.lines)

    @property
    def says(self) -> str:
        """How it stands, in a line for the console."""
        return next(self._troubles(), None) or self._all_well()

    def _troubles(self) -> Iterator[str]:
        """What is wrong, the gravest first."""
        looked_at = [line for line in self.lines if line.check]
        if not looked_at:
            yield "The venue is not checked"
        if bad := [line for line in self.lines if line.must_be_mended]:
            yield f"Venue check: mend {_named(bad)}"
        if old := [line for line in looked_at if line.why_old]:
            yield f"Venue checked {old[0].when}: {old[0].why_old}"
        if missing := [line for line in self.lines if line.check is None]:
            yield f"Venue check: {_named(missing)} not checked"

    def _all_well(self) -> str:
        oldest = min(line.check.checked_at for line in self.lines if line.check)
        odd = [line for line in self.lines if not line.is_well]
        return f"Venue checked {when_is(oldest)}" + (f", look again at {_named(odd)}" if odd else ", and all is well")


def _named(lines: list[VenueLine]) -> str:
    """``HTTPS``, ``HTTPS and clock``, ``4 points``."""
    return " and ".join(NAMES[line.point] for line in lines) if len(lines) < 3 else f"{len(lines)} points"


def _line(event: Event, point: VenuePoint, check: VenueCheck | None) -> VenueLine:
    can_look_again = event.takes_changes if point is VenuePoint.BURST else event.takes_slips
    return VenueLine(point, check, _why_old(event, check) if check and can_look_again else "")


def _why_old(event: Event, check: VenueCheck) -> str:
    """Why a finding no longer says how it is: "" where it does. On the day itself, one of another day is old."""
    if check.address != voters_page(event.slug):
        return "the address has changed since"
    if check.place != event.place:
        return "the event has moved since"
    has_come = today() >= event.starts_at.astimezone(UK).date()
    if has_come and check.checked_at.astimezone(UK).date() != today():
        return "that was another day"
    return ""
