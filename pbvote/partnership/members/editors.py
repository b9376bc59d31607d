"""Who keeps a partnership's page: organisers, and those of its members whom organisers let."""

from collections.abc import Collection

import sqlalchemy as sa

from pbvote.access import Role
from pbvote.db import db
from pbvote.errors import Refusal
from pbvote.localities.models import Locality
from pbvote.partnership.members.models import PartnershipMember
from pbvote.people.models import Account


class NotAnEditor(Refusal):
    """A member who reads what everybody reads, and writes their own profile."""

    status = 403

    def __init__(self) -> None:
        super().__init__("Only editors keep this partnership’s page. An organiser can make you one.")


class NoEditorWithoutAccount(Refusal):
    """Somebody who could not sign in."""

    status = 422

    def __init__(self, member: PartnershipMember) -> None:
        super().__init__(f"{member.name} has no account. Name their account first, then make them an editor.")


def places_edited_by(account: Account) -> sa.Select[int]:
    """The ids of the localities whose pages a member may keep today. Organisers keep all, and are not asked here."""
    mine = sa.and_(PartnershipMember.account_id == account.id, PartnershipMember.is_editor.is_(True))
    wanted = sa.select(PartnershipMember.locality_id).where(mine)
    return wanted.where(PartnershipMember.is_present, PartnershipMember.is_here)


def may_edit(account: Account, locality: Locality) -> bool:
    """Whether this account may keep the partnership's page today."""
    if Role.ORGANISER in account.roles:
        return True
    return locality.id in db.session.scalars(places_edited_by(account)).all()


def may_come_in(account: Account, locality: Locality) -> bool:
    """Whether the partnership is this account's business at all."""
    whole: Collection[Role] = account.roles & {Role.ORGANISER, Role.AUDITOR}
    return bool(whole) or locality.id in account.localities(Role.LP_MEMBER)


def set_editor(member: PartnershipMember, *, is_editor: bool) -> None:
    """Let a member keep the page, or no longer. Raises `NoEditorWithoutAccount`."""
    if is_editor and member.account_id is None:
        raise NoEditorWithoutAccount(member)
    member.is_editor = is_editor
    db.session.flush()
