"""The papers of one round for whoever asks. For organisers and auditors: no person is in them."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.core.clock import today
from pbvote.core.working_days import working_days_after
from pbvote.rights.one_round.papers import ANSWERED_IN, FILES, LEFT_OUT, write_papers
from pbvote.rights.one_round.rows import shares_of
from pbvote.streaming import send_kept_back

door = desk_door("one_round", __name__, url_prefix="/desk/rounds/<slug:slug>/papers")


@door.get("")
def explained(slug: str) -> ResponseReturnValue:
    """What is in the bundle, what is left out and why, and by when to answer."""
    round_ = (shares_of(slug) or abort(404))[0][0].round
    shown = {"files": FILES, "left_out": LEFT_OUT, "answer_by": working_days_after(today(), ANSWERED_IN)}
    return render_template("rights/one_round/explained.html", round=round_, **shown)


@door.get("/papers.zip")
def papers(slug: str) -> Response:
    """The bundle."""
    shares = shares_of(slug) or abort(404)
    return send_kept_back(lambda file: write_papers(shares, file), f"papers-{slug}.zip", "application/zip")
