"""The bids board, for organisers."""

import re

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.call.bids import deciding, sending, service
from pbvote.call.bids.answers import answers_of, as_typed
from pbvote.call.bids.forms import RefusalForm, WordingForm
from pbvote.call.bids.models import Bid, BidState, SentBid
from pbvote.call.rounds.service import round_called
from pbvote.config import LANGUAGES
from pbvote.core.slugs import SLUG
from pbvote.db import begin_write, db

door = desk_door("bids", __name__, url_prefix="/desk/bids")
OTHER_LANGUAGES = LANGUAGES[1:]


def _bid(bid_id: int) -> Bid:
    return service.bid_numbered(bid_id) or abort(404)


@door.get("/round/<slug:slug>")
def board(slug: str) -> ResponseReturnValue:
    """The round's bids, of one locality or in one state where chosen."""
    round_ = round_called(slug) or abort(404)
    chosen = next(
        (id_ for id_ in [s.locality_id for s in round_.shares] if str(id_) == request.args.get("locality")), None
    )
    state = request.args.get("state", type=BidState)
    return render_template(
        "call/bids/board.html",
        round=round_,
        bids=service.bids_of(round_, chosen, state),
        chosen=chosen,
        state=state,
        states=[state for state in BidState if state is not BidState.IMPORTED],
        unconfirmed=len(sending.unconfirmed_bids(round_)),
    )


@door.get("/round/<slug:slug>/unconfirmed")
def unconfirmed(slug: str) -> ResponseReturnValue:
    """The bids that wait for their contact's confirmation."""
    round_ = round_called(slug) or abort(404)
    return render_template("call/bids/unconfirmed.html", round=round_, unconfirmed=sending.unconfirmed_bids(round_))


@door.post("/unconfirmed/<int:sent_id>/letter")
def send_letter_again(sent_id: int) -> ResponseReturnValue:
    """Write to the contact of an unconfirmed bid again."""
    begin_write()
    sent = db.session.get(SentBid, sent_id) or abort(404)
    sending.send_letter_again(sent)
    db.session.commit()
    flash(f"We have written to {sent.new.contact_name} again.", "success")
    return redirect(url_for("bids_desk.unconfirmed", slug=sent.round.slug))


@door.get("/<int:bid_id>")
def bid(bid_id: int) -> ResponseReturnValue:
    """One bid, whole, with what was decided."""
    return _bid_page(_bid(bid_id), RefusalForm())


def _bid_page(bid: Bid, form: RefusalForm) -> str:
    return render_template(
        "call/bids/one_bid.html",
        bid=bid,
        answers=answers_of(as_typed(bid), bid.round),
        form=form,
        namesakes=service.namesakes(bid),
        languages=OTHER_LANGUAGES,
    )


@door.post("/<int:bid_id>/shortlist")
def shortlist(bid_id: int) -> ResponseReturnValue:
    """Let the bid go to the vote."""
    begin_write()
    bid = _bid(bid_id)
    deciding.shortlist_bid(bid, current_user)
    db.session.commit()
    flash(f"{bid.reference} goes to the vote. We have told the group.", "success")
    return redirect(url_for("bids_desk.bid", bid_id=bid_id))


@door.post("/<int:bid_id>/refuse")
def refuse(bid_id: int) -> ResponseReturnValue:
    """Refuse the bid, with a reason."""
    begin_write()
    bid = _bid(bid_id)
    form = RefusalForm()
    if not form.validate():
        return _bid_page(bid, form), 422
    deciding.refuse_bid(bid, current_user, form.reason.data)
    db.session.commit()
    flash(f"{bid.reference} is refused. We have told the group why.", "success")
    return redirect(url_for("bids_desk.bid", bid_id=bid_id))


@door.post("/<int:bid_id>/withdraw")
def withdraw(bid_id: int) -> ResponseReturnValue:
    """Take the bid out at its group's wish."""
    begin_write()
    bid = _bid(bid_id)
    deciding.withdraw_bid(bid, current_user)
    db.session.commit()
    flash(f"{bid.reference} is withdrawn.", "success")
    return redirect(url_for("bids_desk.bid", bid_id=bid_id))


@door.get("/<int:bid_id>/wording/<language>")
def wording(bid_id: int, language: str) -> ResponseReturnValue:
    """The form with the bid's words in another language."""
    bid = _bid(bid_id)
    _one_of_ours(language)
    return _wording_page(bid, language, WordingForm(obj=bid.wording(language)))


def _wording_page(bid: Bid, language: str, form: WordingForm) -> str:
    return render_template("call/bids/wording.html", bid=bid, language=language, form=form, back=_before_wording(bid))


def _before_wording(bid: Bid) -> str:
    """Where the person came from: an event's list of translations, if the address names one, or the bid."""
    event = request.args.get("event", "")
    if re.fullmatch(SLUG, event):
        return url_for("translations_desk.overview", slug=event)
    return url_for("bids_desk.bid", bid_id=bid.id)


@door.post("/<int:bid_id>/wording/<language>")
def word(bid_id: int, language: str) -> ResponseReturnValue:
    """Store the bid's words in another language."""
    begin_write()
    bid = _bid(bid_id)
    _one_of_ours(language)
    form = WordingForm()
    if not form.validate():
        return _wording_page(bid, language, form), 422
    deciding.word_bid(bid, language, form.title.data, form.summary.data)
    db.session.commit()
    flash(f"The words of {bid.reference} are saved.", "success")
    return redirect(_before_wording(bid))


def _one_of_ours(language: str) -> None:
    if language not in OTHER_LANGUAGES:
        abort(404)
