"""The consultation that a page's address names, for doors."""

from flask import abort

from pbvote.localities.by_address import public_locality
from pbvote.localities.models import Locality
from pbvote.partnership.engagement.consultations.models import Consultation
from pbvote.partnership.engagement.consultations.service import consultation_of
from pbvote.partnership.members.by_address import edited_partnership


def edited_consultation(slug: str, consultation_id: int) -> tuple[Locality, Consultation]:
    """A consultation that this account keeps, whatever its state; else the answer is 404. Raises `NotAnEditor`."""
    locality = edited_partnership(slug)
    return locality, consultation_of(locality, consultation_id) or abort(404)


def public_consultation(slug: str, consultation_id: int) -> tuple[Locality, Consultation]:
    """A consultation that is no draft, for anyone; else the answer is 404, as where there is none."""
    locality = public_locality(slug)
    found = consultation_of(locality, consultation_id)
    if found is None or not found.is_public:
        abort(404)
    return locality, found
