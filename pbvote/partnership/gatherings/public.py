"""A gathering's page and the calendars, for anyone."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.localities.by_address import public_locality
from pbvote.partnership.gatherings.calendar import gatherings_calendar
from pbvote.partnership.gatherings.shown import public_gathering, public_gatherings

door = public_door("gatherings", __name__)


@door.get("/gatherings/<int:gathering_id>")
def page(gathering_id: int) -> ResponseReturnValue:
    """What it is, when and where, and which groups come that say so."""
    shown = public_gathering(gathering_id) or abort(404)
    return render_template("partnership/gatherings/page.html", shown=shown, gathering=shown.gathering)


@door.get("/gatherings/<int:gathering_id>/calendar.ics")
def calendar(gathering_id: int) -> Response:
    """The gathering for a calendar."""
    shown = public_gathering(gathering_id) or abort(404)
    return _as_file(gatherings_calendar([shown.gathering]), f"gathering-{gathering_id}")


@door.get("/localities/<slug:slug>/gatherings.ics")
def feed(slug: str) -> Response:
    """The locality's gatherings, for a calendar that looks again from time to time."""
    gatherings = public_gatherings(public_locality(slug))
    return _as_file(gatherings_calendar(gatherings), f"gatherings-{slug}")


def _as_file(calendar: bytes, name: str) -> Response:
    disposition = f'inline; filename="{name}.ics"'
    headers = {"Content-Disposition": disposition}
    return Response(calendar, content_type="text/calendar; charset=utf-8", headers=headers)
