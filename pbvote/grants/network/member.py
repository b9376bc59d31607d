"""What a member of a partnership can give, for themselves."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, member_door
from pbvote.db import begin_write, db
from pbvote.grants.network.cards import offers_of_member, open_answers
from pbvote.grants.network.forms import OfferForm
from pbvote.grants.network.models import CardSide
from pbvote.grants.network.posting import TooManyCards, post_for_member
from pbvote.grants.network.saying import SAID, AuthorSays, say
from pbvote.localities.service import all_localities

door = member_door("network", __name__, url_prefix="/my/offers")


def _form() -> OfferForm:
    mine = current_user.localities(Role.LP_MEMBER)
    return OfferForm().offer_in([each for each in all_localities() if each.id in mine])


def _page(form: OfferForm) -> str:
    cards = offers_of_member(current_user)
    answers = open_answers([card.id for card in cards])
    return render_template("grants/network/members_offers.html", cards=cards, answers=answers, form=form)


@door.get("")
def page() -> ResponseReturnValue:
    """The member's offers, what was answered to them, and the form for another one."""
    return _page(_form())


@door.post("")
def add() -> ResponseReturnValue:
    """Put an offer on the wall."""
    begin_write()
    form = _form()
    if not form.validate():
        return _page(form), 422
    try:
        post_for_member(form.locality_id, form.said(CardSide.OFFER), current_user)
    except TooManyCards as refusal:
        form.refuse(str(refusal))
        return _page(form), refusal.status
    db.session.commit()
    flash("It is on the wall for eight weeks, without your name.", "success")
    return redirect(url_for("network_member.page"))


@door.post("/<int:card_id>")
def press(card_id: int) -> ResponseReturnValue:
    """Say how one of the member’s offers stands."""
    begin_write()
    if card_id not in {card.id for card in offers_of_member(current_user)}:
        abort(404)
    what = request.form.get("what", type=AuthorSays) or abort(422)
    say(card_id, what)
    db.session.commit()
    flash(SAID[what], "success")
    return redirect(url_for("network_member.page"))
