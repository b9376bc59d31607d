"""“See it as a resident”: the ballot paper of a locality as an example that sends nothing, for organisers."""

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.rounds.models import Share
from pbvote.config import LANGUAGES
from pbvote.db import db
from pbvote.vote.casting.forms import BallotForm
from pbvote.vote.casting.samples import sample_of
from pbvote.voters_path import DEFAULT_LANGUAGE, VoterContext

door = desk_door("sample", __name__, url_prefix="/desk/shares/<int:share_id>/as-a-resident")


@door.get("")
def paper(share_id: int) -> ResponseReturnValue:
    """The locality's ballot paper as a resident sees it after the scan, in one of the voters' languages."""
    share = db.session.get(Share, share_id) or abort(404)
    asked = request.args.get("lang", DEFAULT_LANGUAGE)
    # The voter's pages take what they say of themselves from here; this page is no step of anybody's vote.
    g.voter = VoterContext(event_name=share.locality.name, language=asked if asked in LANGUAGES else DEFAULT_LANGUAGE)
    sample = sample_of(share)
    form = BallotForm.empty(sample.paper, "", 0)
    return render_template("vote/casting/sample.html", form=form, share=share, sample=sample, errors=())
