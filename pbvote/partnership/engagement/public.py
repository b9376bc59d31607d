"""A partnership's engagement plan with its consultations, for anyone."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.core.reading import sent_number
from pbvote.localities.by_address import public_locality
from pbvote.partnership.engagement.consultations.service import public_consultations
from pbvote.partnership.engagement.service import texts_of

door = public_door("engagement", __name__, url_prefix="/localities/<slug:slug>/engagement")


@door.get("")
def page(slug: str) -> ResponseReturnValue:
    """The plan, and what was asked: what is open first."""
    locality = public_locality(slug)
    return render_template(
        "partnership/engagement/page.html",
        locality=locality,
        texts=texts_of(locality),
        found=public_consultations(locality, sent_number(request.args.get("page")) or 1),
    )
