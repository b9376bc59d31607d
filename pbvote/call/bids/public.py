"""What comes of a bid that was sent, for the browser that sent it, until its contact confirms it."""

import datetime as dt

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.call.bids import sending
from pbvote.call.bids.forms import AddressForm
from pbvote.call.bids.models import SentBid
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.occasions import occasions_of
from pbvote.call.rounds.public import open_round_called
from pbvote.core.clock import now
from pbvote.db import begin_write, db

door = public_door("bids", __name__, url_prefix="/rounds/<slug:slug>/bid")
SENT = "sent_bid"
"""What this browser's session holds of the bid that it sent: the row's id."""
SHOWN_FOR = dt.timedelta(hours=1)


def remember_sent(kept: SentBid) -> None:
    """Let this browser see where the letter went."""
    session[SENT] = kept.id


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
