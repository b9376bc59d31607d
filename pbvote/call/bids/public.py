"""The bid form, for anyone, and what comes of it until the bid's contact confirms it."""

import datetime as dt

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.call.bids import sending
from pbvote.call.bids.forms import AddressForm, BidForm, bid_form
from pbvote.call.bids.intake import NotTakingBids
from pbvote.call.bids.models import SentBid
from pbvote.call.rounds.extensions import somebody_has_more_time
from pbvote.call.rounds.models import Round, RoundState, Share
from pbvote.call.rounds.occasions import occasions_of
from pbvote.call.rounds.public import open_round_called
from pbvote.call.rounds.service import round_called, takes_bids
from pbvote.core.clock import now
from pbvote.db import begin_write, db
from pbvote.people.signing_in import later, place_of
from pbvote.people.tries import TooManyTries, note, of_bids, refuse_haste

door = public_door("bids", __name__, url_prefix="/rounds/<slug:slug>/bid")
TOO_MANY = "Many bids have come from your network. Wait {wait}, then send this one again. Nothing you typed is lost."
SENT = "sent_bid"
"""What this browser's session holds of the bid that it sent: the row's id."""
SHOWN_FOR = dt.timedelta(hours=1)


def _page(round_: Round, form: BidForm) -> str:
    shares = [share for share in round_.shares if takes_bids(share)]
    return render_template("call/bids/bid.html", form=form, round=round_, shares=shares)


@door.get("")
def bid(slug: str) -> ResponseReturnValue:
    """The form, for the shares that take bids today."""
    round_ = round_called(slug) or abort(404)
    shares = [share for share in round_.shares if takes_bids(share)]
    if not shares and somebody_has_more_time(round_):
        shares = [share for share in round_.shares if not share.has_opened]
    if not shares:
        raise NotTakingBids
    return _page(round_, bid_form(shares))


def _asked_shares(round_: Round) -> list[Share]:
    """The shares that take bids today, and those that were asked for money all the same; if there is none, all.

    Somebody may have typed for an hour while a share stopped taking bids: their form keeps every box.
    """
    typed = [share for share in round_.shares if takes_bids(share) or request.form.get(f"ask_{share.locality_id}")]
    return typed or list(round_.shares)


@door.post("")
def submit(slug: str) -> ResponseReturnValue:
    """Keep the bid until its contact confirms it."""
    begin_write()
    round_ = round_called(slug) or abort(404)
    if round_.state is not RoundState.OPEN or round_.is_imported:
        raise NotTakingBids
    form = bid_form(_asked_shares(round_))
    if not form.validate():
        return _page(round_, form), 422
    taken = of_bids(place_of(None))
    try:
        refuse_haste(taken, TOO_MANY)
    except TooManyTries as too_many:
        form.refuse(str(too_many))
        return _page(round_, form), too_many.status, later(too_many)
    kept = sending.send_bid(round_, form.bid)
    note(taken)
    db.session.commit()
    session[SENT] = kept.id
    return redirect(url_for("bids.sent", slug=slug))


def _own_sent_bid(round_: Round) -> SentBid | None:
    """The unconfirmed bid that this browser has just sent. Its address is shown to nobody else."""
    kept = db.session.get(SentBid, session[SENT]) if SENT in session else None
    return kept if kept and kept.round_id == round_.id and kept.sent_at > now() - SHOWN_FOR else None


def _sent_page(round_: Round, kept: SentBid | None, form: AddressForm) -> str:
    planned = occasions_of(round_.id, kept.new.asks) if kept else {}
    return render_template("call/bids/sent.html", round=round_, sent=kept, form=form, planned=planned)


@door.get("/sent")
def sent(slug: str) -> ResponseReturnValue:
    """Where the letter went, for the browser that sent the bid; for any other, only what happens next."""
    round_ = open_round_called(slug)
    return _sent_page(round_, _own_sent_bid(round_), AddressForm())


@door.post("/sent")
def change_address(slug: str) -> ResponseReturnValue:
    """Send the letter to another address, once."""
    begin_write()
    round_ = open_round_called(slug)
    kept = _own_sent_bid(round_)
    if kept is None:
        raise sending.AddressFixed
    form = AddressForm()
    if not form.validate():
        return _sent_page(round_, kept, form), 422
    sending.change_address(kept, form.email.data)
    db.session.commit()
    return redirect(url_for("bids.sent", slug=slug))
