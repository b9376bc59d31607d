"""What a funded group could use and can give, for its contacts."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import group_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import award_of_contact
from pbvote.grants.directory.listing import require_listable
from pbvote.grants.network.cards import cards_of_award, open_answers
from pbvote.grants.network.forms import GroupCardForm
from pbvote.grants.network.models import CardSide
from pbvote.grants.network.posting import TooManyCards, agree_to_introduction, post_for_group
from pbvote.grants.network.saying import SAID, AuthorSays, say

door = group_door("network", __name__, url_prefix="/my/awards/<int:award_id>/network")


def _mine(award_id: int) -> Award:
    """The award, where it is for a group of this contact's and the group knows of it; else 404."""
    return award_of_contact(award_id, current_user) or abort(404)


def _form(award: Award) -> GroupCardForm:
    return GroupCardForm().offer(award.event.share.locality)


def _page(award: Award, form: GroupCardForm) -> str:
    cards = cards_of_award(award)
    answers = open_answers([card.id for card in cards])
    return render_template("grants/network/own.html", award=award, cards=cards, answers=answers, form=form)


@door.get("")
def page(award_id: int) -> ResponseReturnValue:
    """The group's needs and offers, what was answered to them, and the form for another one."""
    award = _mine(award_id)
    require_listable(award)
    return _page(award, _form(award))


@door.post("")
def add(award_id: int) -> ResponseReturnValue:
    """Put a need or an offer on the wall."""
    begin_write()
    award = _mine(award_id)
    require_listable(award)
    form = _form(award)
    if not form.validate():
        return _page(award, form), 422
    try:
        post_for_group(award, form.said(CardSide(form.side.data)), current_user)
    except TooManyCards as refusal:
        form.refuse(str(refusal))
        return _page(award, form), refusal.status
    db.session.commit()
    flash("It is on the wall for eight weeks. We write to you a week before it ends.", "success")
    return redirect(url_for("network_group.page", award_id=award_id))


@door.post("/<int:card_id>")
def press(award_id: int, card_id: int) -> ResponseReturnValue:
    """Say how one of the group’s cards stands, or that the group may be introduced."""
    begin_write()
    award = _mine(award_id)
    if card_id not in {card.id for card in cards_of_award(award)}:
        abort(404)
    if "agree" in request.form:
        agree_to_introduction(card_id, current_user)
        said = "We may introduce you now."
    else:
        what = request.form.get("what", type=AuthorSays) or abort(422)
        say(card_id, what)
        said = SAID[what]
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("network_group.page", award_id=award_id))
