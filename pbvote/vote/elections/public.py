"""Real elections of other cities, for anyone."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.call.rounds.service import imported_rounds
from pbvote.vote.events.service import event_of

door = public_door("elections", __name__)


@door.get("/elections")
def elections() -> ResponseReturnValue:
    """Real elections that were read in."""
    found = [(round_, event_of(round_.shares[0])) for round_ in imported_rounds()]
    return render_template("vote/elections/elections.html", elections=found)
