"""What a partnership has asked, and what it heard. For anyone; nothing of a draft or an unpublished result is here."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.partnership.engagement.consultations import words
from pbvote.partnership.engagement.consultations.by_address import public_consultation
from pbvote.partnership.engagement.consultations.results import result_of

door = public_door("consultations", __name__, url_prefix="/localities/<slug:slug>/consultations")
for say in (words.consultation_standing, words.consultation_days, words.result_day):
    door.add_app_template_global(say)


@door.get("/<int:consultation_id>")
def one(slug: str, consultation_id: int) -> ResponseReturnValue:
    """A consultation: how long it can be answered, when the result is due, and the result."""
    locality, consultation = public_consultation(slug, consultation_id)
    return render_template(
        "partnership/engagement/consultations/one.html",
        locality=locality,
        consultation=consultation,
        result=result_of(consultation, public_only=True) if consultation.is_told else None,
    )
