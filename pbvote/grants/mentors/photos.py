"""The photo that a member puts beside their name, and who may see it. Nothing here commits."""

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.access import Role
from pbvote.db import db, insert_if_absent
from pbvote.files.models import Photo
from pbvote.files.pictures import NewPhoto
from pbvote.files.service import forget_photo, keep_photo
from pbvote.grants.awards.models import Award
from pbvote.grants.mentors.cards import cards_of
from pbvote.grants.mentors.models import MemberCard
from pbvote.grants.mentors.shown import mentors_shown
from pbvote.people.models import Account, RoleGrant


def put_photo(member: Account, new: NewPhoto) -> None:
    """Let the member's groups see this photo from now on. The one before it goes. Raises `NoRoom`."""
    db.session.execute(insert_if_absent(MemberCard, {"account_id": member.id, "sentence": "", "phone": ""}))
    _replace(member, keep_photo(new, member.id))


def take_photo_off(member: Account) -> None:
    """Nobody sees the member's photo any more, and it is deleted."""
    _replace(member, None)


def _replace(member: Account, photo: Photo | None) -> None:
    """The card's row is held, so that of two photos put at once one goes."""
    held = sa.select(MemberCard).where(MemberCard.account_id == member.id).options(orm.joinedload(MemberCard.photo))
    held = held.with_for_update(of=MemberCard, key_share=True).execution_options(populate_existing=True)
    card = db.session.scalar(held)
    if card is None:
        return
    before, card.photo = card.photo, photo
    db.session.flush()
    if before:
        forget_photo(before)


def forget_photos_of_former() -> int:
    """Delete the photos of those who are no LP members any more, and so can't do it themselves; how many that were."""
    is_member = sa.exists().where(RoleGrant.account_id == MemberCard.account_id, RoleGrant.role == Role.LP_MEMBER)
    wanted = sa.select(MemberCard).where(MemberCard.photo_id.is_not(None), ~is_member)
    cards = db.session.scalars(wanted.options(orm.joinedload(MemberCard.photo))).all()
    for card in cards:
        photo, card.photo = card.photo, None
        db.session.flush()
        if photo:
            forget_photo(photo)
    return len(cards)


def own_photo(member: Account) -> Photo | None:
    """The member's photo, for the member."""
    card = cards_of([member.id]).get(member.id)
    return card.photo if card else None


def photo_for_group(award: Award, account_id: int) -> Photo | None:
    """The photo of this member, where the group's page shows them: as its mentor, or as whoever covers today.

    A group that was handed over sees it no longer.
    """
    shown = mentors_shown([award]).get(award.id)
    people = (shown.mentor, shown.cover) if shown else ()
    return next((each.photo for each in people if each and each.account_id == account_id), None)
