"""The sub-group that a page's address names, for doors."""

from flask import abort, request
from flask_login import current_user

from pbvote.access import READING, Role
from pbvote.errors import Refusal
from pbvote.localities.by_address import public_locality
from pbvote.localities.models import Locality
from pbvote.partnership.members.by_address import edited_partnership, own_partnership
from pbvote.partnership.members.editors import may_edit
from pbvote.partnership.subgroups.reading import ShownSubgroup, subgroup_of


class NotItsLead(Refusal):
    """A member who neither leads the sub-group nor keeps the partnership's page."""

    status = 403

    def __init__(self) -> None:
        super().__init__("Only its lead and editors see who has joined this sub-group.")


def public_subgroup(slug: str, subgroup_id: int) -> tuple[Locality, ShownSubgroup]:
    """A sub-group, for anyone; else the answer is 404."""
    locality = public_locality(slug)
    return locality, subgroup_of(locality, subgroup_id) or abort(404)


def edited_subgroup(slug: str, subgroup_id: int) -> tuple[Locality, ShownSubgroup]:
    """A sub-group of a partnership whose page this account keeps. Raises `NotAnEditor`."""
    locality = edited_partnership(slug)
    return locality, subgroup_of(locality, subgroup_id) or abort(404)


def led_subgroup(slug: str, subgroup_id: int) -> tuple[Locality, ShownSubgroup]:
    """The same, also for whoever leads it. Auditors read. Raises `NotItsLead`."""
    locality = own_partnership(slug)
    found = subgroup_of(locality, subgroup_id) or abort(404)
    reads = request.method in READING and Role.AUDITOR in current_user.roles
    lead = found.subgroup.present_lead
    leads = lead is not None and lead.account_id == current_user.id
    if not (reads or leads or may_edit(current_user, locality)):
        raise NotItsLead
    return locality, found
