"""The bid form, for anyone."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.call.bids import intake, service
from pbvote.call.bids.forms import bid_form
from pbvote.call.rounds.models import Round, Share
from pbvote.call.rounds.public import open_round_called
from pbvote.call.rounds.service import round_called, takes_bids
from pbvote.db import begin_write, db
from pbvote.people.signing_in import later, place_of
from pbvote.people.tries import TooManyTries, note, of_bids, refuse_haste

door = public_door("bids", __name__, url_prefix="/rounds/<slug:slug>/bid")
TOO_MANY = "Many bids have come from your network. Wait {wait}, then send this one again. Nothing you typed is lost."


def _open_shares(slug: str) -> tuple[Round, list[Share]]:
    """The round and those of its shares that take bids today. Raises `NotTakingBids` where none does."""
    round_ = round_called(slug) or abort(404)
    shares = [share for share in round_.shares if takes_bids(share)]
    if not shares:
        raise intake.NotTakingBids
    return round_, shares


@door.get("")
def bid(slug: str) -> ResponseReturnValue:
    """The form."""
    round_, shares = _open_shares(slug)
    return render_template("call/bids/bid.html", form=bid_form(shares), round=round_, shares=shares)


@door.post("")
def submit(slug: str) -> ResponseReturnValue:
    """Receive the bid."""
    begin_write()
    round_, shares = _open_shares(slug)
    form = bid_form(shares)
    if not form.validate():
        return render_template("call/bids/bid.html", form=form, round=round_, shares=shares), 422
    taken = of_bids(place_of(None))
    try:
        refuse_haste(taken, TOO_MANY)
        received = intake.submit_bid(round_, form.bid)
        note(taken)
    except intake.AlreadyBid as already:
        form.refuse(str(already), "group_name")
        return render_template("call/bids/bid.html", form=form, round=round_, shares=shares), already.status
    except TooManyTries as too_many:
        form.refuse(str(too_many))
        page = render_template("call/bids/bid.html", form=form, round=round_, shares=shares)
        return page, too_many.status, later(too_many)
    db.session.commit()
    return redirect(url_for("bids.received", slug=slug, reference=received.reference))


@door.get("/received/<reference>")
def received(slug: str, reference: str) -> ResponseReturnValue:
    """That the bid is in. It says nothing but the number, so it may be looked at by anyone."""
    round_ = open_round_called(slug)
    if not service.is_reference(round_, reference):
        abort(404)
    return render_template("call/bids/received.html", round=round_, reference=reference)
