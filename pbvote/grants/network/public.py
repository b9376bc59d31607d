"""The wall of a locality, what anybody answers to its cards, and where the links of our letters lead. For anyone.

No GET does anything, since scanners of mail follow links.
"""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import public_door
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.grants.awards.service import awards_of_contact
from pbvote.grants.network import answering
from pbvote.grants.network.cards import card_on_wall, open_answers, own_cards, wall_of
from pbvote.grants.network.forms import AnswerCardForm
from pbvote.grants.network.models import CardState, WallCard
from pbvote.grants.network.saying import SAID, AuthorSays, card_with, choices_of, say
from pbvote.grants.visits.models import NEEDS
from pbvote.localities.by_address import public_locality
from pbvote.localities.models import Locality
from pbvote.localities.service import all_localities
from pbvote.people.codes import typed_into
from pbvote.people.forms import LinkForm
from pbvote.people.models import Account
from pbvote.people.signing_in import later, place_of
from pbvote.people.tries import note, of_answers, refuse_haste

door = public_door("network", __name__)
door.add_app_template_global(choices_of, "card_choices")
TOO_MANY = "Many answers came from here. Wait {wait}, then send it again."


@door.get("/localities/<slug:slug>/wall")
def wall(slug: str) -> ResponseReturnValue:
    """What funded groups could use, and what others can give, by ward and kind."""
    locality = public_locality(slug)
    kind = request.args.get("kind", "")
    kind = kind if kind in NEEDS else ""
    cards = wall_of(locality)
    return render_template(
        "grants/network/wall.html",
        locality=locality,
        cards=[card for card in cards if kind in {"", card.kind}],
        all=cards,
        kind=kind,
        kinds=NEEDS,
        others=[other for other in all_localities() if other.id != locality.id],
    )


def _card(slug: str, card_id: int) -> tuple[Locality, WallCard]:
    locality = public_locality(slug)
    return locality, card_on_wall(locality, card_id) or abort(404)


def _reader() -> Account | None:
    return current_user if current_user.is_authenticated else None


def _form(card: WallCard) -> AnswerCardForm:
    reader = _reader()
    awards = [award.id for award in awards_of_contact(reader)] if reader else []
    own = own_cards(reader, card.side.other, card.locality_id, awards) if reader else []
    return AnswerCardForm.of(reader, own)


def _page(locality: Locality, card: WallCard, form: AnswerCardForm) -> str:
    return render_template("grants/network/card.html", locality=locality, card=card, form=form)


@door.get("/localities/<slug:slug>/wall/<int:card_id>")
def card(slug: str, card_id: int) -> ResponseReturnValue:
    """A card, and the form that answers it."""
    locality, found = _card(slug, card_id)
    return _page(locality, found, _form(found))


@door.post("/localities/<slug:slug>/wall/<int:card_id>")
def answer(slug: str, card_id: int) -> ResponseReturnValue:
    """Keep an answer, and write to its address first; of somebody who is signed in it is passed on at once."""
    begin_write()
    locality, found = _card(slug, card_id)
    form = _form(found)
    if found.state is CardState.HELPED:
        raise answering.CardGone
    if not form.validate():
        return _page(locality, found, form), 422
    counts = of_answers(form.email.data, place_of(None))
    try:
        refuse_haste(counts, TOO_MANY)
        kept = answering.answer_card(found, form.new, _reader())
    except Refusal as refusal:
        form.refuse(str(refusal))
        return _page(locality, found, form), refusal.status, later(refusal)
    note(counts)
    db.session.commit()
    return redirect(url_for("network.done", what="passed" if kept.confirmed_on else "sent"))


def _answer_link(form: LinkForm) -> str:
    return render_template("grants/network/answer_link.html", form=form)


@door.get("/wall/answer")
def link() -> ResponseReturnValue:
    """Where the letter to somebody who answered leads: the code, and two buttons."""
    return _answer_link(LinkForm())


@door.post("/wall/answer")
def confirm() -> ResponseReturnValue:
    """Pass the answer on, or delete it: as the button says."""
    begin_write()
    form, deletes = LinkForm(), "delete" in request.form
    if not form.validate():
        return _answer_link(form), 422
    with typed_into(form, lambda: _answer_link(form)):
        (answering.delete_answer if deletes else answering.confirm_answer)(form.code.data)
    db.session.commit()
    return redirect(url_for("network.done", what="deleted" if deletes else "passed"))


def _card_link(form: LinkForm) -> str:
    return render_template("grants/network/card_link.html", form=form)


@door.get("/wall/card")
def own_link() -> ResponseReturnValue:
    """Where a letter to a card's author leads: the code, and one button."""
    return _card_link(LinkForm())


@door.post("/wall/card")
def own_card() -> ResponseReturnValue:
    """The author's card, and what can be said of it."""
    form = LinkForm()
    if not form.validate():
        return _card_link(form), 422
    with typed_into(form, lambda: _card_link(form)):
        found = card_with(form.code.data)
    answers = open_answers([found.id])
    return render_template("grants/network/letters_card.html", card=found, answers=answers, code=form.code.data)


@door.post("/wall/card/say")
def say_of_card() -> ResponseReturnValue:
    """Say how the card stands. The code in the body is the authority."""
    begin_write()
    found = card_with(request.form.get("code", ""))
    what = request.form.get("what", type=AuthorSays) or abort(422)
    say(found.id, what)
    db.session.commit()
    flash(SAID[what], "success")
    return redirect(url_for("network.done", what="said"))


DONE = {
    "sent": "We have written to you",
    "passed": "We have passed it on",
    "deleted": "Your answer is deleted",
    "said": "Thank you",
}


@door.get("/wall/done/<slug:what>")
def done(what: str) -> ResponseReturnValue:
    """That it is done, and what comes next."""
    return render_template("grants/network/done.html", title=DONE.get(what) or abort(404), what=what)
