"""Bids that wait for their contact, bids that are withdrawn, and their words in other languages, for organisers."""

import re

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.call.bids import deciding, sending, service
from pbvote.call.bids.forms import WordingForm
from pbvote.call.bids.models import Bid, SentBid
from pbvote.call.rounds.service import round_called
from pbvote.config import LANGUAGES
from pbvote.core.slugs import SLUG
from pbvote.db import begin_write, db

door = desk_door("bids", __name__, url_prefix="/desk/bids")
OTHER_LANGUAGES = LANGUAGES[1:]


def _bid(bid_id: int) -> Bid:
    return service.bid_numbered(bid_id) or abort(404)


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


@door.post("/<int:bid_id>/withdraw")
def withdraw(bid_id: int) -> ResponseReturnValue:
    """Take the bid out at its group's wish."""
    begin_write()
    bid = _bid(bid_id)
    deciding.withdraw_bid(bid, current_user)
    db.session.commit()
    flash(f"{bid.reference} is withdrawn.", "success")
    return redirect(url_for("checking_desk.bid", bid_id=bid_id))


@door.get("/<int:bid_id>/wording/<language>")
def wording(bid_id: int, language: str) -> ResponseReturnValue:
    """The form with the bid's words in another language."""
    bid = _bid(bid_id)
    _one_of_ours(language)
    return _wording_page(bid, language, WordingForm.about(bid, language))


def _wording_page(bid: Bid, language: str, form: WordingForm) -> str:
    return render_template("call/bids/wording.html", bid=bid, language=language, form=form, back=_before_wording(bid))


def _before_wording(bid: Bid) -> str:
    """Where the person came from: an event's list of translations, if the address names one, or the bid."""
    event = request.args.get("event", "")
    if re.fullmatch(SLUG, event):
        return url_for("translations_desk.overview", slug=event)
    return url_for("checking_desk.bid", bid_id=bid.id)


@door.post("/<int:bid_id>/wording/<language>")
def word(bid_id: int, language: str) -> ResponseReturnValue:
    """Store the bid's words in another language."""
    begin_write()
    bid = _bid(bid_id)
    _one_of_ours(language)
    form = WordingForm.about(bid, language)
    if not form.validate():
        return _wording_page(bid, language, form), 422
    deciding.word_bid(bid, language, form.title.data, form.summary.data, form.said_of_photo)
    db.session.commit()
    flash(f"The words of {bid.reference} are saved.", "success")
    return redirect(_before_wording(bid))


def _one_of_ours(language: str) -> None:
    if language not in OTHER_LANGUAGES:
        abort(404)
