"""A published result as open data, for anyone: the page that explains the files, and the files. Else 404."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.spreadsheets.answers import send_table
from pbvote.streaming import send_public
from pbvote.vote.audit.bundle import published_ballots
from pbvote.vote.audit.data import MEANINGS, PublishedVote
from pbvote.vote.events.by_address import event_at

door = public_door("vote_data", __name__, url_prefix="/results")


def _vote(slug: str) -> PublishedVote:
    return PublishedVote.of(slug) or abort(404)


@door.get("/<slug:slug>/data")
def explained(slug: str) -> ResponseReturnValue:
    """Which files there are of this result, what was promised of them, and what each column says."""
    return render_template("vote/audit/data.html", vote=_vote(slug), meanings=MEANINGS)


@door.get("/<slug:slug>/bids.<kind>")
def bids(slug: str, kind: str) -> Response:
    """The bids, and what became of each."""
    return send_table(_vote(slug).table(), f"{slug}-bids", kind)


@door.get("/<slug:slug>/votes.pb")
def ballots(slug: str) -> Response:
    """The ballots in Pabulib's format, where it was said beforehand that whole ballots are published."""
    event = event_at(slug)
    if not event.is_public:
        abort(404)
    return send_public(published_ballots(event) or abort(404), "text/plain; charset=utf-8", f"{slug}.pb")
