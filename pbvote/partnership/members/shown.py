"""What a member's own page says of the profiles that they show to everybody."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import db
from pbvote.localities.models import Locality
from pbvote.partnership.members.models import PartnershipMember
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class ProfileShown:
    """A member's profile in one partnership, in words."""

    slug: str
    place: str
    in_words: str


def profiles_shown(account: Account) -> list[ProfileShown]:
    """The account's profiles, by the name of the locality; in one statement."""
    wanted = sa.select(PartnershipMember, Locality.slug, Locality.name)
    wanted = wanted.join(Locality, Locality.id == PartnershipMember.locality_id)
    wanted = wanted.where(PartnershipMember.account_id == account.id, PartnershipMember.is_here)
    wanted = wanted.where(PartnershipMember.has_days_left)
    rows = db.session.execute(wanted.options(orm.joinedload(PartnershipMember.profile)).order_by(Locality.name))
    return [ProfileShown(slug, name, _in_words(member)) for member, slug, name in rows]


def _in_words(member: PartnershipMember) -> str:
    profile = member.profile
    if profile is None or not (profile.is_public or profile.new_words or profile.new_photo_id):
        return "You show neither words nor a photo."
    public = {
        (True, True): "Your words and your photo are public.",
        (True, False): "Your words are public.",
        (False, True): "Your photo is public.",
    }.get((bool(profile.words), profile.photo_id is not None), "")
    if profile.sent_back:
        waits = "An editor asks you to change something."
    else:
        waits = "What you changed waits for an editor." if profile.waits else ""
    return " ".join(filter(None, (public, waits)))
