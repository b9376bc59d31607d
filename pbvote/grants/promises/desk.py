"""What groups accepted, for organisers; and the answer of a group without an e-mail address, noted for it."""

from io import BytesIO

from flask import abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pbvote.access import desk_door
from pbvote.db import begin_write, db
from pbvote.grants.awards.by_address import award_at, award_to_move
from pbvote.grants.awards.impartial import require_impartial
from pbvote.grants.awards.models import Award
from pbvote.grants.awards.service import require_answered_for
from pbvote.grants.promises import accepting
from pbvote.grants.promises.forms import AcceptForm
from pbvote.grants.promises.letters import FILE_NAME
from pbvote.grants.promises.models import Acceptance
from pbvote.grants.promises.paper import paper_of
from pbvote.grants.promises.shown import accepted_shown
from pbvote.grants.promises.terms import last_day, terms_of

door = desk_door("promises", __name__, url_prefix="/desk/awards/<int:award_id>")


def _accepted(award: Award) -> Acceptance:
    return accepting.acceptance_of(award) or abort(404)


def _form_page(award: Award, form: AcceptForm) -> str:
    return render_template(
        "grants/promises/note.html", award=award, form=form, terms=terms_of(award), ends_on=last_day(award)
    )


@door.get("/accepted")
def accepted(award_id: int) -> ResponseReturnValue:
    """What the group accepted, as it was worded; of one that was given back, too."""
    award = award_at(award_id)
    _accepted(award)
    shown = accepted_shown([award])[award.id]
    return render_template("grants/promises/desk_accepted.html", award=award, shown=shown)


@door.get("/accepted.pdf")
def copy(award_id: int) -> ResponseReturnValue:
    """The same as the group has it."""
    award = award_at(award_id)
    paper = paper_of(award, _accepted(award), accepting.promises_of([award])[award.id])
    return send_file(BytesIO(paper), "application/pdf", as_attachment=True, download_name=FILE_NAME)


@door.get("/accept")
def accept(award_id: int) -> ResponseReturnValue:
    """The form to go through with a group on the telephone."""
    award = award_at(award_id)
    require_answered_for(award)
    accepting.require_open(award)
    require_impartial(award, current_user)
    return _form_page(award, AcceptForm.of(award, current_user, is_desk=True))


@door.post("/accept")
def note(award_id: int) -> ResponseReturnValue:
    """Note that the group accepts."""
    begin_write()
    award = award_to_move(award_id)
    require_answered_for(award)
    accepting.require_open(award)
    form = AcceptForm.of(award, current_user, is_desk=True)
    if not (form.validate() and form.is_taken(lambda said: accepting.accept_for(award, said, current_user))):
        return _form_page(award, form), 422
    db.session.commit()
    flash(f"Noted for {award.bid.reference}.", "success")
    return redirect(url_for("awards_desk.awards", slug=award.event.slug))
