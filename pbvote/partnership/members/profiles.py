"""What a member shows to everybody: written, agreed to, published by an editor, withdrawn. Nothing here commits."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.core.clock import now, today
from pbvote.core.contacts import NO_CONTACTS, names_a_contact
from pbvote.db import db, insert_if_absent
from pbvote.errors import Refusal
from pbvote.files.models import Photo
from pbvote.files.pictures import NewPhoto
from pbvote.files.service import forget_photo, keep_photo
from pbvote.localities.models import Locality
from pbvote.partnership.members.models import MemberProfile, PartnershipMember
from pbvote.people.models import Account


class NamesAContact(Refusal):
    """Words for everybody with a telephone number or an e-mail address in them."""

    status = 422

    def __init__(self) -> None:
        super().__init__(NO_CONTACTS)


class ProfileChanged(Refusal):
    """The member has changed it, or taken it back, since the editor read it."""

    def __init__(self) -> None:
        super().__init__("The member has changed this since you read it. Read it again before you publish it.")


def profile_of(account: Account, locality: Locality) -> PartnershipMember | None:
    """The account's own entry among the members of today or to come, with its profile."""
    own = sa.and_(PartnershipMember.account_id == account.id, PartnershipMember.locality_id == locality.id)
    wanted = sa.select(PartnershipMember).where(own, PartnershipMember.has_days_left)
    wanted = wanted.order_by(PartnershipMember.from_on).limit(1)
    return db.session.scalar(wanted.options(*_with_photos()))


def _with_photos() -> Sequence[orm.interfaces.ORMOption]:
    profile = orm.joinedload(PartnershipMember.profile)
    return profile.joinedload(MemberProfile.photo), profile.joinedload(MemberProfile.new_photo)


def waiting_profiles(locality: Locality) -> list[PartnershipMember]:
    """The partnership's members whose profiles wait for an editor, by name."""
    wanted = _written().where(MemberProfile.waits, PartnershipMember.locality_id == locality.id)
    return list(db.session.scalars(wanted))


def _written() -> sa.Select[PartnershipMember]:
    """Members who have a profile and can sign in to change it."""
    wanted = sa.select(PartnershipMember).join(PartnershipMember.profile)
    wanted = wanted.where(PartnershipMember.is_here, PartnershipMember.has_days_left)
    profile = orm.contains_eager(PartnershipMember.profile)
    return wanted.options(profile).order_by(PartnershipMember.name, PartnershipMember.id)


def require_waiting(member: PartnershipMember) -> None:
    """Raise `ProfileChanged` where nothing of the member's waits for an editor any more."""
    if member.profile is None or not member.profile.waits:
        raise ProfileChanged


def _held(member: PartnershipMember) -> MemberProfile:
    """The member's profile, made where there is none, and held so that of two changes at once one comes second."""
    blank = {"member_id": member.id, "words": "", "new_words": "", "sent_back": "", "version": 1}
    db.session.execute(insert_if_absent(MemberProfile, blank))
    held = sa.select(MemberProfile).where(MemberProfile.member_id == member.id)
    held = held.options(orm.joinedload(MemberProfile.photo), orm.joinedload(MemberProfile.new_photo))
    held = held.with_for_update(of=MemberProfile, key_share=True).execution_options(populate_existing=True)
    return db.session.scalars(held).one()


def _changed(profile: MemberProfile) -> None:
    profile.version += 1
    profile.sent_back = ""
    db.session.flush()


def write_words(member: PartnershipMember, words: str) -> None:
    """Words that the member agrees to show to everybody, once an editor publishes them. Raises `NamesAContact`."""
    if names_a_contact(words):
        raise NamesAContact
    profile = _held(member)
    if words == profile.words:  # what is public already waits for nobody
        profile.new_words, profile.new_words_agreed_on = "", None
    else:
        profile.new_words, profile.new_words_agreed_on = words, today()
    _changed(profile)


def give_photo(member: PartnershipMember, new: NewPhoto, given_by: Account) -> None:
    """A photo that the member agrees to show to everybody, once an editor publishes it. Raises `NoRoom`."""
    profile = _held(member)
    before, profile.new_photo = profile.new_photo, keep_photo(new, given_by.id)
    profile.new_photo_agreed_on = today()
    _changed(profile)
    _forget(before)


def withdraw_words(member: PartnershipMember) -> None:
    """Nobody reads the member's words any more, and they are deleted."""
    profile = _held(member)
    profile.words, profile.words_agreed_on = "", None
    profile.new_words, profile.new_words_agreed_on = "", None
    _changed(profile)


def withdraw_photo(member: PartnershipMember) -> None:
    """Nobody sees the member's photo any more, and it is deleted."""
    profile = _held(member)
    gone = (profile.photo, profile.new_photo)
    profile.photo = profile.new_photo = None
    profile.photo_agreed_on = profile.new_photo_agreed_on = None
    _changed(profile)
    _forget(*gone)


def publish_profile(member: PartnershipMember, seen: int, by: Account) -> None:
    """Let everybody see what waits, as the editor has read it. Raises `ProfileChanged`."""
    profile = _held(member)
    if profile.version != seen or not profile.waits:
        raise ProfileChanged
    if profile.new_words:
        profile.words, profile.words_agreed_on = profile.new_words, profile.new_words_agreed_on
        profile.new_words, profile.new_words_agreed_on = "", None
    before = None
    if photo := profile.new_photo:
        before, agreed_on = profile.photo, profile.new_photo_agreed_on
        profile.new_photo, profile.new_photo_agreed_on = None, None
        db.session.flush()
        profile.photo, profile.photo_agreed_on = photo, agreed_on
    profile.published_at, profile.published_by_id = now(), by.id
    _changed(profile)
    _forget(before)


def send_profile_back(member: PartnershipMember, why: str, seen: int) -> None:
    """Ask the member to change what waits. Raises `ProfileChanged`."""
    profile = _held(member)
    if profile.version != seen or not profile.waits:
        raise ProfileChanged
    _changed(profile)
    profile.sent_back = why
    db.session.flush()


def forget_profile(member: PartnershipMember) -> None:
    """Delete all that a member shows or wrote."""
    held = sa.select(MemberProfile).where(MemberProfile.member_id == member.id)
    held = held.options(orm.joinedload(MemberProfile.photo), orm.joinedload(MemberProfile.new_photo))
    profile = db.session.scalar(held.execution_options(populate_existing=True))
    if profile is None:
        return
    gone = (profile.photo, profile.new_photo)
    db.session.delete(profile)
    db.session.flush()
    db.session.expire(member, ["profile"])
    _forget(*gone)


def _forget(*photos: Photo | None) -> None:
    for photo in photos:
        if photo:
            forget_photo(photo)
