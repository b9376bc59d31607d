"""The front page, for anyone; the statements that every page links to; and what a monitor asks."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.call.rounds.models import Share
from pbvote.call.rounds.service import imported_rounds, open_rounds, takes_bids
from pbvote.db import db
from pbvote.demonstration.accounts import PASSWORD, SIGN_INS
from pbvote.home.navigation import is_demonstration
from pbvote.localities.service import locality_called
from pbvote.storage import require_room
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import events_of
from pbvote.vote.slips.keys import require_keys

door = public_door("home", __name__)


@dataclass(frozen=True, slots=True)
class ShareStage:
    """Where a locality stands in a round."""

    share: Share
    event: Event | None
    takes_bids: bool


def _stages(shares: Iterable[Share]) -> dict[int, list[ShareStage]]:
    """Where each share stands, by its round; in one statement."""
    shares = list(shares)
    events = events_of(shares) if shares else {}
    stages: dict[int, list[ShareStage]] = {}
    for share in shares:
        stages.setdefault(share.round_id, []).append(ShareStage(share, events.get(share.id), takes_bids(share)))
    return stages


@door.get("/")
def front() -> ResponseReturnValue:
    """What goes on in each locality."""
    rounds = open_rounds()
    stages = _stages(share for round_ in rounds for share in round_.shares)
    shown = [(round_, stages.get(round_.id, [])) for round_ in rounds]
    return render_template("home/front.html", rounds=shown, imported=len(imported_rounds()))


@door.get("/localities/<slug:slug>")
def locality(slug: str) -> ResponseReturnValue:
    """A locality's wards and priorities, and where it stands in each round."""
    found = locality_called(slug)
    if found is None or found.is_imported:
        abort(404)
    shares = [share for round_ in open_rounds() for share in round_.shares if share.locality_id == found.id]
    stages = [stage for those in _stages(shares).values() for stage in those]
    return render_template("home/locality.html", locality=found, stages=stages)


@door.get("/demonstration")
def demonstration() -> ResponseReturnValue:
    """One sign-in for each role, and where to begin."""
    if not is_demonstration():
        abort(404)
    return render_template("home/demonstration.html", sign_ins=SIGN_INS, password=PASSWORD)


@door.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("home/accessibility.html")


@door.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What is kept about whom."""
    return render_template("home/privacy.html")


@door.get("/healthz")
def healthz() -> ResponseReturnValue:
    """That this process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@door.get("/readyz")
def readyz() -> ResponseReturnValue:
    """That a vote could be stored: the database answers and has room, and every key that a voter needs is here."""
    db.session.execute(sa.select(1))
    require_keys()
    require_room()
    return "ready\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
