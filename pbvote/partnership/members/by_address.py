"""The partnership that a page's address names, for doors."""

from flask import abort, request
from flask_login import current_user

from pbvote.access import READING, Role
from pbvote.localities.by_address import public_locality
from pbvote.localities.models import Locality
from pbvote.partnership.members.editors import NotAnEditor, may_come_in, may_edit


def own_partnership(slug: str) -> Locality:
    """The partnership, where it is this account's; else the answer is 404."""
    found = public_locality(slug)
    if not may_come_in(current_user, found):
        abort(404)
    return found


def edited_partnership(slug: str) -> Locality:
    """The partnership, where this account keeps its page. Auditors read. Raises `NotAnEditor` for its other members."""
    found = own_partnership(slug)
    reads = request.method in READING and Role.AUDITOR in current_user.roles
    if not reads and not may_edit(current_user, found):
        raise NotAnEditor
    return found
