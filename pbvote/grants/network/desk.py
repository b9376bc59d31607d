"""Put what a resident offered who lends a hand on the wall. For organisers; auditors read it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.rounds.models import Round
from pbvote.call.rounds.service import round_called
from pbvote.db import begin_write, db
from pbvote.grants.network.forms import VolunteersOfferForm
from pbvote.grants.network.models import CardSide
from pbvote.grants.network.volunteers import HandLent, hands_lent, post_hand
from pbvote.localities.service import all_localities

door = desk_door("network", __name__, url_prefix="/desk/rounds/<slug:slug>/offers")


def _form(hands: list[HandLent]) -> VolunteersOfferForm:
    return VolunteersOfferForm().offer_hands(hands, all_localities())


def _page(round_: Round, hands: list[HandLent], form: VolunteersOfferForm) -> str:
    return render_template("grants/network/hands.html", round=round_, hands=hands, form=form)


@door.get("")
def page(slug: str) -> ResponseReturnValue:
    """Whoever lends a hand and is on no wall yet, and the form for one of them."""
    round_ = round_called(slug) or abort(404)
    hands = hands_lent(round_)
    return _page(round_, hands, _form(hands))


@door.post("")
def add(slug: str) -> ResponseReturnValue:
    """Put one of them on the wall of the event's locality, without a name."""
    begin_write()
    round_ = round_called(slug) or abort(404)
    hands = hands_lent(round_)
    form = _form(hands)
    if not form.validate():
        return _page(round_, hands, form), 422
    post_hand(form.hand, form.said(CardSide.OFFER))
    db.session.commit()
    flash("It is on the wall, without a name.", "success")
    return redirect(url_for("network_desk.page", slug=slug))
