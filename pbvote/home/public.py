"""The front page, for anyone; the statements that every page links to; and what a monitor asks."""

import sqlalchemy as sa
from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.call.rounds.service import imported_rounds, open_rounds
from pbvote.db import db
from pbvote.demonstration.accounts import PASSWORD, SIGN_INS
from pbvote.doctor.in_front import told_to_doctor
from pbvote.home.navigation import is_demonstration
from pbvote.partnership.page.stages import stages_of
from pbvote.storage import require_room
from pbvote.vote.slips.keys import require_keys

door = public_door("home", __name__)


@door.get("/")
def front() -> ResponseReturnValue:
    """What goes on in each locality: first where voting is open, then where anybody can still do something."""
    rounds = open_rounds()
    stages = stages_of(share for round_ in rounds for share in round_.shares)
    shown = [(round_, stages.get(round_.id, [])) for round_ in rounds]
    shown.sort(
        key=lambda pair: (not any(stage.takes_votes for stage in pair[1]), all(stage.is_over for stage in pair[1]))
    )
    return render_template("home/front.html", rounds=shown, imported=len(imported_rounds()))


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
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"} | told_to_doctor(request)


@door.get("/readyz")
def readyz() -> ResponseReturnValue:
    """That a vote could be stored: the database answers and has room, and every key that a voter needs is here."""
    db.session.execute(sa.select(1))
    require_keys()
    require_room()
    return "ready\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
