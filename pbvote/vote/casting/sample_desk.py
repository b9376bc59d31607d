"""A locality's ballot as residents will have it, on a phone and on paper: an example for the desk, never cast."""

from io import BytesIO

from flask import abort, g, render_template, request, send_file
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.rounds.models import Share
from pbvote.config import LANGUAGES
from pbvote.db import db
from pbvote.vote.casting.drawn_bids import drawn_bids
from pbvote.vote.casting.forms import BallotForm
from pbvote.vote.casting.samples import sample_of
from pbvote.vote.slips.sheets.back import Back
from pbvote.vote.slips.sheets.specimen import specimen
from pbvote.voters_path import DEFAULT_LANGUAGE, VoterContext

door = desk_door("sample", __name__, url_prefix="/desk/shares/<int:share_id>/as-a-resident")


def _share(share_id: int) -> Share:
    share = db.session.get(Share, share_id) or abort(404)
    return abort(404) if share.round.is_imported or share.is_chosen_by_members else share


@door.get("")
def on_a_phone(share_id: int) -> ResponseReturnValue:
    """The ballot paper as a resident sees it after the scan, in one of the voters' languages."""
    share = _share(share_id)
    sample = sample_of(share)
    asked = request.args.get("lang", DEFAULT_LANGUAGE)
    language = asked if asked in LANGUAGES else DEFAULT_LANGUAGE
    # The voter's pages take what they say of themselves from here; this page is no step of anybody's vote.
    g.voter = VoterContext(event_name=sample.name, language=language, looks_ahead=True)
    form = BallotForm.empty(sample.paper, "", 0)
    shown = {"form": form, "errors": (), "is_conflict": False, "has_changed": False}
    bids = drawn_bids(form)
    return render_template("vote/casting/sample.html", share=share, sample=sample, bids=bids, **shown)


@door.get("/on-paper.pdf")
def on_paper(share_id: int) -> ResponseReturnValue:
    """The paper ballot, as it will stand on the back of a card and of a slip in large print."""
    share = _share(share_id)
    sample = sample_of(share)
    drawn = specimen(Back(sample.name, sample.paper, sample.languages))
    return send_file(BytesIO(drawn), "application/pdf", download_name=f"specimen-{share.locality.slug}.pdf")
