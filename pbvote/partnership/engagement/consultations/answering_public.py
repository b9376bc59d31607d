"""Where a consultation's poster leads: its questions, and thanks. For anyone; nothing here sets a cookie."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.addresses import consultation_address
from pbvote.core.qr import qr_svg
from pbvote.core.reading import sent_number
from pbvote.db import begin_write, db
from pbvote.errors import Refusal
from pbvote.partnership.engagement.consultations.answering import keep_answer
from pbvote.partnership.engagement.consultations.forms import ConsultationAnswerForm
from pbvote.partnership.engagement.consultations.models import Consultation
from pbvote.partnership.engagement.consultations.service import consultation_with_code
from pbvote.people.signing_in import csrf, later, place_of
from pbvote.people.tries import note, of_consultations, refuse_haste

door = public_door("consulting", __name__, url_prefix="/c")
csrf.exempt(door)  # nothing of these pages needs to know who sends it
TOO_MANY = "Very many answers came from your network. Wait {wait}, then send yours again. It is still below."


def _found(code: str) -> Consultation:
    return consultation_with_code(code) or abort(404)


def _page(consultation: Consultation, form: ConsultationAnswerForm) -> str:
    shown = {"consultation": consultation, "locality": consultation.locality}
    asks = {"form": form} if consultation.is_open or form.errors else {}
    return render_template("partnership/engagement/consultations/answer.html", **shown, **asks)


@door.get("/<slug:code>")
def answer(code: str) -> ResponseReturnValue:
    """The questions, each with a box."""
    consultation = _found(code)
    return _page(consultation, ConsultationAnswerForm.of(consultation, is_blank=True))


@door.post("/<slug:code>")
def send(code: str) -> ResponseReturnValue:
    """Keep an answer."""
    begin_write()
    consultation = _found(code)
    form, counts = ConsultationAnswerForm.of(consultation), of_consultations(place_of(None))
    if not form.validate():
        return _page(consultation, form), 422
    try:
        refuse_haste(counts, TOO_MANY)
        ward = form["ward"].data if "ward" in form else ""
        number = keep_answer(consultation, form.key.data or "", form.said(), ward)
    except Refusal as refusal:
        form.refuse(str(refusal))
        return _page(consultation, form), refusal.status, later(refusal)
    note(counts)
    db.session.commit()
    return redirect(url_for("consulting.thanks", code=code, number=number or None))


@door.get("/<slug:code>/screen")
def screen(code: str) -> ResponseReturnValue:
    """The questions with their code, from edge to edge: for a laptop on a table, or a wall."""
    consultation, address = _found(code), consultation_address(code)
    return render_template(
        "partnership/engagement/consultations/screen.html",
        consultation=consultation,
        address=address,
        code=qr_svg(address),
    )


@door.get("/<slug:code>/thanks")
def thanks(code: str) -> ResponseReturnValue:
    """That the answer came in, and a button for whoever is next at the tablet."""
    consultation = _found(code)
    return render_template(
        "partnership/engagement/consultations/thanks.html",
        consultation=consultation,
        locality=consultation.locality,
        number=sent_number(request.args.get("number")),
    )
