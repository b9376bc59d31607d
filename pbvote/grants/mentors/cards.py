"""What groups read about LP members. Nothing here commits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from pbvote.db import db, insert_into
from pbvote.files.models import Photo
from pbvote.grants.mentors.models import MemberCard
from pbvote.people.models import Account


@dataclass(frozen=True, slots=True)
class Reach:
    """A member as a group meets them."""

    name: str
    email: str
    phone: str
    """"" where the member gives none."""
    sentence: str
    """What the member says of themselves; "" where they say nothing."""
    account_id: int
    photo: Photo | None
    """None where the member gives none."""

    @classmethod
    def of(cls, member: Account, card: MemberCard | None) -> "Reach":
        """Of the account, and of the card that the member has written, if any."""
        if card is None:
            return cls(member.name, member.email, "", "", member.id, None)
        return cls(member.name, member.email, card.phone, card.sentence, member.id, card.photo)

    @property
    def in_words(self) -> str:
        """How to reach them, in a letter."""
        parts = (self.phone and f"by telephone on {self.phone}", f"by e-mail at {self.email}")
        return f"You can reach {self.name} {' or '.join(filter(None, parts))}."


def cards_of(account_ids: Collection[int]) -> Mapping[int, MemberCard]:
    """What these members have written, each with its ward and its photo, by account."""
    wanted = sa.select(MemberCard).where(MemberCard.account_id.in_(account_ids))
    cards = db.session.scalars(wanted.options(orm.joinedload(MemberCard.ward), orm.joinedload(MemberCard.photo)))
    return {card.account_id: card for card in cards}


def reach_of(member: Account) -> Reach:
    """A member as a group meets them."""
    return Reach.of(member, cards_of([member.id]).get(member.id))


def write_card(member: Account, sentence: str, phone: str, ward_id: int | None) -> None:
    """Store what groups read about the member from now on."""
    said = {"sentence": " ".join(sentence.split()), "phone": phone.strip(), "ward_id": ward_id}
    insert = insert_into(MemberCard).values(account_id=member.id, **said)
    db.session.execute(insert.on_conflict_do_update(index_elements=["account_id"], set_=said))
