"""A group changes or withdraws its own bid. For its contacts."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.call.bids.changing import Unchangeable, may_change
from pbvote.call.bids.deciding import withdraw_bid
from pbvote.call.bids.models import Bid
from pbvote.call.bids.service import bids_of_contact
from pbvote.call.drafts import beginning
from pbvote.call.drafts.form_pages import first_page
from pbvote.call.drafts.passes import carry
from pbvote.db import begin_write, db

door = group_door("drafts", __name__, url_prefix="/my/bids")


def _own(bid_id: int) -> Bid:
    """The bid, where this account speaks for its group; else 404."""
    return next((bid for bid in bids_of_contact(current_user) if bid.id == bid_id), None) or abort(404)


@door.post("/<int:bid_id>/change")
def change(bid_id: int) -> ResponseReturnValue:
    """Open the form with what the bid says."""
    begin_write()
    bid = _own(bid_id)
    if not may_change(bid, current_user):
        raise Unchangeable
    held = beginning.begin_change(bid)
    db.session.commit()
    carry(held)
    return redirect(url_for("draft_pages.page", slug=bid.round.slug, page=first_page(bid.round)))


@door.post("/<int:bid_id>/withdraw")
def withdraw(bid_id: int) -> ResponseReturnValue:
    """Take the bid out."""
    begin_write()
    bid = _own(bid_id)
    withdraw_bid(bid, current_user)
    db.session.commit()
    flash(f"Your bid {bid.reference} is withdrawn.", "success")
    return redirect(url_for("bids_group.bids"))
