"""What a wall needs of whoever keeps it: introduce, take down, see what waits. Auditors read it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import Role, editor_door
from pbvote.core.reading import sent_number
from pbvote.db import begin_write, db
from pbvote.grants.network.cards import card_on_wall
from pbvote.grants.network.forms import TakeDownCardForm
from pbvote.grants.network.introducing import WallToKeep, introduce_cards, take_down
from pbvote.grants.network.models import WallCard
from pbvote.grants.network.sheets import wall_table
from pbvote.localities.models import Locality
from pbvote.partnership.members.by_address import edited_partnership
from pbvote.spreadsheets.answers import send_table

door = editor_door("introducing", __name__, url_prefix="/my/partnership/<slug:slug>/wall")


def _card(locality: Locality, card_id: int) -> WallCard:
    return card_on_wall(locality, card_id) or abort(404)


@door.get("")
def listed(slug: str) -> ResponseReturnValue:
    """Every need with the offers that fit it, and what waits for an answer."""
    locality = edited_partnership(slug)
    return render_template("partnership/introducing/listed.html", locality=locality, wall=WallToKeep.of(locality))


@door.get("/needs-and-offers.<kind>")
def sheet(slug: str, kind: str) -> ResponseReturnValue:
    """The same as a file, for organisers."""
    locality = edited_partnership(slug)
    if not current_user.roles & {Role.ORGANISER, Role.AUDITOR}:
        abort(403)
    return send_table(wall_table(WallToKeep.of(locality)), f"needs-and-offers-{slug}", kind)


@door.post("/<int:card_id>/introduce")
def introduce(slug: str, card_id: int) -> ResponseReturnValue:
    """Introduce a need to the offer that was pressed."""
    begin_write()
    locality = edited_partnership(slug)
    need, offer = introduce_cards(locality, card_id, sent_number(request.form.get("offer")), current_user)
    db.session.commit()
    flash(f"{need.by} and {offer.by} know of each other now: both get a letter.", "success")
    if offer.rings:
        flash(f"This resident left no e-mail address. Ring them: {offer.rings}", "success")
    return redirect(url_for("introducing_editor.listed", slug=slug))


def _page(locality: Locality, card: WallCard, form: TakeDownCardForm) -> str:
    return render_template("partnership/introducing/take_down.html", locality=locality, card=card, form=form)


@door.get("/<int:card_id>")
def card(slug: str, card_id: int) -> ResponseReturnValue:
    """A card that should not stand as it does, and the form that takes it down."""
    locality = edited_partnership(slug)
    return _page(locality, _card(locality, card_id), TakeDownCardForm())


@door.post("/<int:card_id>")
def remove(slug: str, card_id: int) -> ResponseReturnValue:
    """Take it down, and write to its author why."""
    begin_write()
    locality, form = edited_partnership(slug), TakeDownCardForm()
    found = _card(locality, card_id)
    if not form.validate():
        return _page(locality, found, form), 422
    take_down(found.id, form.reason.data)
    db.session.commit()
    flash("Taken down. Its author is told why.", "success")
    return redirect(url_for("introducing_editor.listed", slug=slug))
